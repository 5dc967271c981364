import type { JournalEntry } from "../execute/journal.ts";
import type { Stage } from "./stage.ts";

/**
 * The journals of all cases of a stage, by the case's name in the story: what two stages must agree on when they tell the same
 * story. The ids that a runtime gives are replaced by names (`case-1` for the first that was begun; a child is named by the
 * effect that began it), and the pinned version, which a simulation of drafts has not, is left out.
 *
 * @param names the case's name by its id, where the stage gives ids of its own
 */
export async function comparableJournals(
  stage: Stage,
  names: ReadonlyMap<string, string> = new Map(),
): Promise<Record<string, JournalEntry[]>> {
  const longestFirst = [...names].sort(([a], [b]) => b.length - a.length);
  const named = (text: string) => longestFirst.reduce((all, [id, name]) => all.replaceAll(id, name), text);
  const journals: Record<string, JournalEntry[]> = {};
  for (const { state, journal } of await stage.cases()) {
    const entries = JSON.parse(named(JSON.stringify(journal))) as JournalEntry[];
    journals[names.get(state.id) ?? state.id] = entries.map(withoutVersion);
  }
  return journals;
}

function withoutVersion(entry: JournalEntry): JournalEntry {
  if (entry.event.type !== "start") return entry;
  const { kind, id } = entry.event.definition;
  return { ...entry, event: { ...entry.event, definition: { kind, id, version: 0, hash: "" } } };
}
