import { createHash } from "node:crypto";
import { v7 as uuid } from "uuid";
import type { RecordType } from "#engine/definition/record-type.ts";
import { dateAt } from "#engine/time/instant-text.ts";
import { zone } from "#engine/time/zone.ts";
import { error, type Issue } from "#engine/words/issue.ts";
import type { Database, Statement } from "../db/client.ts";
import {
  appliedTwin,
  createImportRow,
  dropImportContent,
  type ImportRow,
  type ImportStatus,
  importContent,
  importRow,
  importRows,
  previewImport,
} from "../store/imports.ts";
import { readOrganisationSettings } from "../store/organisation-settings.ts";
import { applyChecked, type Progress } from "./apply.ts";
import { check } from "./check.ts";
import type { Checked } from "./checked.ts";
import { type FileFacts, factsOf, type ImportState, previewOf, stateOf } from "./import-state.ts";
import type { ImportKind } from "./kinds.ts";
import { type Mapping, mappingIssues, suggestMapping } from "./mapping.ts";
import { readTable, type Table } from "./table.ts";

/** What an import needs to know beside its file. */
export interface ImportContext {
  now: number;
  by: string | null;
  /** The document of a record type. */
  recordType?: (id: string) => RecordType | undefined;
  /** Metrics that exist; absent: any id is taken. */
  metrics?: ReadonlySet<string>;
}

/** A file as it comes in. */
export interface Upload {
  kind: ImportKind;
  /** Of records: their type. */
  recordType?: string;
  fileName: string;
  content: Uint8Array | string;
  /** Where it is known; otherwise it is suggested from the header. */
  mapping?: Mapping;
}

/** Nothing was changed: the import is unknown, or in a state in which this cannot be done. */
export class ImportRefused extends Error {
  readonly code: string;
  readonly issues: Issue[];
  constructor(code: string, message: string, issues: Issue[] = []) {
    super(message);
    this.name = "ImportRefused";
    this.code = code;
    this.issues = issues;
  }
}

/**
 * Takes a file in: reads it, suggests a mapping, and where the suggestion can be used, checks it at once. A file that
 * cannot be read is kept as an import with issues, so that the person sees why.
 */
export async function createImport(db: Database, upload: Upload, context: ImportContext): Promise<ImportState> {
  const bytes = typeof upload.content === "string" ? new TextEncoder().encode(upload.content) : upload.content;
  const recordType = typeOf(upload.kind, upload.recordType ?? null, context);
  const table = await readTable(bytes, upload.mapping ?? {});
  const mapping = upload.mapping ?? suggestMapping(upload.kind, table, recordType);
  const id = uuid({ msecs: context.now });
  const facts = factsOf(table);
  const twin = await appliedTwin(db, hashOf(upload.kind, upload.recordType, bytes));
  if (twin)
    facts.issues.push({
      code: "imported-before",
      path: "",
      severity: "info",
      message: `The same file was imported before, as ${twin.fileName}.`,
      hint: "Importing it again changes only what has been changed since.",
    });
  const unreadable = table.issues.some((issue) => issue.severity === "error");
  const row = rowOf(id, { ...upload, content: bytes }, mapping, facts, context, "mapping");
  await createImportRow(db, row, unreadable ? new Uint8Array() : bytes);
  return checkAgain(db, await found(db, id), table, mapping, context);
}

/** Says which column is which field, and checks anew. Nothing is changed in the data. */
export async function mapImport(
  db: Database,
  id: string,
  mapping: Mapping,
  context: ImportContext,
): Promise<ImportState> {
  const row = await found(db, id);
  if (row.status === "applied" || row.status === "applying")
    throw new ImportRefused("import-applied", "This import is applied; upload the file again to map it differently.");
  return checkAgain(db, row, await tableOf(db, row, mapping), mapping, context);
}

/** An import as it stands. */
export async function readImport(
  db: Database,
  id: string,
  context: Pick<ImportContext, "recordType">,
): Promise<ImportState> {
  return stateOf(await found(db, id), context);
}

/** Imports, the newest first. */
export async function listImports(db: Database, context: Pick<ImportContext, "recordType">): Promise<ImportState[]> {
  return (await importRows(db)).map((row) => stateOf(row, context));
}

/**
 * Applies an import: checked once more against the data of now, staged in slices, flipped at once. Applying an import that
 * is applied already answers the same and changes nothing.
 *
 * @param skipRefused take the good rows and leave the refused ones; otherwise one refused row stops everything
 * @param along what is done in the very step in which the rows begin to count; where it fails, nothing is taken
 */
export async function applyImport(
  db: Database,
  id: string,
  options: { skipRefused: boolean },
  context: ImportContext,
  progress: Progress = () => undefined,
  along: readonly Statement[] = [],
): Promise<ImportState> {
  const row = await found(db, id);
  if (row.status === "applied") return stateOf(row, context);
  const mapping = JSON.parse(row.mapping) as Mapping;
  const table = await tableOf(db, row, mapping);
  const kind = row.kind as ImportKind;
  const recordType = typeOf(kind, row.recordType, context);
  const issues = problems(kind, mapping, table, recordType);
  if (issues.length > 0)
    throw new ImportRefused("import-not-ready", `The import cannot be applied: ${issues[0]?.message}`, issues);
  await db.write([{ sql: "UPDATE imports SET status = 'applying', error = NULL WHERE no = ?", args: [row.no] }]);
  await applyRow(
    db,
    row.no,
    context,
    progress,
    async () => {
      const checked = await check(db, kind, table, mapping, await checkContext(db, context), recordType);
      if (!options.skipRefused && checked.refused.length > 0)
        throw new ImportRefused(
          "rows-refused",
          `${checked.counts.refused} rows are refused, so nothing was taken. Correct them, or take the others without them.`,
          checked.refused.slice(0, 100).map((refusal) => error(refusal.code, `/${refusal.row}`, refusal.message)),
        );
      return checked;
    },
    along,
  );
  await dropImportContent(db, row.no);
  return readImport(db, id, context);
}

