import type { AnyMachineSnapshot, AnyStateMachine } from "xstate";
import type { Json } from "../../words/json.ts";
import { persistedSnapshot, restoredSnapshot } from "../snapshot.ts";
import { fromExactJson, toExactJson } from "./exact-json.ts";
import { exactId } from "./names.ts";

type Members = { [key: string]: Json };

/**
 * A snapshot as plain JSON from which `readSnapshot` makes the very same again. What XState writes down itself forgets three
 * things: the order in which the active states were entered (in which it takes transitions without an event), numbers that
 * JSON cannot spell, and, when it reads, the history of a state with a dot in its id.
 */
export function writeSnapshot(machine: AnyStateMachine, snapshot: AnyMachineSnapshot): Json {
  const { context, ...rest } = persistedSnapshot(machine, snapshot) as Members;
  return { ...rest, context: toExactJson(context), order: snapshot._nodes.map(({ id }) => id) };
}

/** The snapshot again. Throws where it stands in a state that the machine does not have. */
export function readSnapshot(machine: AnyStateMachine, stored: Json): AnyMachineSnapshot {
  const { context, order, historyValue, ...rest } = stored as Members;
  const history = Object.entries((historyValue ?? {}) as Record<string, { id: string }[]>);
  const snapshot = restoredSnapshot(machine, {
    ...rest,
    context: fromExactJson(context ?? {}),
    historyValue: Object.fromEntries(
      history.map(([id, states]) => [id, states.map(({ id }) => ({ id: exactId(id) }))]),
    ),
  });
  // XState finds the active states by their value; as they were is also right where several targets left it standing oddly.
  const nodes = (order as string[]).map((id) => machine.getStateNodeById(exactId(id)));
  return { ...snapshot, value: rest.value, _nodes: nodes } as AnyMachineSnapshot;
}
