import type { Severity } from "../../words/issue.ts";
import type { Json } from "../../words/json.ts";
import type { SampleInput } from "./sample.ts";

/** What analysis can find. */
export type FindingCode =
  /** Inputs that no row or rule answers. */
  | "gap"
  /** A gap exactly at, or within one step of, a threshold between two neighbours. */
  | "threshold-gap"
  /** Two rows of a unique table, or two rows of an `any` table that disagree, answer the same input. */
  | "overlap"
  /** An overlap at a single value where two neighbours meet. */
  | "threshold-overlap"
  /** Two rules of equal priority answer the same input differently; only their order decides. */
  | "conflict"
  /** All that a row or rule answers is answered by others before it. */
  | "masked"
  /** A row or rule says the same as another. */
  | "duplicate"
  | "never-holds"
  | "always-holds"
  | "wrong-type"
  | "outside-range"
  | "unused-fact"
  /** More of a kind was found than is shown. */
  | "more"
  | "not-analysed"
  | "stopped-looking";

/** One change to a document, RFC 6902: applied in order by `applyEdit`. */
export type EditStep =
  | { op: "add" | "replace"; path: string; value: Json }
  | { op: "remove"; path: string }
  | { op: "move"; from: string; path: string };

/** A way out that a click applies to the rule set's document. */
export interface Fix {
  words: string;
  edit: EditStep[];
}

/** Something an author should know before publishing. */
export interface Finding {
  code: FindingCode;
  severity: Severity;
  /** JSON Pointer into the rule set's document: the row, rule, cell or condition it is about. */
  path: string;
  /** Rows involved, counted from zero, in table order. */
  rows?: number[];
  /** Rules involved, counted from zero. */
  rules?: number[];
  /** One sentence, with the sample in it. */
  words: string;
  /** A concrete input, value by value; empty where the finding is about the document itself. */
  inputs: SampleInput[];
  /** The values of parameters that it rests on, by name: with others it may not hold. */
  parameters?: Record<string, unknown>;
  /** The same as the facts of a test case; absent where there is none, or where one fact is read with several params. */
  sample?: Record<string, Json>;
  /** All inputs it is about, in words: `attainment is at least 80 % and below 100 %`. */
  where?: string;
  fix?: Fix;
  /** Other ways out. */
  alternatives?: Fix[];
}

/** What analysis says of a rule set. */
export interface Analysis {
  findings: Finding[];
  /** Rows or rules whose every condition belongs to the typed fragment; what is said of them is exact. */
  analysed: number;
  /** Rows or rules that are only partly understood; a finding `not-analysed` says why. */
  notAnalysed: number;
  /** False where a limit ended the search; a finding `stopped-looking` says which. */
  complete: boolean;
}
