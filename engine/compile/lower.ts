import { targetsOf } from "../steps/events.ts";
import type { Act, Frame, Lowering, StateNode, Way } from "../steps/lowering.ts";
import { kindOf, lowerStep, type MachineStep } from "../steps/registry.ts";
import { DEFAULT_MAX_VISITS, transitionList } from "../steps/transition.ts";
import { loopsOf } from "./loops.ts";
import type { SourceMap } from "./source-map.ts";

/** A definition as the compiler takes it: an author's workflow, or what a ladder lowered to. */
export interface Drawing {
  id: string;
  start: string;
  steps: Record<string, MachineStep>;
  /** Of a ladder: the clock that each of its steps counts by. */
  clocks?: ReadonlyMap<string, string>;
}

/** The machine's config, plain JSON that any XState tool opens. */
export interface MachineConfig {
  id: string;
  initial: string;
  states: Record<string, StateNode>;
}

/** Lowers a drawing to a machine config and the map back to the document. */
export function lower(drawing: Drawing): { config: MachineConfig; map: SourceMap } {
  const map: SourceMap = { steps: new Map(), ways: new Map(), clocks: new Map() };
  const closesLoop = unboundedLoops(drawing.steps);
  const returned = returnedTo(drawing.steps);

  const states = (steps: Record<string, MachineStep>, frame: Frame | null): Record<string, StateNode> => {
    const lowering = loweringIn(frame);
    // What undoes a step is no part of the machine: it is carried out when the case is cancelled.
    const undoing = new Set(Object.values(steps).flatMap((step) => ("undo" in step && step.undo ? [step.undo] : [])));
    return Object.fromEntries(
      Object.entries(steps).flatMap(([id, step]) => {
        map.steps.set(id, { id, step, parent: frame?.step ?? null });
        if (undoing.has(id)) return [];
        const node = lowerStep(id, step, lowering);
        return [[id, returned.has(id) && node.states ? withHistory(id, node) : node]];
      }),
    );
  };

  const loweringIn = (frame: Frame | null): Lowering => ({
    frame,
    inside: (steps, inner) => states(steps, inner),
    clock(step, title, purpose, clock, less) {
      const key = `${step}.${purpose}`;
      const ladder = drawing.clocks?.get(step);
      map.clocks.set(key, {
        key,
        step,
        title,
        purpose,
        clock,
        ...(less ? { less } : {}),
        ...(ladder ? { ladder } : {}),
      });
      return key;
    },
    ways: (step, event, on, guard) =>
      transitionList(on[event] ?? []).flatMap((way, position): Way[] => {
        const key = `${step}.${event}.${position}`;
        const limit = way.maxVisits ?? (closesLoop(step, way.to) ? DEFAULT_MAX_VISITS : null);
        map.ways.set(key, { key, from: step, event, to: way.to, when: way.when, set: way.set, limit });
        const take: Act = { type: "take", params: { at: key } };
        const plain = way.when === undefined && limit === null;
        const guarded = guard ?? (plain ? undefined : { type: "may", params: {} });
        const taken: Way = {
          target: `#${way.to}`,
          reenter: true,
          ...(guarded ? { guard: { type: guarded.type, params: { ...guarded.params, at: key } } } : {}),
          actions: [take],
        };
        if (!way.history) return [taken];
        // A frame that came to its end begins anew: where it was left nothing happens any more.
        const { type, params } = guarded ?? { type: "may", params: {} };
        return [
          {
            ...taken,
            target: `#${historyId(way.to)}`,
            guard: { type, params: { ...params, at: key, unfinished: way.to } },
          },
          taken,
        ];
      }),
  });

  const config = { id: `workflow:${drawing.id}`, initial: drawing.start, states: states(drawing.steps, null) };
  return { config, map };
}

/**
 * The ways that close a loop through people of which no way names a bound: those that lead back in the order in which the
 * author wrote the steps. Loops that only time or rules go round have no bound of their own.
 */
function unboundedLoops(steps: Record<string, MachineStep>): (from: string, to: string) => boolean {
  const edges = edgesOf(steps, null, new Map(), true);
  const inLoop = loopsOf(edges);
  const order = new Map([...edges.keys()].map((id, position) => [id, position]));
  const asking = peopleIn(steps);
  return (from, to) =>
    inLoop(from, to) && (order.get(to) ?? 0) <= (order.get(from) ?? 0) && asking.some((step) => inLoop(step, to));
}

function peopleIn(steps: Record<string, MachineStep>): string[] {
  return Object.entries(steps).flatMap(([id, step]) => {
    if (step.kind === "group") return peopleIn(step.steps);
    if (step.kind === "parallel") return Object.values(step.branches).flatMap((branch) => peopleIn(branch.steps));
    return kindOf(step).waits === "people" ? [id] : [];
  });
}

/** Which step leads to which, frames included: a frame leads to its first steps, and an end inside back to its frame. */
export function edgesOf(
  steps: Record<string, MachineStep>,
  around: string | null = null,
  edges = new Map<string, string[]>(),
  /** Leaves out the ways that name a bound. */
  unbounded = false,
): Map<string, string[]> {
  for (const [id, step] of Object.entries(steps)) {
    const targets = step.kind === "end" ? (around ? [around] : []) : targetsOf(step.on, unbounded);
    edges.set(id, targets);
    if (step.kind === "group") {
      targets.push(step.start);
      edgesOf(step.steps, id, edges, unbounded);
    }
    if (step.kind === "parallel") {
      for (const branch of Object.values(step.branches)) {
        targets.push(branch.start);
        edgesOf(branch.steps, id, edges, unbounded);
      }
    }
  }
  return edges;
}

const historyId = (step: string): string => `${step}:history`;

/** Gives a frame the memory of where it was left; entered for the first time it begins where it always does. */
function withHistory(id: string, node: StateNode): StateNode {
  const history: StateNode = { id: historyId(id), type: "history", history: "deep" };
  return { ...node, states: { ...node.states, [HISTORY]: history } };
}

/** No step can be called so. */
const HISTORY = "~history";

/** The frames that some transition goes back into where they were left. */
function returnedTo(steps: Record<string, MachineStep>, found = new Set<string>()): Set<string> {
  for (const step of Object.values(steps)) {
    if (step.kind === "end") continue;
    for (const transition of Object.values(step.on)) {
      for (const way of transitionList(transition)) if (way.history) found.add(way.to);
    }
    if (step.kind === "group") returnedTo(step.steps, found);
    if (step.kind === "parallel") for (const branch of Object.values(step.branches)) returnedTo(branch.steps, found);
  }
  return found;
}
