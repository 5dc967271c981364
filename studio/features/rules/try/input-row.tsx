import { NumberInput, Select, TextInput } from "@mantine/core";
import type { Json } from "#engine/words/json.ts";
import { isObject } from "../../../document/json-value.ts";
import { words } from "../../../text/kinds.ts";
import type { FactChoice } from "../conditions/fact-choice.ts";
import type { TryInput } from "./inputs.ts";
import classes from "./try.module.css";

/** One fact to type: an editor by its type, or one for each part that rules look at. Empty is missing. */
export function InputRow({
  input,
  choices,
  value,
  source,
  onChange,
}: {
  input: TryInput;
  choices: readonly FactChoice[];
  value: Json | undefined;
  /** Where the value comes from, below it. */
  source?: string | undefined;
  onChange: (value: Json | undefined) => void;
}) {
  const known = choices.find(
    (one) => one.fact === input.fact && (input.fact !== "metric" || one.params?.id === input.params?.id),
  );
  const title = inputTitle(input, known);
  const given = value ?? undefined;
  if (input.parts.length > 0) {
    const parts = isObject(given) ? given : {};
    return (
      <fieldset className={classes.parts}>
        <legend>{title}</legend>
        {input.parts.map((part) => (
          <PartInput
            key={part}
            part={part}
            value={parts[part]}
            onChange={(next) => {
              const { [part]: _old, ...rest } = parts;
              onChange(next !== undefined ? { ...parts, [part]: next } : Object.keys(rest).length ? rest : undefined);
            }}
          />
        ))}
        {source && <p className={classes.source}>{source}</p>}
      </fieldset>
    );
  }
  const type = known?.type ?? (typeof given === "number" ? "number" : "text");
  const common = { size: "xs", label: title, placeholder: "missing", description: source } as const;
  const layout = { inputWrapperOrder: ["label", "input", "description"] as ("label" | "input" | "description")[] };
  if (type === "boolean")
    return (
      <Select
        {...common}
        {...layout}
        clearable
        data={[
          { value: "true", label: "yes" },
          { value: "false", label: "no" },
        ]}
        value={typeof given === "boolean" ? String(given) : null}
        onChange={(next) => onChange(next === null ? undefined : next === "true")}
      />
    );
  if (known?.of?.length)
    return (
      <Select
        {...common}
        {...layout}
        clearable
        data={[...new Set(known.of.map(String))]}
        value={given === undefined ? null : String(given)}
        onChange={(next) =>
          onChange(next === null ? undefined : (known.of?.find((one) => String(one) === next) ?? next))
        }
      />
    );
  if (["number", "integer", "money", "percent"].includes(type))
    return <Amount {...common} percent={type === "percent"} unit={known?.unit} value={given} onChange={onChange} />;
  return (
    <TextInput
      {...common}
      {...layout}
      type={type === "date" ? "date" : "text"}
      value={typeof given === "string" ? given : given === undefined ? "" : JSON.stringify(given)}
      onChange={(event) => onChange(event.currentTarget.value === "" ? undefined : event.currentTarget.value)}
    />
  );
}

/** The fact of an input as a label. */
export function inputTitle(input: TryInput, known: FactChoice | undefined): string {
  const id = typeof input.params?.id === "string" ? input.params.id : input.fact;
  return input.fact === "metric" ? (known?.title.split(":")[0] ?? words(id)) : (known?.title ?? words(input.fact));
}

/** Shares of a metric are typed as percent; the state of its data is a word. */
function PartInput(props: { part: string; value: Json | undefined; onChange: (value: Json | undefined) => void }) {
  const { part, value, onChange } = props;
  const label = words(part);
  if (typeof value === "string" || part === "state" || part === "asOf")
    return (
      <TextInput
        size="xs"
        label={label}
        placeholder="missing"
        value={typeof value === "string" ? value : ""}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
      />
    );
  return (
    <Amount
      size="xs"
      label={label}
      placeholder="missing"
      percent={part === "attainment" || part === "gap"}
      value={value}
      onChange={onChange}
    />
  );
}

function Amount(props: {
  size: "xs";
  label: string;
  placeholder: string;
  description?: string | undefined;
  percent: boolean;
  unit?: string | undefined;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
}) {
  const { percent, unit, value, onChange, description, ...labels } = props;
  const factor = percent ? 100 : 1;
  const tidy = (number: number) => Number(number.toPrecision(12));
  return (
    <NumberInput
      {...labels}
      {...(description ? { description } : {})}
      inputWrapperOrder={["label", "input", "description"]}
      hideControls
      value={typeof value === "number" ? tidy(value * factor) : ""}
      suffix={percent ? " %" : unit ? ` ${unit}` : ""}
      onChange={(next) => onChange(typeof next === "number" ? tidy(next / factor) : undefined)}
    />
  );
}
