import type { Point } from "./model.ts";

/** A box on the canvas in absolute coordinates. */
export interface Box extends Point {
  width: number;
  height: number;
}

export interface EdgeDrawing {
  /** SVG path data from border to border. */
  path: string;
  /** Where the label stands: on the line. */
  label: Point;
  /** End of the line and the direction into the target (radians), for the arrow. */
  end: Point;
  angle: number;
}

const centre = (box: Box): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
const ARROW = 7;

/**
 * The line between two boxes: straight where they face each other, otherwise one gentle curve that leaves and arrives
 * square to the borders. `shift` moves it sideways, for the one of two opposite arrows that would lie on the other;
 * `around` leads it under what stands between.
 */
export function drawEdge(from: Box, to: Box, shift = 0, around = false): EdgeDrawing {
  const a = centre(from);
  const b = centre(to);
  if (around && from !== to) return below(from, to, a, b);
  if (from === to || (a.x === b.x && a.y === b.y)) return selfLoop(from);
  const gapX =
    to.x > from.x + from.width
      ? to.x - (from.x + from.width)
      : from.x > to.x + to.width
        ? from.x - (to.x + to.width)
        : -1;
  const gapY =
    to.y > from.y + from.height
      ? to.y - (from.y + from.height)
      : from.y > to.y + to.height
        ? from.y - (to.y + to.height)
        : -1;
  const horizontal = gapX >= 0 && (gapY < 0 || gapX > gapY * 1.12);
  return horizontal ? along(from, to, a, b, "x", shift) : along(from, to, a, b, "y", shift);
}

function along(from: Box, to: Box, a: Point, b: Point, axis: "x" | "y", shift: number): EdgeDrawing {
  const cross = axis === "x" ? "y" : "x";
  const size = axis === "x" ? "width" : "height";
  const crossSize = axis === "x" ? "height" : "width";
  const forward = b[axis] >= a[axis];
  // One common line where the boxes face each other by more than a corner.
  const low = Math.max(from[cross], to[cross]) + 12;
  const high = Math.min(from[cross] + from[crossSize], to[cross] + to[crossSize]) - 12;
  const straight = high - low >= 4;
  const middle = straight ? Math.min(high, Math.max(low, (low + high) / 2 + shift)) : 0;
  const start = {
    [axis]: forward ? from[axis] + from[size] : from[axis],
    [cross]: straight ? middle : a[cross] + shift,
  } as unknown as Point;
  const end = {
    [axis]: forward ? to[axis] : to[axis] + to[size],
    [cross]: straight ? middle : b[cross] + shift,
  } as unknown as Point;
  const sign = forward ? 1 : -1;
  const tip = { ...end };
  end[axis] -= sign * ARROW;
  const angle = axis === "x" ? (forward ? 0 : Math.PI) : forward ? Math.PI / 2 : -Math.PI / 2;
  if (straight) return { path: `M${start.x},${start.y} L${end.x},${end.y}`, label: mid(start, tip), end: tip, angle };
  const reach = Math.max(24, Math.abs(end[axis] - start[axis]) / 2) * sign;
  const c1 = { ...start, [axis]: start[axis] + reach };
  const c2 = { ...end, [axis]: end[axis] - reach };
  const path = `M${start.x},${start.y} C${c1.x},${c1.y} ${c2.x},${c2.y} ${end.x},${end.y}`;
  return { path, label: cubicMiddle(start, c1, c2, end), end: tip, angle };
}

/** Under whatever stands between two boxes: down, along, and up again. */
function below(from: Box, to: Box, a: Point, b: Point): EdgeDrawing {
  const start = { x: a.x + Math.sign(b.x - a.x) * Math.min(24, from.width / 4), y: from.y + from.height };
  const tip = { x: b.x - Math.sign(b.x - a.x) * Math.min(24, to.width / 4), y: to.y + to.height };
  const end = { x: tip.x, y: tip.y + ARROW };
  const depth = Math.max(start.y, end.y) + 74;
  const path = `M${start.x},${start.y} C${start.x},${depth} ${end.x},${depth} ${end.x},${end.y}`;
  const label = cubicMiddle(start, { x: start.x, y: depth }, { x: end.x, y: depth }, end);
  return { path, label, end: tip, angle: -Math.PI / 2 };
}

/** Whether the way from the middle of one box to the middle of another crosses a third. */
export function crosses(from: Box, to: Box, other: Box): boolean {
  const a = centre(from);
  const b = centre(to);
  let enter = 0;
  let leave = 1;
  for (const [axis, size] of [
    ["x", "width"],
    ["y", "height"],
  ] as const) {
    const low = other[axis];
    const high = other[axis] + other[size];
    const way = b[axis] - a[axis];
    if (Math.abs(way) < 0.5) {
      if (a[axis] < low || a[axis] > high) return false;
      continue;
    }
    const [first, second] = [(low - a[axis]) / way, (high - a[axis]) / way].sort((p, q) => p - q) as [number, number];
    enter = Math.max(enter, first);
    leave = Math.min(leave, second);
  }
  return enter < leave;
}

function selfLoop(box: Box): EdgeDrawing {
  const x = box.x + box.width - 30;
  const top = box.y - 34;
  const path = `M${x - 40},${box.y} C${x - 40},${top} ${x},${top} ${x},${box.y - ARROW}`;
  return { path, label: { x: x - 20, y: top + 8 }, end: { x, y: box.y }, angle: Math.PI / 2 };
}

const mid = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
const cubicMiddle = (a: Point, b: Point, c: Point, d: Point): Point => ({
  x: (a.x + 3 * b.x + 3 * c.x + d.x) / 8,
  y: (a.y + 3 * b.y + 3 * c.y + d.y) / 8,
});
