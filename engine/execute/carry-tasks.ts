import { outcomesOf } from "../steps/events.ts";
import type { LevelStep } from "../steps/lowering.ts";
import type { Step } from "../steps/step.ts";
import type { PersonRef } from "../words/reference.ts";
import { bundleKey } from "./bundle-key.ts";
import { actorOf, type Carrying, find } from "./carrying.ts";
import { type Draft, tasksOf, titleOf } from "./draft.ts";
import type { CaseEvent, StartEvent } from "./journal.ts";
import type { OnBehalf } from "./people.ts";
import { noteSkipped } from "./skipped.ts";
import type { Task } from "./state.ts";
import { armedUntil, clockOfTimer, memoryKey } from "./timers.ts";

import { isTogether, openTogether } from "./together.ts";

/** Arms the clock that a timer id stands for; a deadline's instant is the due date of the step's tasks. */
export function arm(id: string, { compiled, draft, head, context, world, tape, event, said }: Carrying): void {
  const clock = clockOfTimer(compiled, id);
  if (!clock) throw new Error(`the machine armed "${id}", which stands for no clock of the document`);
  const key = memoryKey(clock);
  // A step that is entered again counts anew; a ladder's clock runs through all its levels.
  if (clock.ladder === undefined && draft.state.clocks?.[key]) draft.remember(key, null);
  const memory = draft.state.clocks?.[key];
  const armed = tape.ask("due", clock.key, () => {
    const question = { head, context, world: world!, startAt: draft.now, actor: actorOf(event), said };
    const due = armedUntil(clock, { ...question, ...(memory ? { memory } : {}) });
    return { answer: due && (due.from === undefined ? due.dueAt : { ...due }) };
  }) as number | { dueAt: number; from: number } | null;
  // A recurrence that has come to its end never strikes.
  if (armed === null) return;
  const { dueAt, from } = typeof armed === "number" ? { dueAt: armed, from: undefined } : armed;
  const timer = draft.arm(id, clock.step, clock.title, dueAt, from);
  if (clock.purpose === "deadline" && clock.clock.every === undefined) {
    for (const task of tasksOf(draft.state, clock.step)) draft.changeTask(task, { dueAt: timer.dueAt });
  }
}

type Asking = Extract<Step, { kind: "form" | "approval" | "calibration" }> | LevelStep;

/** Opens the task of a step for whom it finds; false where nobody is found. */
export function open(step: string, carrying: Carrying): boolean {
  const { compiled, draft } = carrying;
  const asking = compiled.map.steps.get(step)!.step as Asking;
  const refs: readonly PersonRef[] =
    asking.kind === "level" ? asking.notify : (asking.actors ?? (asking.actor ? [asking.actor] : []));
  if (asking.kind === "level") noteSkipped(step, carrying);
  if (asking.kind !== "level" && isTogether(asking)) return openTogether(step, asking, carrying);
  // A level that only starts a workflow tells nobody: the next one's turn comes when its time is up.
  if (asking.kind === "level" && refs.length === 0) return asking.on.due !== undefined;
  const people = find(step, refs, carrying, asking.kind === "level" ? asking : undefined);
  if (people.found.length === 0) {
    if (asking.kind !== "level")
      draft.block(
        step,
        "no-actor",
        `Nobody was found for "${asking.title}": ${people.because || "the step names nobody"}.`,
      );
    return false;
  }
  openFor(step, asking, people, carrying);
  return true;
}

/** Opens a task for each of the people that a step asks; none at all blocks visibly, unless the step is optional. */
export function openEach(step: string, carrying: Carrying): void {
  const { compiled, context, draft, tape } = carrying;
  const asking = compiled.map.steps.get(step)!.step as Exclude<Asking, LevelStep>;
  const members = Object.keys(context.members[step] ?? {});
  if (members.length === 0 && !asking.optional) {
    const because = tape.items.findLast(({ key }) => key === `${step}.each`)?.because;
    draft.block(step, "no-actor", `Nobody was found for "${asking.title}"${because ? `: ${because}` : ""}.`);
  }
  for (const member of members)
    openFor(step, asking, { found: [member], because: "one of those asked" }, carrying, member);
}

function openFor(
  step: string,
  asking: Asking,
  people: { found: string[]; because: string; onBehalf?: OnBehalf[] },
  carrying: Carrying,
  member?: string,
): void {
  const level = asking.kind === "level";
  const bundle = level || !asking.bundle ? undefined : bundleKey(step, asking.bundle, people.found, carrying);
  carrying.draft.openTask({
    step,
    kind: asking.kind,
    title: asking.title,
    ...(member === undefined ? {} : { member }),
    ...(bundle === undefined ? {} : { bundle }),
    form: level ? null : (asking.form ?? null),
    outcomes: outcomesOf(asking),
    assignees: people.found,
    because: people.because,
    ...(people.onBehalf ? { onBehalf: people.onBehalf } : {}),
  });
}

/** Closes what is still open at a step that is left, and tells its ladder that it may stop. */
export function close(step: string, { draft, event }: Carrying): void {
  for (const task of tasksOf(draft.state, step)) closeOne(draft, task, event);
  for (const pending of draft.state.pending.filter((one) => one.step === step && one.kind === "escalation")) {
    draft.effect({
      kind: "signal-case",
      step,
      child: pending.effect,
      event: "resolved",
      data: { reason: "the task is no longer open" },
    });
  }
  draft.state.pending = draft.state.pending.filter((pending) => pending.step !== step || pending.kind !== "escalation");
}

/** Closes one task: as done where the event says so, else as cancelled. */
export function closeOne(draft: Draft, task: Task, event: StartEvent | CaseEvent): void {
  if (event.type === "complete" && event.task === task.id) {
    draft.closeTask(task, "done", event.outcome, event.by);
    draft.announcements.push({ on: "task.done", data: { step: task.step, outcome: event.outcome, by: event.by } });
  } else draft.closeTask(task, "cancelled");
}

/** Marks the tasks of a step as overdue. */
export function overdue(step: string, { draft }: Carrying): void {
  for (const task of tasksOf(draft.state, step).filter((one) => !one.overdue)) {
    draft.changeTask(task, { overdue: true });
    draft.announcements.push({
      on: "task.overdue",
      data: { step, task: task.id, assignees: task.assignees, dueAt: task.dueAt },
    });
  }
}

/** Starts the ladder of a deadline, once. */
export function escalate(step: string, { compiled, draft, head }: Carrying): void {
  const info = compiled.map.steps.get(step)!.step;
  const escalation =
    "deadline" in info && info.deadline && "escalation" in info.deadline ? info.deadline.escalation : undefined;
  if (!escalation || draft.state.pending.some((pending) => pending.step === step && pending.kind === "escalation"))
    return;
  const tasks = tasksOf(draft.state, step);
  const effect = draft.effect({
    kind: "start-case",
    step,
    definition: { kind: "escalation", id: escalation },
    subject: head.subject,
    period: head.period,
    with: {
      case: head.id,
      step,
      task: titleOf(compiled, step),
      workflow: compiled.definition.title,
      assignees: [...new Set(tasks.flatMap((task) => task.assignees))],
      dueAt: tasks[0]?.dueAt ?? null,
    },
    key: null,
    answer: false,
  });
  draft.state.pending.push({ effect, step, kind: "escalation" });
}
