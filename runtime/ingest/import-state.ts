import type { RecordType } from "#engine/definition/record-type.ts";
import type { Issue } from "#engine/words/issue.ts";
import type { ImportRow, ImportStatus } from "../store/imports.ts";
import type { Change, Checked, Counts, Refusal } from "./checked.ts";
import type { ImportKind } from "./kinds.ts";
import { fieldsOf, type Mapping } from "./mapping.ts";
import type { Table } from "./table.ts";

/** How many changes a stored preview lists; the counts always cover all. Refusals are listed up to ten times as many. */
const LISTED = 500;

/** An import with its preview: what the screen shows. */
export interface ImportState {
  id: string;
  kind: ImportKind;
  recordType: string | null;
  status: ImportStatus;
  fileName: string;
  rows: number;
  encoding: string;
  separator: string;
  hasHeader: boolean;
  columns: { header: string; sample: string[]; field: string | null }[];
  fields: { name: string; title: string; required: boolean }[];
  mapping: Mapping;
  counts: Counts;
  changes: Change[];
  refused: Refusal[];
  newUnits: string[];
  issues: Issue[];
  error: string | null;
  createdAt: number;
  appliedAt: number | null;
}

/** What was seen of a file when it came in. */
export interface FileFacts {
  rows: number;
  encoding: string;
  separator: string;
  hasHeader: boolean;
  columns: { header: string; sample: string[] }[];
  issues: Issue[];
}

/** What a check found, as it is stored. */
export type Preview = Pick<Checked, "counts" | "changes" | "refused" | "newUnits"> & { issues: Issue[] };

/** The facts of a file that the screen shows. */
export function factsOf(table: Table): FileFacts {
  return {
    rows: table.rows.length + table.ragged.length,
    encoding: table.encoding,
    separator: table.separator,
    hasHeader: table.hasHeader,
    columns: table.columns.map((header, i) => ({
      header,
      sample: table.rows.slice(0, 3).map((row) => (row.cells[i] ?? "").slice(0, 100)),
    })),
    issues: [...table.issues],
  };
}

/** The part of a check that is kept. */
export function previewOf(checked: Checked | undefined, issues: Issue[]): Preview {
  return {
    counts: checked?.counts ?? { added: 0, changed: 0, moved: 0, left: 0, unchanged: 0, refused: 0 },
    changes: checked?.changes.slice(0, LISTED) ?? [],
    refused: checked?.refused.slice(0, LISTED * 10) ?? [],
    newUnits: checked?.newUnits.slice(0, LISTED) ?? [],
    issues,
  };
}

/** An import row as the screen shows it. */
export function stateOf(row: ImportRow, context: { recordType?: (id: string) => RecordType | undefined }): ImportState {
  const facts = JSON.parse(row.file) as FileFacts;
  const mapping = JSON.parse(row.mapping) as Mapping;
  const preview = row.preview === null ? previewOf(undefined, []) : (JSON.parse(row.preview) as Preview);
  const kind = row.kind as ImportKind;
  const recordType = row.recordType === null ? undefined : context.recordType?.(row.recordType);
  return {
    id: row.id,
    kind,
    recordType: row.recordType,
    status: row.status,
    fileName: row.fileName,
    rows: facts.rows,
    encoding: facts.encoding,
    separator: facts.separator,
    hasHeader: facts.hasHeader,
    columns: facts.columns.map((column) => ({ ...column, field: mapping.columns[column.header] ?? null })),
    fields: fieldsOf(kind, recordType).map(({ name, title, required }) => ({
      name,
      title,
      required: required ?? false,
    })),
    mapping,
    counts: preview.counts,
    changes: preview.changes,
    refused: preview.refused,
    newUnits: preview.newUnits,
    issues: [
      ...facts.issues,
      ...preview.issues.filter(
        (issue) => !facts.issues.some((other) => other.code === issue.code && other.message === issue.message),
      ),
    ],
    error: row.error,
    createdAt: row.createdAt,
    appliedAt: row.appliedAt,
  };
}
