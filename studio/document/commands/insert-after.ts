import type { Command } from "../document-state.ts";
import { isObject, valueAt } from "../json-value.ts";
import { eventsOf, type FindDocument } from "../workflow/events.ts";
import { findStep, waysOf } from "../workflow/places.ts";
import { type AddStep, addStep } from "./add-step.ts";
import { connect, retarget } from "./connect.ts";

/** The events that follow from time or failure: a new step is not hung on them unasked. */
const NOT_BY_ITSELF = new Set(["due", "failed", "not-evaluated"]);

/**
 * Adds a step after another, where it most likely belongs: at an outcome that leads nowhere yet; otherwise into the first
 * way, so that the new step stands between the two. An end is only hung on a free outcome.
 */
export function insertAfter(added: AddStep & { id: string }, after: string, find: FindDocument): Command {
  return (document) => {
    const place = findStep(document, after);
    if (!place || place.kind === "end") return addStep(added)(document);
    const ways = waysOf(place);
    const free = eventsOf(place.step, find).find(
      (event) => !NOT_BY_ITSELF.has(event) && !ways.some((way) => way.event === event),
    );
    if (free !== undefined) return addStep({ ...added, after: { step: after, event: free } })(document);
    const first = ways.find((way) => !NOT_BY_ITSELF.has(way.event));
    const next = addStep(added)(document);
    if (!first || added.kind === "end") return next;
    const redirected = retarget(first, added.id)(next);
    const step = valueAt(redirected, [...(added.scope ?? []), "steps", added.id]);
    const event = isObject(step) ? eventsOf(step, find).find((one) => !NOT_BY_ITSELF.has(one)) : undefined;
    return event === undefined ? redirected : connect({ from: added.id, event, to: first.to })(redirected);
  };
}
