import { describe, expect, it } from "vitest";
import type { Json } from "#engine/words/json.ts";
import {
  addCorner,
  cornersOf,
  curveOfKind,
  moveCorner,
  readCurve,
  withCorners,
} from "../../../studio/features/plans/curve-points.ts";
import { percentOf, rateText } from "../../../studio/features/plans/rate-input.tsx";

const curve = {
  kind: "linear",
  points: [
    ["0.80", "0.5"],
    ["1", "1"],
    ["1.2", "1.5"],
  ],
  below: "zero",
  above: "flat",
};

describe("shaping a payout curve", () => {
  it("keeps the text of corners that did not move", () => {
    const moved = withCorners(curve, moveCorner(cornersOf(curve), 1, { attainment: 1, factor: 1.1 }));
    expect(moved.points).toEqual([
      ["0.80", "0.5"],
      ["1", "1.1"],
      ["1.2", "1.5"],
    ]);
  });

  it("keeps a corner between its neighbours and never below nothing", () => {
    const [, middle] = moveCorner(cornersOf(curve), 1, { attainment: 5, factor: -3 });
    expect(middle).toEqual({ attainment: 1.199, factor: 0 });
  });

  it("adds corners in order, and gives every kind a curve that the engine reads", () => {
    expect(addCorner(cornersOf(curve), { attainment: 0.9, factor: 0.75 }).map((one) => one.attainment)).toEqual([
      0.8, 0.9, 1, 1.2,
    ]);
    for (const kind of ["linear", "steps", "marginal-tiers", "whole-amount-tiers"])
      expect(readCurve(curveOfKind(curve as Json, kind))).not.toBeNull();
  });

  it("says rates as percent and back, exactly", () => {
    expect(percentOf("0.07")).toBe(7);
    expect(rateText(7)).toBe("0.07");
    expect(rateText("33.333333")).toBe("0.33333333");
    expect(percentOf("seven")).toBeNull();
  });
});
