import { Checkbox, SegmentedControl, Select, TagsInput } from "@mantine/core";
import type { Json } from "#engine/words/json.ts";
import { setField } from "../../../document/commands/set-field.ts";
import { useField, useLocked, useRun } from "../../../document/editing.tsx";
import { isObject, withValue } from "../../../document/json-value.ts";
import { ClockEditor } from "../parts/clock-editor.tsx";
import { DocumentChooser } from "../parts/document-chooser.tsx";
import { EachFields } from "../parts/each-fields.tsx";
import { FoundToday } from "../parts/found-today.tsx";
import { PeopleList, PersonRefEditor } from "../parts/person-ref-editor.tsx";
import { Fold, More, Row } from "../parts/row.tsx";
import { ValueInput } from "../parts/value-input.tsx";
import { VisibilityField } from "../parts/visibility-field.tsx";
import type { StepFieldsProps } from "./field-props.ts";

const POLICIES = [
  { value: "hold", label: "Wait until it is done" },
  { value: "advance", label: "Go on without it" },
  { value: "advance-flagged", label: "Go on, and mark it" },
  { value: "escalate", label: "Escalate" },
];
const MODES = [
  { value: "single", label: "One at a time" },
  { value: "iterative", label: "To and fro" },
  { value: "collaborative", label: "Together" },
];

/** Who does it: one person reference, or several actors who share a form. */
export function WhoFields({ place, subject }: StepFieldsProps) {
  const [actor, setActor] = useField([...place.path, "actor"], "Who does it");
  const [actors, setActors] = useField([...place.path, "actors"], "Who does it");
  const [mode, setMode] = useField([...place.path, "mode"], "How they share it");
  const [exit, setExit] = useField([...place.path, "exit"], "Who sends it on");
  const locked = useLocked();
  const run = useRun();
  if (isObject(place.step.each) && actor === undefined && actors === undefined)
    return (
      <Row label="Who does it">
        <span className="secondary">Each of several people, named below.</span>
      </Row>
    );
  if (!Array.isArray(actors))
    return (
      <Row label="Who does it" help={<FoundToday value={actor} subject={subject} />}>
        <PersonRefEditor label="Who does it" value={actor} onChange={setActor} />
        {!locked && (
          <More
            onClick={() =>
              run(
                (document) =>
                  withValue(
                    withValue(
                      withValue(
                        document,
                        [...place.path, "actors"],
                        actor === undefined ? [{ relation: "subject" }] : [actor, { relation: "manager" }],
                      ),
                      [...place.path, "actor"],
                      undefined,
                    ),
                    [...place.path, "mode"],
                    "iterative",
                  ),
                "Several people share it",
              )
            }
          >
            Several people share it…
          </More>
        )}
      </Row>
    );
  return (
    <Row label="Who does it">
      <SegmentedControl
        aria-label="How they share it"
        size="xs"
        disabled={locked}
        data={MODES}
        value={typeof mode === "string" ? mode : "single"}
        onChange={setMode}
      />
      <PeopleList label="Actor" value={actors} onChange={setActors} />
      <Select
        label="Only this one sends it on"
        disabled={locked}
        clearable
        data={actors.map((_, index) => ({ value: String(index), label: `Actor ${index + 1}` }))}
        value={typeof exit === "number" ? String(exit) : null}
        onChange={(next) => setExit(next === null ? undefined : Number(next))}
      />
      {!locked && (
        <More
          onClick={() =>
            run(
              (document) =>
                ["actors", "mode", "exit"].reduce<Json>(
                  (at, member) => withValue(at, [...place.path, member], undefined),
                  withValue(document, [...place.path, "actor"], actors[0] ?? { relation: "manager" }),
                ),
              "One person does it",
            )
          }
        >
          One person does it
        </More>
      )}
    </Row>
  );
}

