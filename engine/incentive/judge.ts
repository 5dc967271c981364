import { decidingComparisons } from "../rules/explain.ts";
import type { FactReader, FactUse } from "../rules/facts.ts";
import type { CompiledConditions } from "../rules/guard.ts";
import { factInWords } from "../rules/words.ts";
import type { Json } from "../words/json.ts";

/**
 * The comparisons that decided a verdict, each with the value found, as plain data for a trace: `statement.ts` says them in
 * words later, with the titles of that day.
 */
export function decidedBy(conditions: CompiledConditions, read: FactReader): Json[] {
  return decidingComparisons(conditions.explain(read)).map((trace) => JSON.parse(JSON.stringify(trace)) as Json);
}

/** A fact as missing data is told: the metric's id or the fact's name, and words for a sentence. */
export function factName(use: FactUse): { name: string; words: string } {
  const id = use.params?.id;
  return { name: use.fact === "metric" && typeof id === "string" ? id : use.fact, words: factInWords(use) };
}
