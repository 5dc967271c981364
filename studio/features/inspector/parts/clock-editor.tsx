import { Select, TagsInput, TextInput } from "@mantine/core";
import type { Json } from "#engine/words/json.ts";
import { useDocumentsOf, useLocked } from "../../../document/editing.tsx";
import { isObject, type JsonObject } from "../../../document/json-value.ts";
import { DurationEditor } from "./duration-editor.tsx";
import classes from "./inspector.module.css";
import { Row } from "./row.tsx";

const WAYS = [
  { value: "after", label: "After a length of time" },
  { value: "at", label: "On a date" },
  { value: "fact", label: "On a date from a fact" },
  { value: "every", label: "Again and again" },
];

/** A clock: after a length of time, on a date, or again and again; by whose calendar, and what stops or pauses it. */
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
  const calendars = useDocumentsOf("calendar");
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
      every: { every: "FREQ=WEEKLY" },
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
          type="date"
          aria-label={`${label}: date`}
          disabled={locked}
          value={typeof at === "string" ? at.slice(0, 10) : ""}
          onChange={(event) => onChange({ ...clock, at: event.currentTarget.value })}
        />
      )}
      {way === "fact" && isObject(at) && (
        <TextInput
          aria-label={`${label}: fact with the date`}
          disabled={locked}
          value={String(at.fact ?? at.parameter ?? "")}
          onChange={(event) => onChange({ ...clock, at: { ...at, fact: event.currentTarget.value } })}
        />
      )}
      {way === "every" && (
        <TextInput
          aria-label={`${label}: rule`}
          description="An RFC 5545 rule, e.g. FREQ=MONTHLY;BYMONTHDAY=1"
          disabled={locked}
          value={typeof every === "string" ? every : ""}
          onChange={(event) => onChange({ ...clock, every: event.currentTarget.value })}
        />
      )}
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
      {(clock.pause !== undefined || clock.stop !== undefined) && (
        <ClockEvents clock={clock} onChange={onChange} disabled={locked} />
      )}
    </>
  );
}

/** The events that pause and stop a clock. A pause may also be a condition; that is kept and edited in the source. */
export function ClockEvents({
  clock,
  onChange,
  disabled,
}: {
  clock: JsonObject;
  onChange: (value: Json) => void;
  disabled: boolean;
}) {
  const set = (member: "pause" | "stop", names: string[]) => {
    const kept = Array.isArray(clock[member]) ? clock[member].filter((one) => typeof one !== "string") : [];
    const { [member]: _old, ...rest } = clock;
    onChange(names.length + kept.length === 0 ? rest : { ...clock, [member]: [...names, ...kept] });
  };
  const names = (member: "pause" | "stop") =>
    Array.isArray(clock[member]) ? clock[member].filter((one): one is string => typeof one === "string") : [];
  return (
    <div className={classes.box}>
      <Row
        label="Pauses on"
        help={
          Array.isArray(clock.pause) && clock.pause.some((one) => typeof one !== "string")
            ? "And while a condition holds (see the source)."
            : undefined
        }
      >
        <TagsInput
          aria-label="Pauses on these events"
          disabled={disabled}
          placeholder="waiting-on-customer"
          value={names("pause")}
          onChange={(next) => set("pause", next)}
        />
      </Row>
      <Row label="Stops on">
        <TagsInput
          aria-label="Stops on these events"
          disabled={disabled}
          placeholder="complaint.resolved"
          value={names("stop")}
          onChange={(next) => set("stop", next)}
        />
      </Row>
    </div>
  );
}
