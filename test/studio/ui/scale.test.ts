import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scale, ticks } from "../../../studio/ui/plot/scale.ts";
import { linePath } from "../../../studio/ui/plot/sparkline.tsx";

describe("plots", () => {
  it("marks an axis with round numbers", () => {
    expect(ticks(0, 97)).toEqual([0, 25, 50, 75, 100]);
    expect(ticks(0.82, 0.97)).toEqual([0.8, 0.85, 0.9, 0.95, 1]);
    expect(ticks(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)).toEqual([]);
  });

  it("always holds all values between the first and the last mark, with few marks", () => {
    const value = fc.integer({ min: -1e9, max: 1e9 }).map((one) => one / 1000);
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        const marks = ticks(low, high);
        expect(marks.length).toBeLessThan(12);
        expect(marks[0]!).toBeLessThanOrEqual(low + Math.abs(low) * 1e-9);
        expect(marks.at(-1)!).toBeGreaterThanOrEqual(high - Math.abs(high) * 1e-9);
      }),
    );
  });

  it("puts a domain without width in the middle", () => {
    expect(scale([5, 5], [0, 100])(5)).toBe(50);
    expect(scale([0, 10], [0, 100])(2.5)).toBe(25);
  });

  it("breaks a line where a value is missing, instead of drawing a zero", () => {
    const same = (value: number) => value;
    expect(linePath([1, 2, null, 4], same, same)).toBe("M0.0,1.0L1.0,2.0M3.0,4.0");
  });
});
