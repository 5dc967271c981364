import type { BulkCommand } from "#engine/contract/views/moves.ts";
import type { Json } from "#engine/words/json.ts";
import { isObject, valueAt } from "../../document/json-value.ts";
import { stepPlaces } from "../../document/workflow/places.ts";
import { words } from "../../text/kinds.ts";

/** What an admin may do by hand, as the dialog says it. */
export const MOVES: { value: BulkCommand["type"]; label: string; explain: string; confirm: string }[] = [
  {
    value: "move",
    label: "Take it to a step, forward or back",
    explain: "What is open there now is cancelled; what was done stays done, and all data is kept.",
    confirm: "Move",
  },
  {
    value: "reopen",
    label: "Reopen it at a step",
    explain: "A case that has ended goes on from there, with its data.",
    confirm: "Reopen",
  },
  {
    value: "transfer",
    label: "Hand somebody's tasks to someone else",
    explain: "The new person finds them in their inbox with what was typed so far; due dates stay.",
    confirm: "Hand over",
  },
  {
    value: "set-data",
    label: "Correct a field",
    explain: "The value that rules and later steps read; the old one stays in the journal.",
    confirm: "Correct",
  },
  {
    value: "cancel",
    label: "Cancel it",
    explain: "Open tasks and clocks end. What happened so far stays in the journal.",
    confirm: "Cancel the case",
  },
];

/** What somebody has filled in so far. */
export interface MoveDraft {
  type: BulkCommand["type"];
  to: string | null;
  from: string | null;
  person: string | null;
  field: string | null;
  value: Json | undefined;
}

/** The command that a filled-in dialog stands for, or null while something is missing. */
export function moveCommand(draft: MoveDraft, reason: string): BulkCommand | null {
  const { type, to, from, person, field, value } = draft;
  if (type === "cancel") return { type, reason };
  if (type === "move" || type === "reopen") return to === null ? null : { type, to, reason };
  if (type === "set-data")
    return field === null || value === undefined ? null : { type, data: { [field]: value }, reason };
  return from === null || person === null || from === person ? null : { type, from, to: person, reason };
}

/** The steps of a workflow that a case can be taken to, in the order of the drawing; a frame's steps name their frame. */
export function stepsToMoveTo(document: Json): { value: string; label: string }[] {
  const places = stepPlaces(document);
  const title = (id: string) => {
    const step = places.find((place) => place.id === id)?.step;
    return typeof step?.title === "string" ? step.title : words(id);
  };
  return places.map((place) => ({
    value: place.id,
    label: place.parents.length > 0 ? `${title(place.parents[0]!)}: ${title(place.id)}` : title(place.id),
  }));
}

/** The fields of a case that can be corrected. */
export function fieldsToCorrect(document: Json): { value: string; label: string; type: string; of: string[] }[] {
  const data = valueAt(document, ["data"]);
  if (!isObject(data)) return [];
  return Object.entries(data).map(([name, field]) => {
    const of = valueAt(field, ["of"]);
    const title = valueAt(field, ["title"]);
    return {
      value: name,
      label: typeof title === "string" ? title : words(name),
      type: String(valueAt(field, ["type"]) ?? "text"),
      of: Array.isArray(of) ? of.map(String) : [],
    };
  });
}
