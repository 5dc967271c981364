import { describe, expect, it } from "vitest";
import { aggregateObservations } from "#engine/metrics/aggregate.ts";
import { isStale, staleAt } from "#engine/metrics/freshness.ts";
import { metricFact, ruleFact } from "#engine/metrics/metric-fact.ts";
import type { MetricRules, Observation } from "#engine/metrics/metric-rules.ts";
import { calendarSet } from "#engine/time/calendar-set.ts";
import { laptops, observed, period } from "./observations.ts";

const calendars = calendarSet(
  [
    {
      id: "office",
      timeZone: "Europe/Berlin",
      week: {
        mon: ["09:00", "17:00"],
        tue: ["09:00", "17:00"],
        wed: ["09:00", "17:00"],
        thu: ["09:00", "17:00"],
        fri: ["09:00", "17:00"],
      },
    },
  ],
  "office",
);
const place = { zone: "Europe/Berlin", calendar: calendars.default };
const moment = (text: string) => ({ at: Date.parse(text), place });
const LATER = moment("2026-07-01T12:00Z");
const Q1 = period("2026-Q1");
const quarter = [observed("2026-01", "90"), observed("2026-02", "110"), observed("2026-03", "130")];
const total = (observations: Observation[], metric: MetricRules = laptops, today = "2026-07-01") => {
  const { value, target, state, n, missing, cause } = aggregateObservations(observations, metric, Q1, today);
  return { value: value?.toString(), target: target?.toString(), state, n, missing: missing.periods, cause };
};

describe("the value of a window", () => {
  it.each([
    ["sum", "330", "300"],
    ["mean", "110", "100"],
    ["min", "90", "100"],
    ["max", "130", "100"],
    ["last", "130", "100"],
    ["count", "3", "300"],
  ] as const)("by %s", (aggregate, value, target) => {
    expect(total(quarter, { ...laptops, aggregate })).toMatchObject({ value, target, n: 3 });
  });

  it("counts the later recording of a period, other metrics and other windows not at all, and nothing twice", () => {
    const more = [
      observed("2026-03", "140", { recordedAt: 5 }),
      observed("2026-03", "10", { metric: "complaints" }),
      observed("2026-04", "1000"),
      observed("2026-Q1", "9999"),
    ];
    expect(total([...more, ...quarter])).toMatchObject({ value: "340", n: 3 });
    expect(total([observed("2026-Q1", "9999")])).toMatchObject({ value: "9999", n: 1, missing: 0 });
  });

  it("is as settled as its least settled part", () => {
    expect(total(quarter).state).toBe("final");
    expect(total([...quarter.slice(1), observed("2026-01", "1", { state: "adjusted" })]).state).toBe("adjusted");
    expect(total([...quarter.slice(1), observed("2026-01", "1", { state: "provisional" })]).state).toBe("provisional");
  });

  it("has no target where one part has none", () => {
    expect(total([...quarter.slice(1), observed("2026-01", "90", { target: null })])).toMatchObject({
      value: "330",
      target: undefined,
    });
  });

  it("DG2: the metric's policy decides about missing periods, and says how many", () => {
    const two = [observed("2025-12", "50"), ...quarter.slice(1)];
    const by = (missing: NonNullable<NonNullable<MetricRules["quality"]>["missing"]>) =>
      total(two, { ...laptops, quality: { missing } });
    expect(by("exclude")).toMatchObject({ value: "240", missing: 1 });
    expect(by("carry-forward")).toMatchObject({ value: "290", missing: 1, state: "provisional" });
    expect(by("impute")).toMatchObject({ value: "360", missing: 1, state: "provisional" });
    expect(by("block")).toMatchObject({
      value: undefined,
      missing: 1,
      cause: "1 of the window's periods have no observation",
    });
    // An earlier quarter's total is no month to carry forward; of several subjects, each is carried and imputed.
    const team = [
      observed("2025-Q4", "999"),
      ...two,
      ...two.map((observation) => ({ ...observation, subject: "ben" })),
    ];
    expect(total(team, { ...laptops, quality: { missing: "carry-forward" } })).toMatchObject({ value: "580", n: 4 });
    expect(total(team, { ...laptops, quality: { missing: "impute" } })).toMatchObject({ value: "720", n: 4 });
    // A month that is not over yet is not missing.
    expect(total(quarter.slice(0, 2), { ...laptops, quality: { missing: "block" } }, "2026-03-15")).toMatchObject({
      value: "200",
    });
    expect(total([])).toMatchObject({ value: undefined, cause: "there is no observation in the window" });
  });

  it("DA1: a parent is the sum of its children; a last value of several is no number", () => {
    const ben = quarter.map((observation) => ({ ...observation, subject: "ben" }));
    expect(total([...quarter, ...ben])).toMatchObject({ value: "660", target: "600", n: 6 });
    expect(total([...quarter, ...ben], { ...laptops, aggregate: "last" })).toMatchObject({
      value: undefined,
      cause: "the last value of several subjects does not add up to one",
    });
  });
});

