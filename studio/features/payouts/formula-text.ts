import type { Json } from "#engine/words/json.ts";
import { words } from "../../text/kinds.ts";
import { number } from "../../text/number.ts";
import type { Step } from "./trace-shape.ts";

type Inputs = Record<string, Json>;
/** The shown result of the step that an operand comes from. */
type Look = (step: string) => string;

/** A decimal text with thousands; what is no number stays as it is. */
export const plain = (value: string): string => (/^-?\d+(\.\d+)?$/.test(value) ? number(Number(value), 6) : value);

/** One operand as a reader sees it: a number, or the result of the step it comes from. */
function operand(value: Json | undefined, look: Look): string {
  if (value === null || value === undefined) return "nothing";
  if (typeof value === "number") return number(value, 6);
  if (typeof value === "string") return plain(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map((part) => operand(part, look)).join(", ");
  return typeof value.from === "string" ? look(value.from) : "";
}

type Say = (name: string, between?: string) => string;

/** How each formula of engine/incentive/formulas.ts is written down; one that is not here is said by its inputs. */
const TEXTS: Record<string, (say: Say, inputs: Inputs) => string> = {
  given: (say) => say("value"),
  ratio: (say) => `${say("actual")} ÷ ${say("target")}`,
  ramped: (say) => `${say("value")} ÷ ${say("quota")}, the reduced quota`,
  "weighted mean": (say) => `mean of ${say("values")}, weighted ${say("weights")}`,
  curve: (say) => `the payout curve at ${say("attainment")}`,
  gate: (say, { passed }) =>
    passed === true
      ? `${say("value")}, the gate is passed`
      : `${say("value")} × ${say("else")}, the gate is not passed`,
  product: (say) => say("factors", " × "),
  sum: (say) => say("terms", " + "),
  "share of salary": (say) => `${say("salary")} × ${say("share")} × ${say("times")} ÷ ${say("parts")}`,
  clamp: (say) => `${say("value")}, at least ${say("floor")} and at most ${say("ceiling")}`,
  least: (say) => `the smaller of ${say("value")} and ${say("cap")}`,
  "scale to cap": (say) => `${say("value")}, where all together come to ${say("sum")} and may reach ${say("cap")}`,
  "rest of cap": (say) => `${say("value")}, of a cap of ${say("cap")} with ${say("taken")} taken`,
  round: (say) => `${say("value")}, rounded ${say("rounding")}`,
  "largest remainder": (say) => `this line's part of ${say("total")}, all in whole units`,
};

/** A step of a trace as a short calculation: "364 ÷ 303". `look` gives the result of an earlier step. */
export function formulaText(step: Pick<Step, "formula" | "inputs">, look: Look): string {
  const say: Say = (name, between = ", ") => {
    const value = step.inputs[name];
    return Array.isArray(value) ? value.map((part) => operand(part, look)).join(between) : operand(value, look);
  };
  const text = Object.hasOwn(TEXTS, step.formula) ? TEXTS[step.formula] : undefined;
  if (text) return text(say, step.inputs);
  const inputs = Object.keys(step.inputs)
    .map((name) => ({ name: words(name).toLowerCase(), said: say(name) }))
    .filter((one) => one.said !== "");
  return [words(step.formula), ...inputs.map((one) => `${one.name} ${one.said}`)].join(", ");
}
