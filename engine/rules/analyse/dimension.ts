import { asDay } from "../date-order.ts";
import type { FactUse } from "../facts.ts";
import type { FactType } from "../ruleset.ts";
import type { CellTest, CellValue, Sign } from "../table-cell.ts";
import { dayOfIso, isoOfDay } from "./day-number.ts";
import { difference, EMPTY, everything, type SpanSet, spanSet, union } from "./span-set.ts";

/** Values of one input that no condition tells apart; `between` leaves both its ends out, `other` is any value nobody names. */
export type Atom =
  | { kind: "point"; value: Exclude<CellValue, null> }
  | { kind: "between"; low: number; high: number }
  | { kind: "other" }
  | { kind: "null" };

/** How the values of an input are compared: by their order (dates as days since 1970), or as equal or not. */
export type DimensionKind = "number" | "date" | "boolean" | "value";

/** What is known of an input before any condition is read. */
export interface Domain {
  kind: DimensionKind;
  /** The smallest step between two values: 1 for whole numbers and dates, 0.01 for money; none where any decimal may come. */
  step?: number;
  min?: number;
  max?: number;
  /** All values there are, where the document says so. */
  of?: readonly CellValue[];
}

/** One input of a rule set, its values cut into atoms at every value that some condition names. */
export class Dimension {
  readonly use: FactUse;
  /** Title, type and unit, for words and cells. */
  readonly type: FactType & { title: string };
  readonly domain: Domain;
  readonly atoms: readonly Atom[];
  readonly full: SpanSet;
  /** The atom of "no value", where some condition asks for it. */
  readonly nullAtom: number | undefined;
  readonly #points: readonly number[];
  /** For each possible place on the line of cuts (below, at, above, …) the number of live atoms before it. */
  readonly #livesBefore: Int32Array;
  readonly #values: ReadonlyMap<CellValue, number>;
  readonly #known = new Map<CellTest, SpanSet>();

