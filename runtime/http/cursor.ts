import { BadRequest } from "./problem.ts";

/** Where the next page of a keyset list starts, as opaque text. */
export const cursorOf = (...at: (string | number)[]): string => Buffer.from(JSON.stringify(at)).toString("base64url");

type Kind = "text" | "number";

/** Reads a cursor of ours; a text that was not made here is refused, so that nobody reads the first page for the next. */
export function readCursor(cursor: string | undefined, kinds: readonly Kind[]): (string | number)[] | undefined {
  if (cursor === undefined) return undefined;
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    throw unknownCursor();
  }
  const fits =
    Array.isArray(parts) &&
    parts.length === kinds.length &&
    parts.every((part, i) => typeof part === (kinds[i] === "text" ? "string" : "number"));
  if (!fits) throw unknownCursor();
  return parts as (string | number)[];
}

/** A cursor that is a plain position. */
export function positionCursor(cursor: string | undefined): string | undefined {
  if (cursor !== undefined && !/^\d{1,15}$/.test(cursor)) throw unknownCursor();
  return cursor;
}

const unknownCursor = () =>
  new BadRequest(400, "unknown-cursor", "This cursor is not one of ours. Start from the beginning without it.");
