import { Checkbox, NumberInput, TextInput } from "@mantine/core";
import { QUESTION_TYPES } from "#engine/definition/form.ts";
import { pathOfPlace, placeOfKey } from "../../document/commands/form-parts.ts";
import { useField, useLocked, useOpen, useValue } from "../../document/editing.tsx";
import { isObject } from "../../document/json-value.ts";
import { DocumentHead } from "../documents/document-head.tsx";
import { DocumentChooser } from "../inspector/parts/document-chooser.tsx";
import classes from "../inspector/parts/inspector.module.css";
import { PeopleList } from "../inspector/parts/person-ref-editor.tsx";
import { ChoiceField, ConditionField, NumberField, ShareField, TagsField } from "../inspector/parts/plain-fields.tsx";
import { Fold, More, Row } from "../inspector/parts/row.tsx";
import { LongField, TextField } from "../inspector/parts/text-field.tsx";
import { literal } from "../inspector/parts/value-input.tsx";
import { QUESTION_WORDS } from "./question-words.ts";

const TYPES = QUESTION_TYPES.map((value) => ({ value, label: QUESTION_WORDS[value] }));

/** The settings of what is selected in a form: a question, a section, or the form itself. */
export function FormInspector() {
  const selection = useOpen((state) => state.selection.at(-1));
  const place = useOpen((state) => placeKeyOf(state.document, selection));
  const document = useOpen((state) => state.document);
  const found = placeOfKey(document, place ?? undefined);
  if (!found || !place) return <FormSettings />;
  const path = pathOfPlace(found);
  return found.question === null ? (
    <SectionSettings key={place} path={path} />
  ) : (
    <QuestionSettings key={place} path={path} />
  );
}

const placeKeyOf = (document: Parameters<typeof placeOfKey>[0], key: string | undefined) =>
  placeOfKey(document, key) ? (key ?? null) : null;

function QuestionSettings({ path }: { path: readonly string[] }) {
  const type = String(useValue([...path, "type"]) ?? "");
  const [required, setRequired] = useField([...path, "required"], "Needed");
  const [shows, setShows] = useField([...path, "shows"], "Shows a metric");
  const [of, setOf] = useField([...path, "of"], "Choices");
  const [except, setExcept] = useField([...path, "except"], "Who may not be named");
  const [min] = useField([...path, "min"], "At least");
  const [max] = useField([...path, "max"], "At most");
  const locked = useLocked();
  const listed = type === "choice" || type === "multi-choice" || of !== undefined;
  const bounded =
    ["number", "money", "percent", "rating", "people", "multi-choice"].includes(type) ||
    min !== undefined ||
    max !== undefined;
  return (
    <div className={classes.panel}>
      <div className={classes.top}>
        <span className={classes.kind}>Question</span>
        <IdField path={[...path, "id"]} />
      </div>
      <div>
        <TextField path={[...path, "title"]} label="Question" id="inspector-title" className={classes.title} required />
        <LongField
          path={[...path, "help"]}
          label="Help"
          className={classes.about}
          placeholder="What helps to answer it"
        />
      </div>
      <ChoiceField path={[...path, "type"]} label="Asks for" options={TYPES} />
      {listed && (
        <TagsField
          path={[...path, "of"]}
          label="Choices"
          help={Array.isArray(of) && of.every((one) => typeof one === "number") ? "Numbers." : undefined}
        />
      )}
      {listed && Array.isArray(of) && of.some((one) => typeof one === "string" && typeof literal(one) === "number") && (
        <More onClick={() => setOf(of.map((one) => (typeof one === "string" ? literal(one) : one)))}>
          Keep them as numbers
        </More>
      )}
      {bounded && (
        <div className={classes.halves}>
          <NumberField path={[...path, "min"]} label={type === "text" ? "At least" : "Lowest"} />
          <NumberField path={[...path, "max"]} label="Highest" />
        </div>
      )}
      {(type === "person" || type === "people" || except !== undefined) && (
        <Row label="Who may not be named" help="Naming them is refused, with the reason.">
          <PeopleList label="Not to be named" value={except} add="Leave people out…" onChange={setExcept} />
        </Row>
      )}
      {type === "text" && max === undefined && <NumberField path={[...path, "max"]} label="At most so many letters" />}
      <Checkbox
        label="Must be answered"
        disabled={locked}
        checked={required === true}
        onChange={(event) => setRequired(event.currentTarget.checked ? true : undefined)}
      />
      <div className={classes.halves}>
        <ShareField path={[...path, "weight"]} label="Weight" placeholder="equal" />
        <NumberField path={[...path, "target"]} label="Target" placeholder="none" />
      </div>
      <Row
        label="Shows beside it"
        action={shows === undefined || locked ? undefined : <More onClick={() => setShows(undefined)}>Nothing</More>}
      >
        {isObject(shows) ? (
          <>
            <DocumentChooser path={[...path, "shows", "metric"]} kind="metric" label="Metric" />
            <div className={classes.halves}>
              <Row label="Of">
                <TextField path={[...path, "shows", "of"]} label="Of whom" placeholder="whom it is about" />
              </Row>
              <Row label="In">
                <TextField path={[...path, "shows", "window"]} label="In which period" placeholder="the case's" />
              </Row>
            </div>
          </>
        ) : (
          !locked && <More onClick={() => setShows({ metric: "", of: "$subject", window: "$period" })}>A metric…</More>
        )}
      </Row>
      <Fold title="Depends on other answers" open>
        <ConditionField path={[...path, "showWhen"]} label="Asked only if" add="Always. Narrow it down…" />
        <ConditionField path={[...path, "requiredWhen"]} label="Must be answered if" add="Add a condition" />
        <ConditionField path={[...path, "lockedWhen"]} label="Cannot be changed if" add="Add a condition" />
      </Fold>
    </div>
  );
}

