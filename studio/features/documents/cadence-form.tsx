import { Select, TextInput } from "@mantine/core";
import type { Json } from "#engine/words/json.ts";
import { useDocumentsOf, useField, useFindDocument, useLocked, useOpen, useRun } from "../../document/editing.tsx";
import { isObject, valueAt, withValue } from "../../document/json-value.ts";
import { UsesField } from "../inspector/parts/data-fields.tsx";
import { DocumentChooser } from "../inspector/parts/document-chooser.tsx";
import { FactEditor } from "../inspector/parts/fact-editor.tsx";
import { ParameterFields } from "../inspector/parts/parameter-fields.tsx";
import { ChoiceField, ConditionField, DateField } from "../inspector/parts/plain-fields.tsx";
import { RecurrenceEditor } from "../inspector/parts/recurrence-editor.tsx";
import { Fold, Row } from "../inspector/parts/row.tsx";
import { TextField } from "../inspector/parts/text-field.tsx";
import { TriggerBox } from "../inspector/parts/trigger-list.tsx";
import { ValueRecord } from "../inspector/parts/value-record.tsx";
import { DocumentHead } from "./document-head.tsx";
import classes from "./documents.module.css";

const WAYS = [
  { value: "every", label: "Again and again" },
  { value: "anchor", label: "From a date of each person" },
  { value: "trigger", label: "On an event" },
];
const START: Record<string, Json> = {
  every: "FREQ=MONTHLY;BYMONTHDAY=1",
  anchor: { fact: "person.hireDate", plus: { months: 3 } },
  trigger: { on: "person.hired" },
};
const PERIODS = [
  "previous-week",
  "this-week",
  "previous-month",
  "this-month",
  "previous-quarter",
  "this-quarter",
  "previous-year",
  "this-year",
].map((value) => ({ value, label: `The ${value.replace("-", " ")}` }));
const LITERAL = ["literal"] as const;

/** A cadence: what starts by itself, when, and for whom. */
export function CadenceForm() {
  const document = useOpen((state) => state.document);
  const [gives, setGives] = useField(["starts", "with"], "What it gets");
  const [every, setEvery] = useField(["every"], "How often");
  const [anchor, setAnchor] = useField(["anchor"], "From a date");
  const [trigger, setTrigger] = useField(["trigger"], "On an event");
  const [at, setAt] = useField(["at"], "At");
  const sheets = useDocumentsOf("parameters");
  const calendars = useDocumentsOf("calendar");
  const find = useFindDocument();
  const run = useRun();
  const locked = useLocked();
  const way = anchor !== undefined ? "anchor" : trigger !== undefined ? "trigger" : "every";
  const workflow = valueAt(document, ["starts", "workflow"]);
  const child = typeof workflow === "string" ? find("workflow", workflow) : undefined;
  const data = valueAt(child, ["data"]);
  const become = (next: string) =>
    run(
      (whole) =>
        WAYS.reduce<Json>(
          (all, one) => withValue(all, [one.value], one.value === next ? START[next] : undefined),
          whole,
        ),
      "When it starts",
    );
  return (
    <>
      <DocumentHead />
      <h3>What starts</h3>
      <div className={classes.grid}>
        <DocumentChooser path={["starts", "workflow"]} kind="workflow" label="Review cycle" />
        <ChoiceField path={["period"]} label="About the period" empty="None" options={PERIODS} />
        <Row label="Each case gets">
          <ValueRecord
            label="It gets"
            value={gives}
            names={isObject(data) ? Object.keys(data) : []}
            add="Give it a value…"
            ways={LITERAL}
            onChange={setGives}
          />
        </Row>
      </div>
      <h3>When</h3>
      <div className={classes.grid}>
        <Row label="It starts">
          <Select
            aria-label="It starts"
            allowDeselect={false}
            disabled={locked}
            data={WAYS}
            value={way}
            onChange={(next) => next && next !== way && become(next)}
          />
          {way === "every" && <RecurrenceEditor label="It starts" value={every} onChange={setEvery} />}
          {isObject(anchor) && <FactEditor label="The date" value={anchor} onChange={setAnchor} />}
          {isObject(trigger) && (
            <TriggerBox trigger={trigger} disabled={locked} onChange={(next) => next && setTrigger(next)} />
          )}
        </Row>
        <div className={classes.stack}>
          <Row label="At the time of day" help="In the time zone below.">
            <TextInput
              type="time"
              aria-label="At the time of day"
              disabled={locked}
              value={typeof at === "string" ? at : ""}
              onChange={(event) => setAt(event.currentTarget.value || undefined)}
            />
          </Row>
          <DateField path={["from"]} label="Not before" help="Empty: from the day of publishing." />
        </div>
        <div className={classes.stack}>
          <ChoiceField path={["calendar"]} label="Calendar" empty="The default calendar" options={calendars} />
          <Row label="Time zone">
            <TextField path={["timeZone"]} label="Time zone" placeholder="that of the calendar" />
          </Row>
        </div>
      </div>
      <h3>For whom</h3>
      <div className={classes.grid}>
        <ChoiceField
          path={["of"]}
          label="One case for each"
          empty="Person"
          options={[
            { value: "person", label: "Person" },
            { value: "unit", label: "Unit" },
            { value: "organisation", label: "One for the whole organisation" },
          ]}
        />
        <ChoiceField
          path={["missed"]}
          label="Missed while the system was down"
          empty="Only the latest is made up for"
          options={[
            { value: "all", label: "Each is made up for" },
            { value: "latest", label: "Only the latest is made up for" },
            { value: "skip", label: "Skipped" },
          ]}
        />
      </div>
      <ConditionField path={["population"]} label="Only those who" add="Everybody. Narrow it down…" />
      <Fold title="Parameters" open={valueAt(document, ["parameters"]) !== undefined}>
        <ParameterFields path={["parameters"]} />
        <UsesField sheets={sheets} />
      </Fold>
    </>
  );
}
