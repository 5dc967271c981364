import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { curvePoints, curveValue } from "#engine/incentive/curve.ts";
import { lintCurve } from "#engine/incentive/lint-curve.ts";
import type { Curve } from "#engine/incentive/plan.ts";
import { Decimal } from "#engine/words/decimal.ts";

const value = (curve: Curve, attainment: string) => curveValue(curve, new Decimal(attainment)).toFixed();
const codes = (curve: Curve, checks = {}) => lintCurve(curve, checks).map((issue) => `${issue.code} ${issue.path}`);

const threshold: Curve = {
  kind: "linear",
  points: [
    ["0.8", "0.5"],
    ["1", "1"],
    ["1.2", "1.5"],
  ],
};

describe("a payout curve", () => {
  it("GO4: pays 50 / 100 / 150 % at threshold, target and stretch, linear between, and nothing at 79.99 %", () => {
    expect(value(threshold, "0.7999")).toBe("0");
    expect(value(threshold, "0.8")).toBe("0.5");
    expect(value(threshold, "0.9")).toBe("0.75");
    expect(value(threshold, "1")).toBe("1");
    expect(value(threshold, "1.1")).toBe("1.25");
    expect(value(threshold, "1.2")).toBe("1.5");
    expect(value(threshold, "3")).toBe("1.5");
  });

  it("goes on along its first and last stretch where it extends, and never below nothing", () => {
    const extended: Curve = { ...threshold, below: "extend", above: "extend" };
    expect(value(extended, "0.7")).toBe("0.25");
    expect(value(extended, "0.5")).toBe("0");
    expect(value(extended, "1.4")).toBe("2");
    expect(value({ ...threshold, below: "flat" }, "0")).toBe("0.5");
  });

  it("holds each step until the next, the boundary belonging to the step it begins", () => {
    const steps: Curve = {
      kind: "steps",
      points: [
        ["0.9", "0.5"],
        ["1", "1"],
      ],
    };
    expect(["0.8999", "0.9", "0.9999", "1", "2"].map((at) => value(steps, at))).toEqual(["0", "0.5", "0.5", "1", "1"]);
    expect(value({ ...steps, below: "flat" }, "0.1")).toBe("0.5");
  });

  it("IN2: pays a slice at its own rate in marginal tiers and everything at the rate reached in whole-amount tiers", () => {
    const tiers = [
      { from: "0", rate: "1" },
      { from: "1", rate: "1.5" },
    ];
    expect(value({ kind: "marginal-tiers", tiers }, "1.3")).toBe("1.45");
    expect(value({ kind: "whole-amount-tiers", tiers }, "1.3")).toBe("1.95");
    expect(value({ kind: "whole-amount-tiers", tiers }, "0.9999")).toBe("0.9999");
    expect(value({ kind: "marginal-tiers", tiers: [{ from: "0.5", rate: "2" }] }, "0.4")).toBe("0");
  });

  it("is plotted by its corners, with both sides of a jump", () => {
    expect(curvePoints(threshold, { from: 0, to: 1.5 })).toEqual([
      { attainment: 0, factor: 0 },
      { attainment: 0.8, factor: 0 },
      { attainment: 0.8, factor: 0.5 },
      { attainment: 1, factor: 1 },
      { attainment: 1.2, factor: 1.5 },
      { attainment: 1.5, factor: 1.5 },
    ]);
  });

  it("does not depend on the order in which its points are written", () => {
    const shuffled: Curve = {
      kind: "linear",
      points: [threshold.points[2]!, threshold.points[0]!, threshold.points[1]!],
    };
    expect(value(shuffled, "0.9")).toBe("0.75");
  });

  it("never falls where the checks find no fall", () => {
    const rate = fc.integer({ min: 0, max: 300 }).map((n) => (n / 100).toString());
    const points = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 200 }), rate), {
      selector: ([x]) => x,
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        points,
        fc.constantFrom("linear", "steps", "marginal-tiers", "whole-amount-tiers"),
        fc.integer({ min: -50, max: 40_000 }),
        fc.integer({ min: 0, max: 10_000 }),
        (raw, kind, at, more) => {
          const sorted = raw
            .toSorted((a, b) => a[0] - b[0])
            .map(([x, y]): [string, string] => [(x / 100).toString(), y]);
          const curve: Curve =
            kind === "linear" || kind === "steps"
              ? { kind, points: sorted }
              : { kind, tiers: sorted.map(([from, r]) => ({ from, rate: r })) };
          if (lintCurve(curve).some((issue) => issue.code === "curve-falls")) return;
          const low = curveValue(curve, new Decimal(at).dividedBy(10_000));
          const high = curveValue(curve, new Decimal(at + more).dividedBy(10_000));
          expect(high.gte(low)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("the checks on a curve", () => {
  it("find points out of order and points at one attainment, and look no further", () => {
    expect(
      codes(
        {
          kind: "linear",
          points: [
            ["1", "1"],
            ["0.8", "0.5"],
          ],
        },
        { path: "/curve" },
      ),
    ).toEqual(["curve-unsorted /curve/points/1"]);
    expect(
      codes({
        kind: "steps",
        points: [
          ["1", "1"],
          ["1", "2"],
        ],
      }),
    ).toEqual(["curve-point-twice /points/1"]);
  });

  it("find a fall in points, in steps, and in whole-amount tiers whose rate drops", () => {
    expect(
      codes({
        kind: "linear",
        points: [
          ["0", "0"],
          ["1", "1"],
          ["1.2", "0.8"],
        ],
      }),
    ).toContain("curve-falls /points/1");
    expect(
      codes({
        kind: "steps",
        points: [
          ["0.5", "1"],
          ["1", "0.5"],
        ],
      }),
    ).toContain("curve-falls /points/1");
    const tiers = [
      { from: "0", rate: "1" },
      { from: "1", rate: "0.9" },
    ];
    expect(codes({ kind: "whole-amount-tiers", tiers })).toContain("curve-falls /tiers/1");
    expect(codes({ kind: "marginal-tiers", tiers })).toEqual([]);
  });

  it("IN3: list a jump of more than the limit within one point of attainment as a cliff", () => {
    expect(codes(threshold, { path: "/c" })).toEqual(["curve-cliff /c/points/0"]);
    expect(codes(threshold, { cliffAbove: "0.6" })).toEqual([]);
    const steep: Curve = {
      kind: "linear",
      points: [
        ["0", "0"],
        ["0.99", "0.9"],
        ["1", "1.2"],
      ],
    };
    expect(codes(steep)).toEqual(["curve-cliff /points/1", "curve-cliff /points/2"]);
  });

  it("IN3: refuse a slope above target that is steeper than below where the plan is diminishing", () => {
    const faster: Curve = {
      kind: "linear",
      points: [
        ["0", "0"],
        ["1", "1"],
        ["1.2", "1.5"],
      ],
    };
    const slower: Curve = {
      kind: "linear",
      points: [
        ["0", "0"],
        ["1", "1"],
        ["1.2", "1.1"],
      ],
    };
    expect(codes(faster, { diminishing: true })).toEqual(["curve-not-diminishing "]);
    expect(codes(slower, { diminishing: true })).toEqual([]);
    expect(
      codes(
        {
          kind: "steps",
          points: [
            ["0.9", "0.05"],
            ["1.1", "0.1"],
          ],
        },
        { diminishing: true },
      ),
    ).toEqual(["curve-not-diminishing "]);
  });

  it("find negative payouts and a single point that should extend", () => {
    expect(
      codes({
        kind: "linear",
        points: [
          ["0", "-0.1"],
          ["1", "1"],
        ],
      }),
    ).toContain("curve-negative /points/0");
    expect(codes({ kind: "linear", points: [["1", "0.05"]], above: "extend" })).toEqual(["curve-one-point /points"]);
  });
});
