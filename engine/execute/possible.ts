import type { Compiled } from "../compile/compile.ts";
import { outcomesOf, RESERVED_EVENTS } from "../steps/events.ts";
import { kindOf } from "../steps/registry.ts";
import type { Possible } from "./outcome.ts";
import { activeSteps, restore } from "./snapshot.ts";
import type { CaseState } from "./state.ts";

/**
 * What a case accepts now: the outcomes of its open tasks, with who may choose them, and the events that its active steps
 * draw. Guards are not asked: whether a way is open may depend on what will be answered.
 */
export function availableEvents(compiled: Compiled, state: CaseState): Possible[] {
  if (state.status === "closed" || state.status === "cancelled") return [];
  const possible: Possible[] = [];
  for (const task of Object.values(state.tasks)) {
    for (const outcome of task.outcomes) {
      possible.push({
        event: outcome,
        step: task.step,
        title: task.title,
        task: task.id,
        people: task.claimedBy ? [task.claimedBy] : task.assignees,
      });
    }
  }
  for (const step of activeSteps(compiled, restore(compiled, state))) {
    const info = compiled.map.steps.get(step)!.step;
    if (info.kind === "end" || kindOf(info).waits === "nothing") continue;
    const chosen =
      kindOf(info).waits === "people"
        ? new Set(outcomesOf(info as Parameters<typeof outcomesOf>[0]))
        : new Set(["done"]);
    for (const event of Object.keys(info.on)) {
      if (RESERVED_EVENTS.has(event) || chosen.has(event) || event === "nobody") continue;
      possible.push({ event, step, title: info.title, task: null, people: [] });
    }
  }
  return possible;
}