/** Time allowed, and what happens when it is late. */
export function DeadlineFields({ place }: Pick<StepFieldsProps, "place">) {
  const [deadline, setDeadline] = useField([...place.path, "deadline"], "Time allowed");
  const locked = useLocked();
  const run = useRun();
  if (!isObject(deadline))
    return (
      <Row label="Time allowed" help="No limit: nothing happens by itself.">
        {!locked && <More onClick={() => setDeadline({ after: { workingDays: 5 }, policy: "hold" })}>Set a time…</More>}
      </Row>
    );
  const policy =
    typeof deadline.policy === "string" ? deadline.policy : deadline.escalation === undefined ? "hold" : "escalate";
  return (
    <>
      <Row
        label="Time allowed"
        action={locked ? undefined : <More onClick={() => setDeadline(undefined)}>No limit</More>}
      >
        <ClockEditor label="Time allowed" value={deadline} onChange={setDeadline} />
      </Row>
      <Row
        label="When it is late"
        help={
          policy === "hold"
            ? "It stays with whoever has it, and shows as late."
            : policy === "escalate"
              ? undefined
              : "The way out is “due” where it is drawn."
        }
      >
        <Select
          aria-label="When it is late"
          allowDeselect={false}
          disabled={locked}
          data={POLICIES}
          value={policy}
          onChange={(next) => {
            if (next === null) return;
            const { escalation: _old, ...rest } = deadline;
            run(
              setField(
                [...place.path, "deadline"],
                next === "escalate" ? { ...deadline, policy: next } : { ...rest, policy: next },
              ),
              "When it is late",
            );
          }}
        />
      </Row>
      {(policy === "escalate" || deadline.escalation !== undefined) && (
        <DocumentChooser
          path={[...place.path, "deadline", "escalation"]}
          kind="escalation"
          label="Ladder"
          help="Climbs until someone owns it."
        />
      )}
      <DateField path={[...place.path, "deadline", "start"]} label="Not begun before" />
      <DateField path={[...place.path, "deadline", "exit"]} label="Not over before" />
    </>
  );
}

const DATES = ["date", "fact", "parameter"] as const;

/** A date that is set seldom: fixed, or of the person or the case. */
function DateField({ path, label }: { path: readonly string[]; label: string }) {
  const [date, setDate] = useField(path, label);
  const locked = useLocked();
  if (date === undefined)
    return locked ? null : <More onClick={() => setDate({ fact: "person.hireDate" })}>{`${label} a date…`}</More>;
  return (
    <Row label={label} action={locked ? undefined : <More onClick={() => setDate(undefined)}>At any time</More>}>
      <ValueInput label={label} ways={DATES} value={date} onChange={setDate} />
    </Row>
  );
}

/** The outcomes of a step that asks people; none named means the usual ones of its kind. */
export function OutcomesField({ place, usual }: Pick<StepFieldsProps, "place"> & { usual: readonly string[] }) {
  const [outcomes, setOutcomes] = useField([...place.path, "outcomes"], "Outcomes");
  const locked = useLocked();
  return (
    <Row label="Outcomes" help="The buttons of the task.">
      <TagsInput
        aria-label="Outcomes"
        disabled={locked}
        placeholder={Array.isArray(outcomes) ? "" : usual.join(", ")}
        value={Array.isArray(outcomes) ? outcomes.map(String) : []}
        onChange={(next) => setOutcomes(next.length === 0 ? undefined : next)}
      />
    </Row>
  );
}

/** What is set less often: who sees it, fan-out, one task of many, optional. */
export function MoreAskingFields({ place }: Pick<StepFieldsProps, "place">) {
  const [visibility, setVisibility] = useField([...place.path, "visibility"], "Visible to");
  const [bundle, setBundle] = useField([...place.path, "bundle"], "One task of many");
  const locked = useLocked();
  return (
    <>
      <VisibilityField label="Visible to" value={visibility} onChange={setVisibility} />
      <EachFields path={place.path} one="task" />
      <Fold title="More" open={bundle !== undefined || place.step.optional === true}>
        <Row label="One task of many" help="Tasks with the same of these become one, e.g. actor, period.">
          <TagsInput
            aria-label="One task of many"
            disabled={locked}
            data={["actor", "period"]}
            value={Array.isArray(bundle) ? bundle.map(String) : []}
            onChange={(next) => setBundle(next.length === 0 ? undefined : next)}
          />
        </Row>
        <OptionalField path={place.path} />
      </Fold>
    </>
  );
}

/** Whether a step is passed over where nobody is found. */
export function OptionalField({ path }: { path: readonly string[] }) {
  const [optional, setOptional] = useField([...path, "optional"], "Optional");
  const locked = useLocked();
  return (
    <Checkbox
      label="Optional: skipped, visibly, where nobody is found"
      disabled={locked}
      checked={optional === true}
      onChange={(event) => setOptional(event.currentTarget.checked ? true : undefined)}
    />
  );
}
