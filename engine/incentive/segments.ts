import type { Calculation } from "./calculation.ts";
import { dayNumber } from "./calendar-days.ts";
import type { AssignmentSegment } from "./inputs.ts";
import { decimalText, readNumeric } from "./numeric.ts";

/** A segment of the period with its days and the share of them that counts. */
export interface CountedSegment {
  segment: AssignmentSegment;
  days: number;
  share: string;
}

/** The period divided into segments; `of` is the number of days that makes a whole. */
export interface CountedPeriod {
  segments: CountedSegment[];
  of: number;
}

/**
 * Counts the days of the payee's segments within the period by the plan's proration: days before hire and after leaving
 * (`hire: days`), leave of absence (`leave: days`, except types in `paidLeave`), and full-time share (`fte: share`).
 * Undefined where there are no segments (the whole period counts) or where they are wrong, which is noted as missing.
 */
export function countSegments(calc: Calculation): CountedPeriod | undefined {
  const { period, segments } = calc.inputs;
  if (segments === undefined) return undefined;
  const [from, to] = [dayNumber(period.from), dayNumber(period.to)];
  if (from === undefined || to === undefined || to <= from) {
    return calc.lacks("input", "period", `The period ${period.id} needs two dates, "from" before "to".`);
  }
  const policy = calc.plan.proration ?? {};
  const counted: (CountedSegment & { start: number; end: number })[] = [];
  for (const segment of segments) {
    const [start, end] = [dayNumber(segment.from), dayNumber(segment.to)];
    const fte = readNumeric(segment.fte ?? 1);
    if (start === undefined || end === undefined || fte === undefined || fte.lt(0)) {
      return calc.lacks("input", "segments", `The assignment from ${segment.from} to ${segment.to} cannot be read.`);
    }
    const within = { start: Math.max(from, start), end: Math.min(to, end) };
    if (within.end <= within.start) continue;
    const away = segment.leave !== undefined && policy.leave === "days" && !policy.paidLeave?.includes(segment.leave);
    const share = away ? "0" : policy.fte === "share" ? decimalText(fte) : "1";
    counted.push({ segment, ...within, days: within.end - within.start, share });
  }
  counted.sort((a, b) => a.start - b.start);
  const overlap = counted.find((segment, index) => index > 0 && segment.start < counted[index - 1]!.end);
  if (overlap) {
    return calc.lacks(
      "input",
      "segments",
      `Two assignments overlap on ${overlap.segment.from}; only one may count a day.`,
    );
  }
  const covered = counted.reduce((sum, segment) => sum + segment.days, 0);
  const of = policy.hire === "days" || covered === 0 ? to - from : covered;
  return { segments: counted.map(({ segment, days, share }) => ({ segment, days, share })), of };
}
