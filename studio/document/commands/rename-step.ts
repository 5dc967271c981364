import { whyNoId } from "#engine/words/id-text.ts";
import type { Json } from "#engine/words/json.ts";
import type { Command } from "../document-state.ts";
import { isObject, valueAt, withKeyRenamed, withValue } from "../json-value.ts";
import { findStep, stepPlaces } from "../workflow/places.ts";

/** Why a step cannot have an id, as a sentence, or null where it can. */
export function whyNotId(document: Json, from: string, to: string): string | null {
  const wrong = whyNoId(to);
  if (wrong !== null) return wrong;
  if (to !== from && stepPlaces(document).some((place) => place.id === to))
    return `Another step is already called ${to}.`;
  return null;
}

/**
 * Gives a step another id and rewrites every reference to it in the document: starts, transitions, facts
 * (`step.<id>.…`), placeholders in messages, qualified event names, layout. The step keeps its place in the text.
 */
export function renameStep(from: string, to: string): Command {
  return (document) => {
    const place = findStep(document, from);
    if (!place || from === to || whyNotId(document, from, to)) return document;
    const steps = valueAt(document, place.path.slice(0, -1));
    if (!isObject(steps)) return document;
    const moved = withValue(document, place.path.slice(0, -1), withKeyRenamed(steps, from, to));
    const layout = valueAt(moved, ["layout"]);
    const placed =
      isObject(layout) && Object.hasOwn(layout, from)
        ? withValue(moved, ["layout"], withKeyRenamed(layout, from, to))
        : moved;
    return rewrite(placed, new Map([[from, to]]));
  };
}

/** Rewrites references to steps inside any part of a workflow. Keys are left alone: they are the steps themselves. */
export function rewrite(value: Json, names: ReadonlyMap<string, string>, key = ""): Json {
  if (typeof value === "string") return rewriteText(value, names, key);
  if (Array.isArray(value)) {
    const items = value.map((item) => rewrite(item, names, key));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isObject(value)) return value;
  let changed = false;
  const entries = Object.entries(value).map(([name, item]) => {
    // Below `on` the keys are events and a plain text is a target.
    const next = rewrite(item, names, key === "on" ? "to" : name);
    changed ||= next !== item;
    return [name, next] as const;
  });
  return changed ? Object.fromEntries(entries) : value;
}

const REFERENCE = /\bstep\.([a-z][a-z0-9-]*)/g;

function rewriteText(text: string, names: ReadonlyMap<string, string>, key: string): string {
  if (key === "to" || key === "start") return names.get(text) ?? text;
  if (key === "pause" || key === "stop") {
    const dot = text.indexOf(".");
    const renamed = dot > 0 ? names.get(text.slice(0, dot)) : undefined;
    return renamed ? renamed + text.slice(dot) : text;
  }
  if (!text.includes("step.")) return text;
  return text.replaceAll(REFERENCE, (whole, id: string) => (names.has(id) ? `step.${names.get(id)}` : whole));
}
