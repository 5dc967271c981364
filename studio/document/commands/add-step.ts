import type { Json } from "#engine/words/json.ts";
import type { Command } from "../document-state.ts";
import { isObject, valueAt, withValue } from "../json-value.ts";
import { freeId, kindWord, newStep, type PaletteKind } from "../workflow/new-step.ts";
import { stepPlaces } from "../workflow/places.ts";
import { connect } from "./connect.ts";

export interface AddStep {
  kind: PaletteKind;
  title?: string;
  /** Segments to the scope: `[]` for the workflow, or a group or a branch. */
  scope?: readonly string[];
  /** Where on the canvas; left to the layout where absent. */
  at?: { x: number; y: number };
  /** The step that leads here, by which event. */
  after?: { step: string; event: string };
  /** The id, where the caller already chose a free one (see `idForNew`). */
  id?: string;
}

/** The id that `addStep` gives a new step when none is named. */
export function idForNew(document: Json, kind: PaletteKind, title = kindWord(kind)): string {
  return freeId(title, new Set(stepPlaces(document).map((place) => place.id)));
}

/** Adds a step, connected and placed as asked; the first step of a scope becomes its start. */
export function addStep(added: AddStep): Command {
  return (document) => {
    const title = added.title ?? kindWord(added.kind);
    const id = added.id ?? idForNew(document, added.kind, title);
    const scope = added.scope ?? [];
    const steps = valueAt(document, [...scope, "steps"]);
    const start = valueAt(document, [...scope, "start"]);
    let next = withValue(document, [...scope, "steps", id], newStep(added.kind, title, id));
    if (typeof start !== "string" || !isObject(steps) || !Object.hasOwn(steps, start))
      next = withValue(next, [...scope, "start"], id);
    if (added.at) next = withValue(next, ["layout", id], { x: Math.round(added.at.x), y: Math.round(added.at.y) });
    if (added.after) next = connect({ from: added.after.step, event: added.after.event, to: id })(next);
    return next;
  };
}
