import type { Calculation } from "./calculation.ts";
import { limitStep } from "./caps.ts";
import type { LineInProgress } from "./line.ts";
import type { PayoutLine } from "./payout.ts";
import { type Rounding, roundingInWords } from "./rounding.ts";
import type { TraceValue } from "./trace.ts";

/** The amounts of a payout once its lines are exact: whole minor units that add up. */
export interface Settlement {
  totalMinor: number;
  heldMinor: number;
  reviewMinor: number;
  payableMinor: number;
  inReview: boolean;
  lines: PayoutLine[];
}

/**
 * Windfall review → holdback → rounding. Rounds once: the total by the plan's policy, the lines by largest remainder so
 * that they sum to it, the held part by the same policy and the payable part as the rest.
 * A windfall waits whole: nothing is payable or held until it has been reviewed. Undefined when something is missing.
 */
export function settleLines(
  calc: Calculation,
  lines: LineInProgress[],
  base: string | undefined,
): Settlement | undefined {
  const { plan, tracer, trace } = calc;
  const windfall = plan.windfall && limitStep(calc, plan.windfall.above, base, "windfall", "windfall");
  const share = plan.holdback && calc.rate(plan.holdback.share);
  const amounts = lines.flatMap((line) => (line.amount === undefined ? [] : [{ from: line.amount }]));
  if (calc.missing.length > 0 || amounts.length < lines.length) return undefined;
  const rounding = plan.rounding ?? "half-even";
  tracer.step(trace, "sum", "rounding", "sum", { terms: amounts });
  tracer.step(
    trace,
    "total",
    "rounding",
    "round",
    { value: { from: "sum" }, rounding },
    { policy: roundingInWords(rounding, plan.currency), currency: plan.currency },
  );
  const over = windfall !== undefined && tracer.value("sum").gt(tracer.value(windfall));
  const inReview = over && calc.inputs.windfallReview?.approved !== true;
  let heldMinor = 0;
  if (share !== undefined) {
    tracer.step(trace, "hold", "holdback", "product", { factors: [share, { from: "sum" }] }, { share });
    tracer.step(trace, "held", "holdback", "round", { value: { from: "hold" }, rounding });
    heldMinor = inReview ? 0 : tracer.value("held").toNumber();
  }
  const settled = plan.basis === "attainment" ? byLargestRemainder(calc, lines) : byRunningTotal(calc, lines, rounding);
  const totalMinor = tracer.value("total").toNumber();
  return {
    totalMinor,
    heldMinor,
    reviewMinor: inReview ? totalMinor : 0,
    payableMinor: inReview ? 0 : totalMinor - heldMinor,
    inReview,
    lines: settled,
  };
}

/** Components: every line sees all amounts, and the cents left over go to the largest remainders. */
function byLargestRemainder(calc: Calculation, lines: LineInProgress[]): PayoutLine[] {
  const amounts = lines.map((line) => ({ from: line.amount! }));
  return lines.map((line, index) => {
    const inputs = { amounts, total: { from: "total" }, index };
    return payoutLine(
      calc,
      line,
      calc.tracer.step(line.steps, `${line.id}/line`, "rounding", "largest remainder", inputs),
    );
  });
}

/**
 * Transactions: a line is what it adds to the rounded running total. The lines sum to the total as well, none is more than
 * a cent away from its exact amount, and a trace of a thousand deals does not list a thousand amounts in each line.
 */
function byRunningTotal(calc: Calculation, lines: LineInProgress[], rounding: Rounding): PayoutLine[] {
  let before: { from: string } | string = "0";
  return lines.map((line) => {
    const terms: TraceValue[] = [before, { from: line.amount! }];
    const running = { from: calc.tracer.step(line.steps, `${line.id}/running`, "rounding", "sum", { terms }) };
    const inputs = { before, running, rounding };
    before = running;
    return payoutLine(
      calc,
      line,
      calc.tracer.step(line.steps, `${line.id}/line`, "rounding", "rounded increase", inputs),
    );
  });
}

function payoutLine(calc: Calculation, { id, title, steps }: LineInProgress, step: string): PayoutLine {
  return { component: id, title, amountMinor: calc.tracer.value(step).toNumber(), trace: steps };
}
