import { Decimal } from "../words/decimal.ts";
import type { Calculation } from "./calculation.ts";
import { dayNumber, monthNumber } from "./calendar-days.ts";

/**
 * The share of the quota that a new hire carries in the period: the mean over the period's calendar months of the ramp of
 * that month of employment (the month of hire is month 1); 1 past the end of the ramp. Returns the id of the step,
 * undefined where the plan has no ramp or the hire date is missing (noted).
 */
export function rampQuota(calc: Calculation): string | undefined {
  const { ramp } = calc.plan;
  if (!ramp || ramp.length === 0) return undefined;
  const { payee, period } = calc.inputs;
  const hired = payee.hireDate ?? payee.fields?.hireDate;
  if (typeof hired !== "string" || dayNumber(hired) === undefined) {
    return calc.lacks("fact", "person.hireDate", "The plan ramps the quota of new hires, and there is no hire date.");
  }
  const lastDay = dayNumber(period.to);
  if (dayNumber(period.from) === undefined || lastDay === undefined) {
    return calc.lacks("input", "period", `The period ${period.id} needs two dates, "from" before "to".`);
  }
  const last = monthNumber(new Date((lastDay - 1) * 86_400_000).toISOString().slice(0, 10));
  const quotas: string[] = [];
  for (let month = monthNumber(period.from); month <= last; month++) {
    const employed = month - monthNumber(hired) + 1;
    if (employed < 1) continue;
    quotas.push(ramp.find((step) => step.month === employed)?.quota ?? rampAfter(ramp, employed));
  }
  if (quotas.length === 0) quotas.push("1");
  return calc.tracer.step(
    calc.trace,
    "ramp",
    "attainment",
    "weighted mean",
    { values: quotas, weights: quotas.map(() => "1") },
    { hireDate: hired },
  );
}

/** A month that the ramp does not list takes the last listed before it; past the last one the quota is whole. */
function rampAfter(ramp: readonly { month: number; quota: string }[], month: number): string {
  const last = Math.max(...ramp.map((step) => step.month));
  if (month > last) return "1";
  const before = ramp.filter((step) => step.month < month).toSorted((a, b) => b.month - a.month)[0];
  return before && new Decimal(before.quota).gt(0) ? before.quota : "1";
}
