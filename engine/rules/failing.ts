import { resolveOperator } from "./decorators.ts";
import { type ComparisonTrace, type ConditionTrace, decidingComparisons } from "./explain.ts";
import type { FactUse } from "./facts.ts";
import { factInWords, sentence, sharedDecimals, typeOf, valueInWords, type Wording } from "./words.ts";

/** One comparison that keeps a condition from holding. */
export interface Failing {
  use: FactUse;
  /** The fact as a sentence says it. */
  fact: string;
  /** What it was; undefined where it is not known. */
  actual: unknown;
  /** `at least 80 %`, `not sales`; "to be known" where it is missing. */
  needed: string;
  /** How far a number is from its threshold, in the unit of the fact: `8 points`, `3 days`. */
  short?: string;
  /** The whole in one sentence: `Attainment was 72 %; it needs to be at least 80 % (8 points short).` */
  words: string;
}

/**
 * Why a condition does not hold, one entry for each comparison that decides so: what the fact was and what it would need to
 * be. Empty where it holds. A comparison inside a `not` needs the opposite of what it says.
 */
export function failingComparisons(trace: ConditionTrace, wording: Wording = {}): Failing[] {
  return trace.verdict === true ? [] : decidingComparisons(trace).map((one) => failing(one, wording));
}

function failing(trace: ComparisonTrace, wording: Wording): Failing {
  const { fact: name, params, path, actual, expected } = trace;
  const use: FactUse = { fact: name, ...(params && { params }), ...(path && { path }) };
  const missing = trace.verdict === "not evaluated" ? trace.missing[0] : undefined;
  const fact = factInWords(missing ?? use, wording);
  if (trace.verdict === "not evaluated") {
    return {
      use: missing ?? use,
      fact,
      actual: missing ? undefined : actual,
      needed: "to be known",
      words: `${sentence(fact)} is not known.`,
    };
  }
  const type = typeOf(use, wording);
  const decimals = type?.type === "percent" ? undefined : sharedDecimals(actual, expected);
  const needed = neededWords(trace, wording, decimals);
  const short = distance(trace, type);
  const was = actual === undefined || actual === null ? "is missing" : `was ${valueInWords(actual, type, decimals)}`;
  return {
    use,
    fact,
    actual,
    needed,
    ...(short && { short }),
    words: `${sentence(fact)} ${was}; it needs to be ${needed}${short ? ` (${short} away)` : ""}.`,
  };
}

function neededWords(trace: ComparisonTrace, wording: Wording, decimals: number | undefined): string {
  const operator = resolveOperator(trace.operator);
  if (!operator) return "something else";
  const { base, decorators } = operator;
  const opposite = decorators.filter((one) => one === "not").length % 2 === 1;
  // What failed as it stands needs what the operator says; what held inside a "not" needs the opposite.
  const says = (trace.verdict === false) !== opposite ? base.label : base.opposite;
  const verb = says.startsWith("is ") ? says.slice(3) : `one that ${says}`;
  if (base.argument === "none") return verb;
  const type = base.argument === "percent" ? undefined : typeOf(trace, wording);
  const { expected } = trace;
  const pair = (base.argument === "range" || base.argument === "dates") && Array.isArray(expected);
  const value = pair
    ? (expected as unknown[]).map((end) => valueInWords(end, type)).join(" and ")
    : valueInWords(expected, type, decimals);
  const from = trace.expectedFrom ? ` (${factInWords(trace.expectedFrom, wording)})` : "";
  return `${verb} ${value}${from}`.trim();
}

/** How far a number is from the threshold that it misses; nothing where there is none, or where it stands on it. */
function distance({ actual, expected }: ComparisonTrace, type: ReturnType<typeof typeOf>): string | undefined {
  const ends = Array.isArray(expected) ? expected : [expected];
  if (typeof actual !== "number" || !ends.every((end) => typeof end === "number") || ends.length > 2) return undefined;
  const gap = Math.min(...ends.map((end) => Math.abs((end as number) - actual)));
  if (!(gap > 0) || !Number.isFinite(gap)) return undefined;
  if (type?.type !== "percent") return valueInWords(gap, type);
  const points = Number((gap * 100).toFixed(4));
  return `${points} ${points === 1 ? "point" : "points"}`;
}