function SectionSettings({ path }: { path: readonly string[] }) {
  return (
    <div className={classes.panel}>
      <div className={classes.top}>
        <span className={classes.kind}>Section</span>
        <IdField path={[...path, "id"]} />
      </div>
      <div>
        <TextField path={[...path, "title"]} label="Name" id="inspector-title" className={classes.title} required />
        <LongField
          path={[...path, "description"]}
          label="Description"
          className={classes.about}
          placeholder="What stands above its questions"
        />
      </div>
      <ShareField path={[...path, "weight"]} label="Weight" placeholder="equal" help="Of the whole score." />
    </div>
  );
}

function FormSettings() {
  const [scale, setScale] = useField(["scale"], "Scale");
  const [score] = useField(["score"], "Score");
  const locked = useLocked();
  return (
    <div className={classes.panel}>
      <div className={classes.top}>
        <span className={classes.kind}>Form</span>
      </div>
      <DocumentHead />
      <Row
        label="Scale of its ratings"
        action={scale === undefined || locked ? undefined : <More onClick={() => setScale(undefined)}>1 to 5</More>}
      >
        {isObject(scale) ? (
          <ScaleFields labels={scale.labels} values={scale.values} disabled={locked} onChange={setScale} />
        ) : (
          !locked && (
            <More
              onClick={() =>
                setScale({
                  labels: ["Below", "Partly", "Meets", "Exceeds", "Outstanding"],
                  values: [1, 2, 3, 4, 5],
                })
              }
            >
              Give the steps names…
            </More>
          )
        )}
      </Row>
      <ChoiceField
        path={["score", "kind"]}
        label="Score"
        empty="No score"
        options={[
          { value: "weighted-mean", label: "Weighted mean of the ratings" },
          { value: "sum", label: "Sum of the ratings" },
          { value: "none", label: "No score" },
        ]}
      />
      {score !== undefined && (
        <ChoiceField
          path={["score", "missing"]}
          label="A rating that is missing"
          empty="Is left out, the others scaled up"
          options={[
            { value: "renormalise", label: "Is left out, the others scaled up" },
            { value: "block", label: "Means that there is no score" },
            { value: "zero", label: "Counts as zero" },
          ]}
        />
      )}
    </div>
  );
}

/** The steps of a scale: a name and a value each. */
function ScaleFields({
  labels,
  values,
  disabled,
  onChange,
}: {
  labels: unknown;
  values: unknown;
  disabled: boolean;
  onChange: (scale: { labels: string[]; values: number[] }) => void;
}) {
  const names = Array.isArray(labels) ? labels.map(String) : [];
  const numbers = Array.isArray(values) ? values.map(Number) : [];
  const count = Math.max(names.length, numbers.length);
  const set = (nextNames: string[], nextNumbers: number[]) => onChange({ labels: nextNames, values: nextNumbers });
  return (
    <>
      {Array.from({ length: count }, (_, index) => (
        <div key={`step ${String(index)}`} className={classes.pair}>
          <NumberInput
            aria-label={`Value of step ${index + 1}`}
            hideControls
            disabled={disabled}
            value={numbers[index] ?? ""}
            onChange={(next) => typeof next === "number" && set(names, numbers.with(index, next))}
          />
          <TextInput
            aria-label={`Name of step ${index + 1}`}
            disabled={disabled}
            value={names[index] ?? ""}
            onChange={(event) => set(names.with(index, event.currentTarget.value), numbers)}
          />
        </div>
      ))}
      {!disabled && (
        <div className={classes.links}>
          {count < 20 && (
            <More onClick={() => set([...names, "Another"], [...numbers, Math.max(0, ...numbers) + 1])}>
              Add a step
            </More>
          )}
          {count > 2 && <More onClick={() => set(names.slice(0, -1), numbers.slice(0, -1))}>Remove the last</More>}
        </div>
      )}
    </>
  );
}

/** The id by which rules read the answer. */
function IdField({ path }: { path: readonly string[] }) {
  const [value, set] = useField(path, "Id");
  const locked = useLocked();
  return (
    <TextInput
      size="xs"
      w={130}
      aria-label="Id, as rules read it"
      disabled={locked}
      value={String(value ?? "")}
      onChange={(event) => event.currentTarget.value && set(event.currentTarget.value)}
    />
  );
}
