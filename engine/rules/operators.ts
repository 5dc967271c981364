import { asDay, compareDates, isDateLike } from "./date-order.ts";
import type { FactType } from "./ruleset.ts";
import { matchesPattern } from "./text-pattern.ts";

/** What stands on the right of an operator; the studio picks its value editor by it. */
export type Argument = "same" | "number" | "text" | "list" | "date" | "dates" | "range" | "percent" | "none";

/** One operator: what it means, how it is said, and where it fits. The one table that both evaluators and the studio read. */
export interface OperatorRow {
  name: string;
  /** As it stands between a fact and a value: `is at least`. */
  label: string;
  /** The opposite in words: `is below`. */
  opposite: string;
  argument: Argument;
  /** The types of fact that a chooser offers it for. */
  facts: readonly FactType["type"][];
  /** The operator answers for a fact that is missing, so missing data does not stop it. */
  readsMissing?: true;
  /** json-rules-engine's own: its test of the fact's type, before the comparison. */
  accepts?: (fact: unknown) => boolean;
  compare: (fact: unknown, value: unknown) => boolean;
}

const NUMERIC = ["number", "integer", "money", "percent"] as const;
const DATED = ["date", "date-time"] as const;
const WORDED = ["text", "choice", "person", "unit"] as const;
const EVERY = [...NUMERIC, ...DATED, ...WORDED, "boolean", "list", "object"] as const;

/** json-rules-engine's test before a comparison: what parseFloat makes a number of, `"10 days"` and `[5]` too. */
export const parsesAsNumber = (fact: unknown): boolean => !Number.isNaN(Number.parseFloat(fact as string));

const listLike = (value: unknown) => value as { indexOf: (item: unknown) => number };
const ordered = (left: unknown) => left as number;
const text = (value: unknown): string | undefined => (typeof value === "string" ? value.toLowerCase() : undefined);

/** Builds a comparison of two texts, upper and lower case alike; false where either is no text. */
const texts = (test: (fact: string, value: string) => boolean) => (fact: unknown, value: unknown) => {
  const [left, right] = [text(fact), text(value)];
  return left !== undefined && right !== undefined && test(left, right);
};

/** Builds a comparison of two dates by their order; false where either is no date. */
const dates = (test: (order: number) => boolean) => (fact: unknown, value: unknown) => {
  const order = compareDates(fact, value);
  return order !== undefined && test(order);
};

const isRange = (value: unknown): value is [unknown, unknown] => Array.isArray(value) && value.length === 2;
const isNumber = (value: unknown): value is number => typeof value === "number" && !Number.isNaN(value);

const between = (fact: unknown, value: unknown) =>
  isNumber(fact) && isRange(value) && isNumber(value[0]) && isNumber(value[1]) && fact >= value[0] && fact <= value[1];

const dateBetween = (fact: unknown, value: unknown) => {
  if (!isRange(value)) return false;
  const [low, high] = [compareDates(fact, value[0]), compareDates(fact, value[1])];
  return low !== undefined && high !== undefined && low >= 0 && high <= 0;
};

/** The change in percent from the first to the second number of a pair; undefined where there is no base to count from. */
export function percentChange(pair: unknown): number | undefined {
  if (!Array.isArray(pair) || pair.length !== 2) return undefined;
  const [from, to] = pair as unknown[];
  if (!isNumber(from) || !isNumber(to) || from === 0) return undefined;
  return ((to - from) / Math.abs(from)) * 100;
}

const change = (test: (percent: number, value: number) => boolean) => (fact: unknown, value: unknown) => {
  const percent = percentChange(fact);
  return percent !== undefined && isNumber(value) && test(percent, value);
};

const absent = (fact: unknown) => fact === undefined || fact === null;

/** json-rules-engine's ten operators, with its own quirks: `in` on a text looks for a part of it, `<` coerces as JavaScript does. */
const LIBRARY: OperatorRow[] = [
  {
    name: "equal",
    label: "is",
    opposite: "is not",
    argument: "same",
    facts: EVERY,
    compare: (fact, value) => fact === value,
  },
  {
    name: "notEqual",
    label: "is not",
    opposite: "is",
    argument: "same",
    facts: EVERY,
    compare: (fact, value) => fact !== value,
  },
  {
    name: "lessThan",
    label: "is below",
    opposite: "is at least",
    argument: "number",
    facts: NUMERIC,
    accepts: parsesAsNumber,
    compare: (fact, value) => ordered(fact) < ordered(value),
  },
  {
    name: "lessThanInclusive",
    label: "is at most",
    opposite: "is above",
    argument: "number",
    facts: NUMERIC,
    accepts: parsesAsNumber,
    compare: (fact, value) => ordered(fact) <= ordered(value),
  },
  {
    name: "greaterThan",
    label: "is above",
    opposite: "is at most",
    argument: "number",
    facts: NUMERIC,
    accepts: parsesAsNumber,
    compare: (fact, value) => ordered(fact) > ordered(value),
  },
  {
    name: "greaterThanInclusive",
    label: "is at least",
    opposite: "is below",
    argument: "number",
    facts: NUMERIC,
    accepts: parsesAsNumber,
    compare: (fact, value) => ordered(fact) >= ordered(value),
  },
  {
    name: "in",
    label: "is one of",
    opposite: "is none of",
    argument: "list",
    facts: [...NUMERIC, ...WORDED],
    compare: (fact, value) => listLike(value).indexOf(fact) > -1,
  },
  {
    name: "notIn",
    label: "is none of",
    opposite: "is one of",
    argument: "list",
    facts: [...NUMERIC, ...WORDED],
    compare: (fact, value) => listLike(value).indexOf(fact) === -1,
  },
  {
    name: "contains",
    label: "contains",
    opposite: "does not contain",
    argument: "same",
    facts: ["list"],
    accepts: Array.isArray,
    compare: (fact, value) => listLike(fact).indexOf(value) > -1,
  },
  {
    name: "doesNotContain",
    label: "does not contain",
    opposite: "contains",
    argument: "same",
    facts: ["list"],
    accepts: Array.isArray,
    compare: (fact, value) => listLike(fact).indexOf(value) === -1,
  },
];

