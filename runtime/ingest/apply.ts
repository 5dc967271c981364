import { setImmediate as breathe } from "node:timers/promises";
import type { Database, Statement } from "../db/client.ts";
import { insertVersions, type Stamp, supersede } from "../db/versioned.ts";
import { TABLES, type TableName } from "../store/organisation-tables.ts";
import { type Checked, SLICE, type WriteItem } from "./checked.ts";

/** Rows and keys that one batch writes: about 20 ms with the indexes of observations. */
const WRITE_SLICE = 1_000;

/** Told after each slice. */
export type Progress = (done: number, total: number) => void;

/** Another import is being applied: one at a time, so that each preview stays true until its flip. */
export class ImportBusyError extends Error {
  constructor() {
    super("Another import is being applied. Wait until it is done, then apply this one.");
    this.name = "ImportBusyError";
  }
}

/** Somebody wrote a row that this import writes too, while it was being applied. Nothing of the import is left. */
export class ImportConflictError extends Error {
  constructor(table: string) {
    super(
      `Data in ${table} was changed while the import was being applied, so nothing of it was taken. Apply it again.`,
    );
    this.name = "ImportConflictError";
  }
}

/**
 * Applies what a check found, all or nothing: rows are staged in slices that give the event loop back, invisible to every
 * reader, and one small batch makes them count (see 0001-organisation.sql). A process that dies in between leaves
 * staged rows that nobody sees; `recoverImports` removes them at the next start.
 *
 * @param check computes the changes; called after the import has taken its turn, so that nothing else is imported meanwhile
 * @param flip statements that belong into the flip, given what was checked
 */
export async function applyChecked(
  db: Database,
  importNo: number,
  recordedAt: number,
  check: () => Promise<Checked>,
  flip: (checked: Checked) => Statement[],
  progress: Progress = () => undefined,
): Promise<Checked> {
  const mine = underWay.get(db) ?? new Set<number>();
  underWay.set(db, mine);
  if (mine.size > 0) throw new ImportBusyError();
  mine.add(importNo);
  try {
    // What an import left that could not even be taken back (a full disk) would keep all others waiting for ever.
    await recoverImports(db);
    await takeTurn(db, importNo);
    const marks = await watermarks(db);
    const checked = await check();
    await stage(db, checked, { recordedAt, importNo }, progress);
    await refuseConflicts(db, importNo, marks, checked);
    await db.write([{ sql: "DELETE FROM pending_imports WHERE no = ?", args: [importNo] }, ...flip(checked)]);
    return checked;
  } catch (cause) {
    await rollBack(db, importNo);
    throw cause;
  } finally {
    mine.delete(importNo);
  }
}

/** Imports that are being applied by this process: one server has a database, so whatever else is pending was left behind. */
const underWay = new WeakMap<Database, Set<number>>();

async function takeTurn(db: Database, importNo: number): Promise<void> {
  const [turn] = await db.write([
    {
      sql: "INSERT INTO pending_imports (no) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM pending_imports) RETURNING no",
      args: [importNo],
    },
  ]);
  if (turn?.rows.length !== 1) throw new ImportBusyError();
}

/** Removes what an import that died had staged. Call at every start, before anything is served. Answers how many there were. */
export async function recoverImports(db: Database): Promise<number> {
  const pending = await db.read<{ no: number }>("SELECT no FROM pending_imports");
  for (const { no } of pending) await rollBack(db, no);
  return pending.length;
}

async function stage(db: Database, checked: Checked, stamp: Stamp, progress: Progress): Promise<void> {
  const total = checked.writes.reduce((sum, write) => sum + write.rows.length, 0);
  let done = 0;
  for (let at = 0; at < checked.newPeople.length; at += SLICE) {
    await db.write([
      {
        sql: "INSERT INTO people (id, created_at) SELECT value, ? FROM json_each(?) WHERE true ON CONFLICT (id) DO NOTHING",
        args: [stamp.recordedAt, JSON.stringify(checked.newPeople.slice(at, at + SLICE))],
      },
    ]);
    await breathe();
  }
  for (const slice of slices(checked.writes)) {
    await db.write(statementsOf(slice, stamp));
    done += slice.reduce((sum, write) => sum + write.rows.length, 0);
    progress(done, total);
    await breathe();
  }
}

