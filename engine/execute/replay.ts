import type { Compiled } from "../compile/compile.ts";
import { apply } from "./apply.ts";
import type { JournalEntry } from "./journal.ts";
import { unstarted } from "./start.ts";
import type { CaseState } from "./state.ts";
import { replayingTape } from "./tape.ts";

/**
 * Folds a journal to the state it led to, canonically equal to the stored one, without reading a fact, a rule or the
 * organisation again. Throws where the journal is not this definition's, is out of order, or has a gap.
 */
export function replay(compiled: Compiled, entries: readonly JournalEntry[]): CaseState {
  const [first] = entries;
  if (first?.event.type !== "start") throw new Error("a journal begins with the start of its case");
  let state = unstarted(first.event, first.at);
  for (const entry of entries) {
    if (entry.seq !== state.revision + 1)
      throw new Error(`the journal goes from entry ${state.revision} to ${entry.seq}`);
    const { draft } = apply(compiled, state, entry.event, null, entry.at, replayingTape(entry.tape));
    state = draft.state;
  }
  return state;
}
