import type { Json } from "#engine/words/json.ts";
import type { Database, Statement } from "../db/client.ts";

export type ParameterScope = "new" | "open-next-step" | "open-now";

/** One edit of a parameter. */
export interface ParameterChange {
  kind: string;
  id: string;
  name: string;
  version: number;
  old: Json;
  value: Json;
  scope: ParameterScope;
  reason: string;
  by: string | null;
  at: number;
}

/** Every edit there ever was, in order. There are as many as admins made: hundreds, not millions. */
export async function readParameterChanges(db: Database): Promise<ParameterChange[]> {
  const rows = await db.read<Omit<ParameterChange, "old" | "value"> & { old: string; value: string }>(
    "SELECT kind, id, name, version, old, value, scope, reason, by, at FROM parameter_changes ORDER BY kind, id, name, version",
  );
  return rows.map((row) => ({ ...row, old: JSON.parse(row.old) as Json, value: JSON.parse(row.value) as Json }));
}

/** Statement that records an edit; fails where the version is taken: somebody else was first. */
export function insertParameterChange(change: ParameterChange): Statement {
  return {
    sql: `INSERT INTO parameter_changes (kind, id, name, version, old, value, scope, reason, by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    args: [
      change.kind,
      change.id,
      change.name,
      change.version,
      JSON.stringify(change.old),
      JSON.stringify(change.value),
      change.scope,
      change.reason,
      change.by,
      change.at,
    ],
  };
}
