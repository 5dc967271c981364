import type { Json } from "#engine/words/json.ts";

export type JsonObject = { [key: string]: Json };

/** Whether a value is a JSON object (not null, not a list). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether two JSON values say the same, whatever the order of keys; identical references are answered at once. */
export function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}

/** The value at the segments of a pointer; undefined where there is none. */
export function valueAt(value: Json | undefined, path: readonly (string | number)[]): Json | undefined {
  let at = value;
  for (const segment of path) {
    if (Array.isArray(at)) at = at[Number(segment)];
    else if (isObject(at) && Object.hasOwn(at, segment)) at = at[segment];
    else return undefined;
  }
  return at;
}

/**
 * The value with another one at a path; `undefined` takes it away. Objects on the way are made where they are missing;
 * all that is not on the way is shared with the old value.
 */
export function withValue(value: Json | undefined, path: readonly (string | number)[], next: Json | undefined): Json {
  const [head, ...rest] = path;
  if (head === undefined) return next ?? null;
  const inner = valueAt(value, [head]);
  const replaced = rest.length === 0 ? next : withValue(inner, rest, next);
  if (Array.isArray(value)) {
    const copy = [...value];
    if (replaced === undefined) copy.splice(Number(head), 1);
    else copy[Number(head)] = replaced;
    return copy;
  }
  const base = isObject(value) ? value : {};
  if (replaced === undefined) {
    const { [head]: _gone, ...kept } = base;
    return kept;
  }
  return { ...base, [head]: replaced };
}

/** The object with a key under another name, at the same place. */
export function withKeyRenamed(object: JsonObject, from: string, to: string): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key === from ? to : key, value]));
}

/**
 * `next`, made of the parts of `previous` wherever they say the same: what has not changed keeps its identity, so that
 * a card on the canvas whose step was not touched is not drawn again.
 */
export function shareParts(previous: Json | undefined, next: Json): Json {
  if (previous === next) return next;
  if (Array.isArray(next)) {
    if (!Array.isArray(previous)) return next;
    const shared = next.map((item, index) => shareParts(previous[index], item));
    return shared.length === previous.length && shared.every((item, index) => item === previous[index])
      ? previous
      : shared;
  }
  if (!isObject(next) || !isObject(previous)) return next;
  const keys = Object.keys(next);
  const shared: JsonObject = {};
  let identical = keys.length === Object.keys(previous).length;
  for (const key of keys) {
    const part = shareParts(Object.hasOwn(previous, key) ? previous[key] : undefined, next[key] as Json);
    Object.defineProperty(shared, key, { value: part, enumerable: true, writable: true, configurable: true });
    if (!Object.hasOwn(previous, key) || part !== previous[key]) identical = false;
  }
  return identical ? previous : shared;
}
