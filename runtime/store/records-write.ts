import type { Json } from "#engine/words/json.ts";
import type { Statement } from "../db/client.ts";
import { insertVersions, type Stamp, supersede } from "../db/versioned.ts";
import { TABLES } from "./organisation-tables.ts";

/** A complaint, a thank-you note, a deal: typed fields, about somebody or some unit, on a date. */
export interface StoredRecord {
  id: string;
  type: string;
  aboutKind: "person" | "unit" | null;
  about: string | null;
  date: string | null;
  fields: Record<string, Json>;
}

/** Statements that add records or new versions of them, whole. */
export function recordsStatements(records: readonly StoredRecord[], stamp: Stamp): Statement[] {
  if (records.length === 0) return [];
  return [
    supersede(
      TABLES.records,
      records.map((record) => [record.type, record.id]),
      stamp,
    ),
    insertVersions(
      TABLES.records,
      records.map((r) => [r.id, r.type, r.aboutKind, r.about, r.date, JSON.stringify(r.fields)]),
      stamp,
    ),
  ];
}
