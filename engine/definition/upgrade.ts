import { error, type Issue } from "../words/issue.ts";
import { kindOfValue } from "./parse-words.ts";

/**
 * The version of the document format that this Rondo reads and writes: what stands in `schema`. When the format changes
 * in a way that old documents do not survive, it rises by one and this file gains the step from the one before.
 */
export const SCHEMA = 1;

/** Why a document's `schema` cannot be read here, or undefined where it can. */
export function formatIssue(schema: unknown): Issue | undefined {
  if (schema === SCHEMA) return undefined;
  const hint = `Write "schema": ${SCHEMA}.`;
  if (schema === undefined) return error("missing", "", '"schema" is missing.', hint);
  if (typeof schema === "number" && Number.isInteger(schema) && schema > SCHEMA) {
    const message = `This document is written in format ${schema}; this Rondo reads format ${SCHEMA}.`;
    return error(
      "newer-format",
      "/schema",
      message,
      "Update Rondo, or export the document from there in an older format.",
    );
  }
  return error("unknown-format", "/schema", `There is no document format ${kindOfValue(schema)}.`, hint);
}
