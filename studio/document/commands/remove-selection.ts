import type { Json } from "#engine/words/json.ts";
import type { Command } from "../document-state.ts";
import { isObject, valueAt, withValue } from "../json-value.ts";
import { findStep, type StepPlace, stepPlaces, wayKey, waysOf } from "../workflow/places.ts";
import { retarget, setTransition } from "./connect.ts";

/**
 * Takes steps and transitions away. What led to a step that had one way onward now leads where it led; otherwise the
 * transitions to it go too. Where the start of a scope is
 * taken away, the step that it led to first becomes the start.
 */
export function removeSelection(selection: { steps: readonly string[]; ways?: readonly string[] }): Command {
  return (document) => {
    let next = document;
    const ways = new Set(selection.ways ?? []);
    // Back to front, so that the positions in a list that still counts stay right.
    const doomed = stepPlaces(document)
      .flatMap(waysOf)
      .filter((way) => ways.has(wayKey(way)));
    for (const way of doomed.reverse()) next = setTransition(way, undefined)(next);
    for (const id of selection.steps) next = removeStep(id)(next);
    return next;
  };
}

function removeStep(id: string): Command {
  return (document) => {
    const place = findStep(document, id);
    if (!place) return document;
    const successor = waysOf(place).find((way) => way.to !== id)?.to;
    let next = withValue(document, place.path, undefined);
    const steps = valueAt(next, [...place.scope, "steps"]);
    if (valueAt(next, [...place.scope, "start"]) === id) {
      const left = isObject(steps) ? Object.keys(steps) : [];
      const start = successor && left.includes(successor) ? successor : left[0];
      next = withValue(next, [...place.scope, "start"], start ?? id);
    }
    const gone = new Set([
      id,
      ...stepPlaces(document)
        .filter((one) => one.parents.includes(id))
        .map((one) => one.id),
    ]);
    const incoming = stepPlaces(next)
      .flatMap(waysOf)
      .filter((way) => way.to === id);
    const onward = onlySuccessor(place);
    for (const way of incoming.reverse())
      next = (onward && onward !== way.from ? retarget(way, onward) : setTransition(way, undefined))(next);
    return withoutLayout(next, gone);
  };
}

/** Where a step leads, where that is one place only. */
function onlySuccessor(place: StepPlace): string | null {
  const targets = new Set(waysOf(place).map((way) => way.to));
  targets.delete(place.id);
  const [only] = targets;
  return targets.size === 1 && only !== undefined ? only : null;
}

function withoutLayout(document: Json, ids: ReadonlySet<string>): Json {
  const layout = valueAt(document, ["layout"]);
  if (!isObject(layout) || !Object.keys(layout).some((id) => ids.has(id))) return document;
  return withValue(document, ["layout"], Object.fromEntries(Object.entries(layout).filter(([id]) => !ids.has(id))));
}
