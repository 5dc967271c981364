import { type AnyMachineSnapshot, type AnyStateMachine, createMachine } from "xstate";
import { error, IssuesError } from "../../words/issue.ts";
import { canonical, type Json } from "../../words/json.ts";
import { sha256 } from "../../words/sha256.ts";
import { firstStep, nextStep, type Returned } from "../pure-step.ts";
import { rawActions } from "./actions.ts";
import { checkConfig } from "./config.ts";
import { fromExactJson, toExactJson } from "./exact-json.ts";
import { evaluate } from "./expression.ts";
import { readSnapshot, writeSnapshot } from "./stored.ts";

/** More steps than this without rest are a cycle that waits for nothing. */
const MOST_STEPS = 1000;
/** So many timers fire in one call, at most. */
const MOST_FIRED = 100_000;

/** An event of a raw machine: a type and whatever else is JSON. */
export interface MachineEvent {
  type: string;
  [field: string]: Json;
}

/** An event that is still to come: data, as every timer. */
export interface MachineTimer {
  /** What `cancel` names; several may have the same. */
  id: string | null;
  seq: number;
  /** Epoch milliseconds. */
  dueAt: number;
  /** As `exact-json.ts` writes it. */
  event: Json;
}

/** A raw machine as plain JSON: written down after one event and read before the next, it goes on as if never stopped. */
export interface MachineState {
  /** SHA-256 of the config: a state is only taken back by the machine it is of. */
  machine: string;
  /** Until when it has lived, epoch milliseconds. */
  at: number;
  status: "active" | "done";
  snapshot: Json;
  /** In the order of (due, seq). */
  timers: MachineTimer[];
  /** Last seq given out. */
  seq: number;
}

/** A raw XState machine that runs from data to data. */
export interface RawMachine {
  /** The first state, once everything that is due at `at` has happened. Throws where entering it throws. */
  start(at: number): MachineState;
  /**
   * The state after an event at an instant: what was due until then happens first, in the order of (due, seq). An event that
   * nothing accepts changes nothing; a time before the state's own counts as that. Throws where a guard or an action does, or
   * where the machine finds no rest: the state handed in still stands.
   */
  advance(state: MachineState, event: MachineEvent, at: number): MachineState;
  /** The state at an instant, after all that was due until then. */
  advanceTo(state: MachineState, at: number): MachineState;
  /** When the next timer is due; undefined where none is armed. */
  nextDue(state: MachineState): number | undefined;
  /** Ids of the active states that hold no other, sorted; a state without an id is named by its key. */
  active(state: MachineState): string[];
  /** The context. */
  context(state: MachineState): Record<string, unknown>;
}

/**
 * A machine from a plain XState v5 config whose actions are raise, send, cancel, assign, log and choose, and whose guards are
 * expressions (`README.md` has the vocabulary). No actor is ever alive: between two events there is only the state. Throws an
 * IssuesError with every mistake that can be seen in the config.
 */
export function rawMachine(config: unknown): RawMachine {
  const { config: read, issues, idOf } = checkConfig(config);
  if (issues.length > 0) throw new IssuesError(issues);
  const hash = sha256(canonical(config));
  const machine = build(read, idOf);
  const restored = (state: MachineState): AnyMachineSnapshot => {
    if (state.machine !== hash) throw new Error("this state is of another machine");
    return readSnapshot(machine, state.snapshot);
  };
  const settled = (state: MachineState, until: number): MachineState => {
    let current = state;
    let fired = 0;
    for (let again = 0; ; ) {
      const [timer, ...timers] = current.timers;
      if (!timer || timer.dueAt > until) break;
      const at = Math.max(current.at, timer.dueAt);
      if (at > current.at) again = 0;
      current = step({ ...current, timers, at }, fromExactJson(timer.event) as MachineEvent);
      if (current.timers.length > timers.length && current.timers[0]!.dueAt <= at) again += 1;
      fired += 1;
      if (again > MOST_STEPS)
        throw new Error(`more than ${MOST_STEPS} events without rest: the machine sends itself events in a circle`);
      if (fired > MOST_FIRED)
        throw new Error(`more than ${MOST_FIRED} timers until ${until}: go there in shorter steps`);
    }
    return { ...current, at: Math.max(current.at, until) };
  };
  const step = (state: MachineState, event: MachineEvent): MachineState => {
    if (state.status === "done") return state;
    const [snapshot, actions] = nextStep(machine, restored(state), event);
    return after(machine, snapshot, actions, state);
  };
  return {
    start: (at) => {
      const [snapshot, actions] = firstStep(machine, undefined);
      if (snapshot.status === "error") throw snapshot.error;
      const empty: MachineState = { machine: hash, at, status: "active", snapshot: null, timers: [], seq: 0 };
      return settled(after(machine, snapshot, actions, empty), at);
    },
    advance: (state, event, at) => {
      const now = Math.max(at, state.at);
      return settled(step(settled(state, now), event), now);
    },
    advanceTo: (state, at) => settled(state, Math.max(at, state.at)),
    nextDue: (state) => state.timers[0]?.dueAt,
    active: (state) =>
      restored(state)
        ._nodes.filter(({ type }) => type === "atomic" || type === "final")
        .map(({ config: { id }, key }) => id ?? key)
        .sort(),
    context: (state) => restored(state).context as Record<string, unknown>,
  };
}

function build(config: Record<string, unknown>, idOf: (state: string) => string): AnyStateMachine {
  const implementations = {
    actions: rawActions(idOf),
    guards: {
      expr: (
        { context, event }: { context: Record<string, unknown>; event: Record<string, unknown> },
        { expression, active }: { expression: unknown; active: string[] },
      ) => Boolean(evaluate(expression, { context, event, active: (state) => active.includes(state) })),
    },
  };
  try {
    const machine = createMachine(
      { ...config, options: { maxIterations: MOST_STEPS } } as never,
      implementations as never,
    );
    const visit = (node: AnyStateMachine["root"]): void => {
      // XState looks an initial state up when it is first entered: a wrong one is a mistake of the config.
      if (node.type === "compound") void node.initial;
      for (const child of Object.values(node.states)) visit(child);
    };
    visit(machine.root as never);
    return machine as unknown as AnyStateMachine;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new IssuesError([error("no-machine", "", message)]);
  }
}

/** What a step left behind, with the timers that it armed and cancelled, in the order in which it did. */
function after(
  machine: AnyStateMachine,
  snapshot: AnyMachineSnapshot,
  actions: readonly Returned[],
  before: MachineState,
): MachineState {
  let { seq } = before;
  let timers = before.timers;
  for (const { type, params } of actions) {
    const { event, id, delay, sendId } = (params ?? {}) as {
      event?: MachineEvent;
      id?: string;
      delay?: number;
      sendId?: string;
    };
    if (type === "xstate.cancel") timers = timers.filter((timer) => timer.id !== sendId);
    if (type !== "xstate.raise" || delay === undefined) continue;
    seq += 1;
    timers = [...timers, { id: id ?? null, seq, dueAt: before.at + delay, event: toExactJson(event) }];
  }
  const status = snapshot.status === "done" ? "done" : "active";
  return {
    ...before,
    seq,
    status,
    snapshot: writeSnapshot(machine, snapshot),
    timers: status === "done" ? [] : timers.toSorted((a, b) => a.dueAt - b.dueAt || a.seq - b.seq),
  };
}
