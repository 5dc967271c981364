import { NumberInput, Select, TagsInput, TextInput } from "@mantine/core";
import type { Argument, OperatorRow } from "#engine/rules/operators.ts";
import type { Json } from "#engine/words/json.ts";
import { isObject } from "../../../document/json-value.ts";
import classes from "./conditions.module.css";
import { choiceFor, type FactChoice, unknownChoice } from "./fact-choice.ts";

interface Props {
  value: Json | undefined;
  operator: OperatorRow | undefined;
  fact: FactChoice | undefined;
  choices: readonly FactChoice[];
  disabled: boolean;
  onChange: (value: Json) => void;
}

const NUMERIC = new Set(["number", "integer", "money", "percent"]);

/** The right side of a comparison: an editor that fits the operator and the fact, or another fact or parameter. */
export function ValueEditor(props: Props) {
  const { value, operator, fact, choices, disabled, onChange } = props;
  if (operator?.argument === "none") return null;
  const asFact = isObject(value) && typeof value.fact === "string";
  const fits = choices.filter(
    (one) => !fact || one.type === fact.type || (NUMERIC.has(one.type) && NUMERIC.has(fact.type)),
  );
  return (
    <span className={classes.value}>
      {asFact ? (
        <FactSelect
          choices={fits}
          value={value}
          disabled={disabled}
          label="Compared with"
          onChange={(next) => onChange(factOperand(next))}
        />
      ) : (
        <Literal {...props} argument={operator?.argument ?? "same"} />
      )}
      {(fits.length > 0 || asFact) && !disabled && (
        <button
          type="button"
          className={classes.swap}
          title={asFact ? "Compare with a value" : "Compare with a parameter or another fact"}
          aria-label={asFact ? "Compare with a value" : "Compare with a parameter or another fact"}
          onClick={() =>
            onChange(
              asFact
                ? startValue(operator?.argument ?? "same", fact)
                : factOperand(fits.find((one) => one.group === "Parameters") ?? fits[0] ?? unknownChoice({ fact: "" })),
            )
          }
        >
          {asFact ? "123" : "ƒ"}
        </button>
      )}
    </span>
  );
}

const factOperand = (one: FactChoice): Json => ({
  fact: one.fact,
  ...(one.params ? { params: one.params } : {}),
  ...(one.path ? { path: one.path } : {}),
});

/** What a new value is, so that the document is right from the first moment. */
export function startValue(argument: Argument, fact: FactChoice | undefined): Json {
  if (argument === "list") return [];
  if (argument === "range") return [0, 1];
  if (argument === "dates") return ["", ""];
  if (argument === "number" || argument === "percent") return 0;
  if (argument === "none") return true;
  if (argument === "same" && fact) {
    if (fact.of?.length) return fact.of[0]!;
    if (NUMERIC.has(fact.type)) return fact.type === "percent" ? 1 : 0;
    if (fact.type === "boolean") return true;
  }
  return "";
}

function Literal({ value, fact, argument, disabled, onChange }: Props & { argument: Argument }) {
  const numeric =
    argument === "number" ||
    argument === "percent" ||
    (argument === "same" && fact !== undefined && NUMERIC.has(fact.type));
  if (argument === "range" || argument === "dates") {
    const pair = Array.isArray(value) ? value : [];
    return (
      <>
        {[0, 1].map((index) => (
          <One
            key={index}
            value={pair[index]}
            fact={fact}
            numeric={argument === "range"}
            date={argument === "dates"}
            disabled={disabled}
            label={index === 0 ? "From" : "To"}
            onChange={(next) => onChange(index === 0 ? [next, pair[1] ?? ""] : [pair[0] ?? "", next])}
          />
        ))}
      </>
    );
  }
  if (argument === "list") {
    const list = Array.isArray(value) ? value : value === undefined || value === "" ? [] : [value];
    return (
      <TagsInput
        aria-label="Values"
        className={classes.wide}
        disabled={disabled}
        data={(fact?.of ?? []).map(String)}
        value={list.map(String)}
        onChange={(next) =>
          onChange(
            next.map((one) =>
              fact && NUMERIC.has(fact.type) && one.trim() !== "" && !Number.isNaN(Number(one)) ? Number(one) : one,
            ),
          )
        }
      />
    );
  }
  return (
    <One
      value={value}
      fact={fact}
      numeric={numeric}
      date={argument === "date" || (argument === "same" && fact?.type === "date")}
      disabled={disabled}
      label="Value"
      onChange={onChange}
    />
  );
}

function One(props: {
  value: Json | undefined;
  fact: FactChoice | undefined;
  numeric: boolean;
  date: boolean;
  disabled: boolean;
  label: string;
  onChange: (value: Json) => void;
}) {
  const { value, fact, numeric, date, disabled, label, onChange } = props;
  if (fact?.type === "boolean")
    return (
      <Select
        aria-label={label}
        className={classes.short}
        disabled={disabled}
        allowDeselect={false}
        data={[
          { value: "true", label: "yes" },
          { value: "false", label: "no" },
        ]}
        value={String(value === true)}
        onChange={(next) => onChange(next === "true")}
      />
    );
  if (fact?.of?.length && !numeric)
    return (
      <Select
        aria-label={label}
        className={classes.short}
        disabled={disabled}
        allowDeselect={false}
        searchable
        data={[...new Set([...fact.of.map(String), ...(typeof value === "string" && value ? [value] : [])])]}
        value={value === undefined ? null : String(value)}
        onChange={(next) => next !== null && onChange(fact.of?.find((one) => String(one) === next) ?? next)}
      />
    );
  if (numeric)
    return (
      <NumberInput
        aria-label={label}
        className={classes.short}
        disabled={disabled}
        value={typeof value === "number" ? value : ""}
        hideControls
        suffix={
          fact?.type === "percent" && typeof value === "number"
            ? ` (${Math.round(value * 1000) / 10} %)`
            : fact?.unit
              ? ` ${fact.unit}`
              : ""
        }
        onChange={(next) => onChange(typeof next === "number" ? next : next === "" ? 0 : Number(next) || 0)}
      />
    );
  return (
    <TextInput
      aria-label={label}
      className={classes.short}
      disabled={disabled}
      {...(date ? { type: "date" } : {})}
      value={typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** Chooses a fact by its title, in groups. A fact that no list knows stays choosable as it is. */
export function FactSelect(props: {
  choices: readonly FactChoice[];
  value: Json | undefined;
  disabled: boolean;
  label: string;
  error?: string | undefined;
  onChange: (choice: FactChoice) => void;
}) {
  const { value } = props;
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
      maxDropdownHeight={320}
      comboboxProps={{ width: 300, position: "bottom-start" }}
      nothingFoundMessage="No such fact"
      onChange={(next) => {
        const found = all.find((one) => one.key === next);
        if (found) props.onChange(found);
      }}
    />
  );
}