/** Rondo's own operators for its field. They never throw: what does not fit is false. */
const FIELD: OperatorRow[] = [
  {
    name: "between",
    label: "is between",
    opposite: "is not between",
    argument: "range",
    facts: NUMERIC,
    compare: between,
  },
  {
    name: "notBetween",
    label: "is not between",
    opposite: "is between",
    argument: "range",
    facts: NUMERIC,
    compare: (fact, value) => isNumber(fact) && isRange(value) && !between(fact, value),
  },
  {
    name: "dateBefore",
    label: "is before",
    opposite: "is not before",
    argument: "date",
    facts: DATED,
    compare: dates((order) => order < 0),
  },
  {
    name: "dateOnOrBefore",
    label: "is on or before",
    opposite: "is after",
    argument: "date",
    facts: DATED,
    compare: dates((order) => order <= 0),
  },
  {
    name: "dateAfter",
    label: "is after",
    opposite: "is not after",
    argument: "date",
    facts: DATED,
    compare: dates((order) => order > 0),
  },
  {
    name: "dateOnOrAfter",
    label: "is on or after",
    opposite: "is before",
    argument: "date",
    facts: DATED,
    compare: dates((order) => order >= 0),
  },
  {
    name: "dateOn",
    label: "is on",
    opposite: "is not on",
    argument: "date",
    facts: DATED,
    compare: (fact, value) => isDateLike(fact) && isDateLike(value) && asDay(fact) === asDay(value),
  },
  {
    name: "dateBetween",
    label: "is between",
    opposite: "is not between",
    argument: "dates",
    facts: DATED,
    compare: dateBetween,
  },
  {
    name: "textContains",
    label: "contains the text",
    opposite: "does not contain the text",
    argument: "text",
    facts: WORDED,
    compare: texts((fact, value) => fact.includes(value)),
  },
  {
    name: "textDoesNotContain",
    label: "does not contain the text",
    opposite: "contains the text",
    argument: "text",
    facts: WORDED,
    compare: texts((fact, value) => !fact.includes(value)),
  },
  {
    name: "textStartsWith",
    label: "starts with",
    opposite: "does not start with",
    argument: "text",
    facts: WORDED,
    compare: texts((fact, value) => fact.startsWith(value)),
  },
  {
    name: "textEndsWith",
    label: "ends with",
    opposite: "does not end with",
    argument: "text",
    facts: WORDED,
    compare: texts((fact, value) => fact.endsWith(value)),
  },
  {
    name: "textMatches",
    label: "matches the pattern",
    opposite: "does not match the pattern",
    argument: "text",
    facts: WORDED,
    compare: texts(matchesPattern),
  },
  {
    name: "percentChangeAbove",
    label: "changed by more than (percent)",
    opposite: "changed by at most (percent)",
    argument: "percent",
    facts: ["list"],
    compare: change((percent, value) => percent > value),
  },
  {
    name: "percentChangeBelow",
    label: "changed by less than (percent)",
    opposite: "changed by at least (percent)",
    argument: "percent",
    facts: ["list"],
    compare: change((percent, value) => percent < value),
  },
  {
    name: "isMissing",
    label: "is missing",
    opposite: "is known",
    argument: "none",
    facts: EVERY,
    readsMissing: true,
    compare: (fact, value) => absent(fact) === (value !== false),
  },
  {
    name: "isPresent",
    label: "is known",
    opposite: "is missing",
    argument: "none",
    facts: EVERY,
    readsMissing: true,
    compare: (fact, value) => absent(fact) === (value === false),
  },
];

/** Every operator a condition may name, json-rules-engine's first. */
export const OPERATORS: readonly OperatorRow[] = [...LIBRARY, ...FIELD];

/** The operators that json-rules-engine does not know by itself: the reference registers them. */
export const FIELD_OPERATORS: readonly OperatorRow[] = FIELD;

/** The operators a chooser offers for a fact of this type. */
export function operatorsFor(type: FactType["type"]): OperatorRow[] {
  return OPERATORS.filter((row) => row.facts.includes(type));
}
