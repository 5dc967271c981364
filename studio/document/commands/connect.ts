import type { Json } from "#engine/words/json.ts";
import type { Command } from "../document-state.ts";
import { isObject, withValue } from "../json-value.ts";
import { findStep, type Way } from "../workflow/places.ts";

export interface Connection {
  from: string;
  event: string;
  to: string;
}

/**
 * Why a connection cannot be drawn, as a sentence, or null where it can. Checked while dragging (U16): a transition stays
 * inside its scope (workflow, group or branch), an end leads nowhere, and a frame is not its own target.
 */
export function whyNotConnect(document: Json, from: string, to: string): string | null {
  const source = findStep(document, from);
  const target = findStep(document, to);
  if (!source || !target) return "This step is not in the document any more.";
  if (source.kind === "end") return "An end leads nowhere: it is where the case, group or branch is over.";
  if (target.parents.includes(from))
    return "A frame cannot lead to a step inside itself: its start says where it begins.";
  if (source.scope.join("/") === target.scope.join("/")) return null;
  if (source.parents.length > 0)
    return `A step inside a frame can only lead to steps of the same frame. End it with an outcome, and let the frame lead on.`;
  return "A step outside a frame cannot lead into it. Lead to the frame itself.";
}

/** Leads an event of a step to another step; where it already leads somewhere, the new way is tried last. */
export function connect({ from, event, to }: Connection): Command {
  return (document) => {
    const place = findStep(document, from);
    if (!place || whyNotConnect(document, from, to)) return document;
    const on = isObject(place.step.on) ? place.step.on : {};
    const existing = Object.hasOwn(on, event) ? on[event] : undefined;
    return withValue(document, [...place.path, "on", event], joined(existing, to));
  };
}

function joined(existing: Json | undefined, to: string): Json {
  if (existing === undefined || existing === "") return to;
  const list = Array.isArray(existing) ? existing : [existing];
  const leadsThere = list.some((one) => one === to || (isObject(one) && one.to === to && one.when === undefined));
  return leadsThere ? existing : [...list, to];
}

/** Sets one way of a step, given whole; `undefined` takes it away, and its list or event with it when nothing is left. */
export function setTransition(way: Pick<Way, "from" | "event" | "index">, value: Json | undefined): Command {
  return (document) => {
    const place = findStep(document, way.from);
    if (!place) return document;
    const path = [...place.path, "on", way.event];
    const on = isObject(place.step.on) ? place.step.on : {};
    const current = on[way.event];
    if (way.index === null || !Array.isArray(current))
      return withValue(document, path, value === undefined ? undefined : short(value));
    const list = current.flatMap((one, index) =>
      index !== way.index ? [one] : value === undefined ? [] : [short(value)],
    );
    return withValue(document, path, list.length === 0 ? undefined : list.length === 1 ? list[0]! : list);
  };
}

/** Tries the ways of one event in another order: the one at `from` becomes the one at `to`. */
export function orderWays(step: string, event: string, from: number, to: number): Command {
  return (document) => {
    const place = findStep(document, step);
    const list = isObject(place?.step.on) ? place.step.on[event] : undefined;
    if (!place || !Array.isArray(list) || list[from] === undefined) return document;
    const rest = list.filter((_, index) => index !== from);
    return withValue(document, [...place.path, "on", event], [...rest.slice(0, to), list[from], ...rest.slice(to)]);
  };
}

/** Leads an existing way to another step. */
export function retarget(way: Pick<Way, "from" | "event" | "index" | "value">, to: string): Command {
  return setTransition(way, isObject(way.value) ? { ...way.value, to } : to);
}

/** Gives a way another event, keeping its guard and data. */
export function changeEvent(way: Pick<Way, "from" | "event" | "index" | "value">, event: string): Command {
  return (document) => {
    if (event === way.event) return document;
    const without = setTransition(way, undefined)(document);
    const place = findStep(without, way.from);
    if (!place) return document;
    const on = isObject(place.step.on) ? place.step.on : {};
    const current = on[event];
    const next = current === undefined ? way.value : [...(Array.isArray(current) ? current : [current]), way.value];
    return withValue(without, [...place.path, "on", event], next);
  };
}

/** A transition with nothing but a target is written as the target's id. */
function short(value: Json): Json {
  return isObject(value) && typeof value.to === "string" && Object.keys(value).length === 1 ? value.to : value;
}
