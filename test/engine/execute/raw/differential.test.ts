import fc from "fast-check";
import { expect, it } from "vitest";
import { type AnyMachineSnapshot, createActor, createMachine, SimulatedClock } from "xstate";
import { rawMachine } from "#engine";
import { rawActions } from "#engine/execute/raw/actions.ts";
import { checkConfig } from "#engine/execute/raw/config.ts";
import { evaluate, type Scope } from "#engine/execute/raw/expression.ts";
import type { MachineState, RawMachine } from "#engine/execute/raw/raw-machine.ts";
import type { MachineStep } from "#engine/execute/raw/run.ts";
import { EVENTS, randomMachine } from "./random-machine.ts";

const LONG = process.env.RONDO_LONG === "1";
const RUNS = LONG ? 100_000 : 120;
/** How long it may go on, also in search of a smaller machine that differs: the long one wants some half an hour. */
const MINUTES = Number(process.env.RONDO_MINUTES ?? (LONG ? 60 : 1));

/** Where a machine stands and what it knows, at the beginning and after each step. */
type Path = { active: string[]; context: unknown }[];

const script = fc.array(
  fc.record(
    {
      after: fc.constantFrom(0, 1, 3, 8),
      event: fc.record(
        { type: fc.constantFrom(...EVENTS), data: fc.record({ n: fc.constantFrom(0, 1, 2) }) },
        { requiredKeys: ["type"] },
      ),
    },
    { requiredKeys: ["after"] },
  ),
  { minLength: 2, maxLength: 8 },
);

/** By ours: after each step the machine is one text, from which a machine that is built anew goes on. */
function stopped(config: object, steps: readonly MachineStep[]): Path {
  let text = "";
  const look = (machine: RawMachine, state: MachineState) => {
    text = JSON.stringify(state);
    const kept = JSON.parse(text) as MachineState;
    return { active: machine.active(kept), context: machine.context(kept) };
  };
  const after = ({ after = 0, event }: MachineStep) => {
    const machine = rawMachine(config);
    const state = JSON.parse(text) as MachineState;
    const at = state.at + after;
    return look(machine, event ? machine.advance(state, event, at) : machine.advanceTo(state, at));
  };
  const first = rawMachine(config);
  return [look(first, first.start(0)), ...steps.map(after)];
}

/**
 * The same by a live actor of XState that is never stopped, on a clock that goes millisecond by millisecond. Null where two
 * timers had one id, as where a way leads into its own state without leaving it: there XState forgets the first of them and
 * cannot cancel it any more, and ours cancels both (as SCXML says, 6.3).
 */
function live(config: object, steps: readonly MachineStep[]): Path | null {
  const { config: read, idOf } = checkConfig(config);
  const machine = createMachine(
    { ...read, options: { maxIterations: 1000 } } as never,
    {
      actions: rawActions(idOf),
      guards: {
        expr: (
          { context, event }: Pick<Scope, "context" | "event">,
          { expression, active }: { expression: unknown; active: string[] },
        ) => Boolean(evaluate(expression, { context, event, active: (state) => active.includes(state) })),
      },
    } as never,
  );
  const clock = new SimulatedClock();
  let failed: unknown;
  const actor = createActor(machine, { clock });
  actor.subscribe({ error: (cause) => (failed ??= cause) });
  const look = () => {
    if (failed !== undefined) throw failed;
    const { _nodes: nodes, context } = actor.getSnapshot() as AnyMachineSnapshot;
    const leaves = nodes.filter(({ type }) => type === "atomic" || type === "final");
    return { active: leaves.map(({ id }) => id).sort(), context };
  };
  const { timeouts } = clock as unknown as { timeouts: Map<number, { start: number; timeout: number }> };
  /** Answers whether every timer is known by its id. */
  const settle = () => {
    // What is sent at once is a timer of no milliseconds, and may send again.
    while ([...timeouts.values()].some(({ start, timeout }) => start + timeout <= clock.now())) clock.increment(0);
    return timeouts.size <= Object.keys(actor.system.getSnapshot()._scheduledEvents).length;
  };
  actor.start();
  if (!settle()) return null;
  const path = [look()];
  for (const { after = 0, event } of steps) {
    for (let ms = 0; ms < after; ms++) {
      clock.increment(1);
      if (!settle()) return null;
    }
    if (event && actor.getSnapshot().status === "active") actor.send(event);
    if (!settle()) return null;
    path.push(look());
  }
  return path;
}

it(`R40, R41, R42: ${RUNS} random machines go where XState's own living actor goes and know what it knows, though stopped and restored before every event`, () => {
  let compared = 0;
  let moved = 0;
  let left = 0;
  fc.assert(
    fc.property(randomMachine, script, (machine, steps) => {
      const living = live(machine, steps);
      if (living === null) {
        left += 1;
        return;
      }
      expect(stopped(machine, steps)).toEqual(living);
      compared += 1;
      if (new Set(living.map(({ active }) => active.join())).size > 1) moved += 1;
    }),
    {
      numRuns: RUNS,
      interruptAfterTimeLimit: MINUTES * 60_000,
      ...(process.env.RONDO_SEED ? { seed: Number(process.env.RONDO_SEED) } : {}),
    },
  );
  if (LONG) process.stdout.write(`${compared} machines compared, of which ${moved} moved; ${left} left out\n`);
  // Machines that stand still would agree about anything.
  expect(moved).toBeGreaterThan(compared * 0.4);
  expect(left).toBeLessThan((compared + left) * 0.1);
}, 7_200_000);
