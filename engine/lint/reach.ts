import { drawnWays, type PlacedStep, type Scope } from "../steps/placed-steps.ts";

/** The steps of the same frame that a step leads to. */
export function nextSteps(placed: PlacedStep): PlacedStep[] {
  return drawnWays(placed).flatMap((way) => placed.scope.steps.get(way.transition.to) ?? []);
}

/** The steps of a frame that can be reached from its start. */
export function reachable(scope: Scope): Set<PlacedStep> {
  const start = scope.steps.get(scope.start);
  return start ? closure([start], nextSteps) : new Set();
}

/** The steps of a frame from which some of the given steps can be reached, those included. */
export function leadingTo(scope: Scope, goals: PlacedStep[]): Set<PlacedStep> {
  const before = new Map<PlacedStep, PlacedStep[]>();
  for (const step of scope.steps.values()) {
    for (const next of nextSteps(step)) before.set(next, [...(before.get(next) ?? []), step]);
  }
  return closure(goals, (step) => before.get(step) ?? []);
}

/** Everything found by following `next` from some steps, these included. */
export function closure(from: PlacedStep[], next: (step: PlacedStep) => PlacedStep[]): Set<PlacedStep> {
  const found = new Set(from);
  const open = [...from];
  for (let step = open.pop(); step; step = open.pop()) {
    for (const following of next(step)) {
      if (found.has(following)) continue;
      found.add(following);
      open.push(following);
    }
  }
  return found;
}

/**
 * The loops of a graph: its strongly connected parts that hold more than one step, or one that leads to itself.
 * Tarjan's algorithm, without recursion, so that a chain of thousands of steps cannot overflow the stack.
 */
export function loops(steps: Iterable<PlacedStep>, next: (step: PlacedStep) => PlacedStep[]): PlacedStep[][] {
  const index = new Map<PlacedStep, number>();
  const low = new Map<PlacedStep, number>();
  const stack: PlacedStep[] = [];
  const onStack = new Set<PlacedStep>();
  const found: PlacedStep[][] = [];
  for (const root of steps) {
    if (index.has(root)) continue;
    const calls: { step: PlacedStep; rest: PlacedStep[] }[] = [];
    const enter = (step: PlacedStep) => {
      index.set(step, index.size);
      low.set(step, index.get(step)!);
      stack.push(step);
      onStack.add(step);
      calls.push({ step, rest: next(step) });
    };
    enter(root);
    for (let call = calls.at(-1); call; call = calls.at(-1)) {
      const { step, rest } = call;
      const following = rest.shift();
      if (following === undefined) {
        calls.pop();
        const caller = calls.at(-1)?.step;
        if (caller) low.set(caller, Math.min(low.get(caller)!, low.get(step)!));
        if (low.get(step) === index.get(step)) {
          const part = stack.splice(stack.indexOf(step));
          for (const member of part) onStack.delete(member);
          if (part.length > 1 || next(step).includes(step)) found.push(part);
        }
      } else if (!index.has(following)) enter(following);
      else if (onStack.has(following)) low.set(step, Math.min(low.get(step)!, index.get(following)!));
    }
  }
  return found;
}
