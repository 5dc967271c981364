import type { CellTest, CellValue } from "../table-cell.ts";
import type { Atom, Dimension } from "./dimension.ts";
import { intersection, members, type SpanSet, sameSet } from "./span-set.ts";

/**
 * A set of values of a dimension as the test that a cell makes; the opposite of `Dimension.where`. "No value" is left
 * aside. Undefined for a set without any value.
 */
export function testOfSet(set: SpanSet, dimension: Dimension): CellTest | undefined {
  const present = dimension.nullAtom === undefined ? set : intersection(set, dimension.present);
  if (present.length === 0) return undefined;
  if (sameSet(present, dimension.present)) return { kind: "any" };
  return dimension.ordered ? orderedTest(present, dimension) : valueTest(present, dimension);
}

function valueTest(set: SpanSet, dimension: Dimension): CellTest | undefined {
  const inside = new Set(members(set));
  const values: CellValue[] = [];
  const others: CellValue[] = [];
  let unnamed = false;
  for (const [at, atom] of dimension.atoms.entries()) {
    if (atom.kind === "other") unnamed = inside.has(at);
    if (atom.kind === "point") (inside.has(at) ? values : others).push(atom.value);
  }
  if (unnamed) return { kind: "not", test: { kind: "one-of", values: others } };
  return values.length === 0 ? undefined : { kind: "one-of", values };
}

function orderedTest(set: SpanSet, dimension: Dimension): CellTest | undefined {
  const tests: CellTest[] = [];
  const points: CellValue[] = [];
  for (let i = 0; i < set.length; i += 2) {
    const test = spanTest(set[i] as number, set[i + 1] as number, dimension);
    if (test.kind === "one-of") points.push(...test.values);
    else tests.push(test);
  }
  const all: CellTest[] = points.length > 0 ? [{ kind: "one-of", values: points }, ...tests] : tests;
  return all.length > 1 ? { kind: "or", tests: all } : all[0];
}

/** One stretch of the line; an end that is an end of the domain is not written. */
function spanTest(from: number, to: number, dimension: Dimension): CellTest {
  const [first, last] = [dimension.atoms[from] as Atom, dimension.atoms[to] as Atom];
  const low = lowEnd(first, dimension);
  const high = highEnd(last, dimension);
  const isFirst = from === 0;
  const isLast = to === dimension.present.at(-1);
  if (first.kind === "point" && from === to)
    return { kind: "one-of", values: [dimension.spelled(first.value as number)] };
  if (low && high && !isFirst && !isLast) {
    return { kind: "range", low: low.value, high: high.value, lowIncluded: low.included, highIncluded: high.included };
  }
  if (low && !isFirst) return { kind: "compare", sign: low.included ? ">=" : ">", value: low.value };
  if (high && !isLast) return { kind: "compare", sign: high.included ? "<=" : "<", value: high.value };
  return { kind: "any" };
}

interface SetEnd {
  value: number | string;
  included: boolean;
}

function lowEnd(atom: Atom, dimension: Dimension): SetEnd | undefined {
  if (atom.kind === "point") return { value: dimension.spelled(atom.value as number), included: true };
  if (atom.kind !== "between" || !Number.isFinite(atom.low)) return undefined;
  return { value: dimension.spelled(atom.low), included: false };
}

function highEnd(atom: Atom, dimension: Dimension): SetEnd | undefined {
  if (atom.kind === "point") return { value: dimension.spelled(atom.value as number), included: true };
  if (atom.kind !== "between" || !Number.isFinite(atom.high)) return undefined;
  return { value: dimension.spelled(atom.high), included: false };
}
