import type { Json } from "#engine/words/json.ts";
import { words } from "../../text/kinds.ts";
import { number } from "../../text/number.ts";
import type { Step } from "./trace-shape.ts";

type Inputs = Record<string, Json>;

/** The last part of a step's id: "laptops/attainment" is "the attainment". */
const stepName = (id: string) => `the ${words(id.split("/").at(-1) ?? id).toLowerCase()}`;

/** One operand as a reader sees it: a number, or the name of the step it comes from. */
export function operand(value: Json | undefined): string {
  if (value === null || value === undefined) return "nothing";
  if (typeof value === "number") return number(value, 6);
  if (typeof value === "string") return /^-?\d+(\.\d+)?$/.test(value) ? number(Number(value), 6) : value;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map(operand).join(", ");
  return typeof value.from === "string" ? stepName(value.from) : "";
}

const list = (value: Json | undefined, between: string) =>
  Array.isArray(value) ? value.map(operand).join(between) : operand(value);

/** How each formula of engine/incentive/formulas.ts is written down; one that is not here is said by its inputs. */
const TEXTS: Record<string, (inputs: Inputs) => string> = {
  given: ({ value }) => operand(value),
  ratio: ({ actual, target }) => `${operand(actual)} ÷ ${operand(target)}`,
  ramped: ({ value, quota }) => `${operand(value)} ÷ ${operand(quota)}, the reduced quota`,
  "weighted mean": ({ values, weights }) => `mean of ${list(values, ", ")}, weighted ${list(weights, ", ")}`,
  curve: ({ attainment }) => `the payout curve at ${operand(attainment)}`,
  gate: ({ value, passed, else: otherwise }) =>
    passed === true
      ? `${operand(value)}, the gate is passed`
      : `${operand(value)} × ${operand(otherwise)}, the gate is not passed`,
  product: ({ factors }) => list(factors, " × "),
  sum: ({ terms }) => list(terms, " + "),
  "share of salary": ({ salary, share, times, parts }) =>
    `${operand(salary)} × ${operand(share)} × ${operand(times)} ÷ ${operand(parts)}`,
  clamp: ({ value, floor, ceiling }) => `${operand(value)}, at least ${operand(floor)} and at most ${operand(ceiling)}`,
  least: ({ value, cap }) => `the smaller of ${operand(value)} and ${operand(cap)}`,
  round: ({ value, rounding }) => `${operand(value)}, rounded ${operand(rounding)}`,
  "largest remainder": ({ total, amounts }) => `this line's share of ${operand(total)}, beside ${list(amounts, ", ")}`,
};

/** A step of a trace as a short calculation: "364 ÷ 303". */
export function formulaText(step: Pick<Step, "formula" | "inputs">): string {
  const text = Object.hasOwn(TEXTS, step.formula) ? TEXTS[step.formula] : undefined;
  if (text) return text(step.inputs);
  const inputs = Object.entries(step.inputs)
    .map(([name, value]) => ({ name: words(name).toLowerCase(), said: operand(value) }))
    .filter((one) => one.said !== "")
    .map((one) => `${one.name} ${one.said}`);
  return `${words(step.formula)}: ${inputs.join(", ")}`;
}
