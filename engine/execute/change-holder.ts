import type { Draft } from "./draft.ts";
import type { CaseEvent } from "./journal.ts";
import { handedOver, holdersOf, pass } from "./together.ts";
import type { World } from "./world.ts";

/** Claiming and handing over: a task changes hands, the machine does not move. */
export function changeHolder(draft: Draft, event: CaseEvent, world: World | null): void {
  if (event.type !== "claim" && event.type !== "transfer" && event.type !== "pass") return;
  const task = draft.state.tasks[event.task];
  if (!task) return;
  if (event.type === "pass") {
    pass(draft, task, event, world);
    return;
  }
  if (event.type === "claim") {
    draft.changeTask(task, { claimedBy: event.by });
    return;
  }
  const together = task.together && handedOver(task.together, event.to);
  draft.changeTask(task, {
    assignees: together ? holdersOf(together) : [event.to],
    claimedBy: null,
    because: `handed over: ${event.reason}`,
    ...(together ? { together } : {}),
  });
  if (!world) return;
  draft.message({
    kind: "task",
    to: [event.to],
    via: ["inbox", "email"],
    title: task.title,
    body: `Handed over to you: ${event.reason}`,
    task: task.id,
  });
}
