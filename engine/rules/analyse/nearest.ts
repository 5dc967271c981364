import type { CellValue } from "../table-cell.ts";
import { type Atom, type Dimension, nextOnGrid } from "./dimension.ts";
import { roundBetween, valueOfAtom } from "./sample.ts";
import type { SpanSet } from "./span-set.ts";

/** The stretch of a set that lies nearest to a value, and the value in it that is nearest. */
export interface Nearest {
  stretch: SpanSet;
  value: CellValue;
  /** Atoms between the value and the stretch; 1 where there is no order. */
  distance: number;
}

/** More than a change of any one input could cost. */
const FAR = 1_000_000;

/** The nearest value of a set to the one an input has; where it has none, the first. */
export function nearest(set: SpanSet, current: unknown, dimension: Dimension): Nearest {
  const from = dimension.ordered && typeof current !== "object" ? dimension.atomOf(current) : undefined;
  if (from === undefined) {
    const first = set[0] as number;
    const stretch = dimension.ordered ? set.slice(0, 2) : set;
    return {
      stretch,
      value: inAtom(dimension.atoms[first] as Atom, current, dimension),
      distance: dimension.ordered ? FAR : 1,
    };
  }
  let best: Nearest | undefined;
  for (let i = 0; i < set.length; i += 2) {
    const [low, high] = [set[i] as number, set[i + 1] as number];
    const at = Math.max(low, Math.min(high, from));
    const distance = Math.abs(at - from);
    if (best && distance >= best.distance) continue;
    best = { stretch: [low, high], value: inAtom(dimension.atoms[at] as Atom, current, dimension), distance };
  }
  if (!best) throw new Error("an empty set has no nearest value");
  return best;
}

/** The value of an atom that is nearest to the current one, with no more decimals than both it and the boundary have. */
function inAtom(atom: Atom, current: unknown, dimension: Dimension): CellValue {
  if (atom.kind !== "between" || dimension.domain.kind === "date" || typeof current !== "number") {
    return atom.kind === "between" && dimension.domain.kind === "date"
      ? nearestDay(atom, current, dimension)
      : valueOfAtom(atom, dimension);
  }
  const upwards = current <= atom.low;
  const boundary = upwards ? atom.low : atom.high;
  if (!Number.isFinite(boundary)) return valueOfAtom(atom, dimension);
  const { step } = dimension.domain;
  const decimals = Math.max(decimalsOf(boundary), decimalsOf(current), dimension.type.type === "percent" ? 2 : 0);
  const unit = step ?? 10 ** -Math.min(decimals, 12);
  const next = upwards ? nextOnGrid(boundary, unit) : 0 - nextOnGrid(0 - boundary, unit);
  return next > atom.low && next < atom.high ? next : roundBetween(atom.low, atom.high, dimension);
}

function nearestDay(atom: Atom & { kind: "between" }, current: unknown, dimension: Dimension): CellValue {
  const day = typeof current === "string" ? dimension.dayOf(current) : undefined;
  if (day === undefined) return valueOfAtom(atom, dimension);
  if (day <= atom.low) return dimension.spelled(atom.low + 1);
  return day >= atom.high ? dimension.spelled(atom.high - 1) : dimension.spelled(day);
}

function decimalsOf(value: number): number {
  const [, decimals = "", exponent = "0"] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  return Math.max(0, decimals.length - Number(exponent));
}
