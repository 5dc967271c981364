import type { Compiled } from "../compile/compile.ts";
import { checkAnswers, handsIn } from "../definition/form-answers.ts";
import { instantInWords } from "../time/instant-text.ts";
import type { PersonRef } from "../words/reference.ts";
import { isByHand, mayByHand } from "./by-hand.ts";
import { isUndoing } from "./cancel.ts";
import { heardByClocks } from "./clocks.ts";
import { headOf } from "./head.ts";
import type { CaseEvent } from "./journal.ts";
import { answerSets } from "./members.ts";
import type { Refusal } from "./outcome.ts";
import { findPeople } from "./people.ts";
import { today } from "./place.ts";
import { outsideEvents } from "./possible.ts";
import { activeSteps, contextOf, restore } from "./snapshot.ts";
import { mayHalt, standstill } from "./standstill.ts";
import type { CaseState, Task } from "./state.ts";
import { taskDates } from "./task-dates.ts";
import { answersWith, handersOf, partyFor } from "./together.ts";
import type { World } from "./world.ts";

type Objection = Pick<Refusal, "code" | "message">;
const object = (code: Refusal["code"], message: string): Objection => ({ code, message });

/** Why an event may not happen to a case as it stands; undefined where it may. */
export function mayHappen(
  compiled: Compiled,
  state: CaseState,
  event: CaseEvent,
  world: World,
  now: number,
): Objection | undefined {
  if (isUndoing(state) && event.type !== "answer" && event.type !== "retry")
    return object("closed", "The case has been cancelled, and what it did is being undone.");
  if (isUndoing(state) && event.type === "retry" && state.pending.length > 0)
    return object("not-possible", "What the case did is being undone, and the answer to that is still awaited.");
  if (state.undoing && (event.type === "reopen" || event.type === "undo"))
    return object("closed", "The case has been cancelled, and what it did has been undone. Start it anew.");
  if (isByHand(event)) return mayByHand(compiled, state, event, world, now);
  if (state.status === "closed" || state.status === "cancelled")
    return object("closed", `The case is ${state.status}.`);
  const still = standstill(state);
  if (still && (event.type === "complete" || event.type === "claim" || event.type === "pass")) {
    const { reason, since } = still;
    return object("paused", `The case is paused since ${new Date(since).toISOString().slice(0, 10)}: ${reason}`);
  }
  switch (event.type) {
    case "complete":
      return mayComplete(compiled, state, event, world, now);
    case "claim": {
      const task = state.tasks[event.task];
      if (!task) return noSuchTask(event.task);
      if (!task.assignees.includes(event.by)) return notYours(task, world);
      if (task.together?.mode === "collaborative")
        return object("not-possible", `"${task.title}" is worked on by all of them at once; nobody takes it alone.`);
      if (task.claimedBy !== null && task.claimedBy !== event.by)
        return object("already-claimed", `${world.directory.nameOf(task.claimedBy)} has already taken it.`);
      return undefined;
    }
    case "pass":
      return mayPass(compiled, state, event, world, now);
    case "transfer":
      if (!state.tasks[event.task]) return noSuchTask(event.task);
      if (!world.directory.isHere(event.to, today(world, now)))
        return object("not-possible", `There is nobody "${event.to}" here to hand it to.`);
      return undefined;
    case "timer": {
      const timer = state.timers[event.timer];
      if (!timer || timer.generation !== event.generation)
        return object("stale-timer", "That timer is no longer armed.");
      if (timer.dueAt > now) return object("too-early", `That timer is due ${new Date(timer.dueAt).toISOString()}.`);
      return undefined;
    }
    case "answer":
      if (!state.pending.some((pending) => pending.effect === event.effect))
        return object("not-possible", "The case no longer waits for that answer.");
      return undefined;
    case "hold":
      return compiled.map.steps.get(event.step)?.step.kind === "wait"
        ? undefined
        : object("not-possible", `The case has no wait "${event.step}".`);
    case "event":
      return mayBeTold(compiled, state, event);
    case "follow":
      return undefined;
    case "join":
      if (!state.members) return object("not-possible", "This case is not shared; nobody can join it.");
      return undefined;
    case "leave":
      if (!state.members?.some((member) => member.effect === event.effect))
        return object("not-possible", "Who leaves is no member of the case.");
      return undefined;
    case "pause":
    case "resume":
      return mayHalt(state, event);
    case "cancel":
    case "retry":
    case "rearm":
    case "look":
      return undefined;
    default:
      return event satisfies never;
  }
}

const noSuchTask = (task: string): Objection =>
  object("no-such-task", `There is no open task "${task}"; it may be done already.`);

function notYours(task: Task, world: World): Objection {
  return object(
    "not-yours",
    `"${task.title}" is with ${task.assignees.map((person) => world.directory.nameOf(person)).join(", ")}.`,
  );
}

/** One of several people who work on a task wants to hand it in, and it is another who does. */
function notToHandIn(task: Task, world: World): Objection {
  const exit = task.together?.parties[task.together.exit] ?? [];
  const who = exit.map((person) => world.directory.nameOf(person)).join(", ");
  const pass = task.together?.mode === "iterative" ? " Pass it on." : "";
  return object("not-yours", `"${task.title}" is handed in by ${who}.${pass}`);
}

