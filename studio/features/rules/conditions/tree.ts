import type { Json } from "#engine/words/json.ts";
import { isObject, valueAt, withValue } from "../../../document/json-value.ts";

/** What a node of a condition tree is; `other` is something that is not a condition yet. */
export type ConditionKind = "all" | "any" | "not" | "condition" | "comparison" | "other";

/** A place in the tree by the segments of its pointer: `["all", "1", "any", "0"]`. */
export type Place = readonly string[];

export function conditionKind(value: Json | undefined): ConditionKind {
  if (!isObject(value)) return "other";
  if (Array.isArray(value.all)) return "all";
  if (Array.isArray(value.any)) return "any";
  if (value.not !== undefined) return "not";
  if (typeof value.condition === "string") return "condition";
  return "fact" in value || "operator" in value ? "comparison" : "other";
}

/** A new comparison: the person chooses the fact first. */
export const emptyComparison = (): Json => ({ fact: "", operator: "equal", value: "" });

/** The conditions to start from where there are none. */
export const emptyConditions = (): Json => ({ all: [emptyComparison()] });

/** The list below a group, and its items; null for what is no group. */
export function listOf(value: Json, at: Place): { list: string[]; items: readonly Json[] } | null {
  const kind = conditionKind(value);
  if ((kind !== "all" && kind !== "any") || !isObject(value)) return null;
  const items = value[kind];
  return { list: [...at, kind], items: Array.isArray(items) ? items : [] };
}

/** The place in a list that an item has; null for the top and for what stands alone in a `not`. */
export function seatOf(at: Place): { list: Place; index: number } | null {
  const index = Number(at.at(-1));
  return at.length > 1 && Number.isInteger(index) ? { list: at.slice(0, -1), index } : null;
}

/** The group that an item stands in: a list, or a `not`. */
export const holderOf = (at: Place): Place => (at.at(-1) === "not" ? at.slice(0, -1) : at.slice(0, -2));

/** Whether a place lies at another one or below it. */
export const isWithin = (at: Place, outer: Place): boolean => outer.every((segment, index) => at[index] === segment);

/** Adds an item to the list at a path: at the end, or before the one at an index. */
export function withItem(root: Json, list: Place, item: Json, index?: number): Json {
  const found = valueAt(root, list);
  const items = Array.isArray(found) ? found : [];
  return withValue(root, list, items.toSpliced(index ?? items.length, 0, item));
}

/** Takes the item at a place away; a `not` that held only it goes with it. A group that becomes empty stays. */
export function withoutItem(root: Json, at: Place): Json {
  if (at.at(-1) !== "not") return withValue(root, at, undefined);
  const holder = at.slice(0, -1);
  return holder.length === 0 ? { all: [] } : withoutItem(root, holder);
}

/** Moves an item of a list up or down by one. */
export function withItemMoved(root: Json, list: Place, index: number, by: -1 | 1): Json {
  const items = valueAt(root, list);
  if (!Array.isArray(items)) return root;
  const to = index + by;
  const moved = items[index];
  const other = items[to];
  if (moved === undefined || other === undefined) return root;
  return withValue(root, list, items.with(index, other).with(to, moved));
}

/** The same members under another group word; `not` puts an `all` inside. Name and priority of the group are kept. */
export function withGroupKind(group: Json, to: "all" | "any" | "not"): Json {
  if (!isObject(group)) return group;
  const kind = conditionKind(group);
  const { all, any, not, ...rest } = group;
  const inner = kind === "not" && not !== undefined ? not : null;
  const members = Array.isArray(all) ? all : Array.isArray(any) ? any : null;
  if (to === "not") {
    const content = members ? (members.length === 1 ? members[0]! : { all: members }) : (inner ?? emptyComparison());
    return { ...rest, not: content };
  }
  if (members) return { ...rest, [to]: members };
  // Out of a `not`: a group inside it gives its members, a comparison becomes the only one.
  const held = isObject(inner) ? (inner.all ?? inner.any) : undefined;
  return { ...rest, [to]: Array.isArray(held) ? held : inner === null ? [] : [inner] };
}

/** Every name of a shared condition that a tree refers to. */
export function namesIn(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (!isObject(value)) return [];
  if (typeof value.condition === "string") return [value.condition];
  return [value.all, value.any, value.not].flatMap(namesIn);
}

/** The tree with another name for a shared condition, or with the condition itself in its place. */
export function withName(value: Json, from: string, to: string | Json): Json {
  if (Array.isArray(value)) return value.map((one) => withName(one, from, to));
  if (!isObject(value)) return value;
  if (value.condition === from) return typeof to === "string" ? { ...value, condition: to } : to;
  const next = { ...value };
  for (const key of ["all", "any", "not"] as const)
    if (next[key] !== undefined) next[key] = withName(next[key], from, to);
  return next;
}
