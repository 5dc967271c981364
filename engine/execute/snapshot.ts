import { type AnyMachineSnapshot, type AnyStateMachine, createActor } from "xstate";
import type { Compiled } from "../compile/compile.ts";
import type { Context } from "../compile/context.ts";
import { kindOf } from "../steps/registry.ts";
import type { Json } from "../words/json.ts";
import type { CaseState } from "./state.ts";

/**
 * Restores a stored snapshot: an actor that is never started, since `resolveState` loses history. Throws where the snapshot
 * belongs to another definition or version: XState itself would take it.
 */
export function restore(compiled: Compiled, state: CaseState): AnyMachineSnapshot {
  if (state.definition.hash !== compiled.hash) {
    throw new Error(
      `case ${state.id} runs ${state.definition.id} ${state.definition.hash.slice(0, 8)}, not ${compiled.hash.slice(0, 8)}`,
    );
  }
  return restoredSnapshot(compiled.machine, state.machine);
}

/**
 * A machine's snapshot from what `persistedSnapshot` made of it, history included. Throws where it stands in a state that the
 * machine does not have: XState itself would fail later and say nothing of the place.
 */
export function restoredSnapshot(machine: AnyStateMachine, stored: unknown): AnyMachineSnapshot {
  const missing = missingState(machine.root, (stored as { value?: unknown }).value);
  if (missing) throw new Error(`the snapshot stands in ${missing}, which is no state of this machine`);
  return createActor(machine, { snapshot: stored as never }).getSnapshot() as AnyMachineSnapshot;
}

function missingState(node: AnyStateMachine["root"], value: unknown): string | undefined {
  const inner = typeof value === "string" ? { [value]: {} } : ((value ?? {}) as object);
  for (const [key, below] of Object.entries(inner)) {
    const child = node.states[key];
    const missing = child ? missingState(child, below) : [...node.path, key].join("/");
    if (missing) return missing;
  }
  return undefined;
}

/** The snapshot as plain JSON. Contexts are never changed in place, so it shares them instead of copying. */
export const persisted = (compiled: Compiled, snapshot: AnyMachineSnapshot): Json =>
  persistedSnapshot(compiled.machine, snapshot);

/** A machine's snapshot as plain JSON, as long as its context is. */
export function persistedSnapshot(machine: AnyStateMachine, snapshot: AnyMachineSnapshot): Json {
  const whole = Object.entries(machine.getPersistedSnapshot(snapshot));
  return Object.fromEntries(whole.filter(([, part]) => part !== undefined)) as Json;
}

/** The context inside a stored snapshot. */
export function contextOf(state: Pick<CaseState, "machine">): Context {
  return (state.machine as unknown as { context: Context }).context;
}

/** Ids of the steps where a case stands, outer frames included, ends left out. */
export function activeSteps(compiled: Compiled, snapshot: AnyMachineSnapshot): string[] {
  const ids = Object.keys(snapshot.getMeta());
  return ids.filter((id) => {
    const step = compiled.map.steps.get(id)?.step;
    return step !== undefined && step.kind !== "end";
  });
}

/** Of the active steps, those that hold no other: where people see the case stand. */
export function activeLeaves(compiled: Compiled, active: readonly string[]): string[] {
  return active.filter((id) => kindOf(compiled.map.steps.get(id)!.step).waits !== "steps");
}
