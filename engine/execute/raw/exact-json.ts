import type { Json } from "../../words/json.ts";

const WORDS = new Map<Json | undefined, number | undefined>([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
  ["-0", -0],
  ["undefined", undefined],
]);

/**
 * A value of a machine's context as JSON that gives the very value back: what JSON cannot spell (NaN, the infinities, -0,
 * `undefined` inside a list) is `{"$v": name}`; an `undefined` member is left out, as in JSON. An object that has a "$v" of its
 * own is `{"$v": object}`.
 */
export function toExactJson(value: unknown): Json {
  if (value === undefined) return { $v: "undefined" };
  if (typeof value === "number") {
    const plain = Number.isFinite(value) && !Object.is(value, -0);
    return plain ? value : { $v: Object.is(value, -0) ? "-0" : String(value) };
  }
  if (Array.isArray(value)) return value.map(toExactJson);
  if (typeof value !== "object" || value === null) return value as Json;
  const kept = Object.entries(value).filter(([, inner]) => inner !== undefined);
  const written = Object.fromEntries(kept.map(([key, inner]) => [key, toExactJson(inner)]));
  return "$v" in written ? { $v: written } : written;
}

/** The value again. */
export function fromExactJson(json: Json): unknown {
  if (Array.isArray(json)) return json.map(fromExactJson);
  if (typeof json !== "object" || json === null) return json;
  const keys = Object.keys(json);
  const inner = keys.length === 1 ? json.$v : undefined;
  if (WORDS.has(inner)) return WORDS.get(inner);
  const plain = typeof inner === "object" && inner !== null && !Array.isArray(inner) ? inner : json;
  return Object.fromEntries(Object.keys(plain).map((key) => [key, fromExactJson(plain[key]!)]));
}
