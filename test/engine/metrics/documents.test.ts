import { describe, expect, it } from "vitest";
import { Calendar } from "#engine/definition/calendar.ts";
import { Metric } from "#engine/definition/metric.ts";
import { metricFact } from "#engine/metrics/metric-fact.ts";
import { calendarSet } from "#engine/time/calendar-set.ts";
import { observed, period } from "./observations.ts";

describe("documents as people author them", () => {
  it("a parsed metric and a parsed calendar are what values are computed with", () => {
    const metric = Metric.parse({
      kind: "metric",
      schema: 1,
      id: "laptops-sold",
      title: "Laptops sold",
      unit: "count",
      scale: 0,
      direction: "higher",
      grain: "month",
      aggregate: "sum",
      levels: { threshold: "0.8", target: "1", stretch: "1.2" },
      refresh: { every: "FREQ=MONTHLY", staleAfter: { workingDays: 5 } },
      quality: { missing: "block", outlier: { sigma: 3, then: "flag" } },
    });
    const calendar = Calendar.parse({
      kind: "calendar",
      schema: 1,
      id: "de-by",
      title: "Bavaria",
      timeZone: "Europe/Berlin",
      week: { mon: ["09:00", "17:00"] },
      holidays: { country: "DE", state: "BY" },
      resolved: {
        years: { from: 2026, to: 2027 },
        source: "by hand",
        dates: [{ date: "2026-04-06", name: "Easter Monday" }],
      },
    });
    const place = { zone: "Europe/Berlin", calendar: calendarSet([calendar], "de-by").default };
    const fact = metricFact(metric, [observed("2026-03", "120")], period("2026-03"), {
      at: Date.UTC(2026, 3, 7),
      place,
    });
    expect(fact).toMatchObject({ value: 120, attainment: 1.2, band: "stretch", stale: false });
  });
});
