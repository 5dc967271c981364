import { replay } from "#engine/execute/replay.ts";
import { canonical } from "#engine/words/json.ts";
import type { EmbeddedHost } from "../../runtime/hosts/embedded.ts";
import { entryHash, GENESIS } from "../../runtime/store/case-lanes.ts";
import { loadCases } from "../../runtime/store/cases-load.ts";
import { readJournal } from "../../runtime/store/journal-read.ts";
import { countOrphans } from "../../runtime/store/orphans.ts";

/**
 * What must hold of a store whatever happened to it: each journal replays to its snapshot, each chain is whole, the tables of
 * timers and tasks say what the snapshots say, no key was applied twice, no case is forgotten. Answers the violations.
 */
export async function violations(host: EmbeddedHost): Promise<string[]> {
  const found: string[] = [];
  const ids = (await host.db.read<{ id: string }>("SELECT id FROM cases")).map(({ id }) => id);
  for (const id of ids) {
    const stored = (await loadCases(host.db, [id])).get(id)!;
    const journal = await readJournal(host.db, id);
    let head = GENESIS;
    for (const { seq, text, previous, hash } of journal) {
      if (previous !== head || entryHash(id, seq, head, text) !== hash) found.push(`${id}/${seq}: the chain is broken`);
      head = hash;
    }
    if (head !== stored.head) found.push(`${id}: the case does not end where its chain ends`);
    const { compiled } = await host.catalogue.pinned(stored.frame.bundle);
    const folded = replay(
      compiled,
      journal.map(({ entry }) => entry),
    );
    if (canonical(folded) !== canonical(stored.state)) found.push(`${id}: the journal does not replay to the snapshot`);
    found.push(
      ...firedOutOfOrder(
        id,
        journal.map(({ entry }) => entry),
      ),
    );
    const timers = await host.db.read<{ id: string; generation: number; dueAt: number }>(
      "SELECT id, generation, due_at AS dueAt FROM timers WHERE case_id = ? ORDER BY id",
      [id],
    );
    const armed = Object.values(stored.state.timers)
      .map(({ id: timer, generation, dueAt }) => ({ id: timer, generation, dueAt }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    if (canonical(timers) !== canonical(armed)) found.push(`${id}: the table of timers differs from the snapshot`);
    const tasks = await host.db.read<{ id: string }>(
      "SELECT id FROM tasks WHERE case_id = ? AND status = 'open' ORDER BY id",
      [id],
    );
    const open = Object.keys(stored.state.tasks).sort();
    if (canonical(tasks.map((task) => task.id)) !== canonical(open))
      found.push(`${id}: the table of tasks differs from the snapshot`);
  }
  const orphans = await countOrphans(host.db);
  if (orphans > 0) found.push(`${orphans} orphans`);
  return found;
}

/** Each timer generation fires once, and those of a case in the order in which they were due. */
function firedOutOfOrder(
  id: string,
  entries: readonly { at: number; dueAt: number | null; event: object }[],
): string[] {
  const fired = new Set<string>();
  const found: string[] = [];
  for (const { event, at, dueAt } of entries) {
    if (!("type" in event) || event.type !== "timer") continue;
    const { timer, generation } = event as unknown as { timer: string; generation: number };
    if (fired.has(`${timer}/${generation}`)) found.push(`${id}: ${timer}/${generation} fired twice`);
    fired.add(`${timer}/${generation}`);
    if (dueAt !== null && at < dueAt) found.push(`${id}: ${timer} fired before its time`);
  }
  return found;
}