describe("the fact of a metric", () => {
  it("rounds to the metric's scale for rules and keeps the exact decimals for pay", () => {
    const thirds = [observed("2026-01", "79.6", { target: "99.9" })];
    const fact = metricFact(laptops, thirds, period("2026-01"), LATER);
    expect(fact).toMatchObject({
      value: 80,
      target: 100,
      attainment: 0.796797,
      band: "below",
      state: "final",
      stale: false,
      n: 1,
    });
    expect(fact.exact).toMatchObject({ value: "79.6", target: "99.9" });
    expect(fact.asOf).toBe("2026-01-31");
  });

  it("KA1: attainment of exactly 0.8 reaches the threshold", () => {
    const fact = metricFact(laptops, [observed("2026-01", "80")], period("2026-01"), LATER);
    expect(fact).toMatchObject({ attainment: 0.8, gap: -0.2, band: "threshold" });
    const strict: MetricRules = { ...laptops, levels: { ...laptops.levels, boundary: "exclusive" } };
    expect(metricFact(strict, [observed("2026-01", "80")], period("2026-01"), LATER).band).toBe("below");
  });

  it("KA2: the baseline leaves the current point out; without one, sigma is absent with the cause", () => {
    const metric: MetricRules = { ...laptops, baseline: { periods: 5 } };
    const history = ["2025-08", "2025-09", "2025-10", "2025-11", "2025-12"].map((id, index) =>
      observed(id, String(10 + index * 2)),
    );
    const current = observed("2026-01", "1000");
    const fact = metricFact(metric, [...history, current], period("2026-01"), LATER);
    expect(fact.baseline).toBe(14);
    expect(fact.sigma).toBeCloseTo(986 / Math.sqrt(10), 5);
    const short = metricFact(metric, [...history.slice(3), current], period("2026-01"), LATER);
    expect(short).not.toHaveProperty("sigma");
    expect(short.causes.sigma).toBe("the baseline has 2 of the 4 values it needs");
    expect(metricFact(laptops, [current], period("2026-01"), LATER).causes.sigma).toContain("declares no baseline");
  });

  it("DG2: an outlier is flagged, drawn in or held, by the metric's rule", () => {
    const by = (then: "flag" | "winsorise" | "hold", value: string) => {
      const metric: MetricRules = { ...laptops, baseline: { periods: 5 }, quality: { outlier: { sigma: 3, then } } };
      const history = ["2025-08", "2025-09", "2025-10", "2025-11", "2025-12"].map((id, index) =>
        observed(id, String(100 + index * 20)),
      );
      return metricFact(metric, [...history, observed("2026-01", value)], period("2026-01"), LATER);
    };
    expect(by("flag", "1000")).toMatchObject({ value: 1000, outlier: true });
    expect(by("flag", "150")).toMatchObject({ value: 150, outlier: false });
    // Mean 140, standard deviation 31.62: the limit is 234.87.
    expect(by("winsorise", "1000")).toMatchObject({ value: 235, outlier: true });
    expect(by("winsorise", "-1000")).toMatchObject({ value: 45, outlier: true });
    const held = by("hold", "1000");
    expect(held).not.toHaveProperty("value");
    expect(held).not.toHaveProperty("attainment");
    expect(held.causes.value).toContain("is held");
  });

  it("says why something is absent", () => {
    const none = metricFact(laptops, [], Q1, LATER);
    expect(none).toMatchObject({ n: 0, causes: { value: "there is no observation in the window" } });
    expect(none).not.toHaveProperty("value");
    expect(
      metricFact(laptops, [observed("2026-01", "5", { target: null })], period("2026-01"), LATER).causes.target,
    ).toBe("an observation has no target");
    expect(
      metricFact(laptops, [observed("2026-01", "5", { target: "0" })], period("2026-01"), LATER).causes.attainment,
    ).toBe("nothing is a share of a target of 0");
  });
});

describe("freshness", () => {
  const metric: MetricRules = { ...laptops, refresh: { every: "FREQ=MONTHLY", staleAfter: { workingDays: 5 } } };

  it("KA4: stale at the promise plus one tick", () => {
    // March is covered; April's data are due on 1 May (a Friday), five working days later is Friday 8 May, 09:00 in Berlin.
    const limit = staleAt(metric, "2026-04-01", place) ?? 0;
    expect(new Date(limit).toISOString()).toBe("2026-05-08T07:00:00.000Z");
    expect(isStale(metric, "2026-04-01", limit, place)).toBe(false);
    expect(isStale(metric, "2026-04-01", limit + 1, place)).toBe(true);
    expect(isStale(laptops, "2001-01-01", limit, place)).toBe(false);
    const daily = { refresh: { every: "FREQ=DAILY", staleAfter: { hours: 6 } } };
    expect(new Date(staleAt(daily, "2026-03-04", place) ?? 0).toISOString()).toBe("2026-03-05T05:00:00.000Z");
    const weekly = { refresh: { every: "FREQ=WEEKLY", staleAfter: { hours: 1 } } };
    expect(new Date(staleAt(weekly, "2026-03-09", place) ?? 0).toISOString()).toBe("2026-03-16T00:00:00.000Z");
  });

  it("KA4: a rule gets no numbers of a stale metric, but its date; a complete window is never stale", () => {
    const observations = quarter.slice(0, 2);
    const open = metricFact(metric, observations, Q1, LATER);
    expect(open).toMatchObject({ stale: true, asOf: "2026-02-28", value: 200 });
    const read = ruleFact(open);
    expect(read).not.toHaveProperty("value");
    expect(read).not.toHaveProperty("attainment");
    expect(read).toMatchObject({ stale: true, asOf: "2026-02-28" });
    expect(read.causes.value).toBe("the data are stale: they reach up to 2026-02-28");
    expect(metricFact(metric, quarter, Q1, LATER).stale).toBe(false);
    expect(ruleFact(metricFact(metric, quarter, Q1, LATER)).value).toBe(330);
    expect(metricFact(metric, observations, Q1, moment("2026-03-20T12:00Z")).stale).toBe(false);
  });

  it("a value carried forward covers nothing", () => {
    const carried = { ...metric, quality: { missing: "carry-forward" as const } };
    const fact = metricFact(carried, quarter.slice(0, 1), Q1, LATER);
    expect(fact).toMatchObject({
      value: 270,
      asOf: "2026-01-31",
      stale: true,
      missing: { periods: 2, policy: "carry-forward" },
    });
  });
});
