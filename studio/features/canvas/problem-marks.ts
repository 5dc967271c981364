import type { Issue } from "#engine/words/issue.ts";
import type { Json } from "#engine/words/json.ts";
import { segments } from "#engine/words/pointer.ts";
import { stepOfPath } from "../../document/workflow/places.ts";
import type { NodeMark } from "../../graph/model.ts";

/** A chip on each step that has problems: how many stop publishing, or how many are worth a look. */
export function problemMarks(document: Json, issues: readonly Issue[]): Record<string, NodeMark> {
  const found = new Map<string, Issue[]>();
  for (const issue of issues) {
    const place = stepOfPath(document, segments(issue.path));
    if (place) found.set(place.id, [...(found.get(place.id) ?? []), issue]);
  }
  return Object.fromEntries(
    [...found].map(([id, list]) => {
      const errors = list.filter((issue) => issue.severity === "error").length;
      const title = list.map((issue) => issue.message).join("\n");
      const count = errors || list.length;
      const text = errors ? `${count} ${count === 1 ? "problem" : "problems"}` : `${count} to look at`;
      return [id, { chips: [{ text, tone: errors ? ("bad" as const) : ("attention" as const), title }] }];
    }),
  );
}
