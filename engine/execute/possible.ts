import type { Compiled } from "../compile/compile.ts";
import { outcomesOf, RESERVED_EVENTS } from "../steps/events.ts";
import { WORSE } from "../steps/ladder.ts";
import { kindOf, type MachineStep } from "../steps/registry.ts";
import { isUndoing } from "./cancel.ts";
import { heardByClocks } from "./clocks.ts";
import type { Possible } from "./outcome.ts";
import { activeSteps, restore } from "./snapshot.ts";
import { standstill } from "./standstill.ts";
import type { CaseState } from "./state.ts";
import { handersOf } from "./together.ts";

/**
 * What a case accepts now: the outcomes of its open tasks, with who may choose them, and the events that its active steps
 * draw. Guards are not asked: whether a way is open may depend on what will be answered.
 */
export function availableEvents(compiled: Compiled, state: CaseState): Possible[] {
  if (state.status === "closed" || state.status === "cancelled" || isUndoing(state)) return [];
  const possible: Possible[] = [];
  for (const task of standstill(state) ? [] : Object.values(state.tasks)) {
    for (const outcome of task.outcomes) {
      possible.push({
        event: outcome,
        step: task.step,
        title: task.title,
        task: task.id,
        people: task.claimedBy ? [task.claimedBy] : [...handersOf(task)],
      });
    }
    if (task.together?.mode === "iterative") {
      const people = task.claimedBy ? [task.claimedBy] : task.assignees;
      possible.push({ event: "pass", step: task.step, title: task.title, task: task.id, people });
    }
  }
  for (const step of activeSteps(compiled, restore(compiled, state))) {
    const info = compiled.map.steps.get(step)!.step;
    for (const event of outsideEvents(info)) possible.push({ event, step, title: info.title, task: null, people: [] });
  }
  const clocks = new Map(heardByClocks(compiled, state).map((one) => [one.event, one]));
  for (const { event, step, title } of clocks.values()) {
    if (!possible.some((one) => one.event === event && one.task === null))
      possible.push({ event, step, title, task: null, people: [] });
  }
  return possible;
}

/**
 * The events of a step that come from outside: not what its people choose, not what an effect answers, not what time, the
 * ends inside it or its join bring about.
 */
export function outsideEvents(step: MachineStep): string[] {
  if (step.kind === "end" || kindOf(step).waits === "nothing") return [];
  const inside = new Set<string>(["done", "nobody", ...RESERVED_EVENTS]);
  if (kindOf(step).waits === "people") {
    for (const outcome of outcomesOf(step as Parameters<typeof outcomesOf>[0])) inside.add(outcome);
    inside.add("acknowledged").add("resolved").add(WORSE);
  }
  if (kindOf(step).waits === "an answer") return [];
  if (step.kind === "group") for (const outcome of endsOf(step.steps)) inside.add(outcome);
  if (step.kind === "parallel") {
    for (const branch of Object.values(step.branches)) for (const outcome of endsOf(branch.steps)) inside.add(outcome);
    if (Array.isArray(step.join)) for (const rule of step.join) inside.add(rule.emit);
  }
  return Object.keys(step.on).filter((event) => !inside.has(event));
}

const endsOf = (steps: Record<string, MachineStep>): string[] =>
  Object.values(steps).flatMap((step) => (step.kind === "end" && step.outcome ? [step.outcome] : []));
