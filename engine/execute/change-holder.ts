import type { Draft } from "./draft.ts";
import type { CaseEvent } from "./journal.ts";
import type { World } from "./world.ts";

/** Claiming and handing over: a task changes hands, the machine does not move. */
export function changeHolder(draft: Draft, event: CaseEvent, world: World | null): void {
  if (event.type !== "claim" && event.type !== "transfer") return;
  const task = draft.state.tasks[event.task];
  if (!task) return;
  if (event.type === "claim") {
    draft.changeTask(task, { claimedBy: event.by });
    return;
  }
  draft.changeTask(task, { assignees: [event.to], claimedBy: null, because: `handed over: ${event.reason}` });
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
