import type { Comparison, Condition } from "../rules/conditions.ts";
import { OPERATORS } from "../rules/operators.ts";
import { grouped } from "./currency.ts";
import { factName } from "./judge.ts";

/** Titles of measures and of other things that documents name by id, for people. */
export type Titles = Readonly<Record<string, string>>;

/** Conditions as one clause: `person.role is "sales" and gross-margin is at least 0.25`. */
export function conditionInWords(condition: Condition, titles: Titles = {}): string {
  if ("all" in condition) return joined(condition.all, "and", titles);
  if ("any" in condition) return joined(condition.any, "or", titles);
  if ("not" in condition) return `not (${conditionInWords(condition.not, titles)})`;
  if ("condition" in condition) return `"${condition.condition}" holds`;
  return comparisonInWords(condition, titles);
}

/** One comparison, or its opposite: `Gross margin is at least 0.25`, `Gross margin is below 0.25`. */
export function comparisonInWords(comparison: Comparison, titles: Titles = {}, holds = true): string {
  const row = OPERATORS.find((operator) => operator.name === comparison.operator);
  const label = row ? (holds ? row.label : row.opposite) : `${holds ? "" : "not "}${comparison.operator}`;
  const { name, words } = factName(comparison);
  const said = Object.hasOwn(titles, name) ? words.replace(name, titles[name]!) : words;
  return row?.argument === "none" ? `${said} ${label}` : `${said} ${label} ${valueInWords(comparison.value)}`;
}

/** A value as a person would write it: texts in quotes, lists with commas, a parameter or fact by its name. */
export function valueInWords(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (typeof value === "number") return grouped(String(value));
  if (typeof value === "string") return `"${value}"`;
  if (Array.isArray(value)) return value.map(valueInWords).join(", ");
  if (typeof value === "object" && "fact" in value && typeof value.fact === "string") return value.fact;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function joined(conditions: readonly Condition[], word: "and" | "or", titles: Titles): string {
  if (conditions.length === 0) return word === "and" ? "always" : "never";
  return conditions
    .map((condition) => {
      const words = conditionInWords(condition, titles);
      const nested =
        ("any" in condition && condition.any.length > 1) || ("all" in condition && condition.all.length > 1);
      return conditions.length > 1 && nested ? `(${words})` : words;
    })
    .join(` ${word} `);
}
