import { OPERATORS, type OperatorRow } from "./operators.ts";

type Compare = (fact: unknown, value: unknown) => boolean;

const items = (value: unknown) => value as unknown[];

/** json-rules-engine's operator decorators, exactly as 7.3 applies them: `someFact:greaterThan`, `not:everyValue:equal`. */
export const DECORATORS: Record<string, { label: string; decorate: (next: Compare) => Compare }> = {
  someFact: {
    label: "some of it",
    decorate: (next) => (fact, value) => Array.isArray(fact) && fact.some((item) => next(item, value)),
  },
  everyFact: {
    label: "all of it",
    decorate: (next) => (fact, value) => Array.isArray(fact) && fact.every((item) => next(item, value)),
  },
  someValue: {
    label: "for some of",
    decorate: (next) => (fact, value) => items(value).some((item) => next(fact, item)),
  },
  everyValue: {
    label: "for all of",
    decorate: (next) => (fact, value) => items(value).every((item) => next(fact, item)),
  },
  swap: { label: "the other way round", decorate: (next) => (fact, value) => next(value, fact) },
  not: { label: "not", decorate: (next) => (fact, value) => !next(fact, value) },
};

/** An operator as a condition names it, decorators applied. */
export interface ResolvedOperator {
  name: string;
  base: OperatorRow;
  /** From the outermost to the innermost. */
  decorators: string[];
  compare: Compare;
  readsMissing: boolean;
}

const byName = new Map(OPERATORS.map((row) => [row.name, row]));
const checked = (row: OperatorRow): Compare => {
  const { accepts, compare } = row;
  return accepts ? (fact, value) => accepts(fact) && compare(fact, value) : compare;
};
/** More decorators than this on one operator is a mistake or an attack. */
const MOST_DECORATORS = 12;

/** Finds an operator by the name a condition gives, e.g. `everyFact:greaterThan`; undefined where there is none. */
export function resolveOperator(name: string): ResolvedOperator | undefined {
  const parts = name.split(":");
  const base = byName.get(parts.at(-1) ?? "");
  const decorators = parts.slice(0, -1);
  if (!base || decorators.length > MOST_DECORATORS) return undefined;
  if (!decorators.every((decorator) => Object.hasOwn(DECORATORS, decorator))) return undefined;
  const compare = decorators.reduceRight(
    (next, decorator) => DECORATORS[decorator]?.decorate(next) ?? next,
    checked(base),
  );
  const readsMissing = base.readsMissing === true && decorators.every((decorator) => decorator === "not");
  return { name, base, decorators, compare, readsMissing };
}

const isList = (value: unknown) => Array.isArray(value);

/**
 * Whether the operator may throw for some fact, as json-rules-engine would: `in` needs a list or a text on its right,
 * `someValue` and `everyValue` need a list.
 * @param literal the value on the right, where it is known before running
 */
export function mayThrow(operator: ResolvedOperator, literal: { value: unknown } | undefined): boolean {
  const search = operator.base.name === "in" || operator.base.name === "notIn";
  const inward = operator.decorators.some((one) => one === "swap" || one === "someValue" || one === "everyValue");
  if (inward)
    return search || operator.decorators.includes("swap") || !literal || !everyLevelIsList(operator, literal.value);
  return search && !(literal && (isList(literal.value) || typeof literal.value === "string"));
}

/** Each `someValue` and `everyValue` opens one level of the literal; all of those must be lists. */
function everyLevelIsList(operator: ResolvedOperator, literal: unknown): boolean {
  let level = [literal];
  for (const decorator of operator.decorators) {
    if (decorator !== "someValue" && decorator !== "everyValue") continue;
    if (!level.every(isList)) return false;
    level = (level as unknown[][]).flat();
  }
  return true;
}

/** Whether the operator throws whatever the fact is: `in` with a number on its right. Authors are told before running. */
export function alwaysThrows(operator: ResolvedOperator, literal: unknown): boolean {
  const [outer] = operator.decorators;
  if (outer === "someValue" || outer === "everyValue") return !isList(literal);
  const plain = operator.decorators.every((one) => one === "not");
  const search = operator.base.name === "in" || operator.base.name === "notIn";
  return plain && search && !isList(literal) && typeof literal !== "string";
}
