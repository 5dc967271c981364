import { MultiSelect, NumberInput, Select, TextInput } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { Json } from "#engine/words/json.ts";
import { useLocked } from "../../../document/editing.tsx";
import classes from "./inspector.module.css";
import {
  DAY_NAMES,
  DAYS,
  type Day,
  FREQUENCIES,
  recurrenceOf,
  type SimpleRecurrence,
  simpleRecurrence,
} from "./recurrence-model.ts";
import { More } from "./row.tsx";

const RecurrenceWords = lazy(() => import("./recurrence-words.tsx"));

const EVERY: Record<(typeof FREQUENCIES)[number], [string, string]> = {
  DAILY: ["day", "days"],
  WEEKLY: ["week", "weeks"],
  MONTHLY: ["month", "months"],
  YEARLY: ["year", "years"],
};
const MONTHS = "January February March April May June July August September October November December".split(" ");
const NTH = [
  { value: "1", label: "first" },
  { value: "2", label: "second" },
  { value: "3", label: "third" },
  { value: "4", label: "fourth" },
  { value: "5", label: "fifth" },
  { value: "-1", label: "last" },
];

/** How often something happens, set up as people say it. A rule that says more than that is shown as its text. */
export function RecurrenceEditor({
  value,
  onChange,
  label,
}: {
  value: Json | undefined;
  onChange: (value: string) => void;
  label: string;
}) {
  const locked = useLocked();
  const text = typeof value === "string" ? value : "";
  const simple = simpleRecurrence(text);
  return (
    <div style={{ display: "grid", gap: 8 }}>
      {simple ? (
        <SimpleFields
          simple={simple}
          label={label}
          disabled={locked}
          onChange={(next) => onChange(recurrenceOf(next))}
        />
      ) : (
        <>
          <TextInput
            aria-label={`${label}: rule`}
            description="A rule of its own (RFC 5545)."
            disabled={locked}
            value={text}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
          {!locked && <More onClick={() => onChange("FREQ=MONTHLY;BYMONTHDAY=1")}>Set it up anew</More>}
        </>
      )}
      <Suspense fallback={<span className={classes.help}>&nbsp;</span>}>
        <RecurrenceWords rule={text} />
      </Suspense>
    </div>
  );
}

function SimpleFields({
  simple,
  label,
  disabled,
  onChange,
}: {
  simple: SimpleRecurrence;
  label: string;
  disabled: boolean;
  onChange: (next: SimpleRecurrence) => void;
}) {
  const { frequency, interval, days, months } = simple;
  const set = (part: Partial<SimpleRecurrence>) => onChange({ ...simple, ...part });
  const toggle = (day: Day) => set({ days: days.includes(day) ? days.filter((one) => one !== day) : [...days, day] });
  return (
    <>
      <div className={classes.pair}>
        <NumberInput
          aria-label={`${label}: every how many`}
          min={1}
          max={999}
          allowDecimal={false}
          disabled={disabled}
          value={interval}
          onChange={(next) => typeof next === "number" && next >= 1 && set({ interval: next })}
        />
        <Select
          aria-label={`${label}: how often`}
          allowDeselect={false}
          disabled={disabled}
          data={FREQUENCIES.map((one) => ({ value: one, label: EVERY[one][interval === 1 ? 0 : 1] }))}
          value={frequency}
          onChange={(next) => {
            const found = FREQUENCIES.find((one) => one === next);
            if (found) set({ frequency: found, on: found === "MONTHLY" ? { date: 1 } : null, days: [], months: [] });
          }}
        />
      </div>
      {frequency === "WEEKLY" && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be a flex row in every browser
        <div className={classes.days} role="group" aria-label={`${label}: on these days`}>
          {DAYS.map((day) => (
            <button
              key={day}
              type="button"
              className={classes.day}
              aria-label={DAY_NAMES[day]}
              aria-pressed={days.includes(day)}
              disabled={disabled}
              onClick={() => toggle(day)}
            >
              {DAY_NAMES[day].slice(0, 2)}
            </button>
          ))}
        </div>
      )}
      {frequency === "YEARLY" && (
        <MultiSelect
          aria-label={`${label}: in these months`}
          placeholder={months.length ? "" : "In the month of the start"}
          disabled={disabled}
          data={MONTHS.map((name, index) => ({ value: String(index + 1), label: name }))}
          value={months.map(String)}
          onChange={(next) => set({ months: next.map(Number) })}
        />
      )}
      {(frequency === "MONTHLY" || frequency === "YEARLY") && (
        <OnDay simple={simple} label={label} disabled={disabled} onChange={(on) => set({ on })} />
      )}
      <Ends simple={simple} label={label} disabled={disabled} onChange={(ends) => set({ ends })} />
    </>
  );
}

