import type { Json } from "#engine/words/json.ts";
import { isObject, type JsonObject, valueAt } from "../json-value.ts";

/** A step where it stands in a document that may not be finished: nothing about its members is taken for granted. */
export interface StepPlace {
  id: string;
  step: JsonObject;
  kind: string;
  /** Segments to the step, e.g. `["steps", "review"]`. */
  path: string[];
  /** Segments to the scope that holds it: `[]` for the workflow, or a group or a branch. */
  scope: string[];
  /** The group or parallel step around it, nearest first. */
  parents: string[];
}

const placesOf = new WeakMap<object, readonly StepPlace[]>();

/**
 * Every step of a workflow, groups and branches included, outer before inner, in the order of the document. Documents are
 * never changed in place, so each is walked once.
 */
export function stepPlaces(document: Json): readonly StepPlace[] {
  if (typeof document !== "object" || document === null) return [];
  const known = placesOf.get(document);
  if (known) return known;
  const found = walkPlaces(document);
  placesOf.set(document, found);
  return found;
}

function walkPlaces(document: Json): StepPlace[] {
  const found: StepPlace[] = [];
  const walk = (scope: string[], parents: string[]) => {
    const steps = valueAt(document, [...scope, "steps"]);
    if (!isObject(steps) || parents.length > 20) return;
    for (const [id, step] of Object.entries(steps)) {
      if (!isObject(step)) continue;
      const path = [...scope, "steps", id];
      found.push({ id, step, kind: typeof step.kind === "string" ? step.kind : "", path, scope, parents });
      if (isObject(step.steps)) walk(path, [id, ...parents]);
      if (isObject(step.branches))
        for (const branch of Object.keys(step.branches)) walk([...path, "branches", branch], [id, ...parents]);
    }
  };
  walk([], []);
  return found;
}

/** The place of one step; of two with the same id, the first. */
export function findStep(document: Json, id: string): StepPlace | undefined {
  return stepPlaces(document).find((place) => place.id === id);
}

/** The step that a path lies in, innermost: a problem at `/steps/review/on/submitted` belongs to `review`. */
export function stepOfPath(document: Json, path: readonly string[]): StepPlace | undefined {
  let best: StepPlace | undefined;
  for (const place of stepPlaces(document))
    if (place.path.every((segment, index) => path[index] === segment) && place.path.length > (best?.path.length ?? 0))
      best = place;
  return best;
}

/** One way from a step: event, position in its list (null for a single one), and where it leads. */
export interface Way {
  from: string;
  event: string;
  index: number | null;
  to: string;
  /** Segments to the transition, e.g. `["steps", "review", "on", "submitted"]` or with an index behind. */
  path: string[];
  value: Json;
}

/** The ways out of a step in the order in which they are tried. */
export function waysOf(place: StepPlace): Way[] {
  if (!isObject(place.step.on)) return [];
  return Object.entries(place.step.on).flatMap(([event, transition]) => {
    const path = [...place.path, "on", event];
    if (!Array.isArray(transition)) return one(place.id, event, null, transition, path);
    return transition.flatMap((value, index) => one(place.id, event, index, value, [...path, String(index)]));
  });
}

function one(from: string, event: string, index: number | null, value: Json, path: string[]): Way[] {
  const to = typeof value === "string" ? value : isObject(value) && typeof value.to === "string" ? value.to : null;
  return to === null ? [] : [{ from, event, index, to, path, value }];
}

/** The key of a way, unique in a workflow: the id of its edge on the canvas. */
export const wayKey = (way: Pick<Way, "from" | "event" | "index">) => `${way.from} ${way.event} ${way.index ?? 0}`;
