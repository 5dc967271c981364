import { LIMITS } from "./limits.ts";

/** Whether a literal nests deeper than the limit; walks no deeper than that. */
export function tooDeep(value: unknown, left: number = LIMITS.literalDepth): boolean {
  if (value === null || typeof value !== "object") return false;
  if (left === 0) return true;
  return Object.values(value).some((member) => tooDeep(member, left - 1));
}

/** A frozen copy of an author's literal, so that nobody changes a compiled rule from outside. Dates and the like stay as they are. */
export function frozenCopy<T>(value: T): T {
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy)) as T;
  if (value !== null && typeof value === "object" && isPlain(value)) {
    return Object.freeze(
      Object.fromEntries(Object.entries(value).map(([key, member]) => [key, frozenCopy(member)])),
    ) as T;
  }
  return value;
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
