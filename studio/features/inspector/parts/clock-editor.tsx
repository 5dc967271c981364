import { Select, TextInput } from "@mantine/core";
import type { Json } from "#engine/words/json.ts";
import { useDocumentsOf, useLocked } from "../../../document/editing.tsx";
import { isObject, type JsonObject } from "../../../document/json-value.ts";
import { ClockHolds } from "./clock-holds.tsx";
import { DurationEditor } from "./duration-editor.tsx";
import classes from "./inspector.module.css";
import { RecurrenceEditor } from "./recurrence-editor.tsx";
import { More } from "./row.tsx";
import { ValueInput } from "./value-input.tsx";

const WAYS = [
  { value: "after", label: "After a length of time" },
  { value: "at", label: "On a date" },
  { value: "fact", label: "On a date from a fact" },
  { value: "every", label: "Again and again" },
];
const REFERENCES = ["fact", "parameter"] as const;

/** A clock: after a length of time, on a date, or again and again; from when, by whose calendar, what pauses and stops it. */
export function ClockEditor({
  value,
  onChange,
  label,
}: {
  value: Json | undefined;
  onChange: (value: Json) => void;
  label: string;
}) {
  const locked = useLocked();
  const clock = isObject(value) ? value : {};
  const way = isObject(clock.at)
    ? "fact"
    : clock.at !== undefined
      ? "at"
      : clock.every !== undefined
        ? "every"
        : "after";
  const { after, at, every, ...rest } = clock;
  const become = (next: string) => {
    const parts: Record<string, JsonObject> = {
      after: { after: { workingDays: 5 } },
      at: { at: "2027-01-31" },
      fact: { at: { fact: "person.hireDate" } },
      every: { every: "FREQ=WEEKLY;BYDAY=MO" },
    };
    onChange({ ...(parts[next] ?? {}), ...rest });
  };
  return (
    <>
      <Select
        aria-label={`${label}: when`}
        allowDeselect={false}
        disabled={locked}
        data={WAYS}
        value={way}
        onChange={(next) => next && become(next)}
      />
      {way === "after" && (
        <DurationEditor label={label} value={after} onChange={(next) => onChange({ ...clock, after: next })} />
      )}
      {way === "at" && (
        <TextInput
          type={typeof at === "string" && at.includes("T") ? "datetime-local" : "date"}
          aria-label={`${label}: date`}
          disabled={locked}
          value={typeof at === "string" ? at.slice(0, at.includes("T") ? 16 : 10) : ""}
          onChange={(event) => onChange({ ...clock, at: event.currentTarget.value })}
        />
      )}
      {way === "fact" && (
        <ValueInput
          label={`${label}: the date`}
          ways={REFERENCES}
          value={at}
          onChange={(next) => onChange({ ...clock, at: next })}
        />
      )}
      {way === "every" && (
        <RecurrenceEditor label={label} value={every} onChange={(next) => onChange({ ...clock, every: next })} />
      )}
      <ClockStart clock={clock} label={label} onChange={onChange} />
      <CalendarSelect clock={clock} label={label} onChange={onChange} />
      <ClockHolds clock={clock} label={label} onChange={onChange} />
    </>
  );
}

interface ClockPartProps {
  clock: JsonObject;
  label: string;
  onChange: (value: JsonObject) => void;
}

/** From when a clock counts: the step's own beginning, or a date of the person, the case or a record. */
export function ClockStart({ clock, label, onChange }: ClockPartProps) {
  const locked = useLocked();
  const { from, ...rest } = clock;
  if (from === undefined)
    return locked ? null : (
      <More onClick={() => onChange({ ...clock, from: { fact: "person.hireDate" } })}>Count from another date…</More>
    );
  return (
    <div className={classes.box}>
      <span className={classes.sub}>Counts from</span>
      <ValueInput
        label={`${label}: counts from`}
        ways={REFERENCES}
        value={from}
        onChange={(next) => onChange({ ...clock, from: next })}
      />
      {!locked && <More onClick={() => onChange(rest)}>Count from its beginning</More>}
    </div>
  );
}

/** Whose working days a clock counts. */
export function CalendarSelect({ clock, label, onChange }: ClockPartProps) {
  const locked = useLocked();
  const calendars = useDocumentsOf("calendar");
  return (
    <Select
      aria-label={`${label}: calendar`}
      disabled={locked}
      allowDeselect={false}
      data={[
        { value: "", label: "Default calendar" },
        { value: "subject", label: "The employee's working days" },
        { value: "actor", label: "Working days of whoever has the task" },
        ...calendars.filter((one) => one.value !== "subject" && one.value !== "actor"),
      ]}
      value={typeof clock.calendar === "string" ? clock.calendar : ""}
      onChange={(next) => {
        const { calendar: _old, ...others } = clock;
        onChange(next ? { ...others, calendar: next } : others);
      }}
    />
  );
}
