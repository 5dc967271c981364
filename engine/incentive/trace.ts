import type { Decimal } from "../words/decimal.ts";
import type { Json } from "../words/json.ts";
import { FORMULAS, type FormulaName, type Operand, type Operands } from "./formulas.ts";
import { decimalText } from "./numeric.ts";

/** The stages of a payout in their fixed order, as printed on the statement (FORMATS 5). */
export const STAGES = [
  "eligibility",
  "attainment",
  "curve",
  "gate",
  "weight",
  "target incentive",
  "proration",
  "modifier",
  "cap",
  "windfall",
  "holdback",
  "rounding",
  "draw",
  "clawback",
] as const;
export type Stage = (typeof STAGES)[number];

/** An operand as it stands on a trace: a decimal as text, the result of another step, or a list or record of those. */
export type TraceValue =
  | null
  | boolean
  | string
  | number
  | { from: string }
  | TraceValue[]
  | { [key: string]: TraceValue };

/**
 * One step of a calculation: a named formula, its inputs, its result as decimal text. An input `{ "from": id }` is the
 * result of another step, so a trace is a small program that anyone can run again from its leaves.
 */
export interface TraceStep {
  id: string;
  stage: Stage;
  formula: FormulaName;
  inputs: Record<string, TraceValue>;
  result: string;
  /** What a reader wants to know and the formula does not need: facts read, the rule that applied, the date of the data. */
  detail?: Record<string, Json>;
}

/**
 * Writes a trace while calculating. A step's result is computed from its traced inputs by the very formula that
 * `recomputePayout` uses, so a trace cannot say something else than what was paid.
 */
export class Tracer {
  private readonly values = new Map<string, Decimal>();

  /** Adds a step to `into`, and returns its id for later steps. */
  step(
    into: TraceStep[],
    id: string,
    stage: Stage,
    formula: FormulaName,
    inputs: Record<string, TraceValue>,
    detail?: Record<string, Json>,
  ): string {
    const result = applyFormula(formula, inputs, (from) => this.value(from));
    this.values.set(id, result);
    into.push({
      id,
      stage,
      formula,
      inputs,
      result: decimalText(result),
      ...(detail && Object.keys(detail).length > 0 ? { detail } : {}),
    });
    return id;
  }

  /** The exact result of a step of this trace. */
  value(id: string): Decimal {
    const value = this.values.get(id);
    if (value === undefined) throw new Error(`the trace has no step ${id}`);
    return value;
  }
}

/** Runs a formula on traced inputs; `look` gives the result of the step that an input refers to. */
export function applyFormula(
  formula: FormulaName,
  inputs: Record<string, TraceValue>,
  look: (step: string) => Decimal,
): Decimal {
  if (!Object.hasOwn(FORMULAS, formula)) throw new Error(`there is no formula ${formula}`);
  const operands: Record<string, Operand> = {};
  for (const [name, value] of Object.entries(inputs)) operands[name] = resolve(value, look);
  return FORMULAS[formula](operands as Operands);
}

function resolve(value: TraceValue, look: (step: string) => Decimal): Operand {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((part) => resolve(part, look));
  if (typeof value.from === "string" && Object.keys(value).length === 1) return look(value.from);
  return value;
}
