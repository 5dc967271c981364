import type { Json } from "#engine/words/json.ts";
import { isObject, valueAt, withValue } from "../../../document/json-value.ts";
import {
  conditionKind,
  emptyComparison,
  holderOf,
  isWithin,
  listOf,
  type Place,
  seatOf,
  withItem,
  withItemMoved,
  withoutItem,
} from "./tree.ts";

/** A tree after a move: what to look at now, and what was done, in words for whoever cannot see it. */
export interface Moved {
  root: Json;
  at: Place;
  said: string;
}

/** What can be done with a part of the tree, by key, by menu or by dragging; null where it cannot. */
export type Move = (root: Json, at: Place) => Moved | null;

const WORDS = { all: "all of these", any: "any of these", not: "not this" } as const;

const groupWord = (root: Json, holder: Place): string => {
  const kind = conditionKind(valueAt(root, holder));
  return kind === "all" || kind === "any" || kind === "not" ? WORDS[kind] : "the top";
};

/** Where a part stands: `2 of 3 in any of these`. */
export function placeInWords(root: Json, at: Place): string {
  const seat = seatOf(at);
  if (!seat) return at.length === 0 ? "the top" : `in ${groupWord(root, holderOf(at))}`;
  const items = valueAt(root, seat.list);
  return `${seat.index + 1} of ${Array.isArray(items) ? items.length : 1} in ${groupWord(root, holderOf(at))}`;
}

const by =
  (step: -1 | 1): Move =>
  (root, at) => {
    const seat = seatOf(at);
    const next = seat && withItemMoved(root, seat.list, seat.index, step);
    if (!seat || !next || next === root) return null;
    const to = [...seat.list, String(seat.index + step)];
    return { root: next, at: to, said: `Moved ${step < 0 ? "up" : "down"}: ${placeInWords(next, to)}` };
  };

export const moveUp: Move = by(-1);
export const moveDown: Move = by(1);

/**
 * Into the group above, else into the group below; where the one above is a single condition, both become a group of the
 * other word, so that one key nests.
 */
export const moveIn: Move = (root, at) => {
  const seat = seatOf(at);
  const item = valueAt(root, at);
  if (!seat || item === undefined) return null;
  const neighbour = (step: -1 | 1) => [...seat.list, String(seat.index + step)];
  for (const step of [-1, 1] as const) {
    const value = seat.index + step < 0 ? undefined : valueAt(root, neighbour(step));
    const into = value === undefined ? null : listOf(value, neighbour(step));
    if (into) return moveTo(root, at, into.list, step < 0 ? into.items.length : 0, "Moved in");
  }
  const above = seat.index > 0 ? valueAt(root, neighbour(-1)) : undefined;
  if (above === undefined) return wrap(seat.list.at(-1) === "all" ? "any" : "all")(root, at);
  const word = seat.list.at(-1) === "all" ? "any" : "all";
  const paired = withValue(withValue(root, at, undefined), neighbour(-1), { [word]: [above, item] });
  const to = [...neighbour(-1), word, "1"];
  return { root: paired, at: to, said: `Put together with the one above: ${placeInWords(paired, to)}` };
};

/** Out of its group, to stand right after it; a group that becomes empty goes. */
export const moveOut: Move = (root, at) => {
  let holder = holderOf(at);
  while (holder.length > 0 && !seatOf(holder)) holder = holderOf(holder);
  const seat = at.length === 0 ? null : seatOf(holder);
  return seat ? moveTo(root, at, seat.list, seat.index + 1, "Moved out") : null;
};

/** Puts a part into a group of its own. */
export const wrap =
  (kind: "all" | "any" | "not"): Move =>
  (root, at) => {
    const item = valueAt(root, at);
    if (item === undefined) return null;
    const next = withValue(root, at, kind === "not" ? { not: item } : { [kind]: [item] });
    const to = kind === "not" ? [...at, "not"] : [...at, kind, "0"];
    return { root: next, at: to, said: `Put into a group: ${WORDS[kind]}` };
  };

