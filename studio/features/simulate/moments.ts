import type { CaseEvent } from "#engine/execute/journal.ts";
import { isLook } from "#engine/execute/looks.ts";
import type { SimulatedCase, Simulation } from "#engine/execute/simulate.ts";
import { activeLeaves } from "#engine/execute/snapshot.ts";

/** One moment of a simulation that one can go back to, with what led to it. */
export interface Moment {
  simulation: Simulation;
  label: string;
  /** What was done to a case; absent where only time went on. */
  did?: { caseId: string; event: CaseEvent };
}

/** All moments so far and the one that is looked at. Acting from an earlier one forgets what came after it. */
export interface Run {
  moments: readonly Moment[];
  at: number;
}

export const startRun = (simulation: Simulation): Run => ({ moments: [{ simulation, label: "Start" }], at: 0 });

/** The run after something happened at the moment that is looked at. */
export function happened(run: Run, moment: Moment): Run {
  const moments = [...run.moments.slice(0, run.at + 1), moment];
  return { moments, at: moments.length - 1 };
}

export const goTo = (run: Run, at: number): Run => ({ ...run, at: Math.max(0, Math.min(at, run.moments.length - 1)) });

/** Where a simulated case stands and how it came there, for the drawing. */
export function pathOf(one: SimulatedCase): {
  active: string[];
  visited: string[];
  taken: { from: string; to: string; event: string; at: number }[];
  timers: { step: string; title: string; dueAt: number }[];
} {
  const last = one.journal.at(-1);
  const closed = one.state.status === "closed" || one.state.status === "cancelled";
  const taken = one.journal.flatMap((entry) => entry.taken.map((way) => ({ ...way, at: entry.at })));
  const active = closed || !last ? [] : activeLeaves(one.compiled, last.active);
  const visited = new Set(one.journal.flatMap((entry) => entry.active));
  for (const way of taken) {
    visited.add(way.from);
    visited.add(way.to);
  }
  // A timer that only looks whether a clock goes on is nobody's due date.
  const timers = Object.values(one.state.timers).filter((timer) => !isLook(timer.id));
  return { active, visited: [...visited], taken, timers };
}

/** The name of a person, or the id of one that nobody knows. */
export const nameIn = (simulation: Simulation, person: string) => simulation.setup.world.directory.nameOf(person);
