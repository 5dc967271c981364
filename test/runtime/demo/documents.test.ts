import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { resolveHolidays } from "../../../runtime/commands/resolve-holidays.ts";
import { demoDocuments, demoRecordTypes } from "../../../runtime/demo/documents.ts";
import { generateDemo } from "../../../runtime/demo/generate.ts";
import { twelveMonths } from "../../../runtime/demo/months.ts";
import { splitByWeights, splitEvenly } from "../../../runtime/demo/targets.ts";

describe("the documents of Green Soft", () => {
  it("parse, each kind where it belongs, and define every metric of the data", () => {
    const documents = demoDocuments();
    expect(documents.filter((document) => document.kind === "record-type").map((document) => document.id)).toEqual([
      "complaint",
      "thank-you",
    ]);
    const metrics = new Set(documents.filter((document) => document.kind === "metric").map((document) => document.id));
    const used = new Set(
      generateDemo({
        seed: 1,
        anchorMonth: "2026-02",
        size: { regions: 1, managers: 1, locations: 1, representatives: 2 },
      })
        .files.filter((file) => file.kind === "observations")
        .flatMap((file) =>
          file.content
            .slice(0, file.content.indexOf("\n"))
            .split(",")
            .flatMap((name) => name.split(":")[1] ?? []),
        ),
    );
    expect([...used, "yearly-target"].filter((metric) => !metrics.has(metric))).toEqual([]);
    expect([...demoRecordTypes().keys()]).toEqual(["complaint", "thank-you"]);
  });

  it("have a calendar of India whose holidays are those of the library", async () => {
    const india = demoDocuments().find((document) => document.kind === "calendar")!;
    const resolved = await resolveHolidays(india, { from: 2022, to: 2035 });
    expect(resolved.issues).toEqual([]);
    expect(india.resolved).toEqual(resolved.calendar.resolved);
    expect(india.resolved?.dates).toContainEqual({
      date: "2026-01-26",
      name: "Republic Day",
    });
  });
});

describe("splitting targets", () => {
  it("G3: 1,500,000 over 4,950 is 303 each, and one more for the first 150", () => {
    const parts = splitEvenly(1_500_000, 4_950);
    expect([parts[0], parts[149], parts[150], parts.at(-1)]).toEqual([304, 304, 303, 303]);
  });

  it("sums exactly, always, and no part is off by one or more", () => {
    fc.assert(
      fc.property(fc.nat(10_000_000), fc.array(fc.nat(1_000), { minLength: 1, maxLength: 40 }), (total, weights) => {
        const sum = weights.reduce((a, b) => a + b, 0);
        fc.pre(sum > 0);
        const parts = splitByWeights(total, weights);
        expect(parts.reduce((a, b) => a + b, 0)).toBe(total);
        for (const [i, part] of parts.entries())
          expect(Math.abs(part - (total * (weights[i] ?? 0)) / sum)).toBeLessThan(1);
        expect(splitEvenly(total, weights.length).reduce((a, b) => a + b, 0)).toBe(total);
      }),
    );
  });

  it("counts twelve months back over the new year", () => {
    const months = twelveMonths("2026-02");
    expect([months[0], months.at(-1)]).toEqual([
      { id: "2025-03", from: "2025-03-01", to: "2025-04-01", number: 3 },
      { id: "2026-02", from: "2026-02-01", to: "2026-03-01", number: 2 },
    ]);
    expect(() => twelveMonths("2026-13")).toThrow(/not a month/);
  });
});
