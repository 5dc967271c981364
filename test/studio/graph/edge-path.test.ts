import { describe, expect, it } from "vitest";
import { crosses, drawEdge } from "../../../studio/graph/edge-path.ts";

const box = (x: number, y: number) => ({ x, y, width: 100, height: 60 });

describe("the line between two boxes", () => {
  it("is straight between boxes that face each other, with its label in the middle", () => {
    const drawn = drawEdge(box(0, 0), box(300, 10));
    expect(drawn.path).toMatch(/^M100,35 L293,35$/);
    expect(drawn.label).toEqual({ x: 200, y: 35 });
  });

  it("arrives square to the border it ends at", () => {
    expect(drawEdge(box(0, 0), box(0, 300)).angle).toBeCloseTo(Math.PI / 2);
    expect(drawEdge(box(300, 0), box(0, 0)).angle).toBeCloseTo(Math.PI);
  });

  it("goes under what stands between", () => {
    expect(crosses(box(0, 0), box(400, 0), box(200, 0))).toBe(true);
    expect(crosses(box(0, 0), box(400, 0), box(200, 200))).toBe(false);
    expect(drawEdge(box(0, 0), box(400, 0), 0, true).label.y).toBeGreaterThan(100);
  });
});
