import { setImmediate as nextTurn } from "node:timers/promises";
import type { Database } from "../db/client.ts";

/** How a case ended that another one waits for, on its way to it: an effect of the case that ended. */
const ANSWER = "o.kind = 'answer-parent' AND o.status IN ('waiting', 'sending', 'dead')";

/**
 * The invariant that no case is forgotten: an open case has an open task with somebody to do it, an armed timer, an effect
 * under way, an open child, the answer of one that has ended on its way to it, a clock that somebody has paused, or a place in
 * an open case that many share. A case that is blocked, has an open incident, or whose effect was given up stands on the
 * admins' page and is counted apart.
 */
const ORPHAN = `c.status = 'open'
  AND NOT EXISTS (SELECT 1 FROM tasks AS t JOIN task_people AS p ON p.task = t.id WHERE t.case_id = c.id AND t.status = 'open' AND p.open = 1)
  AND NOT EXISTS (SELECT 1 FROM timers AS t WHERE t.case_id = c.id AND t.parked IS NULL)
  AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.case_id = c.id AND o.status IN ('waiting', 'sending', 'dead'))
  AND NOT EXISTS (SELECT 1 FROM incidents AS i WHERE i.case_id = c.id AND i.resolved_at IS NULL)
  AND NOT EXISTS (SELECT 1 FROM cases AS k WHERE k.parent = c.id AND k.status IN ('open', 'blocked'))
  AND NOT EXISTS (SELECT 1 FROM cases AS k JOIN outbox AS o ON o.case_id = k.id WHERE k.parent = c.id AND ${ANSWER})
  AND NOT EXISTS (SELECT 1 FROM case_members AS m JOIN outbox AS o ON o.case_id = m.case_id
    WHERE m.member = c.id AND m.waits = 1 AND ${ANSWER})
  AND NOT EXISTS (SELECT 1 FROM case_members AS m JOIN cases AS k ON k.id = m.case_id
    WHERE m.member = c.id AND m.waits = 1 AND k.status IN ('open', 'blocked'))
  AND NOT EXISTS (SELECT 1 FROM cases AS s WHERE s.id = c.id AND (json_extract(s.state, '$.halted') IS NOT NULL OR json_extract(s.state, '$.haltedWith') IS NOT NULL
    OR EXISTS (SELECT 1 FROM json_each(s.state, '$.clocks') AS k WHERE json_array_length(k.value, '$.frozen') > 0)))`;

/** Open cases looked at in one statement: some milliseconds. */
const SLICE = 1_000;

/** How many orphans there are: 0, or we have made a mistake. Slice by slice, with room for others in between. */
export async function countOrphans(db: Database): Promise<number> {
  let orphans = 0;
  for (let after = ""; ; ) {
    const [row] = await db.read<{ n: number; last: string | null; seen: number }>(
      `WITH slice AS MATERIALIZED (SELECT id, status FROM cases WHERE status = 'open' AND id > ? ORDER BY id LIMIT ${SLICE})
       SELECT (SELECT count(*) FROM slice AS c WHERE ${ORPHAN}) AS n, max(id) AS last, count(*) AS seen FROM slice`,
      [after],
    );
    orphans += row?.n ?? 0;
    if (!row || row.last === null || row.seen < SLICE) return orphans;
    after = row.last;
    await nextTurn();
  }
}

/** Whether an open case would be one if one of its incidents were closed as it is. */
export async function isOrphanWithout(db: Database, caseId: string, incident: number): Promise<boolean> {
  const without = ORPHAN.replace("i.case_id = c.id AND", "i.case_id = c.id AND i.id <> :incident AND");
  return (
    (await db.read(`SELECT 1 FROM cases AS c WHERE c.id = :caseId AND ${without}`, { caseId, incident })).length > 0
  );
}
