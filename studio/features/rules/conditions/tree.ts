import type { Json } from "#engine/words/json.ts";
import { isObject, valueAt, withValue } from "../../../document/json-value.ts";

/** What a node of a condition tree is; `other` is something that is not a condition yet. */
export type ConditionKind = "all" | "any" | "not" | "condition" | "comparison" | "other";

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

/** Takes the item at a path (`["all", "2"]` below some group) away; a group that becomes empty stays, to be filled. */
export const withoutItem = (root: Json, path: readonly string[]): Json => withValue(root, path, undefined);

/** Adds an item at the end of the list at a path. */
export function withItem(root: Json, list: readonly string[], item: Json): Json {
  const items = valueAt(root, list);
  return withValue(root, list, [...(Array.isArray(items) ? items : []), item]);
}

/** Moves an item of a list up or down by one. */
export function withItemMoved(root: Json, list: readonly string[], index: number, by: -1 | 1): Json {
  const items = valueAt(root, list);
  if (!Array.isArray(items)) return root;
  const to = index + by;
  const moved = items[index];
  const other = items[to];
  if (moved === undefined || other === undefined) return root;
  const next = [...items];
  next[index] = other;
  next[to] = moved;
  return withValue(root, list, next);
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

/** Wraps an item into a group of its own, so that it can be nested. */
export const wrapped = (item: Json, kind: "all" | "any"): Json => ({ [kind]: [item] });

/** The innermost group below `not`s: where "add" puts things. */
export function listOf(value: Json, at: readonly string[]): { list: string[]; items: readonly Json[] } | null {
  const kind = conditionKind(value);
  if ((kind !== "all" && kind !== "any") || !isObject(value)) return null;
  const items = value[kind];
  return { list: [...at, kind], items: Array.isArray(items) ? items : [] };
}
