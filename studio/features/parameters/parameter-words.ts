import type { ParameterView } from "#engine/contract/views/definitions.ts";
import type { Json } from "#engine/words/json.ts";
import { calendarDate } from "../../text/dates.ts";
import { number, percent } from "../../text/number.ts";

const UNITS: Record<string, [string, string]> = {
  workingDays: ["working day", "working days"],
  days: ["day", "days"],
  hours: ["hour", "hours"],
};

type Typed = Pick<ParameterView, "type" | "unit">;

/** What stands after the number: "working days", the parameter's own unit, nothing. */
export const unitOf = (parameter: Typed): string => parameter.unit ?? UNITS[parameter.type]?.[1] ?? "";

/** A value with its unit: "12 working days", "94 %", "yes". */
export function valueWithUnit(parameter: Typed, value: Json): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (parameter.type === "percent" && value !== null) return percent(Number(value), 2);
  if (parameter.type === "date") return calendarDate(String(value));
  const isNumber = typeof value === "number" || (parameter.type === "decimal" && typeof value === "string");
  if (!isNumber) return String(value ?? "none");
  const unit = parameter.unit ?? UNITS[parameter.type]?.[Number(value) === 1 ? 0 : 1] ?? "";
  return `${number(Number(value), 4)}${unit ? ` ${unit}` : ""}`;
}

/** What the author allows: "3 to 20 working days", "at least 1", "anything". */
export function boundsText(parameter: Typed & Pick<ParameterView, "min" | "max" | "of">): string {
  const { min, max, of } = parameter;
  if (of && of.length > 0) return of.map(String).join(", ");
  const say = (value: number) => (parameter.type === "percent" ? percent(value, 2) : number(value, 4));
  const unit = unitOf(parameter) ? ` ${unitOf(parameter)}` : "";
  if (min !== null && max !== null) return `${say(min)} to ${say(max)}${unit}`;
  if (min !== null) return `at least ${say(min)}${unit}`;
  return max === null ? "anything" : `at most ${say(max)}${unit}`;
}

/** Whether two values are the same: numbers by value, since a decimal may come as text. */
export const sameValue = (a: Json, b: Json): boolean =>
  a === b || (typeof a !== "boolean" && typeof b !== "boolean" && a !== "" && b !== "" && Number(a) === Number(b));

/** Why a value may not be given; null where it may. The server decides in the end; this says it while one types. */
export function boundsProblem(parameter: ParameterView, value: Json): string | null {
  if (value === null || value === "") return "Give a value.";
  if (parameter.of && parameter.of.length > 0 && !parameter.of.includes(value)) return "Choose one of the list.";
  const isNumber = typeof parameter.default === "number" || ["decimal", "percent"].includes(parameter.type);
  if (!isNumber) return null;
  const given = Number(value);
  if (!Number.isFinite(given)) return "Give a number.";
  if (["integer", "workingDays", "days"].includes(parameter.type) && !Number.isInteger(given))
    return "Give a whole number.";
  if (parameter.min !== null && given < parameter.min) return `Allowed is ${boundsText(parameter)}.`;
  if (parameter.max !== null && given > parameter.max) return `Allowed is ${boundsText(parameter)}.`;
  return null;
}
