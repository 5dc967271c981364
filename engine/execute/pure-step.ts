import { type AnyActorScope, type AnyMachineSnapshot, type AnyStateMachine, createActor, createMachine } from "xstate";

/** An action as XState returns it, not yet carried out. */
export interface Returned {
  type: string;
  params?: unknown;
  /** What held when the action was asked for; a later step of the same event may have changed the case since. */
  info?: { context: unknown };
}

/** The actor that actions see as `self`. None of ours look at it, so one that stands for nothing serves every case. */
const nobody = createActor(createMachine({}));

/**
 * XState's `transition` and `initialTransition`, without the actor that they build each time: building it enters the
 * machine's initial state, so that every guard on the way would be asked once more, of an empty case, and would stand on the
 * journal. The steps themselves are XState's own.
 */
function scope(actions: Returned[]): AnyActorScope {
  return {
    self: nobody,
    system: nobody.system,
    id: "",
    sessionId: "",
    logger: () => undefined,
    defer: () => undefined,
    stopChild: () => undefined,
    emit: () => undefined,
    actionExecutor: (action: Returned) => {
      actions.push(action);
    },
  } as unknown as AnyActorScope;
}

/** The first snapshot of a machine and the actions that entering it asks for; an error comes back as its status. */
export function firstStep(machine: AnyStateMachine, input: unknown): [AnyMachineSnapshot, Returned[]] {
  const actions: Returned[] = [];
  return [machine.getInitialSnapshot(scope(actions), input as never) as AnyMachineSnapshot, actions];
}

/** The snapshot after an event and the actions that it asks for. Throws what a guard or an action throws. */
export function nextStep(
  machine: AnyStateMachine,
  snapshot: AnyMachineSnapshot,
  event: { type: string },
): [AnyMachineSnapshot, Returned[]] {
  const actions: Returned[] = [];
  return [machine.transition(snapshot, event as never, scope(actions)) as AnyMachineSnapshot, actions];
}
