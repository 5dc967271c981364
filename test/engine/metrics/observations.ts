import type { MetricRules, Observation } from "#engine/metrics/metric-rules.ts";
import { parsePeriod } from "#engine/time/period.ts";

export const laptops: MetricRules = {
  id: "laptops-sold",
  scale: 0,
  direction: "higher",
  grain: "month",
  aggregate: "sum",
  levels: { threshold: "0.8", target: "1", stretch: "1.2" },
};

/** An observation of Ana's for a period such as `2026-03`. */
export function observed(period: string, value: string, more: Partial<Observation> = {}): Observation {
  const known = parsePeriod(period);
  if (!known) throw new Error(`no period ${period}`);
  return {
    metric: "laptops-sold",
    subject: "ana",
    periodFrom: known.from,
    periodTo: known.to,
    value,
    target: "100",
    state: "final",
    recordedAt: 0,
    ...more,
  };
}

export const period = (id: string) => {
  const known = parsePeriod(id);
  if (!known) throw new Error(`no period ${id}`);
  return known;
};
