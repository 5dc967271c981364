import type { Carrying } from "./carrying.ts";
import { tasksOf } from "./draft.ts";
import { subjectName } from "./messages.ts";
import { armedUntil, clockOfTimer, memoryKey } from "./timers.ts";

/** Sets the recurring clock of a step for its next time, counted on from where it began; not where its rule has ended. */
export function strike(step: string, { compiled, draft, head, context, world, tape, fired }: Carrying): void {
  const clock = fired && clockOfTimer(compiled, fired.id);
  if (!clock || clock.step !== step) return;
  const countsFrom = fired.from ?? fired.armedAt;
  const memory = draft.state.clocks?.[memoryKey(clock)];
  const actor = tasksOf(draft.state, step)[0]?.assignees[0] ?? null;
  const due = tape.ask("due", clock.key, () => {
    const question = { head, context, world: world!, startAt: draft.now, countsFrom, actor };
    return { answer: armedUntil(clock, { ...question, ...(memory ? { memory } : {}) })?.dueAt ?? null };
  });
  if (due !== null) draft.arm(fired.id, clock.step, clock.title, due as number, countsFrom);
}

/** Tells whoever has the task of a step that it is still open. */
export function remind(step: string, { compiled, draft, head, world }: Carrying): void {
  if (!world) return;
  for (const task of tasksOf(draft.state, step)) {
    draft.message({
      kind: "task",
      to: task.claimedBy === null ? task.assignees : [task.claimedBy],
      via: ["inbox", "email"],
      title: `Reminder: ${task.title}: ${subjectName(head, world)}`,
      body: `${compiled.definition.title} still needs you: ${task.title}.`,
      task: task.id,
    });
  }
}
