import { ActionIcon, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { TRIGGER_EVENTS } from "#engine/steps/trigger.ts";
import type { Json } from "#engine/words/json.ts";
import { useDocumentsOf, useField, useLocked, useOpen } from "../../../document/editing.tsx";
import { isObject, type JsonObject, valueAt } from "../../../document/json-value.ts";
import { ConditionBuilder } from "../../rules/conditions/condition-builder.tsx";
import { useFactChoices } from "../../rules/conditions/use-fact-choices.ts";
import { DurationEditor } from "./duration-editor.tsx";
import classes from "./inspector.module.css";
import { More, Row } from "./row.tsx";
import { SharedKey } from "./shared-field.tsx";
import { ValueInput } from "./value-input.tsx";
import { ValueRecord } from "./value-record.tsx";

const WORDS: Record<string, string> = {
  "case.opened": "A case opens",
  "case.closed": "A case closes",
  "task.overdue": "A task is overdue",
  "task.done": "A task is done",
  "metric.breached": "A metric is breached",
  "metric.stale": "A metric is stale",
  "observations.changed": "New data arrives",
  "person.hired": "Somebody is hired",
  "person.moved": "Somebody moves",
  "person.left": "Somebody leaves",
  "record.created": "A record is written",
};

const REFERENCES = ["fact", "parameter"] as const;
const LITERAL = ["literal"] as const;

/** What starts a case, or what a wait waits for: a list of events with their conditions. */
export function TriggerList({ path, waits = false }: { path: readonly (string | number)[]; waits?: boolean }) {
  const [value, set] = useField(path, "Triggers");
  const locked = useLocked();
  const list = Array.isArray(value) ? value.filter(isObject) : [];
  const change = (index: number, next: JsonObject | null) => {
    const rest = next === null ? list.filter((_, at) => at !== index) : list.with(index, next);
    set(rest.length === 0 ? undefined : rest);
  };
  return (
    <>
      {list.map((trigger, index) => (
        <TriggerBox
          key={`trigger ${String(index)}`}
          trigger={trigger}
          disabled={locked}
          waits={waits}
          onChange={(next) => change(index, next)}
        />
      ))}
      {!locked && <More onClick={() => set([...list, { on: "record.created" }])}>Add an event</More>}
    </>
  );
}

/** One event with its record type or metric, workflow and condition. */
export function TriggerBox({
  trigger,
  disabled,
  waits = false,
  onChange,
}: {
  trigger: JsonObject;
  disabled: boolean;
  /** Whether a case waits for it, so that it may come too early. */
  waits?: boolean;
  onChange: (next: JsonObject | null) => void;
}) {
  const choices = useFactChoices();
  const records = useDocumentsOf("record-type");
  const metrics = useDocumentsOf("metric");
  const workflows = useDocumentsOf("workflow");
  const data = useOpen((state) => valueAt(state.document, ["data"]));
  const event = String(trigger.on ?? "");
  const set = (member: string, value: Json | undefined) => {
    const { [member]: _old, ...rest } = trigger;
    onChange(value === undefined ? rest : { ...trigger, [member]: value });
  };
  const one = (member: string) => (typeof trigger[member] === "string" ? trigger[member] : null);
  return (
    <div className={classes.box}>
      <div className={classes.boxHead}>
        <Select
          aria-label="Event"
          allowDeselect={false}
          disabled={disabled}
          data={TRIGGER_EVENTS.map((value) => ({ value, label: WORDS[value] ?? value }))}
          value={event}
          onChange={(next) => next && set("on", next)}
        />
        <ActionIcon size={24} aria-label="Remove this event" disabled={disabled} onClick={() => onChange(null)}>
          <IconX size={14} />
        </ActionIcon>
      </div>
      {(event === "record.created" || trigger.record !== undefined) && (
        <Select
          aria-label="Record type"
          placeholder="Any record"
          clearable
          disabled={disabled}
          data={records}
          value={one("record")}
          onChange={(next) => set("record", next ?? undefined)}
        />
      )}
      {(event.startsWith("metric.") || event === "observations.changed" || trigger.metric !== undefined) && (
        <Select
          aria-label="Metric"
          placeholder="Any metric"
          clearable
          disabled={disabled}
          data={metrics}
          value={one("metric")}
          onChange={(next) => set("metric", next ?? undefined)}
        />
      )}
      {(event.startsWith("case.") || event.startsWith("task.") || trigger.workflow !== undefined) && (
        <Select
          aria-label="Of which workflow"
          placeholder="Of any workflow"
          clearable
          disabled={disabled}
          data={workflows}
          value={one("workflow")}
          onChange={(next) => set("workflow", next ?? undefined)}
        />
      )}
      <ConditionBuilder
        value={trigger.when}
        choices={choices}
        disabled={disabled}
        optional
        addLabel="Only if…"
        onChange={(next) => set("when", next)}
      />
      {trigger.subject !== undefined && (
        <Row
          label="The case is about"
          action={disabled ? undefined : <More onClick={() => set("subject", undefined)}>Usual</More>}
        >
          <ValueInput
            label="The case is about"
            ways={REFERENCES}
            value={trigger.subject}
            onChange={(next) => set("subject", next)}
          />
        </Row>
      )}
      {trigger.with !== undefined && (
        <Row label="The case gets">
          <ValueRecord
            label="The case gets"
            value={trigger.with}
            names={isObject(data) ? Object.keys(data) : []}
            add="Give another value"
            ways={LITERAL}
            onChange={(next) => set("with", next)}
          />
        </Row>
      )}
      {trigger.hold !== undefined && (
        <Row
          label="Counts if it came up to this long before"
          action={disabled ? undefined : <More onClick={() => set("hold", undefined)}>Only while it waits</More>}
        >
          <DurationEditor
            label="Counts if it came up to this long before"
            value={trigger.hold}
            parameterAllowed={false}
            onChange={(next) => set("hold", next)}
          />
        </Row>
      )}
      {trigger.shared !== undefined && (
        <SharedKey
          label="One case for all with the same"
          value={trigger.shared}
          onChange={(next) => set("shared", next)}
        />
      )}
      {!disabled && (
        <div className={classes.links}>
          {trigger.subject === undefined && (
            <More onClick={() => set("subject", { fact: "trigger.about" })}>About somebody else…</More>
          )}
          {trigger.with === undefined && (
            <More onClick={() => set("with", { [isObject(data) ? (Object.keys(data)[0] ?? "reason") : "reason"]: "" })}>
              Give it values…
            </More>
          )}
          {waits && trigger.hold === undefined && (
            <More onClick={() => set("hold", { days: 30 })}>Also if it came before…</More>
          )}
          {trigger.shared === undefined && (
            <More onClick={() => set("shared", { key: ["subject"] })}>One case for many…</More>
          )}
        </div>
      )}
    </div>
  );
}
