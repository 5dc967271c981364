import type { Decimal } from "../words/decimal.ts";
import { decimalText } from "./numeric.ts";
import type { Payout } from "./payout.ts";
import { applyFormula, type TraceStep, type TraceValue } from "./trace.ts";

/** What a payout's trace alone gives, and where it differs from what the payout says. */
export interface Recomputed {
  totalMinor: number | null;
  lines: { component: string; amountMinor: number | null }[];
  adjustments: number[];
  /** One sentence for each amount or step that is not what the trace gives; empty when the payout stands. */
  differences: string[];
}

/**
 * Computes a payout again from the leaves of its trace: every step by its formula, every result compared with the one
 * stored. Takes the payout as it was stored (plain JSON). Never throws: a trace that cannot be followed is a difference.
 */
export function recomputePayout(payout: Payout): Recomputed {
  const steps = new Map<string, TraceStep>();
  const differences: string[] = [];
  for (const step of stepsOf(payout)) {
    if (steps.has(step.id)) differences.push(`The step ${step.id} is on the trace twice.`);
    steps.set(step.id, step);
  }
  const known = new Map<string, Decimal | undefined>();
  for (const step of steps.values()) {
    const value = run(step.id, steps, known);
    if (value === undefined) differences.push(`The step ${step.id} cannot be followed.`);
    else if (decimalText(value) !== step.result) {
      differences.push(`The step ${step.id} gives ${decimalText(value)}, not ${step.result}.`);
    }
  }
  const lines = payout.lines.map(({ component, amountMinor }) => {
    const value = amountMinor === null ? null : (known.get(`${component}/line`)?.toNumber() ?? null);
    if (value !== amountMinor) differences.push(`The line ${component} gives ${value}, not ${amountMinor}.`);
    return { component, amountMinor: value };
  });
  const adjustments = payout.adjustments.map(({ kind, amountMinor, trace }) => {
    const value = known.get(trace.at(-1)?.id ?? "")?.toNumber() ?? 0;
    if (value !== amountMinor) differences.push(`The ${kind} gives ${value}, not ${amountMinor}.`);
    return value;
  });
  const paid = payout.status === "computed" || payout.status === "in review";
  const totalMinor = paid ? (known.get("total")?.toNumber() ?? null) : payout.totalMinor;
  if (paid) checkAmounts(payout, totalMinor, known.get("held")?.toNumber() ?? 0, lines, adjustments, differences);
  return { totalMinor, lines, adjustments, differences };
}

/** The steps a line stands on, those of the whole payout among them: enough to recompute the line by itself. */
export function traceOfLine(payout: Payout, component: string): TraceStep[] {
  const steps = new Map(stepsOf(payout).map((step) => [step.id, step]));
  const needed = new Set<string>();
  const visit = (id: string): void => {
    const step = steps.get(id);
    if (!step || needed.has(id)) return;
    needed.add(id);
    for (const from of references(step.inputs)) visit(from);
  };
  for (const step of payout.lines.find((line) => line.component === component)?.trace ?? []) visit(step.id);
  return [...steps.values()].filter((step) => needed.has(step.id));
}

function checkAmounts(
  payout: Payout,
  totalMinor: number | null,
  held: number,
  lines: Recomputed["lines"],
  adjustments: number[],
  differences: string[],
): void {
  const expect = (what: string, stored: number | null, computed: number | null) => {
    if (stored !== computed) differences.push(`The ${what} is ${computed}, not ${stored}.`);
  };
  const inReview = payout.status === "in review";
  const heldMinor = inReview ? 0 : held;
  expect("total", payout.totalMinor, totalMinor);
  expect(
    "sum of the lines",
    payout.totalMinor,
    lines.reduce((sum, line) => sum + (line.amountMinor ?? 0), 0),
  );
  expect("held amount", payout.heldMinor, heldMinor);
  expect("amount in review", payout.reviewMinor, inReview ? totalMinor : 0);
  const adjusted = adjustments.reduce((sum, amount) => sum + amount, 0);
  expect("payable amount", payout.payableMinor, inReview ? 0 : (totalMinor ?? 0) - heldMinor + adjusted);
}

/** Lines first: a chain of running totals over many deals is then followed one link at a time. */
function stepsOf(payout: Payout): TraceStep[] {
  return [
    ...payout.lines.flatMap((line) => line.trace),
    ...payout.trace,
    ...payout.adjustments.flatMap((adjustment) => adjustment.trace),
  ];
}

/** Runs a step after those it refers to; a reference to itself or to nothing gives undefined. */
function run(
  id: string,
  steps: ReadonlyMap<string, TraceStep>,
  known: Map<string, Decimal | undefined>,
): Decimal | undefined {
  if (known.has(id)) return known.get(id);
  known.set(id, undefined);
  const step = steps.get(id);
  if (!step) return undefined;
  try {
    const value = applyFormula(step.formula, step.inputs, (from) => {
      const found = run(from, steps, known);
      if (found === undefined) throw new Error(`no step ${from}`);
      return found;
    });
    known.set(id, value);
    return value;
  } catch {
    return undefined;
  }
}

function references(value: TraceValue): string[] {
  if (value === null || typeof value !== "object") return [];
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value.from === "string" && Object.keys(value).length === 1) return [value.from];
  return "kind" in value ? [] : Object.values(value).flatMap(references);
}
