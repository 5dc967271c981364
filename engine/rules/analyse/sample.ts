import type { Json } from "../../words/json.ts";
import type { FactReader, FactUse } from "../facts.ts";
import { compilePath } from "../path.ts";
import type { CellValue } from "../table-cell.ts";
import type { Box } from "./box.ts";
import { type Atom, type Dimension, nextOnGrid } from "./dimension.ts";
import { members, type SpanSet } from "./span-set.ts";

/** One input of a sample: what is read, and the value found there. */
export interface SampleInput {
  use: FactUse;
  value: CellValue;
}

/** More atoms than this are not looked through for a telling one. */
const LOOKED_AT = 64;

/** A concrete input inside a box: for each dimension a value that a person would call typical of it. */
export function sampleOf(box: Box, dimensions: readonly Dimension[]): SampleInput[] {
  return dimensions.map((dimension, at) => ({
    use: dimension.use,
    value: typicalValue(box[at] ?? dimension.present, dimension),
  }));
}

/** A value of some atoms: inside a bounded stretch before an end of one, a named value before an unnamed, "no value" last. */
export function typicalValue(set: SpanSet, dimension: Dimension): CellValue {
  let best: Atom | undefined;
  let seen = 0;
  for (const index of members(set)) {
    const atom = dimension.atoms[index] as Atom;
    if (!best || rank(atom) < rank(best)) best = atom;
    if (rank(best) === 0 || ++seen > LOOKED_AT) break;
  }
  return best ? valueOfAtom(best, dimension) : null;
}

function rank(atom: Atom): number {
  if (atom.kind === "between") return Number.isFinite(atom.low) && Number.isFinite(atom.high) ? 0 : 2;
  return atom.kind === "point" ? 1 : atom.kind === "other" ? 3 : 4;
}

/** One value of an atom, as a fact would hold it. */
export function valueOfAtom(atom: Atom, dimension: Dimension): CellValue {
  switch (atom.kind) {
    case "point":
      return dimension.ordered ? dimension.spelled(atom.value as number) : atom.value;
    case "between":
      return dimension.spelled(roundBetween(atom.low, atom.high, dimension));
    case "other":
      return unnamed(dimension);
    case "null":
      return null;
    default:
      throw new Error(`unknown atom ${JSON.stringify(atom satisfies never)}`);
  }
}

function unnamed(dimension: Dimension): string {
  const named = new Set(dimension.atoms.map((atom) => (atom.kind === "point" ? atom.value : undefined)));
  for (let at = 1; ; at++) {
    const text = at === 1 ? "something else" : `something else ${at}`;
    if (!named.has(text)) return text;
  }
}

/** A round number strictly between two others, near their middle; near the known end where only one is known. */
export function roundBetween(low: number, high: number, dimension: Dimension): number {
  const { step, kind } = dimension.domain;
  const isPercent = dimension.type.type === "percent";
  const unit = step ?? (isPercent ? 0.01 : 1);
  if (!Number.isFinite(low) && !Number.isFinite(high)) return kind === "date" ? 20_454 : isPercent ? 0.5 : 1;
  if (!Number.isFinite(high)) return roundAbove(low, unit);
  if (!Number.isFinite(low)) return 0 - roundAbove(-high, unit);
  const middle = low + (high - low) / 2;
  for (let decimals = isPercent ? 2 : 0; decimals <= 15; decimals++) {
    const round = Number(middle.toFixed(decimals));
    if (round > low && round < high && (step === undefined || step < 1 || Number.isInteger(round))) return round;
    if (step !== undefined && 10 ** -decimals <= step) return nextOnGrid(low, step);
  }
  return middle;
}

/** The next round number above; where doubles are too coarse for that, the next that differs. */
function roundAbove(low: number, unit: number): number {
  const next = nextOnGrid(low, unit);
  return next > low ? next : low + Math.abs(low) * 2 ** -50;
}

/** Reads a sample as rules read facts; what it says nothing of is missing. */
export function sampleReader(inputs: readonly SampleInput[]): FactReader {
  return (fact, params) => {
    const own = inputs.filter(({ use }) => use.fact === fact && sameParams(use.params, params));
    return own.length === 0 ? undefined : nested(own);
  };
}

/**
 * A sample as the facts of a test case: values by fact, paths spelled out as objects. Undefined where that cannot say it,
 * because one fact is read with several params.
 */
export function sampleFacts(inputs: readonly SampleInput[]): Record<string, Json> | undefined {
  const facts = [...new Set(inputs.map(({ use }) => use.fact))];
  const entries: [string, Json][] = [];
  for (const fact of facts) {
    const own = inputs.filter(({ use }) => use.fact === fact);
    if (!own.every(({ use }) => sameParams(use.params, own[0]?.use.params))) return undefined;
    entries.push([fact, nested(own)]);
  }
  return Object.fromEntries(entries);
}

const sameParams = (a: unknown, b: unknown) => JSON.stringify(a ?? {}) === JSON.stringify(b ?? {});

/** The value of a fact whose parts are known by path. */
function nested(inputs: readonly SampleInput[]): Json {
  let whole: Json = {};
  for (const { use, value } of inputs) {
    const keys = use.path ? (compilePath(use.path).keys ?? []) : [];
    if (keys.length === 0) return value;
    whole = withMember(whole, keys, value);
  }
  return whole;
}

/** A value with one member changed, however deep; what is on the way and no object becomes one. */
export function withMember(whole: Json, [key, ...rest]: readonly string[], value: Json): Json {
  if (key === undefined) return value;
  const members = whole !== null && typeof whole === "object" && !Array.isArray(whole) ? whole : {};
  const inner = Object.hasOwn(members, key) ? (members[key] as Json) : {};
  return { ...members, [key]: withMember(inner, rest, value) };
}
