import type { Json } from "#engine/words/json.ts";
import { isObject, valueAt } from "../document/json-value.ts";
import type { StoredPlace } from "./layout.ts";

/** The places that a document keeps for its steps; entries that are not places are passed over. */
export function storedPlaces(document: Json): Map<string, StoredPlace> {
  const layout = valueAt(document, ["layout"]);
  if (!isObject(layout)) return new Map();
  return new Map(
    Object.entries(layout).flatMap(([id, at]) =>
      isObject(at) && typeof at.x === "number" && typeof at.y === "number"
        ? [[id, { x: at.x, y: at.y, ...(at.pinned === true ? { pinned: true } : {}) }] as const]
        : [],
    ),
  );
}
