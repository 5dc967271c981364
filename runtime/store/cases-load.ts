import type { CaseState } from "#engine/execute/state.ts";
import type { Database } from "../db/client.ts";
import type { CaseFrame } from "./case-lanes.ts";

/** A case as it was read: snapshot, frame, and the hash its journal ends with. */
export interface StoredCase {
  state: CaseState;
  frame: CaseFrame;
  head: string;
  active: string[];
}

interface Row {
  id: string;
  state: string;
  bundle: string;
  head: string;
  active: string;
  parent: string | null;
  parent_effect: string | null;
}

/** Reads cases by id, in one query; those that do not exist are absent from the answer. */
export async function loadCases(db: Database, ids: readonly string[]): Promise<Map<string, StoredCase>> {
  const rows = await db.read<Row>(
    `SELECT c.id, c.state, c.bundle, c.head, c.active, c.parent, c.parent_effect
     FROM json_each(?) AS j CROSS JOIN cases AS c ON c.id = j.value`,
    [JSON.stringify(ids)],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        state: JSON.parse(row.state) as CaseState,
        frame: {
          bundle: row.bundle,
          parent: row.parent_effect ? { caseId: row.parent, effect: row.parent_effect } : null,
        },
        head: row.head,
        active: JSON.parse(row.active) as string[],
      },
    ]),
  );
}

/** Ids of the open cases of a definition with these keys, by key. */
export async function openCasesByKey(
  db: Database,
  definition: string,
  keys: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db.read<{ key: string; id: string }>(
    `SELECT c.key, c.id FROM json_each(?) AS j CROSS JOIN cases AS c
     ON c.definition = ? AND c.key = j.value AND c.key IS NOT NULL AND c.status IN ('open', 'blocked')`,
    [JSON.stringify(keys), definition],
  );
  return new Map(rows.map((row) => [row.key, row.id]));
}

/** The open case that an effect started, if it is there: how a parent reaches its child. */
export async function caseOfEffect(db: Database, effect: string): Promise<string | undefined> {
  const [row] = await db.read<{ id: string }>("SELECT id FROM cases WHERE parent_effect = ?", [effect]);
  return row?.id;
}
