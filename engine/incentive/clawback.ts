import { type Duration, durationInWords } from "../words/duration.ts";
import type { Calculation } from "./calculation.ts";
import { addMonths, dayNumber } from "./calendar-days.ts";
import type { Reversal } from "./inputs.ts";
import type { Adjustment } from "./payout.ts";
import type { PlanBody } from "./plan.ts";
import type { TraceStep } from "./trace.ts";

type Clawback = NonNullable<PlanBody["clawback"]>;

/**
 * What events of the period take back of earlier payments: the share that the schedule gives for the time since payment,
 * each linked to the payment it takes from. Where the plan limits recovery to a share of the period's earnings, what is over
 * the limit stays a balance. An earlier balance is recovered first, then reversals by date and id.
 */
export function clawbackAdjustments(
  calc: Calculation,
  earnedMinor: number,
): { adjustments: Adjustment[]; balanceMinor: number } {
  const { plan, tracer } = calc;
  const opening = calc.inputs.balances?.clawbackMinor ?? 0;
  const rule = plan.clawback;
  if (!rule) return { adjustments: [], balanceMinor: opening };
  const adjustments: Adjustment[] = [];
  let room: number | null = null;
  if (rule.limit) {
    const factors = [rule.limit.perPeriod, String(earnedMinor)];
    tracer.step(calc.trace, "clawback/limit", "clawback", "product", { factors }, { share: rule.limit.perPeriod });
    room = Math.max(0, tracer.value("clawback/limit").floor().toNumber());
  }
  let balance = opening;
  const recover = (
    kind: Adjustment["kind"],
    id: string,
    due: number,
    steps: TraceStep[],
    link: Partial<Adjustment>,
  ) => {
    const inputs = { balance: String(due), limit: room === null ? null : String(room) };
    tracer.step(steps, `${id}/recovered`, "clawback", "recovery", inputs);
    const amountMinor = tracer.value(`${id}/recovered`).toNumber();
    if (room !== null) room += amountMinor;
    balance += amountMinor;
    adjustments.push({ kind, amountMinor: amountMinor === 0 ? 0 : amountMinor, ...link, trace: steps });
  };
  if (opening > 0) recover("clawback carried", "clawback/carried", opening, [], {});
  for (const reversal of inOrder(calc.inputs.reversals ?? [], rule.on)) {
    const share = scheduleShare(calc, reversal, rule);
    if (share === undefined) continue;
    const steps: TraceStep[] = [];
    const id = `clawback/${reversal.id}`;
    const factors = [share.share, String(reversal.paidMinor)];
    const detail = { payment: reversal.payment, paidOn: reversal.paidOn, happenedOn: reversal.happenedOn, ...share };
    tracer.step(steps, `${id}/exact`, "clawback", "product", { factors }, detail);
    const rounding = plan.rounding ?? "half-even";
    tracer.step(steps, `${id}/due`, "clawback", "round", { value: { from: `${id}/exact` }, rounding });
    const due = tracer.value(`${id}/due`).toNumber();
    balance += due;
    const { payment, transaction } = reversal;
    recover("clawback", id, due, steps, { payment, ...(transaction ? { transaction } : {}) });
  }
  return { adjustments, balanceMinor: balance };
}

function inOrder(reversals: readonly Reversal[], on: string): Reversal[] {
  const key = (reversal: Reversal) => `${reversal.happenedOn} ${reversal.id}`;
  return reversals
    .filter((reversal) => reversal.on === on)
    .toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** The share of the first term of the schedule that the event falls within; undefined past the last term. */
function scheduleShare(
  calc: Calculation,
  reversal: Reversal,
  rule: Clawback,
): { share: string; within: string } | undefined {
  const happened = dayNumber(reversal.happenedOn);
  if (dayNumber(reversal.paidOn) === undefined || happened === undefined) {
    const message = `The reversal ${reversal.id} needs the dates of payment and event.`;
    return calc.lacks("input", reversal.id, message);
  }
  const terms = rule.schedule
    .map((term) => ({ ...term, until: lastDay(reversal.paidOn, term.within) }))
    .sort((a, b) => a.until - b.until);
  const term = terms.find((each) => happened <= each.until);
  return term && { share: term.share, within: durationInWords(term.within) };
}

/** The last day within a duration of calendar units after a date; the day of the term itself is within it. */
function lastDay(date: string, { months = 0, weeks = 0, days = 0 }: Duration): number {
  return addMonths(date, months) + weeks * 7 + days;
}
