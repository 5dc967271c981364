import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attainment } from "#engine/metrics/attainment.ts";
import { bandOf } from "#engine/metrics/band.ts";
import { beyondLimits, controlLimits, runOnOneSide, sigmaOf } from "#engine/metrics/control-limits.ts";
import type { Direction } from "#engine/metrics/metric-rules.ts";
import { Decimal } from "#engine/words/decimal.ts";

describe("attainment", () => {
  it.each<[string, string, Direction, string | undefined]>([
    ["130", "100", "higher", "1.3"],
    ["0", "100", "higher", "0"],
    ["-50", "-100", "higher", "1.5"],
    ["0.1", "0.3", "higher", new Decimal("0.1").minus("0.3").div("0.3").plus(1).toString()],
    ["12", "10", "lower", "0.8"],
    ["5", "10", "lower", "1.5"],
    ["25", "10", "lower", "-0.5"],
    ["0", "0", "lower", "1"],
    ["1", "0", "lower", "0"],
    ["110", "100", "band", "0.9"],
    ["90", "100", "band", "0.9"],
    ["3", "0", "higher", undefined],
    ["3", "0", "band", undefined],
  ])("GO3: %s of %s (%s) is %s, over-attainment kept", (actual, target, direction, expected) => {
    expect(attainment(actual, target, direction)?.toString()).toBe(expected);
  });

  it("grows with the actual for higher, falls for lower, and is 1 on target", () => {
    const amount = fc.integer({ min: -10_000, max: 10_000 });
    fc.assert(
      fc.property(amount, amount, amount, (a, b, target) => {
        fc.pre(target !== 0 && a < b);
        expect(attainment(a, target, "higher")?.lessThan(attainment(b, target, "higher") ?? 0)).toBe(true);
        expect(attainment(a, target, "lower")?.greaterThan(attainment(b, target, "lower") ?? 0)).toBe(true);
        for (const direction of ["higher", "lower", "band"] as const) {
          expect(attainment(target, target, direction)?.toNumber()).toBe(1);
        }
        expect(attainment(a, target, "band")?.lessThanOrEqualTo(1)).toBe(true);
      }),
    );
  });
});

describe("bands", () => {
  const levels = { threshold: "0.8", target: "1", stretch: "1.2" };

  it("KA1: a value on the exact boundary follows the declared rule", () => {
    expect(["0.7999", "0.8", "0.9999", "1", "1.2", "5"].map((value) => bandOf(value, levels))).toEqual([
      "below",
      "threshold",
      "threshold",
      "target",
      "stretch",
      "stretch",
    ]);
    expect(["0.8", "0.8001", "1", "1.2"].map((value) => bandOf(value, levels, "higher", "exclusive"))).toEqual([
      "below",
      "threshold",
      "threshold",
      "target",
    ]);
    // 0.1 + 0.2 in decimals is 0.3, on the boundary.
    expect(bandOf(new Decimal("0.1").plus("0.2"), { target: "0.3" })).toBe("target");
  });

  it("KA1: where less is better, levels are reached from above", () => {
    const rate = { threshold: "0.05", target: "0.02", stretch: "0.01" };
    expect(["0.06", "0.05", "0.02", "0.015", "0.01"].map((value) => bandOf(value, rate, "lower"))).toEqual([
      "below",
      "threshold",
      "target",
      "target",
      "stretch",
    ]);
    expect(bandOf("0.02", rate, "lower", "exclusive")).toBe("threshold");
    expect(bandOf("0.5", {})).toBe("below");
  });
});

describe("control limits", () => {
  const baseline = [10, 12, 14, 16, 18];
  const limits = controlLimits(baseline, { minimum: 5 });
  if ("notEvaluated" in limits) throw new Error(limits.notEvaluated);

  it("KA2: mean and three sample standard deviations; 3 is inside, more is beyond", () => {
    expect(limits.mean.toNumber()).toBe(14);
    expect(limits.sd.toNumber()).toBeCloseTo(Math.sqrt(10), 12);
    expect(beyondLimits(limits.upper, limits)).toBe(false);
    expect(beyondLimits(limits.upper.plus("0.000001"), limits)).toBe(true);
    expect(beyondLimits(limits.mean.minus(limits.sd.times("2.9")), limits)).toBe(false);
    expect(beyondLimits(limits.lower.minus("0.000001"), limits)).toBe(true);
    expect(sigmaOf(limits.mean.plus(limits.sd.times(2)), limits).toNumber()).toBeCloseTo(2, 12);
  });

  it("KA2: a flat or a short baseline is not evaluated, with the cause, never false", () => {
    expect(controlLimits([7, 7, 7, 7, 7], { minimum: 3 })).toEqual({
      notEvaluated: "all values of the baseline are equal (standard deviation 0)",
    });
    expect(controlLimits([7, 8], { minimum: 6 })).toEqual({
      notEvaluated: "the baseline has 2 of the 6 values it needs",
    });
    expect(controlLimits([7], { minimum: 1 })).toEqual({ notEvaluated: "the baseline has 1 of the 2 values it needs" });
  });

  it("KA2: eight points on one side of the mean are a run; one on the mean breaks it", () => {
    const above = Array(8).fill(15);
    expect(runOnOneSide(above, limits.mean)).toBe(true);
    expect(runOnOneSide([...above.slice(1), 14], limits.mean)).toBe(false);
    expect(runOnOneSide([...above.slice(1), 13], limits.mean)).toBe(false);
    expect(runOnOneSide([13, ...above], limits.mean)).toBe(true);
    expect(runOnOneSide([15], limits.mean)).toEqual({ notEvaluated: "there are 1 of the 8 values of a run" });
  });
});
