import canonicalize from "canonicalize";
import { z } from "zod";

/** Anything JSON can say. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Any JSON value, as a schema. */
export const Json: z.ZodType<Json> = z.json().meta({ id: "Json" }) as z.ZodType<Json>;

/** Canonical JSON (RFC 8785): the one text of a value, for hashes and for comparing. `undefined` members are left out. */
export function canonical(value: unknown): string {
  return canonicalize(value) ?? "null";
}

/** Whether two JSON values are equal whatever the order of their keys. */
export function sameJson(a: unknown, b: unknown): boolean {
  return a === b || canonical(a) === canonical(b);
}
