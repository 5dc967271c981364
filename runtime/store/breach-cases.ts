import type { Database } from "../db/client.ts";

/** The cases there were and are with one key. */
export interface CasesOfKey {
  open: string[];
  closed: number;
  lastClosedAt: number | null;
}

/** The cases of a definition with these keys, by key; absent where there was none. */
export async function casesOfKey(
  db: Database,
  definition: string,
  keys: readonly string[],
): Promise<Map<string, CasesOfKey>> {
  const rows = await db.read<{ key: string; id: string; status: string; closedAt: number | null }>(
    `SELECT c.key, c.id, c.status, c.closed_at AS closedAt FROM json_each(?) AS j CROSS JOIN cases AS c
     ON c.definition = ? AND c.key = j.value`,
    [JSON.stringify(keys), definition],
  );
  const found = new Map<string, CasesOfKey>();
  for (const { key, id, status, closedAt } of rows) {
    const known = found.get(key) ?? { open: [], closed: 0, lastClosedAt: null };
    if (status === "open" || status === "blocked") known.open.push(id);
    else {
      known.closed += 1;
      known.lastClosedAt = Math.max(known.lastClosedAt ?? 0, closedAt ?? 0);
    }
    found.set(key, known);
  }
  return found;
}

/** Who is in an open group of a ladder, by `kind:id` of the subject: in which case, and by which effect they came. */
export async function membersBySubject(
  db: Database,
  definition: string,
): Promise<Map<string, { caseId: string; effect: string }>> {
  const rows = await db.read<{ caseId: string; effect: string; kind: string; subject: string }>(
    `SELECT c.id AS caseId, m.value ->> 'effect' AS effect, m.value ->> '$.subject.kind' AS kind, m.value ->> '$.subject.id' AS subject
     FROM cases AS c CROSS JOIN json_each(c.state, '$.members') AS m
     WHERE c.definition = ? AND c.kind = 'escalation' AND c.status IN ('open', 'blocked')`,
    [definition],
  );
  return new Map(rows.map(({ caseId, effect, kind, subject }) => [`${kind}:${subject}`, { caseId, effect }]));
}
