import { Select, TextInput } from "@mantine/core";
import type { Json } from "#engine/words/json.ts";
import { useLocked } from "../../../document/editing.tsx";
import { isObject } from "../../../document/json-value.ts";
import { useFactChoices } from "../../rules/conditions/use-fact-choices.ts";
import { FactEditor, factOf } from "./fact-editor.tsx";

type Way = "literal" | "date" | "fact" | "parameter";
const WORDS: Record<Way, string> = {
  literal: "This value",
  date: "This date",
  fact: "A fact",
  parameter: "A parameter",
};
const ALL: readonly Way[] = ["literal", "fact", "parameter"];

/** A literal, a fact or a parameter; `ways` narrows it. Text that reads as a number, yes or no is kept as such. */
export function ValueInput({
  value,
  onChange,
  label,
  ways = ALL,
}: {
  value: Json | undefined;
  onChange: (value: Json) => void;
  label: string;
  ways?: readonly Way[];
}) {
  const locked = useLocked();
  const choices = useFactChoices();
  const plain: Way = ways.includes("date") ? "date" : "literal";
  const way: Way = isObject(value) ? (value.parameter === undefined ? "fact" : "parameter") : plain;
  const parameters = choices
    .filter((one) => one.group === "Parameters")
    .map((one) => ({ value: one.fact.slice("parameter.".length), label: one.title }));
  const offered = ways.filter((one) => one === way || one !== "parameter" || parameters.length > 0);
  const named = isObject(value) && typeof value.parameter === "string" ? value.parameter : null;
  return (
    <div style={{ display: "grid", gap: 5 }}>
      {(offered.length > 1 || !offered.includes(way)) && (
        <Select
          aria-label={`${label}: from`}
          size="xs"
          allowDeselect={false}
          disabled={locked}
          data={(offered.includes(way) ? offered : [...offered, way]).map((one) => ({ value: one, label: WORDS[one] }))}
          value={way}
          onChange={(next) => {
            if (next === way || next === null) return;
            if (next === "literal" || next === "date") onChange("");
            else if (next === "parameter") onChange({ parameter: parameters[0]?.value ?? "" });
            else onChange(choices[0] ? factOf(choices[0]) : { fact: "" });
          }}
        />
      )}
      {!isObject(value) && (
        <TextInput
          aria-label={label}
          type={plain === "date" ? "date" : "text"}
          disabled={locked}
          value={value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value)}
          onChange={(event) => {
            const text = event.currentTarget.value;
            onChange(plain === "date" ? text : literal(text));
          }}
        />
      )}
      {way === "fact" && isObject(value) && <FactEditor value={value} label={label} onChange={onChange} />}
      {way === "parameter" && (
        <Select
          aria-label={label}
          allowDeselect={false}
          disabled={locked}
          data={
            named === null || parameters.some((one) => one.value === named)
              ? parameters
              : [{ value: named, label: `${named} (unknown)` }, ...parameters]
          }
          value={named}
          onChange={(next) => next && onChange({ parameter: next })}
        />
      )}
    </div>
  );
}

/** What somebody typed as a value: a number, yes or no, a list or null where it reads as one, else text. */
export function literal(text: string): Json {
  if (text === "true" || text === "false") return text === "true";
  if (/^\[.*\]$/.test(text.trim()) || text === "null") {
    try {
      return JSON.parse(text) as Json;
    } catch {
      return text;
    }
  }
  return text.trim() !== "" && /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) && String(Number(text)) === text
    ? Number(text)
    : text;
}
