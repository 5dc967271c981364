import { canonical } from "../words/json.ts";
import type { Payout, PayoutLine } from "./payout.ts";
import type { TraceStep } from "./trace.ts";

/** What one line changed by, and the inputs of the trace that changed it. */
export interface LineDelta {
  component: string;
  title: string;
  oldMinor: number;
  newMinor: number;
  deltaMinor: number;
  /** Leaves of the trace that differ, e.g. `actual of units/attainment: 364 → 360`. */
  cause: string[];
}

/** The difference of two payouts of one person, plan and period. */
export interface PayoutDelta {
  oldMinor: number;
  newMinor: number;
  deltaMinor: number;
  lines: LineDelta[];
  /** Changed inputs that belong to the whole payout: target incentive, days, factor of a modifier. */
  cause: string[];
}

/**
 * What a payout changes when it is computed again (a prior-period adjustment): deltas to book in the open period, with old,
 * new and cause, while the closed payout stays as it is. Undefined while either of them has no amount.
 */
export function payoutDelta(before: Payout, after: Payout): PayoutDelta | undefined {
  if (before.totalMinor === null || after.totalMinor === null) return undefined;
  const ids = [...new Set([...before.lines, ...after.lines].map((line) => line.component))];
  const lines = ids.flatMap((id): LineDelta[] => {
    const of = (payout: Payout): PayoutLine | undefined => payout.lines.find((line) => line.component === id);
    const [old, now] = [of(before), of(after)];
    const [oldMinor, newMinor] = [old?.amountMinor ?? 0, now?.amountMinor ?? 0];
    if (oldMinor === newMinor) return [];
    const cause = !old ? ["new line"] : !now ? ["line left out"] : changes(old.trace, now.trace);
    return [{ component: id, title: (now ?? old)!.title, oldMinor, newMinor, deltaMinor: newMinor - oldMinor, cause }];
  });
  return {
    oldMinor: before.totalMinor,
    newMinor: after.totalMinor,
    deltaMinor: after.totalMinor - before.totalMinor,
    lines,
    cause: changes(before.trace, after.trace),
  };
}

/** The inputs that differ between steps of the same id; results follow from them and are left out. */
function changes(before: readonly TraceStep[], after: readonly TraceStep[]): string[] {
  const old = new Map(before.map((step) => [step.id, step]));
  const told = after.flatMap((step) => {
    const was = old.get(step.id);
    old.delete(step.id);
    if (!was) return [`${step.id}: new`];
    const names = [...new Set([...Object.keys(was.inputs), ...Object.keys(step.inputs)])];
    return names.flatMap((name) => {
      const [from, to] = [was.inputs[name], step.inputs[name]];
      return canonical(from) === canonical(to) ? [] : [`${name} of ${step.id}: ${said(from)} → ${said(to)}`];
    });
  });
  return [...told, ...[...old.keys()].map((id) => `${id}: left out`)];
}

function said(value: unknown): string {
  return typeof value === "string" ? value : value === undefined ? "nothing" : canonical(value);
}
