import type { Argument } from "#engine/rules/operators.ts";
import type { Json } from "#engine/words/json.ts";
import type { FactChoice } from "./fact-choice.ts";

const NUMERIC = new Set<FactChoice["type"]>(["number", "integer", "money", "percent"]);

export const isNumeric = (fact: FactChoice | undefined): boolean => fact !== undefined && NUMERIC.has(fact.type);

/** What a new value is, so that the document is right from the first moment. */
export function startValue(argument: Argument, fact: FactChoice | undefined): Json {
  if (argument === "list") return [];
  const low = fact?.min ?? 0;
  if (argument === "range") return [low, fact?.max ?? low + 1];
  if (argument === "dates") return ["", ""];
  if (argument === "percent") return 0;
  if (argument === "none") return true;
  if (argument === "number" || (argument === "same" && isNumeric(fact))) return fact?.type === "percent" ? 1 : low;
  if (argument === "same" && fact) {
    if (fact.of?.length) return fact.of[0]!;
    if (fact.type === "boolean") return true;
  }
  return "";
}
