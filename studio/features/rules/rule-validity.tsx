import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useField, useLocked } from "../../document/editing.tsx";
import { isObject } from "../../document/json-value.ts";
import { calendarDate } from "../../text/dates.ts";
import classes from "./rules.module.css";

/** The days on which something counts: always, or from and to a date, both of which belong to it. */
export function RuleValidity({ path }: { path: readonly string[] }) {
  const [valid, setValid] = useField([...path, "valid"], "When it counts");
  const [open, setOpen] = useState(false);
  const locked = useLocked();
  const { from, to } = isObject(valid) ? valid : {};
  const set = (key: "from" | "to", value: string) => {
    const { [key]: _old, ...rest } = isObject(valid) ? valid : {};
    const next = value === "" ? rest : { ...rest, [key]: value };
    setValid(Object.keys(next).length > 0 ? next : undefined);
  };
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  if (!open && valid === undefined)
    return locked ? null : (
      <button type="button" className={classes.plain} onClick={() => setOpen(true)}>
        Counts always. From or to a date…
      </button>
    );
  return (
    <div className={classes.says}>
      <span className={classes.saysWord}>counts</span>
      <TextInput
        type="date"
        aria-label="Counts from"
        leftSection={<span className="quiet">from</span>}
        leftSectionWidth={46}
        disabled={locked}
        value={text(from)}
        onChange={(event) => set("from", event.currentTarget.value)}
      />
      <TextInput
        type="date"
        aria-label="Counts to"
        leftSection={<span className="quiet">to</span>}
        leftSectionWidth={30}
        disabled={locked}
        value={text(to)}
        onChange={(event) => set("to", event.currentTarget.value)}
      />
      <span className="quiet">{validityWords(text(from), text(to))}</span>
    </div>
  );
}

const validityWords = (from: string, to: string): string =>
  from && to
    ? `From ${calendarDate(from)} to ${calendarDate(to)}, both days included.`
    : from
      ? `From ${calendarDate(from)} on.`
      : to
        ? `Up to and including ${calendarDate(to)}.`
        : "Always.";
