import type { Catalogue } from "../definition/catalogue.ts";
import type { Workflow } from "../definition/workflow.ts";
import type { JournalEntry } from "../execute/journal.ts";
import type { Simulation } from "../execute/simulate.ts";
import { wordingOf } from "../outline/wording.ts";
import { wayInWords } from "../outline/workflow-outline.ts";
import { drawnWays, placedSteps } from "../steps/placed-steps.ts";

/** A drawn way onward, and the stories that took it. */
export interface Walked {
  /** JSON Pointer of the transition. */
  path: string;
  from: string;
  to: string;
  event: string;
  /** The key under which a journal keeps whether its condition held. */
  key: string;
  guarded: boolean;
  /** `Self review, when due, to Reminder`. */
  words: string;
  /** Stories that took it, by their place. */
  walkedIn: number[];
}

/** Every transition that is drawn in a workflow, taken by nobody yet. */
export function waysOf(workflow: Workflow, catalogue: Catalogue): Walked[] {
  const wording = wordingOf(workflow, catalogue);
  return placedSteps(workflow).all.flatMap((placed) =>
    drawnWays(placed).flatMap((way): Walked[] => {
      const target = placed.scope.steps.get(way.transition.to);
      if (!target) return [];
      const said = wayInWords(way, wording);
      return [
        {
          path: way.path,
          from: placed.id,
          to: target.id,
          event: way.event,
          key: `${placed.id}.${way.event}.${way.index}`,
          guarded: way.transition.when !== undefined,
          words: [placed.step.title, ...(said ? [said] : []), `to ${target.step.title}`].join(", "),
          walkedIn: [],
        },
      ];
    }),
  );
}

/** The places, among the ways, of those that the cases of a definition took in a simulation. */
export function walkedBy(ways: readonly Walked[], definition: string, { cases }: Simulation): Set<number> {
  const found = new Set<number>();
  for (const { state, journal } of cases) {
    if (state.definition.id !== definition) continue;
    for (const entry of journal)
      for (const taken of entry.taken) for (const at of taking(ways, entry, taken)) found.add(at);
  }
  return found;
}

/** Of several ways between the same two steps, the one whose condition held, else the one that has none. */
function taking(ways: readonly Walked[], entry: JournalEntry, taken: JournalEntry["taken"][number]): number[] {
  const all = ways.flatMap(({ from, to, event }, at) =>
    from === taken.from && to === taken.to && event === taken.event ? [at] : [],
  );
  if (all.length < 2) return all;
  const held = all.filter((at) =>
    entry.tape.some(({ ask, key, answer }) => ask === "verdict" && key === ways[at]?.key && answer === true),
  );
  return held.length > 0 ? held.slice(0, 1) : all.filter((at) => !ways[at]?.guarded).slice(0, 1);
}
