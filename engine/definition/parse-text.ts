import { error, type Issue } from "../words/issue.ts";
import { segments } from "../words/pointer.ts";
import type { Definition } from "./definition.ts";
import { parse } from "./parse.ts";
import { LIMITS } from "./parse-limits.ts";
import { type Range, scanJson } from "./parse-scan.ts";

/** A place in a text as editors count it: lines and columns from 1, the end column exclusive. */
export interface TextRange {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** An issue with the place in the text where it is underlined. */
export type TextIssue = Issue & TextRange;

/** A document read from text, or what is wrong with it and where. */
export type ParsedText = { ok: true; definition: Definition } | { ok: false; issues: TextIssue[] };

/**
 * Reads JSON text as a document, as `parse` does, and adds line and column to each issue. Malformed JSON and a key
 * written twice (of which JSON would silently keep the last) are issues too. A byte order mark is skipped. Never throws.
 */
export function parseText(text: string): ParsedText {
  const json = text.startsWith("\uFEFF") ? ` ${text.slice(1)}` : text;
  // Indentation may double a document; a text far beyond the limit is not even scanned.
  if (json.length > 4 * LIMITS.characters) return { ok: false, issues: [at(json, 0, 0, tooLong())] };
  const scan = scanJson(json);
  if (!scan.ok) {
    return {
      ok: false,
      issues: [at(json, scan.at, scan.at + 1, error("malformed-json", "", scan.message, scan.hint))],
    };
  }
  if (scan.duplicates.length > 0) {
    const issues = scan.duplicates.map(({ path, key, at: start, end }) =>
      at(
        json,
        start,
        end,
        error("duplicate-key", path, `"${key}" is written twice in the same object.`, "Remove one."),
      ),
    );
    return { ok: false, issues };
  }
  const parsed = parse(JSON.parse(json));
  if (parsed.ok) return parsed;
  return { ok: false, issues: parsed.issues.map((issue) => placed(json, scan.ranges, issue)) };
}

/**
 * Adds to each issue the place in the text that its pointer means; the nearest place around it that exists, where the
 * text lacks it, and the first line where the text is malformed. For markers of issues that `lint` found.
 */
export function locateIssues(text: string, issues: readonly Issue[]): TextIssue[] {
  const scan = scanJson(text);
  return issues.map((issue) => (scan.ok ? placed(text, scan.ranges, issue) : at(text, 0, 1, issue)));
}

/** Where the value at a JSON Pointer stands in a text, its key included; undefined where the text has no such place. */
export function locate(text: string, path: string): TextRange | undefined {
  const scan = scanJson(text);
  const range = scan.ok ? scan.ranges.get(path) : undefined;
  return range && textRange(text, range.key?.start ?? range.start, range.end);
}

function placed(text: string, ranges: Map<string, Range>, issue: Issue): TextIssue {
  const keys = segments(issue.path);
  let path = issue.path;
  while (!ranges.has(path) && keys.pop() !== undefined) path = path.slice(0, path.lastIndexOf("/"));
  const range = ranges.get(path) ?? { start: 0, end: 1 };
  // What is wrong with a name is underlined at the name; what is wrong inside an object, at its key or opening brace.
  const large = range.end - range.start > 200 || text.slice(range.start, range.end).includes("\n");
  const about = issue.code === "unknown-key" || issue.code === "wrong-name" || large ? range.key : undefined;
  if (about) return at(text, about.start, about.end, issue);
  return at(text, range.start, large ? range.start + 1 : range.end, issue);
}

const at = (text: string, start: number, end: number, issue: Issue): TextIssue => ({
  ...issue,
  ...textRange(text, start, end),
});

function textRange(text: string, start: number, end: number): TextRange {
  const from = lineAndColumn(text, Math.min(start, text.length));
  const to = lineAndColumn(text, Math.min(Math.max(end, start), text.length));
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let next = text.indexOf("\n"); next !== -1 && next < offset; next = text.indexOf("\n", start)) {
    line++;
    start = next + 1;
  }
  return { line, column: offset - start + 1 };
}

const tooLong = () =>
  error("too-large", "", `The text is longer than ${(4 * LIMITS.characters) / 1_000_000} MB.`, "Split the document.");
