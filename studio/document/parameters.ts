import type { Json } from "#engine/words/json.ts";
import { isObject, type JsonObject, valueAt } from "./json-value.ts";

/** The parameters that a document may name: its own, and those of the sheets it uses. Its own win. */
export function parametersOf(document: Json, others: readonly Json[]): JsonObject {
  const uses = valueAt(document, ["uses"]);
  const own = valueAt(document, ["parameters"]);
  const found: JsonObject = {};
  for (const sheet of others) {
    const id = valueAt(sheet, ["id"]);
    const values = valueAt(sheet, ["values"]);
    if (
      valueAt(sheet, ["kind"]) === "parameters" &&
      Array.isArray(uses) &&
      id !== undefined &&
      uses.includes(id) &&
      isObject(values)
    )
      Object.assign(found, values);
  }
  return isObject(own) ? { ...found, ...own } : found;
}
