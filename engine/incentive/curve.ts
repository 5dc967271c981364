import { Decimal } from "../words/decimal.ts";
import type { Curve } from "./plan.ts";

/**
 * One straight stretch of a curve: from `from` (inclusive; null reaches to the far left) until the next stretch, worth
 * `value` at `anchor` and climbing `rise` for each `run`. Kept as rise and run, so that nothing is divided before the end.
 */
export interface Piece {
  from: Decimal | null;
  anchor: Decimal;
  value: Decimal;
  rise: Decimal;
  run: Decimal;
}

const ZERO = new Decimal(0);
const ONE = new Decimal(1);

/** The stretches of a curve from left to right. Points and tiers are taken in order of attainment, whatever their order. */
export function curvePieces(curve: Curve): Piece[] {
  const known = piecesByCurve.get(curve);
  if (known) return known;
  const pieces = build(curve);
  piecesByCurve.set(curve, pieces);
  return pieces;
}

/** Curves are immutable documents, evaluated once for each payee: their decimals are read from text once. */
const piecesByCurve = new WeakMap<Curve, Piece[]>();

function build(curve: Curve): Piece[] {
  switch (curve.kind) {
    case "linear":
      return linear(curve);
    case "steps":
      return steps(curve);
    case "marginal-tiers":
      return marginal(curve.tiers);
    case "whole-amount-tiers":
      return whole(curve.tiers);
    default: {
      const never: never = curve;
      throw new Error(`unknown curve ${JSON.stringify(never)}`);
    }
  }
}

function linear(curve: Extract<Curve, { kind: "linear" }>): Piece[] {
  const points = sorted(curve.points);
  const [first, last] = [points[0]!, points.at(-1)!];
  const inner = points.slice(0, -1).map(([x, y], index) => {
    const [nextX, nextY] = points[index + 1]!;
    const run = nextX.minus(x);
    return { from: x, anchor: x, value: y, rise: run.isZero() ? ZERO : nextY.minus(y), run: run.isZero() ? ONE : run };
  });
  const below = curve.below ?? "zero";
  const left: Piece =
    below === "extend" && inner[0]
      ? { ...inner[0], from: null }
      : { from: null, anchor: first[0], value: below === "zero" ? ZERO : first[1], rise: ZERO, run: ONE };
  const slope = curve.above === "extend" ? inner.at(-1) : undefined;
  const right: Piece = {
    from: last[0],
    anchor: last[0],
    value: last[1],
    rise: slope?.rise ?? ZERO,
    run: slope?.run ?? ONE,
  };
  return [left, ...inner, right];
}

function steps(curve: Extract<Curve, { kind: "steps" }>): Piece[] {
  const points = sorted(curve.points);
  const left = (curve.below ?? "zero") === "zero" ? ZERO : points[0]![1];
  return [
    { from: null, anchor: ZERO, value: left, rise: ZERO, run: ONE },
    ...points.map(([x, y]) => ({ from: x, anchor: x, value: y, rise: ZERO, run: ONE })),
  ];
}

type Tiers = Extract<Curve, { kind: "marginal-tiers" }>["tiers"];

/** Each slice at its own rate; what lies below the first tier pays nothing. */
function marginal(tiers: Tiers): Piece[] {
  let paid = ZERO;
  const sortedTiers = sorted(tiers.map((tier) => [tier.from, tier.rate]));
  return [
    { from: null, anchor: ZERO, value: ZERO, rise: ZERO, run: ONE },
    ...sortedTiers.map(([from, rate], index) => {
      const piece = { from, anchor: from, value: paid, rise: rate, run: ONE };
      const next = sortedTiers[index + 1];
      if (next) paid = paid.plus(next[0].minus(from).times(rate));
      return piece;
    }),
  ];
}

/** Everything at the rate of the tier reached. */
function whole(tiers: Tiers): Piece[] {
  return [
    { from: null, anchor: ZERO, value: ZERO, rise: ZERO, run: ONE },
    ...sorted(tiers.map((tier) => [tier.from, tier.rate])).map(([from, rate]) => ({
      from,
      anchor: ZERO,
      value: ZERO,
      rise: rate,
      run: ONE,
    })),
  ];
}

function sorted(points: ReadonlyArray<readonly [string, string] | readonly string[]>): [Decimal, Decimal][] {
  return points
    .map(([x, y]): [Decimal, Decimal] => [new Decimal(x!), new Decimal(y!)])
    .sort((a, b) => a[0].comparedTo(b[0]));
}

/**
 * The factor that a curve pays for an attainment (both fractions: 1 is on target).
 * A boundary belongs to the stretch that begins there. A curve never pays less than nothing: below zero it is zero.
 */
export function curveValue(curve: Curve, attainment: Decimal): Decimal {
  const pieces = curvePieces(curve);
  let piece = pieces[0]!;
  for (const next of pieces) if (next.from?.lte(attainment)) piece = next;
  return Decimal.max(0, pieceValue(piece, attainment));
}

/** The worth of a stretch at an attainment, before the floor at zero. */
export function pieceValue(piece: Piece, attainment: Decimal): Decimal {
  if (piece.rise.isZero()) return piece.value;
  return piece.value.plus(piece.rise.times(attainment.minus(piece.anchor)).dividedBy(piece.run));
}

/** One point of a plotted curve, as numbers for the screen. */
export interface CurvePoint {
  attainment: number;
  factor: number;
}

/**
 * What to plot between two attainments: the corners of the curve, and both sides of every jump, so that straight lines
 * between the points draw it exactly. Plotting only; pay never goes through these numbers.
 */
export function curvePoints(curve: Curve, range: { from: number; to: number }): CurvePoint[] {
  const [from, to] = [new Decimal(range.from), new Decimal(range.to)];
  const at = (x: Decimal, y: Decimal) => ({ attainment: x.toNumber(), factor: Decimal.max(0, y).toNumber() });
  const points = [at(from, curveValue(curve, from))];
  const pieces = curvePieces(curve);
  pieces.forEach((piece, index) => {
    const before = pieces[index - 1];
    if (piece.from === null || !before || piece.from.lte(from) || piece.from.gt(to)) return;
    const [left, right] = [pieceValue(before, piece.from), pieceValue(piece, piece.from)];
    if (!left.eq(right)) points.push(at(piece.from, left));
    points.push(at(piece.from, right));
  });
  const first = pieces[0]!;
  if (!first.rise.isZero()) {
    const crossing = first.anchor.minus(first.value.times(first.run).dividedBy(first.rise));
    if (crossing.gt(from) && crossing.lt(pieces[1]?.from ?? to)) points.splice(1, 0, at(crossing, ZERO));
  }
  points.push(at(to, curveValue(curve, to)));
  return points.filter((point, index) => {
    const before = points[index - 1];
    return !before || before.attainment !== point.attainment || before.factor !== point.factor;
  });
}
