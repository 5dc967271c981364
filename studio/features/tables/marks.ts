import type { Fix } from "#engine/rules/analyse/finding.ts";
import { segments } from "#engine/words/pointer.ts";
import { isObject, type JsonObject } from "../../document/json-value.ts";
import type { FoundIssue } from "../problems/check.ts";

/** What is wrong with a row, worst first. */
export type RowTone = "wrong" | "overlap" | "masked" | "dead";

/** How a row is marked: its worst tone, all that is said of it, and what is said of single cells. */
export interface RowMarks {
  tone: RowTone | null;
  words: string[];
  /** By `cells/2`, `out/0`. */
  cells: ReadonlyMap<string, string>;
}

/** A row that would answer what no row answers yet. */
export interface Ghost {
  row: JsonObject;
  words: string;
  fix: Fix;
}

const TONES: Record<string, RowTone> = {
  "rules-overlap": "overlap",
  "rules-threshold-overlap": "overlap",
  "rules-masked": "masked",
  "rules-duplicate": "masked",
  "rules-never-holds": "dead",
};
const ORDER: RowTone[] = ["wrong", "overlap", "masked", "dead"];

/** The marks of rows by their place, from all that checks and analysis say. */
export function marksOf(issues: readonly FoundIssue[]): ReadonlyMap<number, RowMarks> {
  const marks = new Map<number, { tone: RowTone | null; words: string[]; cells: Map<string, string> }>();
  const markOf = (row: number) => {
    const known = marks.get(row) ?? { tone: null, words: [], cells: new Map<string, string>() };
    marks.set(row, known);
    return known;
  };
  for (const issue of issues) {
    const [table, rows, row, side, at] = segments(issue.path);
    const own = table === "table" && rows === "rows" && row !== undefined ? [Number(row)] : [];
    const tone = TONES[issue.code] ?? (issue.severity === "error" && !issue.finding ? "wrong" : null);
    // Of a gap the ghost row tells; of a masked row only the row itself is marked, not those that hide it.
    if (issue.code.endsWith("gap") || issue.severity === "info") continue;
    const involved = tone === "overlap" ? (issue.finding?.rows ?? own) : own;
    for (const index of involved) {
      const mark = markOf(index);
      mark.words.push(issue.message);
      if (tone && (mark.tone === null || ORDER.indexOf(tone) < ORDER.indexOf(mark.tone))) mark.tone = tone;
      if (index === own[0] && side !== undefined && at !== undefined && !mark.cells.has(`${side}/${at}`))
        mark.cells.set(`${side}/${at}`, issue.message);
    }
  }
  return marks;
}

/** Gaps as the rows that would close them. */
export function ghostsOf(issues: readonly FoundIssue[]): Ghost[] {
  return issues.flatMap(({ finding }) => {
    if (!finding?.code.endsWith("gap")) return [];
    const ways = [...(finding.fix ? [finding.fix] : []), ...(finding.alternatives ?? [])];
    return ways.flatMap((fix) => {
      const [step] = fix.edit;
      const row = step?.op === "add" && step.path === "/table/rows/-" ? step.value : undefined;
      return isObject(row) ? [{ row, words: finding.words, fix }] : [];
    });
  });
}
