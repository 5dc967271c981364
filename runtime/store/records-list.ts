import type { Json } from "#engine/words/json.ts";
import { known } from "../db/as-of.ts";
import type { Database } from "../db/client.ts";
import type { StoredRecord } from "./records-write.ts";

const COLUMNS = "r.id, r.type, r.about_kind AS aboutKind, r.about, r.date, r.fields, r.recorded_at AS recordedAt";

type Row = Omit<StoredRecord, "fields"> & { fields: string; recordedAt: number };

const recordOf = (row: Row): StoredRecord & { recordedAt: number } => ({
  ...row,
  fields: JSON.parse(row.fields) as Record<string, Json>,
});

/** One record; of two types with the same id, the one asked for. */
export async function readRecord(
  db: Database,
  id: string,
  type?: string,
): Promise<(StoredRecord & { recordedAt: number }) | undefined> {
  const [row] = await db.read<Row>(
    `SELECT ${COLUMNS} FROM records AS r WHERE r.id = :id AND ${known("r")}${type === undefined ? "" : " AND r.type = :type"} ORDER BY r.rowid DESC LIMIT 1`,
    { id, ...(type === undefined ? {} : { type }) },
  );
  return row && recordOf(row);
}

/**
 * One page of records, the latest first. `visible`: the people and units that the reader sees; a record about nobody is then
 * left out, as cases about it are.
 */
export async function listRecords(
  db: Database,
  query: {
    type?: string;
    about?: string;
    from?: string;
    to?: string;
    visible?: readonly string[];
    cursor?: string;
    limit?: number;
  },
): Promise<{ items: (StoredRecord & { recordedAt: number })[]; total: number; next: string | null }> {
  const limit = Math.min(500, Math.max(1, query.limit ?? 100));
  const offset = Math.max(0, Number.parseInt(query.cursor ?? "0", 10) || 0);
  const where = [known("r")];
  const args: Record<string, string | number> = {};
  const narrow = (condition: string, name: string, value: string | undefined) => {
    if (value === undefined) return;
    where.push(condition);
    args[name] = value;
  };
  narrow("r.type = :type", "type", query.type);
  narrow("r.about = :about", "about", query.about);
  narrow("r.date >= :from", "from", query.from);
  narrow("r.date < :to", "to", query.to);
  narrow(
    "r.about IN (SELECT value FROM json_each(:visible))",
    "visible",
    query.visible && JSON.stringify(query.visible),
  );
  const [items, count] = await db.readMany<Record<string, unknown>>([
    {
      sql: `SELECT ${COLUMNS} FROM records AS r WHERE ${where.join(" AND ")} ORDER BY r.date DESC, r.id DESC LIMIT :limit OFFSET :offset`,
      args: { ...args, limit, offset },
    },
    { sql: `SELECT count(*) AS total FROM records AS r WHERE ${where.join(" AND ")}`, args },
  ]);
  const total = Number(count?.[0]?.total ?? 0);
  return {
    items: (items ?? []).map((row) => recordOf({ ...row } as unknown as Row)),
    total,
    next: offset + limit < total ? String(offset + limit) : null,
  };
}
