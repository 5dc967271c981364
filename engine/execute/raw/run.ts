import { type MachineEvent, type MachineState, rawMachine } from "./raw-machine.ts";

/** One thing that happens to a machine: so many milliseconds pass, then an event comes (or only time passes). */
export interface MachineStep {
  after?: number;
  event?: MachineEvent;
}

/** The active states at the beginning and after each step, sorted. */
export interface MachineRun {
  initial: string[];
  steps: string[][];
}

/**
 * Runs a raw machine through what happens to it. The machine is stopped after every step: what is left is one text, from which
 * a machine that is built anew goes on.
 */
export function runMachine(config: unknown, script: readonly MachineStep[]): MachineRun {
  const first = rawMachine(config);
  let stored = JSON.stringify(first.start(0));
  const initial = first.active(JSON.parse(stored) as MachineState);
  const steps = script.map(({ after = 0, event }) => {
    const machine = rawMachine(config);
    const state = JSON.parse(stored) as MachineState;
    const at = state.at + after;
    const next = event ? machine.advance(state, event, at) : machine.advanceTo(state, at);
    stored = JSON.stringify(next);
    return machine.active(next);
  });
  return { initial, steps };
}
