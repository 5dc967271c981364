import type { ParameterValues } from "../parameter-values.ts";
import type { Finding, FindingCode } from "./finding.ts";

/** How far analysis looks. Counted in steps, so that the same rules get the same answer on every machine. */
export interface AnalyseOptions {
  /** Steps for each search (gaps, overlaps, masks); a million take some five milliseconds. Default `STEPS`. */
  steps?: number;
  /** Findings of one kind that are told one by one; the rest are counted. Default 50. */
  most?: number;
  /** Values of parameters beside the defaults that the rule set declares: a threshold that is a parameter takes its value. */
  parameters?: ParameterValues;
}

/** Steps that each search may take where nobody says otherwise: enough for 1,000 rows by 6 columns, within a second. */
export const STEPS = 40_000_000;

/** What one search found. */
export interface Found {
  findings: Finding[];
  /** False where its budget ended first. */
  complete: boolean;
}

/** Says that there are more of a kind than were told. */
export function more(code: FindingCode, count: number | undefined, path: string): Finding {
  const some = count === undefined ? "There are more" : `There are ${count} more`;
  return {
    code: "more",
    severity: "info",
    path,
    words: `${some} of the same kind (${KINDS[code] ?? code}); they are told once these are settled.`,
    inputs: [],
  };
}

const KINDS: Partial<Record<FindingCode, string>> = {
  gap: "inputs without an answer",
  overlap: "rows that answer the same input",
  conflict: "rules that answer the same input differently",
  masked: "rows that are never reached",
};

/** Says that a search was ended by its limit, so that silence is not taken for proof. */
export function stoppedLooking(what: string, path: string): Finding {
  const words = `Stopped looking for ${what}: there is more to compare than the limit allows. What is reported holds; there may be more.`;
  return { code: "stopped-looking", severity: "info", path, words, inputs: [] };
}
