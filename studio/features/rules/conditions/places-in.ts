import type { FactUse } from "#engine/rules/facts.ts";
import type { Json } from "#engine/words/json.ts";
import { isObject } from "../../../document/json-value.ts";

/** Every place that a tree of conditions reads, also on the right of comparisons, complete or not. */
export function placesIn(value: Json | undefined): FactUse[] {
  if (Array.isArray(value)) return value.flatMap(placesIn);
  if (!isObject(value)) return [];
  const own =
    typeof value.fact === "string" && value.fact !== ""
      ? [
          {
            fact: value.fact,
            ...(isObject(value.params) ? { params: value.params } : {}),
            ...(typeof value.path === "string" ? { path: value.path } : {}),
          },
        ]
      : [];
  return [...own, ...[value.all, value.any, value.not, value.value].flatMap(placesIn)];
}