/** A task is passed on by whoever has it, to another of its actors, finished or not. */
function mayPass(
  compiled: Compiled,
  state: CaseState,
  event: Extract<CaseEvent, { type: "pass" }>,
  world: World,
  now: number,
): Objection | undefined {
  const task = state.tasks[event.task];
  if (!task) return noSuchTask(event.task);
  if (task.together?.mode !== "iterative")
    return object("not-possible", `"${task.title}" is not passed to and fro; hand it over with a reason instead.`);
  if (event.by !== null && !task.assignees.includes(event.by)) return notYours(task, world);
  if (task.claimedBy !== null && event.by !== null && task.claimedBy !== event.by)
    return object("already-claimed", `${world.directory.nameOf(task.claimedBy)} has taken it.`);
  if (partyFor(task.together, event.to) === undefined)
    return object(
      "not-possible",
      `There is nobody "${event.to ?? ""}" among those who work on "${task.title}" with you.`,
    );
  const early = taskDates(compiled, state, task, world, now);
  if (early.start !== undefined && now < early.start) return tooEarly(compiled, state, task, world, now);
  const answers = event.answers ?? {};
  const form = task.form ? compiled.forms.get(task.form) : undefined;
  if (!form && Object.keys(answers).length > 0)
    return object("bad-answers", `"${task.title}" has no form, so it takes no answers; a comment may go with it.`);
  const people = (refs: readonly PersonRef[]) => peopleAt(refs, compiled, state, world, now, event.by);
  const issues = form ? checkAnswers(form, answers, { complete: false, people }) : [];
  return issues.length > 0 ? object("bad-answers", issues.map((issue) => issue.message).join(" ")) : undefined;
}

function mayComplete(
  compiled: Compiled,
  state: CaseState,
  sent: Extract<CaseEvent, { type: "complete" }>,
  world: World,
  now: number,
): Objection | undefined {
  const event = { ...sent, answers: answersWith(state, sent) };
  const task = state.tasks[event.task];
  if (!task) return noSuchTask(event.task);
  if (event.by !== null && !task.assignees.includes(event.by)) return notYours(task, world);
  const handers = handersOf(task);
  if (handers.length === 0 || (event.by !== null && !handers.includes(event.by))) return notToHandIn(task, world);
  if (task.claimedBy !== null && event.by !== null && task.claimedBy !== event.by) {
    return object("already-claimed", `${world.directory.nameOf(task.claimedBy)} has taken it.`);
  }
  if (!task.outcomes.includes(event.outcome)) {
    return object(
      "not-possible",
      `"${task.title}" ends by ${task.outcomes.map((outcome) => `"${outcome}"`).join(" or ")}, not by "${event.outcome}".`,
    );
  }
  const early = tooEarly(compiled, state, task, world, now);
  if (early) return early;
  const form = task.form ? compiled.forms.get(task.form) : undefined;
  const stranger = Object.keys(event.rows ?? {}).find(
    (id) => !state.members?.some((member) => member.subject.id === id),
  );
  if (stranger !== undefined) return object("bad-answers", `"${stranger}" is no row of "${task.title}".`);
  if (!form && Object.keys(event.answers ?? {}).length + Object.keys(event.rows ?? {}).length > 0) {
    return object("bad-answers", `"${task.title}" has no form, so it takes no answers; a comment may go with it.`);
  }
  const issues = form
    ? answerSets(state, event).flatMap((answers) =>
        checkAnswers(form, answers, {
          complete: handsIn(task.outcomes, event.outcome),
          people: (refs) => peopleAt(refs, compiled, state, world, now, event.by),
        }),
      )
    : [];
  if (issues.length > 0) return object("bad-answers", issues.map((issue) => issue.message).join(" "));
  return undefined;
}

function peopleAt(
  refs: readonly PersonRef[],
  compiled: Compiled,
  state: CaseState,
  world: World,
  now: number,
  actor: string | null,
): ReadonlyMap<string, string> {
  const head = headOf(compiled, state);
  const found = findPeople(refs, { head, context: contextOf(state), world, now, actor }).answer as string[];
  return new Map(found.map((id) => [id, world.directory.nameOf(id)]));
}

/** A step may not begin before its start date nor be left before its exit date. */
function tooEarly(compiled: Compiled, state: CaseState, task: Task, world: World, now: number): Objection | undefined {
  const { start, exit, zone } = taskDates(compiled, state, task, world, now);
  if (start !== undefined && now < start)
    return object("too-early", `"${task.title}" begins ${instantInWords(start, zone)}.`);
  if (exit !== undefined && now < exit)
    return object("too-early", `"${task.title}" may be left from ${instantInWords(exit, zone)}.`);
  return undefined;
}

/**
 * Whether somebody may say that something happened. What a task's people choose is theirs to choose, what an effect answers is
 * the effect's; of those, only the system itself may tell, and only a wait that it is over or a ladder that it is resolved.
 */
function mayBeTold(
  compiled: Compiled,
  state: CaseState,
  event: Extract<CaseEvent, { type: "event" }>,
): Objection | undefined {
  const steps = activeSteps(compiled, restore(compiled, state)).filter(
    (step) => event.step === undefined || step === event.step,
  );
  const takes = (step: string): boolean => {
    const info = compiled.map.steps.get(step)!.step;
    if (event.by === null && (info.kind === "wait" || (info.kind === "level" && event.event !== "acknowledged")))
      return true;
    return outsideEvents(info).includes(event.event);
  };
  if (steps.some(takes)) return undefined;
  const clocks = heardByClocks(compiled, state);
  if (clocks.some((one) => one.event === event.event && (event.step === undefined || one.step === event.step)))
    return undefined;
  return object("not-possible", `"${event.event}" is nothing that the case waits for where it stands now.`);
}
