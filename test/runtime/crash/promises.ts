import type { Database } from "../../../runtime/db/client.ts";
import type { PatientClient } from "./patient-client.ts";

/** What the store holds at the end, counted. */
export async function figuresOf(db: Database) {
  const [row] = await db.read<Record<string, number>>(
    `SELECT (SELECT count(*) FROM journal WHERE type = 'transfer') AS transfers,
            (SELECT count(*) FROM journal WHERE type = 'complete') AS completed,
            (SELECT count(*) FROM journal WHERE type = 'timer') AS timers,
            (SELECT count(*) FROM journal) AS entries,
            (SELECT count(*) FROM cases) AS cases,
            (SELECT count(*) FROM cases WHERE definition = 'question') AS questions,
            (SELECT count(*) FROM cases WHERE parent IS NOT NULL) AS children,
            (SELECT count(*) FROM cases WHERE status = 'closed') AS closed,
            (SELECT count(*) FROM records) AS records,
            (SELECT count(*) FROM inbox) AS inbox,
            (SELECT count(*) FROM outbox) AS effects`,
  );
  return row!;
}

/**
 * Which promises of a server that was killed the store does not keep, in words: what was acknowledged is in a journal once,
 * no key opened two cases, each effect is done and was received by one id, and timers fired once, those due first before others.
 */
export async function brokenPromises(db: Database, client: PatientClient, calls: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  const rows = <Row>(sql: string) => db.read<Row>(sql);

  const applied = await rows<{ marker: string; n: number }>(
    `SELECT coalesce(json_extract(entry, '$.event.reason'), json_extract(entry, '$.event.comment')) AS marker, count(*) AS n
     FROM journal WHERE type IN ('transfer', 'complete') GROUP BY 1`,
  );
  for (const { marker, n } of applied) if (n !== 1) found.push(`${marker} was applied ${n} times`);
  const markers = new Set(applied.map(({ marker }) => marker));
  for (const [key, { path, answer }] of client.answered) {
    if (path.endsWith("/commands") && !markers.has(key)) found.push(`${key} was acknowledged and is lost`);
    if (path === "/api/cases") {
      const { caseId } = JSON.parse(answer) as { caseId: string };
      const [row] = await db.read("SELECT id FROM cases WHERE id = ?", [caseId]);
      if (!row) found.push(`the case ${caseId} was acknowledged and is lost`);
    }
  }
  for (const marker of markers) if (!client.answered.has(marker)) found.push(`${marker} was applied, never answered`);

  for (const { key, n } of await rows<{ key: string; n: number }>(
    "SELECT definition || ' ' || key AS key, count(*) AS n FROM cases WHERE key IS NOT NULL GROUP BY 1 HAVING n > 1",
  ))
    found.push(`${n} cases have the key ${key}`);
  for (const { parent, n } of await rows<{ parent: string; n: number }>(
    "SELECT parent, count(*) AS n FROM cases WHERE parent IS NOT NULL GROUP BY 1 HAVING n > 1",
  ))
    found.push(`${parent} has ${n} children where it asked for one`);
  for (const { status, n } of await rows<{ status: string; n: number }>(
    "SELECT status, count(*) AS n FROM outbox WHERE status <> 'done' GROUP BY 1",
  ))
    found.push(`${n} effects are ${status}`);
  for (const { about, n } of await rows<{ about: string; n: number }>(
    "SELECT json_extract(entry, '$.event.effect') AS about, count(*) AS n FROM journal WHERE type = 'answer' GROUP BY 1 HAVING n > 1",
  ))
    found.push(`the effect ${about} was answered ${n} times`);

  // A call may be received twice after a kill, then with the same id: never two ids of one effect, never one without a call.
  const asked = (await rows<{ id: string }>("SELECT id FROM outbox WHERE kind = 'call'")).map(({ id }) => id);
  const received = new Set(calls);
  for (const id of asked) if (!received.delete(id)) found.push(`the call ${id} was never received`);
  for (const id of received) found.push(`a call ${id} was received that nobody asked for`);

  // Everybody who ever had a task was told of it once; what was told is about a task that is there.
  const [told] = await rows<{ lost: number; foreign: number }>(
    `SELECT (SELECT count(*) FROM tasks AS t WHERE NOT EXISTS (SELECT 1 FROM inbox AS i WHERE i.task = t.id)) AS lost,
            (SELECT count(*) FROM inbox AS i WHERE i.task IS NOT NULL AND NOT EXISTS (SELECT 1 FROM tasks AS t WHERE t.id = i.task)) AS 'foreign'`,
  );
  if (told!.lost > 0) found.push(`nobody was told of ${told!.lost} tasks`);
  if (told!.foreign > 0) found.push(`${told!.foreign} messages are about tasks that are not there`);
  for (const { person, task, n } of await rows<{ person: string; task: string; n: number }>(
    "SELECT person, task, count(*) AS n FROM inbox WHERE task IS NOT NULL AND kind = 'task' GROUP BY 1, 2, title HAVING n > 1 AND task NOT IN (SELECT json_extract(entry, '$.event.task') FROM journal WHERE type = 'transfer')",
  ))
    found.push(`${person} was told ${n} times of ${task}`);

  let last = 0;
  const fired = new Set<string>();
  for (const { caseId, timer, dueAt, at } of await rows<{ caseId: string; timer: string; dueAt: number; at: number }>(
    `SELECT case_id AS caseId, json_extract(entry, '$.event.timer') || '/' || json_extract(entry, '$.event.generation') AS timer,
            due_at AS dueAt, at FROM journal WHERE type = 'timer' ORDER BY rowid`,
  )) {
    if (fired.has(`${caseId} ${timer}`)) found.push(`${timer} of ${caseId} fired twice`);
    fired.add(`${caseId} ${timer}`);
    if (dueAt < last) found.push(`${timer} of ${caseId} was due at ${dueAt} and fired after one due at ${last}`);
    if (at < dueAt) found.push(`${timer} of ${caseId} fired before its time`);
    last = Math.max(last, dueAt);
  }
  return found;
}
