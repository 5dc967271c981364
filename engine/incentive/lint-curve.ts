import { Decimal } from "../words/decimal.ts";
import { error, type Issue, warning } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";
import { curvePieces, curveValue, type Piece, pieceValue } from "./curve.ts";
import { decimalText, percentText } from "./numeric.ts";
import type { Curve } from "./plan.ts";

export interface CurveChecks {
  /** JSON Pointer of the curve in its document; "" where the curve stands alone. */
  path?: string;
  /** A rise by more than this factor within one point of attainment is a cliff; 0.1 where absent. */
  cliffAbove?: string;
  /** The plan promises that results above target never pay more per point than below. */
  diminishing?: boolean;
}

const POINT = new Decimal("0.01");

/**
 * What is wrong or odd about a payout curve: points out of order or twice at one attainment, payouts below zero, a fall
 * (more result, less pay), a cliff (a large rise for a tiny result), and a slope that rises above target where the plan is
 * diminishing. Falls and broken promises are errors; cliffs are warnings, because a threshold is often meant to be one.
 */
export function lintCurve(curve: Curve, checks: CurveChecks = {}): Issue[] {
  const path = checks.path ?? "";
  const disorder = order(curve, path);
  if (disorder.length > 0) return disorder;
  const pieces = curvePieces(curve);
  return [
    ...negative(curve, path),
    ...falls(curve, pieces, path),
    ...cliffs(curve, pieces, path, new Decimal(checks.cliffAbove ?? "0.1")),
    ...(checks.diminishing ? steeper(pieces, path) : []),
    ...shape(curve, path),
  ];
}

/** The entries of a curve with the pointer of each. */
function entries(curve: Curve, path: string): { x: Decimal; y: Decimal; at: string }[] {
  return "points" in curve
    ? curve.points.map(([x, y], index) => ({
        x: new Decimal(x),
        y: new Decimal(y),
        at: path + pointer("points", index),
      }))
    : curve.tiers.map(({ from, rate }, index) => ({
        x: new Decimal(from),
        y: new Decimal(rate),
        at: path + pointer("tiers", index),
      }));
}

function order(curve: Curve, path: string): Issue[] {
  const all = entries(curve, path);
  return all.flatMap(({ x, at }, index) => {
    const before = all[index - 1];
    if (!before || x.gt(before.x)) return [];
    const [here, there] = [percentText(x), percentText(before.x)];
    return x.eq(before.x)
      ? [
          error(
            "curve-point-twice",
            at,
            `Two entries of the curve stand at ${here}.`,
            "Keep one; use steps for a jump.",
          ),
        ]
      : [error("curve-unsorted", at, `${here} comes after ${there}.`, "Put the entries in order of attainment.")];
  });
}

function negative(curve: Curve, path: string): Issue[] {
  return entries(curve, path).flatMap(({ x, y, at }) => {
    const below = [
      ...(x.lt(0)
        ? [error("curve-negative", at, `The attainment ${percentText(x)} is below zero.`, "Start at 0.")]
        : []),
      ...(y.lt(0)
        ? [
            error(
              "curve-negative",
              at,
              `${percentText(y)} at ${percentText(x)} is below zero.`,
              "A curve pays 0 or more.",
            ),
          ]
        : []),
    ];
    return below;
  });
}

function falls(curve: Curve, pieces: Piece[], path: string): Issue[] {
  const all = entries(curve, path);
  return pieces.flatMap((piece, index) => {
    const before = pieces[index - 1];
    if (piece.from === null || !before) return [];
    const at = all.find(({ x }) => x.eq(piece.from!))?.at ?? path;
    const [left, right] = [pieceValue(before, piece.from), pieceValue(piece, piece.from)];
    const hint = "More result must never pay less: raise this entry or lower the one before.";
    if (right.lt(left)) {
      const message = `The payout falls from ${percentText(left)} to ${percentText(right)} at ${percentText(piece.from)}.`;
      return [error("curve-falls", at, message, hint)];
    }
    const end = pieces[index + 1]?.from;
    if (!piece.rise.isNegative() || piece.rise.isZero()) return [];
    const until = end ? ` to ${percentText(end)}` : "";
    return [error("curve-falls", at, `The payout falls from ${percentText(piece.from)}${until} of target.`, hint)];
  });
}

/** Checked in the windows of one point of attainment that begin or end at a corner: nowhere else can the rise be larger. */
function cliffs(curve: Curve, pieces: Piece[], path: string, most: Decimal): Issue[] {
  const all = entries(curve, path);
  return pieces.flatMap((piece) => {
    if (piece.from === null) return [];
    const into = curveValue(curve, piece.from).minus(curveValue(curve, piece.from.minus(POINT)));
    const out = curveValue(curve, piece.from.plus(POINT)).minus(curveValue(curve, piece.from));
    const rise = Decimal.max(into, out);
    if (rise.lte(most)) return [];
    const at = all.find(({ x }) => x.eq(piece.from!))?.at ?? path;
    const message = `A cliff at ${percentText(piece.from)}: one point of attainment moves the payout by ${percentText(rise)} of target.`;
    return [warning("curve-cliff", at, message, "Check that it is meant; a slope invites less gaming of dates.")];
  });
}

function steeper(pieces: Piece[], path: string): Issue[] {
  const target = new Decimal(1);
  let slope: Decimal | undefined;
  const issues: Issue[] = [];
  for (const [index, piece] of pieces.entries()) {
    const own = piece.rise.dividedBy(piece.run);
    const above = piece.from?.gte(target);
    const before = pieces[index - 1];
    if (above && before && piece.from) {
      const jump = pieceValue(piece, piece.from).minus(pieceValue(before, piece.from));
      if (jump.gt(0)) {
        issues.push(
          error(
            "curve-not-diminishing",
            path,
            `The payout jumps by ${percentText(jump)} at ${percentText(piece.from)}, above target.`,
            "A diminishing plan has no jumps above target.",
          ),
        );
      }
      if (slope && own.gt(slope)) {
        const [to, from] = [decimalText(own.toDecimalPlaces(4)), decimalText(slope.toDecimalPlaces(4))];
        const message = `Above ${percentText(piece.from)} each point pays ${to}, more than ${from} before.`;
        issues.push(
          error("curve-not-diminishing", path, message, "Lower the slope, or do not call the plan diminishing."),
        );
      }
    }
    slope = own;
  }
  return issues;
}

function shape(curve: Curve, path: string): Issue[] {
  if (curve.kind !== "linear" || curve.points.length > 1) return [];
  if (curve.below !== "extend" && curve.above !== "extend") return [];
  const message = "One point has no slope to extend.";
  return [error("curve-one-point", `${path}/points`, message, "Add a second point, or keep the value flat.")];
}
