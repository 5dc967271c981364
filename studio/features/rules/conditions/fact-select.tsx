import { Select } from "@mantine/core";
import type { Json } from "#engine/words/json.ts";
import { valueText } from "../../../ui/json-value.tsx";
import classes from "./conditions.module.css";
import { choiceFor, type FactChoice } from "./fact-choice.ts";
import { useExamples } from "./live-examples.ts";

const TYPES: Record<FactChoice["type"], string> = {
  number: "number",
  integer: "whole number",
  money: "money",
  percent: "percent",
  text: "text",
  boolean: "yes or no",
  date: "date",
  "date-time": "date and time",
  choice: "choice",
  person: "person",
  unit: "unit",
  list: "list",
  object: "several values",
};

/** Chooses a fact by its title, in groups, with its type and what it is for the person that is being looked at. */
export function FactSelect(props: {
  choices: readonly FactChoice[];
  value: Json | undefined;
  disabled: boolean;
  label: string;
  error?: string | undefined;
  onChange: (choice: FactChoice) => void;
}) {
  const { value } = props;
  const example = useExamples();
  const chosen = choiceFor(value, props.choices);
  const all =
    chosen && !props.choices.some((one) => one.key === chosen.key) ? [chosen, ...props.choices] : props.choices;
  const groups = [...new Set(all.map((one) => one.group))].map((group) => ({
    group,
    items: all.filter((one) => one.group === group).map((one) => ({ value: one.key, label: one.title })),
  }));
  return (
    <Select
      aria-label={props.label}
      className={classes.fact}
      placeholder="Choose a fact"
      searchable
      allowDeselect={false}
      disabled={props.disabled}
      error={props.error}
      data={groups}
      value={chosen?.key ?? null}
      maxDropdownHeight={340}
      comboboxProps={{ width: 330, position: "bottom-start" }}
      nothingFoundMessage="No such fact"
      renderOption={({ option }) => {
        const one = all.find((choice) => choice.key === option.value);
        const now = one ? example(one) : undefined;
        return (
          <span className={classes.option}>
            <span>{option.label}</span>
            <span className={classes.optionMore}>
              {one && TYPES[one.type]}
              {one?.unit ? `, ${one.unit}` : ""}
              {now !== undefined && <strong>{exampleText(now, one)}</strong>}
            </span>
          </span>
        );
      }}
      onChange={(next) => {
        const found = all.find((one) => one.key === next);
        if (found) props.onChange(found);
      }}
    />
  );
}

function exampleText(value: Json, choice: FactChoice | undefined): string {
  if (choice?.type === "percent" && typeof value === "number") return `${Number((value * 100).toFixed(1))} %`;
  const text = typeof value === "number" ? String(Number(value.toFixed(4))) : valueText(value);
  return text.length > 28 ? `${text.slice(0, 27)}…` : text;
}
