import type { Json } from "#engine/words/json.ts";
import type { Cell } from "../db/versioned.ts";
import type { TableName } from "../store/organisation-tables.ts";

/** Something of the file that is not taken, and why. `row` 0 stands for the file as a whole. */
export interface Refusal {
  row: number;
  code: string;
  /** Our field it is about. */
  field: string | null;
  message: string;
  /** True where only the reporting line is refused and the person is taken. */
  lineOnly?: boolean;
}

/** What applying would do to one thing. */
export interface Change {
  row: number;
  id: string;
  what: "added" | "changed" | "moved" | "left";
  /** In a sentence. */
  words: string;
  /** Field by field: before and after. */
  fields: Record<string, { before: Json; after: Json }>;
}

export interface Counts {
  added: number;
  changed: number;
  moved: number;
  left: number;
  unchanged: number;
  refused: number;
}

/** Rows of one table to be ended (by key) and to be recorded, which belong together. */
export interface WriteItem {
  table: TableName;
  keys: Cell[][];
  rows: Cell[][];
}

/** The outcome of checking a file against what is stored: everything a preview shows and an apply writes. */
export interface Checked {
  counts: Counts;
  changes: Change[];
  refused: Refusal[];
  /** In the order of writing: units before people before lines. */
  writes: WriteItem[];
  /** People that are new. */
  newPeople: string[];
  /** Units that are made because the file names them. */
  newUnits: string[];
}

/** An outcome in which nothing happens. */
export function nothingChecked(): Checked {
  return {
    counts: { added: 0, changed: 0, moved: 0, left: 0, unchanged: 0, refused: 0 },
    changes: [],
    refused: [],
    writes: [],
    newPeople: [],
    newUnits: [],
  };
}

/** Counts the changes by what they are; refusals count rows, not reasons. */
export function counted(checked: Checked, unchanged: number): Checked {
  for (const change of checked.changes) checked.counts[change.what]++;
  checked.counts.unchanged = unchanged;
  checked.counts.refused = new Set(checked.refused.map((refusal) => refusal.row)).size;
  checked.changes.sort((a, b) => a.row - b.row || (a.id < b.id ? -1 : 1));
  checked.refused.sort((a, b) => a.row - b.row || (a.code < b.code ? -1 : 1));
  return checked;
}

/** How many rows are worked on before the event loop is given back. */
export const SLICE = 2_000;

/** What a check knows beside the file. */
export interface CheckContext {
  /** The date on which moves take effect where the file does not say: today in the organisation's zone. */
  effectiveOn: string;
  /** Metrics that exist; absent: any id is taken. */
  metrics?: ReadonlySet<string>;
}

/** Several of something in words, long lists cut: `a, b, c and 12 more`. */
export function listed(items: readonly (string | number)[], most = 8): string {
  if (items.length <= most) return items.join(", ");
  return `${items.slice(0, most).join(", ")} and ${items.length - most} more`;
}
