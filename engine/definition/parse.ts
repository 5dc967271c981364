import { closest, didYouMean } from "../words/closest.ts";
import { error, type Issue } from "../words/issue.ts";
import { type Definition, KIND_NAMES, KINDS, type Kind } from "./definition.ts";
import { issuesInWords } from "./parse-issues.ts";
import { limitIssues } from "./parse-limits.ts";
import { kindOfValue } from "./parse-words.ts";
import { formatIssue } from "./upgrade.ts";

/** A document that has the shape its kind asks for, or what is wrong with it. */
export type Parsed = { ok: true; definition: Definition } | { ok: false; issues: Issue[] };

/**
 * Reads anything as a document. Never throws: whatever is wrong comes back as issues with a JSON Pointer, a sentence and
 * a hint. What is checked is the shape; meaning (references, dead ends, weights) is checked by `lint`.
 * The definition returned is the very object given, so that key order and hence the author's text survive (ST1).
 */
export function parse(document: unknown): Parsed {
  const limits = limitIssues(document);
  if (limits.length > 0) return { ok: false, issues: limits };
  if (document === null || typeof document !== "object" || Array.isArray(document)) {
    const message = `A document is an object, not ${kindOfValue(document)}.`;
    return refused(error("not-a-document", "", message, 'Start with { "kind": "workflow", "schema": 1, … }.'));
  }
  const { kind } = document as { kind?: unknown };
  if (!isKind(kind)) return refused(kindIssue(kind));
  const format = formatIssue((document as { schema?: unknown }).schema);
  if (format) return refused(format);
  const result = KINDS[kind].safeParse(document);
  if (!result.success) return { ok: false, issues: issuesInWords(result.error.issues, KINDS[kind], document) };
  return { ok: true, definition: document as Definition };
}

const refused = (issue: Issue): Parsed => ({ ok: false, issues: [issue] });

function isKind(kind: unknown): kind is Kind {
  return typeof kind === "string" && Object.hasOwn(KINDS, kind);
}

function kindIssue(kind: unknown): Issue {
  if (kind === undefined) return error("missing", "", '"kind" is missing.', `It is one of ${KIND_NAMES.join(", ")}.`);
  const message = `There is no kind of document called ${typeof kind === "string" ? JSON.stringify(kind) : kindOfValue(kind)}.`;
  const hint = typeof kind === "string" && closest(kind, KIND_NAMES) ? didYouMean(kind, KIND_NAMES) : undefined;
  return error("unknown-kind", "/kind", message, hint ?? `The kinds are ${KIND_NAMES.join(", ")}.`);
}
