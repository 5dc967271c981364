import { type SharedPlace, sharedPlace } from "#engine/execute/shared-place.ts";
import type { CaseState } from "#engine/execute/state.ts";
import type { Database, Statement } from "../db/client.ts";
import { insertRows } from "../db/many-rows.ts";
import type { Cell } from "../db/versioned.ts";

/** The members of shared cases as the difference of two snapshots, so that the table can never disagree with them. */
export function memberStatements(works: readonly { base: CaseState | undefined; next: CaseState }[]): Statement[] {
  const gone: string[] = [];
  const come: Cell[][] = [];
  for (const { base, next } of works) {
    if (base?.members === next.members) continue;
    const before = new Set(base?.members?.map(({ effect }) => effect));
    const after = new Set(next.members?.map(({ effect }) => effect));
    for (const effect of before) if (!after.has(effect)) gone.push(effect);
    for (const { effect, caseId, waits } of next.members ?? [])
      if (!before.has(effect)) come.push([effect, next.id, caseId, waits ? 1 : 0]);
  }
  return [
    ...(gone.length > 0
      ? [
          {
            sql: "DELETE FROM case_members WHERE effect IN (SELECT value FROM json_each(?))",
            args: [JSON.stringify(gone)],
          },
        ]
      : []),
    ...insertRows("INSERT INTO case_members (effect, case_id, member, waits)", 4, come),
  ];
}

/** The shared case that an effect attached its case to. */
export async function sharedCaseOf(db: Database, effect: string): Promise<string | undefined> {
  const [row] = await db.read<{ id: string }>("SELECT case_id AS id FROM case_members WHERE effect = ?", [effect]);
  return row?.id;
}

/** Where one who asks for a shared case of a definition finds it. @param since cases opened before take no more; null: all do */
export async function findSharedPlace(
  db: Database,
  definition: string,
  key: string,
  since: number | null,
): Promise<SharedPlace> {
  const rows = await db.read<{ id: string; openedAt: number; open: number }>(
    `SELECT id, opened_at AS openedAt, status IN ('open', 'blocked') AS open FROM cases
     WHERE definition = :definition AND key IS NOT NULL AND (key = :key OR (key > :key || '#' AND key < :key || '$'))
     ORDER BY opened_at DESC, id DESC`,
    { definition, key },
  );
  return sharedPlace(
    rows.map((row) => ({ ...row, open: row.open === 1 })),
    key,
    since,
  );
}