  constructor(
    use: FactUse,
    type: FactType & { title: string },
    domain: Domain,
    tests: Iterable<CellTest>,
    asksNull: boolean,
  ) {
    this.use = use;
    this.type = type;
    this.domain = domain;
    const atoms: Atom[] = [];
    const named = [...tests].flatMap(valuesOf).filter((value) => value !== null);
    const ordered = domain.kind === "number" || domain.kind === "date";
    this.#points = ordered ? cuts(named, domain) : [];
    this.#livesBefore = new Int32Array(this.#points.length * 2 + 2);
    this.#values = new Map();
    if (ordered) {
      for (let place = 0; place <= this.#points.length * 2; place++) {
        this.#livesBefore[place] = atoms.length;
        const atom = atomAt(place, this.#points);
        if (isAlive(atom, domain)) atoms.push(atom);
      }
      this.#livesBefore[this.#points.length * 2 + 1] = atoms.length;
    } else this.#values = fillValues(atoms, named, domain);
    this.nullAtom = asksNull ? atoms.push({ kind: "null" }) - 1 : undefined;
    this.atoms = atoms;
    this.full = everything(atoms.length);
  }

  /** All values beside "no value". */
  get present(): SpanSet {
    return this.nullAtom === undefined ? this.full : everything(this.atoms.length - 1);
  }

  get ordered(): boolean {
    return this.domain.kind === "number" || this.domain.kind === "date";
  }

  /** The present values for which a test holds. */
  where(test: CellTest): SpanSet {
    const known = this.#known.get(test);
    if (known) return known;
    const found = this.#where(test);
    this.#known.set(test, found);
    return found;
  }

  #where(test: CellTest): SpanSet {
    switch (test.kind) {
      case "any":
        return this.present;
      case "one-of":
        return this.ordered
          ? test.values.reduce<SpanSet>((set, value) => union(set, this.#places(value, "at", value, "at")), EMPTY)
          : spanSet(test.values.flatMap((value) => (value === null ? [] : (this.#values.get(value) ?? []))));
      case "compare":
        return compared(test.sign, (from, to) => this.#places(test.value, from, test.value, to));
      case "range":
        return this.#places(test.low, test.lowIncluded ? "at" : "above", test.high, test.highIncluded ? "at" : "below");
      case "or":
        return test.tests.reduce<SpanSet>((set, one) => union(set, this.where(one)), EMPTY);
      case "not":
        return difference(this.present, this.where(test.test));
      default:
        throw new Error(`unknown cell ${JSON.stringify(test satisfies never)}`);
    }
  }

  /** The live atoms from one place on the line to another; a value that nobody named when the cuts were made has no place. */
  #places(low: CellValue, from: End, high: CellValue, to: End): SpanSet {
    const start = this.#place(low, from);
    const end = this.#place(high, to);
    if (start === undefined || end === undefined) return EMPTY;
    const first = this.#livesBefore[start] as number;
    const last = (this.#livesBefore[end + 1] as number) - 1;
    return first > last ? EMPTY : [first, last];
  }

  #place(value: CellValue, end: End): number | undefined {
    if (end === "start") return 0;
    if (end === "end") return this.#points.length * 2;
    const point = orderOf(value, this.domain.kind);
    const at = point === undefined ? -1 : indexOf(this.#points, point);
    if (at === -1) return undefined;
    return at * 2 + 1 + (end === "below" ? -1 : end === "above" ? 1 : 0);
  }

  /** The atom that a value belongs to; undefined where it is no value of this input. */
  atomOf(value: unknown): number | undefined {
    if (value === null || value === undefined) return this.nullAtom;
    const index = this.atoms.findIndex((atom) => this.#belongs(atom, value));
    return index === -1 ? undefined : index;
  }

  #belongs(atom: Atom, value: unknown): boolean {
    const order =
      this.domain.kind === "date"
        ? this.dayOf(value)
        : this.ordered
          ? orderOf(value as CellValue, this.domain.kind)
          : undefined;
    switch (atom.kind) {
      case "point":
        return order === undefined ? atom.value === value : atom.value === order;
      case "between":
        return order !== undefined && order > atom.low && order < atom.high;
      case "other":
        return typeof value === "string" && !this.#values.has(value);
      case "null":
        return false;
      default:
        throw new Error(`unknown atom ${JSON.stringify(atom satisfies never)}`);
    }
  }

  /** The place of a date on the line, for dates and for moments the day they say; undefined for what is no date. */
  dayOf(value: unknown): number | undefined {
    const day = asDay(value);
    return day === undefined ? undefined : dayOfIso(day);
  }

  /** A number of the line as an author writes it: itself, or the date it stands for. */
  spelled(point: number): number | string {
    return this.domain.kind === "date" ? isoOfDay(point) : point;
  }
}

type End = "below" | "at" | "above" | "start" | "end";

function compared(sign: Sign, places: (from: End, to: End) => SpanSet): SpanSet {
  switch (sign) {
    case "<":
      return places("start", "below");
    case "<=":
      return places("start", "at");
    case ">":
      return places("above", "end");
    case ">=":
      return places("at", "end");
    default:
      throw new Error(`unknown sign ${sign satisfies never}`);
  }
}

/** Every value that a test names. */
export function valuesOf(test: CellTest): CellValue[] {
  switch (test.kind) {
    case "any":
      return [];
    case "one-of":
      return test.values;
    case "compare":
      return [test.value];
    case "range":
      return [test.low, test.high];
    case "or":
      return test.tests.flatMap(valuesOf);
    case "not":
      return valuesOf(test.test);
    default:
      throw new Error(`unknown cell ${JSON.stringify(test satisfies never)}`);
  }
}

function orderOf(value: CellValue, kind: DimensionKind): number | undefined {
  if (kind === "date") return typeof value === "string" ? dayOfIso(value) : undefined;
  return typeof value === "number" ? value + 0 : undefined;
}

function cuts(named: CellValue[], { kind, min, max, of }: Domain): number[] {
  const found = [...named, ...(of ?? [])].flatMap((value) => orderOf(value, kind) ?? []);
  const bounds = [min, max].filter((bound) => bound !== undefined);
  return [...new Set([...found, ...bounds])].sort((a, b) => a - b);
}

function indexOf(points: readonly number[], point: number): number {
  let [low, high] = [0, points.length - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const there = points[middle] as number;
    if (there === point) return middle;
    if (there < point) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function atomAt(place: number, points: readonly number[]): Atom {
  if (place % 2 === 1) return { kind: "point", value: points[(place - 1) / 2] as number };
  const [low, high] = [points[place / 2 - 1], points[place / 2]];
  return { kind: "between", low: low ?? Number.NEGATIVE_INFINITY, high: high ?? Number.POSITIVE_INFINITY };
}

/** Whether any value of the domain is in the atom. */
function isAlive(atom: Atom, { step, min, max, kind, of = [] }: Domain): boolean {
  if (of.length > 0 && !of.some((value) => atom.kind === "point" && orderOf(value, kind) === atom.value)) return false;
  const lowest = Math.max(min ?? Number.NEGATIVE_INFINITY, kind === "date" ? FIRST_DAY : Number.NEGATIVE_INFINITY);
  const highest = Math.min(max ?? Number.POSITIVE_INFINITY, kind === "date" ? LAST_DAY : Number.POSITIVE_INFINITY);
  if (atom.kind === "point") {
    const point = atom.value as number;
    return point >= lowest && point <= highest && (step === undefined || onGrid(point, step));
  }
  if (atom.kind !== "between") return true;
  if (atom.high <= lowest || atom.low >= highest) return false;
  if (step === undefined) return hasRoom(atom.low, atom.high);
  if (!Number.isFinite(atom.low) || !Number.isFinite(atom.high)) return true;
  return nextOnGrid(atom.low, step) < atom.high;
}

/** Whether a number lies between two others: the nearest neighbours of a double have none between them. */
function hasRoom(low: number, high: number): boolean {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return true;
  const middle = low + (high - low) / 2;
  return middle > low && middle < high;
}

const FIRST_DAY = dayOfIso("0001-01-01") as number;
const LAST_DAY = dayOfIso("9999-12-31") as number;

const onGrid = (point: number, step: number) => gridLine(Math.round(point / step), step) === point;
const gridLine = (index: number, step: number) => (step < 1 ? Number((index * step).toFixed(6)) : index * step);

/** The first value of the grid above a number. */
export function nextOnGrid(point: number, step: number): number {
  const index = Math.round(point / step);
  for (let at = index - 1; ; at++) {
    const line = gridLine(at, step);
    if (line > point) return line;
  }
}

function fillValues(atoms: Atom[], named: CellValue[], { kind, of }: Domain): Map<CellValue, number> {
  const values = new Map<CellValue, number>();
  const all = kind === "boolean" ? [true, false] : of && of.length > 0 ? of : named;
  for (const value of all) {
    if (value === null || values.has(value)) continue;
    values.set(value, atoms.push({ kind: "point", value }) - 1);
  }
  const closed = kind === "boolean" || (of !== undefined && of.length > 0);
  if (!closed) atoms.push({ kind: "other" });
  return values;
}
