import type { Json } from "#engine/words/json.ts";
import type { Command } from "../document-state.ts";
import { isObject, type JsonObject, valueAt, withValue } from "../json-value.ts";
import { freeId } from "../workflow/new-step.ts";
import { findStep, stepPlaces } from "../workflow/places.ts";
import { removeSelection } from "./remove-selection.ts";
import { rewrite } from "./rename-step.ts";

/** Steps on the clipboard: plain JSON text, so that they travel between definitions, tabs and text editors. */
export interface Clip {
  steps: JsonObject;
  layout: JsonObject;
}

/** The chosen steps as clipboard text, with where they stand; transitions that leave the selection stay written. */
export function copySteps(document: Json, ids: readonly string[]): string {
  const steps: JsonObject = {};
  const layout: JsonObject = {};
  for (const id of ids) {
    const place = findStep(document, id);
    if (!place || place.parents.some((parent) => ids.includes(parent))) continue;
    steps[id] = place.step;
    for (const inner of stepPlaces(document)) {
      const at = valueAt(document, ["layout", inner.id]);
      if ((inner.id === id || inner.parents.includes(id)) && at !== undefined) layout[inner.id] = at;
    }
  }
  return JSON.stringify({ steps, layout }, null, 2);
}

/**
 * Reads clipboard text as steps: what `copySteps` wrote, a workflow, a bare object of steps by id, or a single step.
 * Null where it is none of these.
 */
export function readClip(text: string): Clip | null {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return null;
  }
  if (!isObject(value)) return null;
  if (isStep(value)) return { steps: { [freeId(String(value.title ?? value.kind), new Set())]: value }, layout: {} };
  const steps = isObject(value.steps) ? value.steps : value;
  const kept = Object.entries(steps).filter(([, step]) => isObject(step) && isStep(step));
  if (kept.length === 0) return null;
  return { steps: Object.fromEntries(kept), layout: isObject(value.layout) ? value.layout : {} };
}

const isStep = (value: JsonObject) => typeof value.kind === "string" && (isObject(value.on) || value.kind === "end");

/** The new id of every step of a clip, inner ones too, so that none is taken in the document. */
export function idsForPaste(document: Json, clip: Clip): Map<string, string> {
  const taken = new Set(stepPlaces(document).map((place) => place.id));
  const names = new Map<string, string>();
  for (const place of stepPlaces({ steps: clip.steps })) {
    if (names.has(place.id)) continue;
    const id = freeId(place.id, taken);
    taken.add(id);
    names.set(place.id, id);
  }
  return names;
}

/**
 * Pastes steps with new ids around a place of the canvas (the middle of the clip goes there). References between them are
 * rewritten; transitions to steps that are neither in the clip nor in the scope are left out.
 */
export function pasteSteps(clip: Clip, at: { x: number; y: number }, scope: readonly string[] = []): Command {
  return (document) => {
    const names = idsForPaste(document, clip);
    let next = document;
    for (const [id, step] of Object.entries(clip.steps))
      next = withValue(next, [...scope, "steps", names.get(id)!], renamed(rewrite(step, names), names));
    const known = new Set(Object.keys(valueAt(next, [...scope, "steps"]) as JsonObject));
    for (const id of Object.keys(clip.steps)) next = withoutStrayWays(next, names.get(id)!, known);
    return placed(next, clip, names, at);
  };
}

/** The keys of inner steps (groups, branches) under their new ids. */
function renamed(value: Json, names: ReadonlyMap<string, string>): Json {
  if (!isObject(value)) return value;
  const next: JsonObject = { ...value };
  if (isObject(value.steps))
    next.steps = Object.fromEntries(
      Object.entries(value.steps).map(([id, step]) => [names.get(id) ?? id, renamed(step, names)]),
    );
  if (isObject(value.branches))
    next.branches = Object.fromEntries(
      Object.entries(value.branches).map(([id, branch]) => [id, renamed(branch, names)]),
    );
  return next;
}

function withoutStrayWays(document: Json, id: string, known: ReadonlySet<string>): Json {
  const place = findStep(document, id);
  if (!place) return document;
  const stray: string[] = [];
  for (const [event, ways] of Object.entries(isObject(place.step.on) ? place.step.on : {}))
    (Array.isArray(ways) ? ways : [ways]).forEach((way, index) => {
      const to = typeof way === "string" ? way : isObject(way) ? way.to : null;
      if (typeof to === "string" && !known.has(to)) stray.push(`${id} ${event} ${index}`);
    });
  return removeSelection({ steps: [], ways: stray })(document);
}

function placed(document: Json, clip: Clip, names: ReadonlyMap<string, string>, at: { x: number; y: number }): Json {
  const spots = Object.entries(clip.layout).flatMap(([id, spot]) =>
    names.has(id) && isObject(spot) && typeof spot.x === "number" && typeof spot.y === "number"
      ? [{ id, x: spot.x, y: spot.y }]
      : [],
  );
  const tops = spots.filter((spot) => Object.hasOwn(clip.steps, spot.id));
  const left = Math.min(...tops.map((spot) => spot.x));
  const top = Math.min(...tops.map((spot) => spot.y));
  let next = document;
  for (const spot of spots) {
    const inner = !Object.hasOwn(clip.steps, spot.id);
    const place = inner
      ? { x: spot.x, y: spot.y }
      : { x: Math.round(at.x + spot.x - left), y: Math.round(at.y + spot.y - top) };
    next = withValue(next, ["layout", names.get(spot.id)!], place);
  }
  if (tops.length === 0) {
    let column = 0;
    for (const id of Object.keys(clip.steps)) {
      next = withValue(next, ["layout", names.get(id)!], { x: Math.round(at.x + column * 250), y: Math.round(at.y) });
      column += 1;
    }
  }
  return next;
}