interface PartProps<Part> {
  simple: SimpleRecurrence;
  label: string;
  disabled: boolean;
  onChange: (part: Part) => void;
}

function OnDay({ simple: { on }, label, disabled, onChange }: PartProps<SimpleRecurrence["on"]>) {
  const way = on === null ? "start" : "nth" in on ? "nth" : on.date === -1 ? "last" : "date";
  const start: Record<string, SimpleRecurrence["on"]> = {
    start: null,
    date: { date: 1 },
    last: { date: -1 },
    nth: { nth: 1, day: "MO" },
  };
  return (
    <div className={way === "start" || way === "last" ? undefined : classes.halves}>
      <Select
        aria-label={`${label}: on which day`}
        allowDeselect={false}
        disabled={disabled}
        data={[
          { value: "date", label: "on day" },
          { value: "last", label: "on the last day of the month" },
          { value: "nth", label: "on a weekday" },
          { value: "start", label: "on the day it began" },
        ]}
        value={way}
        onChange={(next) => next && onChange(start[next] ?? null)}
      />
      {on && "date" in on && on.date !== -1 && (
        <NumberInput
          aria-label={`${label}: day of the month`}
          min={1}
          max={31}
          disabled={disabled}
          value={on.date}
          onChange={(next) => typeof next === "number" && next >= 1 && onChange({ date: next })}
        />
      )}
      {on && "nth" in on && (
        <>
          <Select
            aria-label={`${label}: which one`}
            allowDeselect={false}
            disabled={disabled}
            data={NTH}
            value={String(on.nth)}
            onChange={(next) => next && onChange({ ...on, nth: Number(next) })}
          />
          <Select
            aria-label={`${label}: weekday`}
            allowDeselect={false}
            disabled={disabled}
            data={DAYS.map((day) => ({ value: day, label: DAY_NAMES[day] }))}
            value={on.day}
            onChange={(next) => {
              const day = DAYS.find((one) => one === next);
              if (day) onChange({ ...on, day });
            }}
          />
        </>
      )}
    </div>
  );
}

function Ends({ simple: { ends }, label, disabled, onChange }: PartProps<SimpleRecurrence["ends"]>) {
  const way = ends === null ? "never" : "count" in ends ? "count" : "until";
  return (
    <div className={ends === null ? undefined : classes.halves}>
      <Select
        aria-label={`${label}: until when`}
        allowDeselect={false}
        disabled={disabled}
        data={[
          { value: "never", label: "without an end" },
          { value: "count", label: "so many times" },
          { value: "until", label: "until a date" },
        ]}
        value={way}
        onChange={(next) =>
          onChange(next === "count" ? { count: 4 } : next === "until" ? { until: "2027-12-31" } : null)
        }
      />
      {ends && "count" in ends && (
        <NumberInput
          aria-label={`${label}: how many times`}
          min={1}
          disabled={disabled}
          value={ends.count}
          onChange={(next) => typeof next === "number" && next >= 1 && onChange({ count: next })}
        />
      )}
      {ends && "until" in ends && (
        <TextInput
          type="date"
          aria-label={`${label}: last date`}
          disabled={disabled}
          value={ends.until}
          onChange={(event) => event.currentTarget.value && onChange({ until: event.currentTarget.value })}
        />
      )}
    </div>
  );
}
