import { NumberInput, Select, Switch, TextInput } from "@mantine/core";
import type { ParameterView } from "#engine/contract/views/definitions.ts";
import { boundsText, unitOf } from "./parameter-words.ts";

export type ParameterValue = ParameterView["value"];

/** The control for a parameter's value by its type. `null` is a value that is not there yet. */
export function ValueField(props: {
  parameter: ParameterView;
  value: ParameterValue | null;
  error: string | null;
  onChange: (value: ParameterValue | null) => void;
}) {
  const { parameter, value, onChange } = props;
  const common = { label: "Value", error: props.error, description: `Allowed: ${boundsText(parameter)}` };
  if (parameter.of && parameter.of.length > 0) {
    return (
      <Select
        {...common}
        allowDeselect={false}
        data={parameter.of.map((one) => ({ value: String(one), label: String(one) }))}
        value={value === null ? null : String(value)}
        onChange={(next) => {
          const found = parameter.of?.find((one) => String(one) === next);
          if (typeof found === "string" || typeof found === "number" || typeof found === "boolean") onChange(found);
        }}
      />
    );
  }
  if (parameter.type === "boolean") {
    return (
      <Switch
        label={parameter.title}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  // A decimal or money travels as text, so that 0.1 stays 0.1; percent as a fraction of whatever type the author chose.
  const asText = typeof parameter.default === "string";
  if (["decimal", "money", "percent"].includes(parameter.type) || typeof parameter.default === "number") {
    const factor = parameter.type === "percent" ? 100 : 1;
    const shown = value === null ? "" : Number((Number(value) * factor).toPrecision(12));
    return (
      <NumberInput
        {...common}
        thousandSeparator=","
        suffix={parameter.type === "percent" ? " %" : ""}
        rightSection={<span className="quiet">{unitOf(parameter)}</span>}
        rightSectionWidth={unitOf(parameter) ? Math.max(48, unitOf(parameter).length * 8) : 0}
        value={shown}
        onChange={(next) => {
          if (typeof next !== "number") return onChange(null);
          const given = Number((next / factor).toPrecision(12));
          onChange(asText ? String(given) : given);
        }}
      />
    );
  }
  return (
    <TextInput
      {...common}
      type={parameter.type === "date" ? "date" : "text"}
      value={value === null ? "" : String(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
