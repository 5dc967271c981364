import { Select, TextInput } from "@mantine/core";
import type { Json } from "#engine/words/json.ts";
import { useLocked } from "../../../document/editing.tsx";
import { isObject } from "../../../document/json-value.ts";
import type { FactChoice } from "../../rules/conditions/fact-choice.ts";
import { useFactChoices } from "../../rules/conditions/use-fact-choices.ts";
import { FactSelect } from "../../rules/conditions/value-editor.tsx";

/** A literal, a fact or a parameter. Text that reads as a number, yes or no is kept as such. */
export function ValueInput({
  value,
  onChange,
  label,
}: {
  value: Json | undefined;
  onChange: (value: Json) => void;
  label: string;
}) {
  const locked = useLocked();
  const choices = useFactChoices();
  const way = isObject(value) ? (typeof value.parameter === "string" ? "parameter" : "fact") : "literal";
  const parameters = choices
    .filter((one) => one.group === "Parameters")
    .map((one) => ({ value: one.fact.slice("parameter.".length), label: one.title }));
  return (
    <div style={{ display: "grid", gap: 5 }}>
      <Select
        aria-label={`${label}: from`}
        size="xs"
        allowDeselect={false}
        disabled={locked}
        data={[
          { value: "literal", label: "This value" },
          { value: "fact", label: "A fact" },
          ...(parameters.length > 0 || way === "parameter" ? [{ value: "parameter", label: "A parameter" }] : []),
        ]}
        value={way}
        onChange={(next) => {
          if (next === way || next === null) return;
          if (next === "literal") onChange("");
          else if (next === "parameter") onChange({ parameter: parameters[0]?.value ?? "" });
          else onChange({ fact: choices[0]?.fact ?? "" });
        }}
      />
      {way === "literal" && (
        <TextInput
          aria-label={label}
          disabled={locked}
          value={value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value)}
          onChange={(event) => onChange(literal(event.currentTarget.value))}
        />
      )}
      {way === "fact" && (
        <FactSelect
          choices={choices}
          value={value}
          disabled={locked}
          label={label}
          onChange={(next) => onChange(operand(next))}
        />
      )}
      {way === "parameter" && isObject(value) && (
        <Select
          aria-label={label}
          allowDeselect={false}
          disabled={locked}
          data={parameters}
          value={String(value.parameter)}
          onChange={(next) => next && onChange({ parameter: next })}
        />
      )}
    </div>
  );
}

const operand = (one: FactChoice): Json => ({
  fact: one.fact,
  ...(one.params ? { params: one.params } : {}),
  ...(one.path ? { path: one.path } : {}),
});

function literal(text: string): Json {
  if (text === "true" || text === "false") return text === "true";
  return text.trim() !== "" && /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) && String(Number(text)) === text
    ? Number(text)
    : text;
}
