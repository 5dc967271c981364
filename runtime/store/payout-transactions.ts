import type { Json } from "#engine/words/json.ts";
import { known } from "../db/as-of.ts";
import type { Database } from "../db/client.ts";

/** A dated record, as a plan on transactions takes it. */
export interface DatedRecord {
  id: string;
  date: string;
  about: string | null;
  fields: Record<string, Json>;
}

/** Rows of one page: keeps a statement under 20 ms. */
const PAGE = 1_000;

/** One page of the records of a type dated in `[from, to)`, by date and id, after a row; as known at an instant. */
export async function readDatedRecords(
  db: Database,
  query: { type: string; from: string; to: string; knownAt: number; after?: Pick<DatedRecord, "date" | "id"> },
): Promise<DatedRecord[]> {
  const { type, from, to, knownAt, after } = query;
  const rows = await db.read<Omit<DatedRecord, "fields"> & { fields: string }>(
    `SELECT r.id, r.date, r.about, r.fields FROM records AS r
     WHERE r.type = :type AND r.date >= :from AND r.date < :to AND (r.date > :afterDate OR (r.date = :afterDate AND r.id > :afterId))
       AND ${known("r", ":knownAt")} ORDER BY r.date, r.id LIMIT ${PAGE}`,
    { type, from: after?.date ?? from, to, knownAt, afterDate: after?.date ?? "", afterId: after?.id ?? "" },
  );
  return rows.map((row) => ({ ...row, fields: JSON.parse(row.fields) as Record<string, Json> }));
}
