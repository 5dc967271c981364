import { Decimal } from "../words/decimal.ts";
import type { Direction, Levels } from "./metric-rules.ts";

/** The bands that levels cut, from the lowest. `below` is everything that does not reach the first level. */
export const BANDS = ["below", "threshold", "target", "stretch"] as const;
export type Band = (typeof BANDS)[number];

/** Whether a value exactly on a level has reached it. */
export type Boundary = "inclusive" | "exclusive";

/**
 * The highest level that a value reaches. For `lower`, levels are reached from above (a complaint rate at most 0.02); for
 * `higher` and `band` from below: levels of attainment, the usual ones, are always `higher`, since attainment has already
 * taken the direction in. A value on the boundary reaches the level unless the boundary is exclusive. Levels that are not
 * given are left out.
 */
export function bandOf(
  value: Decimal | string | number,
  levels: Levels,
  direction: Direction = "higher",
  boundary: Boundary = "inclusive",
): Band {
  const is = new Decimal(value);
  let reached: Band = "below";
  for (const band of BANDS) {
    const level = band === "below" ? undefined : levels[band];
    if (level === undefined) continue;
    const order = direction === "lower" ? -is.comparedTo(level) : is.comparedTo(level);
    if (order > 0 || (order === 0 && boundary === "inclusive")) reached = band;
  }
  return reached;
}