/** Takes a file in and applies it in one go, the refused rows left out: for a file whose mapping is known to be right. */
export async function importFile(
  db: Database,
  upload: Upload,
  context: ImportContext,
  progress: Progress = () => undefined,
): Promise<ImportState> {
  const { kind, fileName } = upload;
  const table = await readTable(upload.content, upload.mapping ?? {});
  const recordType = typeOf(kind, upload.recordType ?? null, context);
  const mapping = upload.mapping ?? suggestMapping(kind, table, recordType);
  const issues = problems(kind, mapping, table, recordType);
  if (issues.length > 0)
    throw new ImportRefused("import-not-ready", `${fileName} cannot be imported: ${issues[0]?.message}`, issues);
  const id = uuid({ msecs: context.now });
  const no = await createImportRow(
    db,
    rowOf(id, upload, mapping, factsOf(table), context, "applying"),
    new Uint8Array(),
  );
  await applyRow(db, no, context, progress, async () =>
    check(db, kind, table, mapping, await checkContext(db, context), recordType),
  );
  return readImport(db, id, context);
}

/** Applies and flips, or notes why not. */
async function applyRow(
  db: Database,
  no: number,
  context: ImportContext,
  progress: Progress,
  checkNow: () => Promise<Checked>,
  along: readonly Statement[] = [],
): Promise<void> {
  const flip = (checked: Checked) => [
    ...along,
    {
      sql: "UPDATE imports SET status = 'applied', applied_at = ?, preview = ? WHERE no = ?",
      args: [context.now, JSON.stringify(previewOf(checked, [])), no],
    },
  ];
  try {
    await applyChecked(db, no, context.now, checkNow, flip, progress);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    await db.write([{ sql: "UPDATE imports SET status = 'failed', error = ? WHERE no = ?", args: [message, no] }]);
    throw cause;
  }
}

async function checkAgain(
  db: Database,
  row: ImportRow,
  table: Table,
  mapping: Mapping,
  context: ImportContext,
): Promise<ImportState> {
  const kind = row.kind as ImportKind;
  const recordType = typeOf(kind, row.recordType, context);
  const issues = problems(kind, mapping, table, recordType);
  const twin = (JSON.parse(row.file) as FileFacts).issues.filter((issue) => issue.code === "imported-before");
  const facts = { ...factsOf(table), issues: [...table.issues, ...twin] };
  const ready = issues.length === 0;
  const checked = ready
    ? await check(db, kind, table, mapping, await checkContext(db, context), recordType)
    : undefined;
  const preview = checked ? previewOf(checked, []) : previewOf(undefined, issues);
  await db.write([
    previewImport(
      row.no,
      JSON.stringify(mapping),
      JSON.stringify(facts),
      JSON.stringify(preview),
      ready ? "checked" : "mapping",
    ),
  ]);
  return stateOf(await found(db, row.id), context);
}

function problems(kind: ImportKind, mapping: Mapping, table: Table, recordType: RecordType | undefined): Issue[] {
  const file = table.issues.filter((issue) => issue.severity === "error");
  return file.length > 0 ? file : mappingIssues(kind, mapping, table, recordType);
}

function rowOf(
  id: string,
  upload: Upload,
  mapping: Mapping,
  facts: FileFacts,
  context: ImportContext,
  status: ImportStatus,
): Omit<ImportRow, "no"> {
  return {
    id,
    kind: upload.kind,
    recordType: upload.recordType ?? null,
    fileName: upload.fileName,
    contentHash: hashOf(upload.kind, upload.recordType, upload.content),
    file: JSON.stringify(facts),
    mapping: JSON.stringify(mapping),
    preview: null,
    status,
    error: null,
    createdBy: context.by,
    createdAt: context.now,
    appliedAt: null,
  };
}

function hashOf(kind: ImportKind, recordType: string | undefined, content: Uint8Array | string): string {
  return createHash("sha256")
    .update(`${kind}\0${recordType ?? ""}\0`)
    .update(content)
    .digest("hex");
}

async function found(db: Database, id: string): Promise<ImportRow> {
  const row = await importRow(db, id);
  if (!row) throw new ImportRefused("unknown-import", `There is no import ${id}.`);
  return row;
}

async function tableOf(db: Database, row: ImportRow, mapping: Mapping): Promise<Table> {
  const content = await importContent(db, row.no);
  if (!content) {
    const issues = (JSON.parse(row.file) as FileFacts).issues;
    throw new ImportRefused(
      "no-file",
      issues[0]?.message ?? "The file of this import is not kept any more; upload it again.",
      issues,
    );
  }
  return readTable(content, mapping);
}

function typeOf(
  kind: ImportKind,
  recordType: string | null,
  context: Pick<ImportContext, "recordType">,
): RecordType | undefined {
  if (kind !== "records") return undefined;
  const type = recordType === null ? undefined : context.recordType?.(recordType);
  if (!type)
    throw new ImportRefused(
      "unknown-record-type",
      recordType === null ? "Say which record type the file holds." : `There is no record type ${recordType}.`,
    );
  return type;
}

async function checkContext(db: Database, context: ImportContext) {
  const settings = await readOrganisationSettings(db);
  return {
    effectiveOn: dateAt(context.now, zone(settings.timeZone)),
    ...(context.metrics ? { metrics: context.metrics } : {}),
  };
}
