import type { z } from "zod";
import { closest } from "../words/closest.ts";
import { valueAt } from "./parse-schema.ts";

type ZodIssue = z.core.$ZodIssue;

/** What an author most likely meant where the format offers several shapes. */
export type Branch =
  /** One shape fits best; what is wrong with it. */
  | { fits: "one"; issues: ZodIssue[] }
  /** The value has a type that no shape has; the types that would do. */
  | { fits: "no type"; types: string[] }
  /** An object of which no shape can be recognised; the keys that tell the shapes apart. */
  | { fits: "unclear"; keys: string[] };

const WRONG_TYPE = 1000;
const KEY = 10;
const TYPO = 2;

/**
 * Chooses among the shapes of a union the one that a value is closest to: a wrong type rules a shape out, an unknown or a
 * missing key weighs ten, a key that looks like a typing error of a missing one weighs two, anything else one.
 * @param shapes zod's issues per shape, in the order of the union
 */
export function chooseBranch(shapes: ZodIssue[][], value: unknown): Branch {
  const typeErrors = shapes.map((issues) => issues.find(isTypeErrorHere));
  if (shapes.length > 0 && typeErrors.every((issue) => issue !== undefined)) {
    return { fits: "no type", types: typeErrors.map((issue) => issue.expected) };
  }
  const scores = shapes.map((issues) => score(issues, value));
  const best = Math.min(...scores);
  const leaders = shapes.filter((_, index) => scores[index] === best);
  const first = leaders[0] ?? [];
  if (leaders.length === 1 || best < KEY) return { fits: "one", issues: first };
  const keys = leaders.map((issues) => missingKeys(issues, value).join(" + ")).filter((key) => key !== "");
  return keys.length > 1 ? { fits: "unclear", keys: [...new Set(keys)] } : { fits: "one", issues: first };
}

function score(issues: ZodIssue[], value: unknown): number {
  const missing = missingKeys(issues, value);
  let total = 0;
  for (const issue of issues) {
    if (isTypeErrorHere(issue)) total += WRONG_TYPE;
    else if (issue.code === "unrecognized_keys" && issue.path.length === 0) {
      for (const key of issue.keys) total += closest(key, missing) === undefined ? KEY : TYPO - KEY;
    } else if (issue.code === "invalid_union" && issue.path.length === 0 && issue.errors.length > 0) {
      total += Math.min(...issue.errors.map((inner) => score(inner, value)));
    } else if (issue.path.length > 0 && valueAt(value, issue.path) === undefined) total += KEY;
    else total += 1;
  }
  return total;
}

function missingKeys(issues: ZodIssue[], value: unknown): string[] {
  return issues
    .filter((issue) => issue.path.length === 1 && valueAt(value, issue.path) === undefined)
    .map((issue) => String(issue.path[0]));
}

function isTypeErrorHere(issue: ZodIssue): issue is z.core.$ZodIssueInvalidType {
  return issue.code === "invalid_type" && issue.path.length === 0;
}