/** Writes in groups of at most a slice; what belongs together stays together. */
function* slices(writes: readonly WriteItem[]): Generator<WriteItem[]> {
  let slice: WriteItem[] = [];
  let size = 0;
  for (const write of writes) {
    const weight = write.keys.length + write.rows.length;
    if (size + weight > WRITE_SLICE && slice.length > 0) {
      yield slice;
      slice = [];
      size = 0;
    }
    slice.push(write);
    size += weight;
  }
  if (slice.length > 0) yield slice;
}

function statementsOf(slice: readonly WriteItem[], stamp: Stamp): Statement[] {
  const statements: Statement[] = [];
  for (const [table, writes] of Map.groupBy(slice, (write) => write.table)) {
    const keys = writes.flatMap((write) => write.keys);
    const rows = writes.flatMap((write) => write.rows);
    if (keys.length > 0) statements.push(supersede(TABLES[table], keys, stamp));
    if (rows.length > 0) statements.push(insertVersions(TABLES[table], rows, stamp));
  }
  return statements;
}

const NAMES = Object.keys(TABLES) as TableName[];

/** The newest row of each table, before the stored data is read for the check. */
async function watermarks(db: Database): Promise<Map<TableName, number>> {
  const results = await db.readMany<{ mark: number }>(
    NAMES.map((name) => ({ sql: `SELECT ifnull(max(rowid), 0) AS mark FROM ${name}` })),
  );
  return new Map(NAMES.map((name, i) => [name, results[i]?.[0]?.mark ?? 0]));
}

/** A row written by somebody else after the check, and superseded by this import, would be lost without a word. */
async function refuseConflicts(
  db: Database,
  importNo: number,
  marks: ReadonlyMap<TableName, number>,
  checked: Checked,
): Promise<void> {
  for (const table of new Set(checked.writes.map((write) => write.table))) {
    const lost = await db.read(
      `SELECT 1 FROM ${table} WHERE rowid > ? AND import_no <> ? AND superseded_import_no = ? LIMIT 1`,
      [marks.get(table) ?? 0, importNo, importNo],
    );
    if (lost.length > 0) throw new ImportConflictError(table);
  }
}

/** Takes back everything an import staged. Its number leaves `pending_imports` last, so that readers never see a part of it. */
async function rollBack(db: Database, importNo: number): Promise<void> {
  const inSlices = async (sql: string) => {
    for (;;) {
      const [result] = await db.write([{ sql, args: [importNo, SLICE] }]);
      if (!result || result.rows.length === 0) return;
      await breathe();
    }
  };
  for (const table of NAMES) {
    await inSlices(
      `DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE import_no = ? LIMIT ?) RETURNING 1`,
    );
    await inSlices(
      `UPDATE ${table} SET superseded_at = NULL, superseded_import_no = 0 WHERE rowid IN (SELECT rowid FROM ${table} WHERE superseded_import_no = ? LIMIT ?) RETURNING 1`,
    );
  }
  await db.write([
    {
      sql: "DELETE FROM people WHERE user_id IS NULL AND NOT EXISTS (SELECT 1 FROM profiles WHERE profiles.person = people.id)",
    },
    {
      sql: "UPDATE imports SET status = 'failed', error = coalesce(error, 'It was interrupted while being applied; nothing of it was taken.') WHERE no = ? AND status = 'applying'",
      args: [importNo],
    },
    { sql: "DELETE FROM pending_imports WHERE no = ?", args: [importNo] },
  ]);
}
