import { type AnyStateMachine, assign, createMachine } from "xstate";
import type { Join } from "../steps/shapes.ts";
import type { Context, MemberMemory, StepMemory } from "./context.ts";
import { freshContext } from "./context.ts";
import { frame } from "./frame.ts";
import { joined } from "./joins.ts";
import type { MachineConfig } from "./lower.ts";
import { withMoves } from "./moves.ts";
import type { SourceMap } from "./source-map.ts";

/** How many microsteps one event may cause: a cycle that nothing stops ends as an incident and never hangs the process. */
export const MAX_ITERATIONS = 1000;

/** The way, and the frame that must not have come to its end. */
type At = { at: string; unfinished?: string };
type Of = { step: string; event: string };
type Args = { context: Context };

/** Builds the XState machine that runs: the config, with named guards and actions that ask the evaluation frame. */
export function machineOf(config: MachineConfig, map: SourceMap): AnyStateMachine {
  const may = (context: Context, { at, unfinished }: At): boolean => {
    if (unfinished !== undefined && isFinished(map, context, unfinished)) return false;
    const way = map.ways.get(at)!;
    if (way.limit !== null && (context.counts[at] ?? 0) >= way.limit) return false;
    return way.when === undefined || frame().holds(way, context);
  };

  /** The ways that have a bound, by the event they answer to. */
  const bounded = Map.groupBy(
    [...map.ways.values()].filter((way) => way.limit !== null),
    (way) => `${way.from}.${way.event}`,
  );

  const guards = {
    may: ({ context }: Args, at: At) => may(context, at),
    decides: ({ context }: Args, { step, event, ...at }: Of & At) =>
      frame().decide(step, context) === event && may(context, at),
    ended: ({ context }: Args, { step, event, ...at }: Of & At) =>
      endOf(map, context, step) === event && may(context, at),
    joined: ({ context }: Args, { step, event, ...at }: Of & At) =>
      joinOf(map, context, step) === event && may(context, at),
    exhausted: ({ context }: Args, { step, event }: Of) =>
      (bounded.get(`${step}.${event}`) ?? []).some(
        (way) =>
          way.limit !== null &&
          (context.counts[way.key] ?? 0) >= way.limit &&
          (way.when === undefined || frame().holds(way, context)),
      ),
  };

  const actions = {
    enter: assign(({ context }: Args, { step }: { step: string }) => ({
      steps: { ...context.steps, [step]: entered(context.steps[step]) },
      ...(map.steps.get(step)?.step.kind === "group" || map.steps.get(step)?.step.kind === "parallel"
        ? { ends: { ...context.ends, [step]: {} } }
        : {}),
    })),
    take: assign(({ context }: Args, { at }: At) => {
      const way = map.ways.get(at)!;
      frame().took(way);
      const steps = remembered(context, way.from, way.event);
      const counts = way.limit === null ? context.counts : { ...context.counts, [at]: (context.counts[at] ?? 0) + 1 };
      const data = way.set ? { ...context.data, ...frame().values(at, way.set, { ...context, steps }) } : context.data;
      return { steps, counts, data };
    }),
    members: assign(({ context }: Args, { step }: { step: string }) => ({
      members: {
        ...context.members,
        [step]: Object.fromEntries(
          frame()
            .members(step, context)
            .map((person) => [person, {}]),
        ),
      },
    })),
    member: assign(({ context }: Args, { step }: { step: string }) => {
      const who = frame().member(step);
      if (who === undefined) return {};
      const said = { ...frame().answered(step), at: frame().now };
      return { members: { ...context.members, [step]: { ...context.members[step], [who]: said } } };
    }),
    exhausted: assign(({ context }: Args, { step, event }: Of) => {
      frame().exhausted(step, event);
      return { steps: remembered(context, step, event) };
    }),
    end: assign(({ context }: Args, params: { frame: string; branch: string; outcome: string }) => ({
      ends: { ...context.ends, [params.frame]: { ...context.ends[params.frame], [params.branch]: params.outcome } },
    })),
    put: assign(({ context }: Args) => ({ data: { ...context.data, ...frame().given() } })),
    flag: assign(({ context }: Args, { step }: { step: string }) => ({
      steps: { ...context.steps, [step]: { ...context.steps[step]!, flagged: true } },
    })),
    set: assign(({ context }: Args, { step }: { step: string }) => {
      const info = map.steps.get(step)?.step;
      if (info?.kind !== "record" || !info.set) return {};
      return { data: { ...context.data, ...frame().values(`${step}.set`, info.set, context) } };
    }),
  };

  // The delay itself is asked of the frame when the timer is armed (execute/advance): XState asks for delays more often.
  const delays = Object.fromEntries([...map.clocks.keys()].map((key) => [key, 1]));
  const machine = {
    ...withMoves(config, map),
    options: { maxIterations: MAX_ITERATIONS },
    context: ({ input }: { input: Context }) => input ?? freshContext({}),
  };
  return createMachine(machine as never, { guards, actions, delays } as never) as unknown as AnyStateMachine;
}

function entered(memory: StepMemory | undefined): StepMemory {
  return { visits: (memory?.visits ?? 0) + 1, enteredAt: frame().now };
}

function remembered(context: Context, step: string, event: string): Context["steps"] {
  const said = frame().answered(step);
  const memory = {
    ...(context.steps[step] ?? { visits: 0, enteredAt: frame().now }),
    outcome: event,
    at: frame().now,
    by: null,
  };
  // Of many, nobody's word alone is the step's: the join says how it ended.
  return { ...context.steps, [step]: said && !context.members[step] ? { ...memory, ...said } : memory };
}

/** The outcome of the end that a group has reached, as one of the events it draws; undefined while it goes on. */
function endOf(map: SourceMap, context: Context, step: string): string | undefined {
  const outcome = context.ends[step]?.[""];
  if (outcome === undefined) return undefined;
  const info = map.steps.get(step)?.step;
  return info?.kind === "group" && info.on[outcome] === undefined ? "done" : outcome;
}

/** Whether a frame was left because the ends inside it had been reached. */
const isFinished = (map: SourceMap, context: Context, step: string): boolean =>
  endOf(map, context, step) !== undefined || joinOf(map, context, step) !== undefined;

function joinOf(map: SourceMap, context: Context, step: string): string | undefined {
  const info = map.steps.get(step)?.step;
  if (info === undefined || info.kind === "end") return undefined;
  if ("each" in info && info.each) return joinOfMembers(info, context.members[step] ?? {});
  if (info.kind !== "parallel") return undefined;
  const ends = Object.values(context.ends[step] ?? {});
  const drawn = new Set(Object.keys(info.on));
  const event = joined(info.join ?? "all", ends, Object.keys(info.branches).length, drawn);
  return event;
}

/** Nobody at all joins nothing: the step then blocks visibly, unless it is optional. */
function joinOfMembers(
  step: { join?: Join; optional?: boolean; on: Record<string, unknown> },
  members: Record<string, MemberMemory>,
): string | undefined {
  const all = Object.values(members);
  if (all.length === 0) return step.optional ? "done" : undefined;
  const ends = all.flatMap((member) => member.outcome ?? []);
  return joined(step.join ?? "all", ends, all.length, new Set(Object.keys(step.on)));
}
