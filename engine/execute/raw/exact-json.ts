import type { Json } from "../../words/json.ts";

const NUMBERS: Record<string, number> = { NaN: Number.NaN, Infinity: Infinity, "-Infinity": -Infinity, "-0": -0 };

/**
 * A value of a machine's context as JSON that gives the very value back: what JSON cannot spell (NaN, the infinities, -0,
 * `undefined` inside a list) is `{"$v": name}`; an `undefined` member is left out, as in JSON.
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
  return Object.fromEntries(kept.map(([key, inner]) => [key, toExactJson(inner)]));
}

/** The value again. */
export function fromExactJson(json: Json): unknown {
  if (Array.isArray(json)) return json.map(fromExactJson);
  if (typeof json !== "object" || json === null) return json;
  const keys = Object.keys(json);
  const name = json.$v;
  if (keys.length === 1 && typeof name === "string") return name === "undefined" ? undefined : NUMBERS[name];
  return Object.fromEntries(keys.map((key) => [key, fromExactJson(json[key]!)]));
}
