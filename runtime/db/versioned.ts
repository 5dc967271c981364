import { known } from "./as-of.ts";
import type { Database, Statement } from "./client.ts";

/** A table whose rows are never changed: a new version is recorded and the old one superseded. */
export interface VersionedTable {
  name: string;
  columns: readonly string[];
  /** The columns of which at most one row is current, as in the table's `…_current` index. */
  key: readonly string[];
}

/** When something became known, and by which import (0: by a single command). */
export interface Stamp {
  recordedAt: number;
  importNo: number;
}

/** A cell as SQLite stores it. JSON columns are given as text. */
export type Cell = string | number | null;

const nullable = (table: VersionedTable, column: string) =>
  (table.name === "grants" && column === "unit") || (table.name === "observations" && column === "period_to");

const keyColumn = (table: VersionedTable, column: string, alias: string) =>
  nullable(table, column) ? `ifnull(${alias}.${column}, '')` : `${alias}.${column}`;

/**
 * Adds versions: one statement however many rows, fed by a JSON array. Rows are cells in the order of `table.columns`.
 * Fails on a row whose key has a current version: supersede first, in the same batch.
 */
export function insertVersions(table: VersionedTable, rows: readonly (readonly Cell[])[], stamp: Stamp): Statement {
  const cells = table.columns.map((_, i) => `value ->> ${i}`).join(", ");
  return {
    sql: `INSERT INTO ${table.name} (${table.columns.join(", ")}, recorded_at, import_no) SELECT ${cells}, ?, ? FROM json_each(?)`,
    args: [stamp.recordedAt, stamp.importNo, JSON.stringify(rows)],
  };
}

/**
 * Ends the current versions with these keys. What an import under way has staged is not touched: a single command that
 * writes the same key then fails on the table's `…_current` index and may be tried again after the import.
 */
export function supersede(table: VersionedTable, keys: readonly (readonly Cell[])[], stamp: Stamp): Statement {
  const match = table.key
    .map(
      (column, i) =>
        `${keyColumn(table, column, "t")} = ${nullable(table, column) ? `ifnull(k.value ->> ${i}, '')` : `k.value ->> ${i}`}`,
    )
    .join(" AND ");
  return {
    sql: `UPDATE ${table.name} SET superseded_at = ?, superseded_import_no = ?
          WHERE rowid IN (SELECT t.rowid FROM json_each(?) AS k CROSS JOIN ${table.name} AS t
                          WHERE ${match} AND t.superseded_at IS NULL AND t.import_no NOT IN (SELECT no FROM pending_imports))`,
    args: [stamp.recordedAt, stamp.importNo, JSON.stringify(keys)],
  };
}

/** Rows of one page of a JSON read, and where the next one starts. */
const PAGE = 2_000;

/**
 * Reads the known rows of a table as arrays of cells. SQLite builds the JSON: seven times faster than one object a row
 * through the client, and no statement reads more than 2,000 rows. `columns` may be SQL expressions over `t`.
 */
export async function readVersions<Row extends Cell[]>(
  db: Database,
  table: string,
  columns: readonly string[],
  where: { sql?: string; args?: Record<string, Cell>; knownAt?: number } = {},
): Promise<Row[]> {
  const args: Record<string, Cell> = {
    ...where.args,
    ...(where.knownAt === undefined ? {} : { knownAt: where.knownAt }),
  };
  const condition = `${known("t", where.knownAt === undefined ? undefined : ":knownAt")}${where.sql ? ` AND ${where.sql}` : ""}`;
  const rows: Row[] = [];
  for (let after = 0; ; ) {
    const [page] = await db.read<{ rows: string; count: number; last: number }>(
      `SELECT json_group_array(json(r)) AS rows, count(*) AS count, max(rowid) AS last FROM (
         SELECT t.rowid AS rowid, json_array(${columns.join(", ")}) AS r FROM ${table} AS t
         WHERE t.rowid > :after AND ${condition} ORDER BY t.rowid LIMIT ${PAGE})`,
      { ...args, after },
    );
    if (!page || page.count === 0) return rows;
    rows.push(...(JSON.parse(page.rows) as Row[]));
    if (page.count < PAGE) return rows;
    after = page.last;
  }
}
