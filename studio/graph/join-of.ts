import type { Join } from "#engine/steps/shapes.ts";
import type { Json } from "#engine/words/json.ts";
import { isObject } from "../document/json-value.ts";

/**
 * A join as it stands in a document, undefined for one that is not finished. Read by hand, and told to the problems panel by
 * the schema: a drawing is there before any schema is loaded.
 */
export function joinOf(value: Json | undefined): Join | undefined {
  if (value === "all" || value === "any") return value;
  if (Array.isArray(value)) return value.length > 0 && value.every(isRule) ? (value as Join) : undefined;
  return isObject(value) && Object.keys(value).join() === "atLeast" && isCount(value.atLeast)
    ? { atLeast: value.atLeast }
    : undefined;
}

const isCount = (value: Json | undefined): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 1;

const isRule = (rule: Json): boolean =>
  isObject(rule) &&
  Object.keys(rule).every((name) => ["count", "atLeast", "emit"].includes(name)) &&
  typeof rule.count === "string" &&
  typeof rule.emit === "string" &&
  (rule.atLeast === "all" || isCount(rule.atLeast));
