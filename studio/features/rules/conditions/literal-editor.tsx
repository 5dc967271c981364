import { NumberInput, Select, Slider, TagsInput, TextInput } from "@mantine/core";
import type { Argument } from "#engine/rules/operators.ts";
import type { Json } from "#engine/words/json.ts";
import { PersonChooser } from "../../../ui/person-chooser.tsx";
import { UnitChooser } from "../../../ui/unit-chooser.tsx";
import classes from "./conditions.module.css";
import type { FactChoice } from "./fact-choice.ts";
import { isNumeric } from "./start-value.ts";

interface Props {
  value: Json | undefined;
  fact: FactChoice | undefined;
  argument: Argument;
  disabled: boolean;
  onChange: (value: Json) => void;
}

/** A literal on the right of a comparison, or two, or a list: whatever the operator takes, in the editor of the fact's type. */
export function LiteralEditor({ value, fact, argument, disabled, onChange }: Props) {
  if (argument === "range" || argument === "dates") {
    const pair = Array.isArray(value) ? value : [];
    const shape = argument === "range" ? "number" : "date";
    const one = (index: 0 | 1, label: string) => (
      <One
        value={pair[index]}
        fact={fact}
        shape={shape}
        disabled={disabled}
        label={label}
        slider={false}
        onChange={(next) => onChange(index === 0 ? [next, pair[1] ?? ""] : [pair[0] ?? "", next])}
      />
    );
    return (
      <>
        {one(0, "From")}
        {one(1, "To")}
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
            next.map((one) => (isNumeric(fact) && one.trim() !== "" && !Number.isNaN(Number(one)) ? Number(one) : one)),
          )
        }
      />
    );
  }
  const number = argument === "number" || argument === "percent" || (argument === "same" && isNumeric(fact));
  const date = argument === "date" || (argument === "same" && (fact?.type === "date" || fact?.type === "date-time"));
  return (
    <One
      value={value}
      // "Changed by more than (percent)" takes per cent as such, whatever the fact is.
      fact={argument === "percent" ? undefined : fact}
      shape={number ? "number" : date ? "date" : argument === "text" ? "text" : "own"}
      {...(argument === "percent" ? { suffix: " %" } : {})}
      disabled={disabled}
      label="Value"
      slider
      onChange={onChange}
    />
  );
}

interface OneProps {
  value: Json | undefined;
  fact: FactChoice | undefined;
  /** `own`: as the fact's type says. */
  shape: "number" | "date" | "text" | "own";
  suffix?: string;
  disabled: boolean;
  label: string;
  slider: boolean;
  onChange: (value: Json) => void;
}

function One(props: OneProps) {
  const { value, fact, shape, disabled, label, onChange } = props;
  if (shape === "number") return <NumberValue {...props} />;
  if (shape === "own") {
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
    if (fact?.of?.length)
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
    if (fact?.type === "person" && !disabled)
      return (
        <span className={classes.wide}>
          <PersonChooser
            label={label}
            hideLabel
            value={typeof value === "string" && value !== "" ? value : null}
            onChange={(id) => onChange(id ?? "")}
          />
        </span>
      );
    if (fact?.type === "unit" && !disabled)
      return (
        <span className={classes.wide}>
          <UnitChooser
            placeholder="Choose a unit"
            value={typeof value === "string" && value !== "" ? value : null}
            onChange={(id) => onChange(id ?? "")}
          />
        </span>
      );
  }
  return (
    <TextInput
      aria-label={label}
      className={classes.short}
      disabled={disabled}
      {...(shape === "date" ? { type: "date" } : {})}
      value={typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** A number: shares are typed as percent, money with its grouping; where the bounds are known, with a slider. */
function NumberValue({ value, fact, suffix, disabled, label, slider, onChange }: OneProps) {
  const factor = fact?.type === "percent" ? 100 : 1;
  const shown = typeof value === "number" ? tidy(value * factor) : undefined;
  const set = (next: number) => onChange(tidy(next / factor));
  const { min, max } = fact ?? {};
  const whole = fact?.type === "integer";
  return (
    <>
      <NumberInput
        aria-label={label}
        className={classes.short}
        disabled={disabled}
        value={shown ?? ""}
        hideControls
        allowDecimal={!whole}
        {...(fact?.type === "money" ? { thousandSeparator: "," } : {})}
        suffix={suffix ?? (factor === 100 ? " %" : fact?.unit ? ` ${fact.unit}` : "")}
        onChange={(next) => set(typeof next === "number" ? next : Number(next) || 0)}
      />
      {slider && !disabled && min !== undefined && max !== undefined && max > min && (
        <Slider
          className={classes.slider}
          thumbLabel={`${label}, from ${tidy(min * factor)} to ${tidy(max * factor)}`}
          label={null}
          size="xs"
          min={tidy(min * factor)}
          max={tidy(max * factor)}
          step={whole ? 1 : stepOf((max - min) * factor)}
          value={shown ?? tidy(min * factor)}
          onChange={set}
        />
      )}
    </>
  );
}

/** 0.8 * 100 is 80, and 80.1 / 100 is 0.801. */
const tidy = (value: number) => Number(value.toPrecision(12));

/** About two hundred steps, on round numbers. */
const stepOf = (span: number) => 10 ** Math.floor(Math.log10(span / 20));
