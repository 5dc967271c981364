import { Select, TagsInput } from "@mantine/core";
import { useDocumentsOf, useField, useLocked, useOpen } from "../../document/editing.tsx";
import { isObject } from "../../document/json-value.ts";
import { ConditionBuilder } from "../rules/conditions/condition-builder.tsx";
import { useFactChoices } from "../rules/conditions/use-fact-choices.ts";
import { StartField } from "./fields/group.tsx";
import { DataFields, UsesField } from "./parts/data-fields.tsx";
import classes from "./parts/inspector.module.css";
import { ParameterFields } from "./parts/parameter-fields.tsx";
import { Fold, Row } from "./parts/row.tsx";
import { LongField, TextField } from "./parts/text-field.tsx";
import { TriggerList } from "./parts/trigger-list.tsx";

const MOVES = [
  { value: "keep", label: "Whoever has it keeps it" },
  { value: "move", label: "It moves to the new manager" },
  { value: "share", label: "Both have it" },
  { value: "majority", label: "Whoever managed longest in the period" },
];

/** What is true of the whole workflow; shown while no step is selected. */
export function WorkflowInspector() {
  const steps = useOpen((state) => (isObject(state.document) ? state.document.steps : undefined));
  const id = useOpen((state) => state.id);
  const [subject, setSubject] = useField(["subject"], "Subject");
  const [key, setKey] = useField(["key"], "Unique by");
  const [onMove, setOnMove] = useField(["onMove"], "When people move");
  const [eligible, setEligible] = useField(["eligible"], "Who takes part");
  const [triggers] = useField(["triggers"], "Triggers");
  const choices = useFactChoices();
  const records = useDocumentsOf("record-type");
  const sheets = useDocumentsOf("parameters");
  const locked = useLocked();
  return (
    <div className={classes.panel}>
      <div className={classes.top}>
        <span className={classes.kind}>Workflow</span>
        <span className={classes.id} title="Id">
          {id}
        </span>
      </div>
      <div>
        <TextField path={["title"]} label="Name" id="inspector-title" className={classes.title} required />
        <LongField path={["description"]} label="Description" className={classes.about} placeholder="What it is for" />
      </div>
      <Row label="About">
        <Select
          aria-label="About"
          searchable
          allowDeselect={false}
          disabled={locked}
          data={[
            {
              group: "Organisation",
              items: [
                { value: "person", label: "A person" },
                { value: "unit", label: "A unit" },
                { value: "metric", label: "A metric" },
              ],
            },
            ...(records.length ? [{ group: "Records", items: records }] : []),
          ]}
          value={typeof subject === "string" ? subject : null}
          onChange={(next) => next && setSubject(next)}
        />
      </Row>
      <Row
        label="One case for each"
        help={
          Array.isArray(key) ? "Launching again opens nothing new." : "Not unique: launching again opens another case."
        }
      >
        <TagsInput
          aria-label="Unique by"
          disabled={locked}
          data={["subject", "period"]}
          value={Array.isArray(key) ? key.map(String) : []}
          onChange={(next) => setKey(next.length === 0 ? undefined : next)}
        />
      </Row>
      <StartField path={["start"]} steps={steps} label="Begins with" />
      <Row label="When people move">
        <Select
          aria-label="When people move"
          disabled={locked}
          allowDeselect={false}
          data={MOVES}
          value={typeof onMove === "string" ? onMove : "majority"}
          onChange={(next) => next && setOnMove(next)}
        />
      </Row>
      <Row label="Who takes part">
        <ConditionBuilder
          value={eligible}
          choices={choices}
          disabled={locked}
          optional
          addLabel="Everybody. Narrow it down…"
          onChange={setEligible}
        />
      </Row>
      <Fold title="Data of the case" open>
        <DataFields path={["data"]} label="Data of the case" />
      </Fold>
      <Fold title="Parameters" open>
        <ParameterFields path={["parameters"]} />
        <UsesField sheets={sheets} />
      </Fold>
      <Fold title="Starts by itself" open={Array.isArray(triggers)}>
        <TriggerList path={["triggers"]} />
      </Fold>
    </div>
  );
}
