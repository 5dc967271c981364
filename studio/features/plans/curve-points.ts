import { Curve } from "#engine/incentive/plan.ts";
import { Decimal } from "#engine/words/decimal.ts";
import type { Json } from "#engine/words/json.ts";
import { isObject, type JsonObject } from "../../document/json-value.ts";

/** A corner of a curve as numbers for the screen; the document keeps its decimal texts. */
export interface Corner {
  attainment: number;
  factor: number;
}

/** The corners that a person can drag: points, or tiers with their rate. */
export function cornersOf(curve: Json | undefined): Corner[] {
  if (!isObject(curve)) return [];
  const points = Array.isArray(curve.points)
    ? curve.points.map((one) => (Array.isArray(one) ? [one[0], one[1]] : []))
    : null;
  const tiers = Array.isArray(curve.tiers)
    ? curve.tiers.map((one) => (isObject(one) ? [one.from, one.rate] : []))
    : null;
  return (points ?? tiers ?? []).map(([x, y]) => ({ attainment: Number(x ?? 0), factor: Number(y ?? 0) }));
}

/** The curve with its corners in another place; texts of corners that did not move stay as they were written. */
export function withCorners(curve: JsonObject, corners: readonly Corner[]): JsonObject {
  const before = cornersOf(curve);
  const text = (value: number, index: number, member: keyof Corner, old: Json | undefined): Json =>
    before[index]?.[member] === value && old !== undefined ? old : new Decimal(value).toDecimalPlaces(6).toString();
  if (Array.isArray(curve.tiers)) {
    const tiers = curve.tiers;
    return {
      ...curve,
      tiers: corners.map((corner, index) => {
        const old = isObject(tiers[index]) ? tiers[index] : {};
        return {
          ...old,
          from: text(corner.attainment, index, "attainment", old.from),
          rate: text(corner.factor, index, "factor", old.rate),
        };
      }),
    };
  }
  const points = Array.isArray(curve.points) ? curve.points : [];
  return {
    ...curve,
    points: corners.map((corner, index) => {
      const old = Array.isArray(points[index]) ? points[index] : [];
      return [text(corner.attainment, index, "attainment", old[0]), text(corner.factor, index, "factor", old[1])];
    }),
  };
}

/** A corner moved, kept between its neighbours (a curve runs from left to right) and not below nothing. */
export function moveCorner(corners: readonly Corner[], index: number, to: Corner): Corner[] {
  const left = corners[index - 1]?.attainment ?? 0;
  const right = corners[index + 1]?.attainment ?? Number.POSITIVE_INFINITY;
  const step = 0.001;
  const attainment = Math.min(
    Math.max(round(to.attainment), index === 0 ? 0 : round(left + step)),
    right === Number.POSITIVE_INFINITY ? 10 : round(right - step),
  );
  return corners.with(index, { attainment, factor: Math.min(100, Math.max(0, round(to.factor))) });
}

/** A new corner between others, where the curve already runs. */
export function addCorner(corners: readonly Corner[], corner: Corner): Corner[] {
  return [...corners, { attainment: round(corner.attainment), factor: round(corner.factor) }].sort(
    (a, b) => a.attainment - b.attainment,
  );
}

const round = (value: number) => Math.round(value * 1000) / 1000;

/** Another kind of curve through the same corners. */
export function curveOfKind(curve: Json | undefined, kind: string): JsonObject {
  const corners = cornersOf(curve);
  const kept =
    corners.length > 0
      ? corners
      : [
          { attainment: 0.8, factor: 0.5 },
          { attainment: 1, factor: 1 },
        ];
  if (kind.endsWith("tiers"))
    return withCorners(
      { kind, tiers: [] },
      kept.some((one) => one.attainment === 0) ? kept : [{ attainment: 0, factor: kept[0]!.factor }, ...kept],
    );
  const below = isObject(curve) && (curve.below === "zero" || curve.below === "flat") ? curve.below : "zero";
  return withCorners({ kind, points: [], below, ...(kind === "linear" ? { above: "flat" } : {}) }, kept);
}

/** The curve where its shape is right; null otherwise. */
export function readCurve(value: Json | undefined): Curve | null {
  const read = Curve.safeParse(value);
  return read.success ? read.data : null;
}
