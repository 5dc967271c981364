import type { Json } from "#engine/words/json.ts";
import { segments } from "#engine/words/pointer.ts";
import { isObject, valueAt } from "../../document/json-value.ts";
import { stepOfPath } from "../../document/workflow/places.ts";

/** What an issue is about: the id to select on the canvas (null: the whole document) and its name for the list. */
export function placeOfIssue(document: Json, path: string): { select: string | null; name: string } {
  const parts = segments(path);
  const kind = valueAt(document, ["kind"]);
  if (kind === "workflow") {
    const place = stepOfPath(document, parts);
    if (place) return { select: place.id, name: titleOf(place.step, place.id) };
    return { select: null, name: "Whole workflow" };
  }
  if (parts[0] === "table" && parts[1] === "rows" && parts[2] !== undefined)
    return { select: `table/rows/${parts[2]}`, name: `Row ${Number(parts[2]) + 1}` };
  const list = LISTS[String(kind)]?.find((name) => name === parts[0]);
  if (list && parts[1] !== undefined) {
    const item = valueAt(document, [list, parts[1]]);
    const id = isObject(item) ? (item.id ?? item.name) : undefined;
    return {
      select: typeof id === "string" ? id : `${list}/${parts[1]}`,
      name: isObject(item) ? titleOf(item, String(id ?? `${list} ${Number(parts[1]) + 1}`)) : list,
    };
  }
  return { select: null, name: parts[0] ?? "Whole document" };
}

const LISTS: Record<string, string[]> = {
  escalation: ["levels"],
  plan: ["components", "modifiers"],
  ruleset: ["rules"],
  form: ["sections"],
};

function titleOf(item: { [key: string]: Json }, fallback: string): string {
  const title = item.title ?? item.name;
  return typeof title === "string" && title ? title : fallback;
}