/** "Not" around it, or away again. */
export const negate: Move = (root, at) => {
  const item = valueAt(root, at);
  if (item === undefined) return null;
  const inner = conditionKind(item) === "not" && isObject(item) ? item.not : undefined;
  if (inner === undefined) return { root: withValue(root, at, { not: item }), at, said: "Turned into its opposite" };
  const plain = at.length === 0 && conditionKind(inner) === "comparison" ? { all: [inner] } : inner;
  return { root: withValue(root, at, plain), at, said: "Turned into its opposite" };
};

/** A group's members in its own place. */
export const dissolve: Move = (root, at) => {
  const seat = seatOf(at);
  const group = valueAt(root, at);
  const held = group === undefined ? null : listOf(group, at);
  const items = seat ? valueAt(root, seat.list) : undefined;
  if (!seat || !held || !Array.isArray(items)) return null;
  const next = withValue(root, seat.list, items.toSpliced(seat.index, 1, ...held.items));
  return {
    root: next,
    at: [...seat.list, String(Math.max(0, seat.index))],
    said: "The group is gone, its conditions stay",
  };
};

export const duplicate: Move = (root, at) => {
  const item = valueAt(root, at);
  return item === undefined || !seatOf(at) ? null : insertAt(root, at, structuredClone(item), "Duplicated");
};

/** Takes a part away, with groups that held nothing else. */
export const remove: Move = (root, at) => {
  if (at.length === 0) return null;
  const next = pruned(withoutItem(root, at), holderOf(at));
  const seat = seatOf(at);
  const rest = seat ? valueAt(next, seat.list) : undefined;
  const count = Array.isArray(rest) ? rest.length : 0;
  const to = seat && count > 0 ? [...seat.list, String(Math.min(seat.index, count - 1))] : nearest(next, holderOf(at));
  return { root: next, at: to, said: "Removed" };
};

/** A new condition after this one; in a group, at its end. */
export const addAfter: Move = (root, at) => insertAt(root, at, emptyComparison(), "Added");

/** Puts an item where it belongs when this part has the keyboard: after a condition, at the end of a group. */
export function insertAt(root: Json, at: Place, item: Json, word: string): Moved | null {
  const here = valueAt(root, at);
  const group = here === undefined ? null : listOf(here, at);
  const seat = seatOf(at);
  const place = group && (at.length === 0 || word === "Added" || word === "Pasted") ? group.list : seat?.list;
  if (!place) return null;
  const index = place === group?.list ? group.items.length : (seat?.index ?? 0) + 1;
  const next = withItem(root, place, item, index);
  const to = [...place, String(index)];
  return { root: next, at: to, said: `${word}: ${placeInWords(next, to)}` };
}

/** Moves a part to a place in some list, whatever the move does to the places of others; null into itself. */
export function moveTo(root: Json, from: Place, list: Place, index: number, word = "Moved"): Moved | null {
  const item = valueAt(root, from);
  if (item === undefined || from.length === 0 || isWithin(list, from)) return null;
  const hole = { hole: true };
  const landed = { ...(item as object) } as Json;
  const filled = withItem(withValue(root, from, hole), list, landed, index);
  const left = findPlace(filled, hole);
  if (!left) return null;
  const next = pruned(withoutItem(filled, left), holderOf(left), landed);
  const at = findPlace(next, landed);
  return at && { root: next, at, said: `${word}: ${placeInWords(next, at)}` };
}

/** The tree without a group that holds nothing any more, and without those that held only it. */
function pruned(root: Json, at: Place, keep?: Json): Json {
  if (at.length === 0) return root;
  const value = valueAt(root, at);
  const group = value === undefined || value === keep ? null : listOf(value, at);
  return group && group.items.length === 0 ? pruned(withoutItem(root, at), holderOf(at), keep) : root;
}

const nearest = (root: Json, at: Place): Place =>
  at.length === 0 || valueAt(root, at) !== undefined ? at : nearest(root, holderOf(at));

/** Where the very same value stands. */
function findPlace(value: Json, sought: Json, at: Place = []): Place | null {
  if (value === sought) return at;
  if (typeof value !== "object" || value === null) return null;
  for (const [key, part] of Object.entries(value)) {
    const found = findPlace(part as Json, sought, [...at, key]);
    if (found) return found;
  }
  return null;
}
