import type { AnyMachineSnapshot } from "xstate";
import type { Compiled } from "../compile/compile.ts";
import { type Context, freshContext } from "../compile/context.ts";
import { inFrame } from "../compile/frame.ts";
import { scoreOf } from "../definition/form-answers.ts";
import { kindOf } from "../steps/registry.ts";
import { type Asking, askingFrame } from "./asking.ts";
import { changeHolder } from "./change-holder.ts";
import { Draft, tasksOf } from "./draft.ts";
import type { Said } from "./facts.ts";
import { fieldDefaults } from "./field-defaults.ts";
import { headOf } from "./head.ts";
import { Incident } from "./incident.ts";
import { carryOut } from "./interpret.ts";
import type { CaseEvent, StartEvent } from "./journal.ts";
import { machineEvents } from "./machine-events.ts";
import { firstStep, nextStep, type Returned } from "./pure-step.ts";
import { rearm } from "./rearm.ts";
import { activeSteps, persisted, restore } from "./snapshot.ts";
import type { CaseState } from "./state.ts";
import type { Tape } from "./tape.ts";
import { timerId } from "./timers.ts";
import type { World } from "./world.ts";

/** What one event made of a case, before it is dressed as an outcome. */
export interface Applied {
  draft: Draft;
  taken: { from: string; to: string; event: string }[];
  active: string[];
  /** Whether the machine took the event at all. */
  accepted: boolean;
}

/**
 * Applies one event to a case: the one road for running, simulating and replaying. Throws Incident where the machine cannot
 * go on (a guard that throws, a cycle without end); the case then stays as it was.
 */
export function apply(
  compiled: Compiled,
  state: CaseState,
  event: StartEvent | CaseEvent,
  world: World | null,
  now: number,
  tape: Tape,
): Applied {
  const draft = new Draft(state, now);
  const head = headOf(compiled, state);
  const said = saidOf(compiled, state, event);
  const asking = askingFrame(compiled, head, world, now, tape, said);
  const carry = (actions: readonly Returned[], context: Context) =>
    carryOut(actions, { compiled, draft, head, context, world, tape, event, said });

  let snapshot: AnyMachineSnapshot;
  let accepted =
    event.type !== "complete" && event.type !== "event" && event.type !== "timer" && event.type !== "answer";
  let nobody: string[];
  if (event.type === "start") {
    const context = freshContext({ ...fieldDefaults(compiled), ...event.data });
    const [first, actions] = guarded(asking, () => firstStep(compiled.machine, context));
    if (first.status === "error") throw new Incident(String((first as { error?: unknown }).error));
    snapshot = first;
    nobody = carry(actions, snapshot.context as Context);
  } else {
    snapshot = restore(compiled, state);
    nobody = [];
    if (event.type === "timer") draft.disarm(event.timer);
    changeHolder(draft, event, world);
    const stuckBefore = event.type === "retry" ? draft.unblock() : [];
    const events = machineEvents(compiled, draft.state, event, activeSteps(compiled, snapshot));
    for (const sent of events) {
      const before = snapshot;
      const [next, actions] = guarded(asking, () => nextStep(compiled.machine, before, sent));
      accepted ||= next !== before || actions.length > 0;
      snapshot = next;
      nobody.push(...carry(actions, snapshot.context as Context));
    }
    if (event.type === "rearm") accepted = rearm(compiled, head, snapshot.context as Context, draft, tape, world);
    if (event.type === "retry") nobody.push(...reopen(compiled, draft, stuckBefore, snapshot, carry));
  }
  snapshot = passOn(nobody, snapshot);
  settle();
  return {
    draft,
    taken: asking.taken.map(({ from, to, event: name }) => ({ from, to, event: name })),
    active: activeSteps(compiled, snapshot),
    accepted,
  };

  /** A ladder's level that finds nobody gives its turn to the next at once; any other blocks where it stands. */
  function passOn(steps: string[], from: AnyMachineSnapshot): AnyMachineSnapshot {
    let at = from;
    const waiting = [...steps];
    while (waiting.length > 0) {
      const step = waiting.shift()!;
      const info = compiled.map.steps.get(step)!.step;
      if (info.kind !== "level") continue;
      const timer = timerId({ key: `${step}.deadline`, step });
      const sent = info.on.due ? timer : info.on.nobody ? `${step}.nobody` : undefined;
      if (sent === undefined) {
        draft.block(step, "no-actor", `Nobody was found for "${info.title}", and no level follows.`);
        continue;
      }
      if (sent === timer) draft.disarm(timer);
      const before = at;
      const [next, actions] = guarded(asking, () => nextStep(compiled.machine, before, { type: sent }));
      at = next;
      waiting.push(...carry(actions, at.context as Context));
    }
    return at;
  }

  /** Closes what the event ended, drops blocks of steps that were left, finds the steps where the case is stuck. */
  function settle(): void {
    if (event.type === "complete" && draft.state.tasks[event.task]) {
      draft.closeTask(draft.state.tasks[event.task]!, "done", event.outcome, event.by);
    }
    if (event.type === "answer") {
      draft.state.pending = draft.state.pending.filter((pending) => pending.effect !== event.effect || !accepted);
    }
    if (event.type === "cancel") cancel(draft);
    const active = new Set(activeSteps(compiled, snapshot));
    const open = draft.state.status === "open" || draft.state.status === "blocked";
    draft.state.blocks = open ? draft.state.blocks.filter((block) => active.has(block.step)) : [];
    for (const { step, event: name } of asking.exhausted) {
      draft.block(step, "too-many-visits", `"${titleIn(step)}" has led back as often as it may by "${name}".`);
    }
    if (open) for (const step of active) stuck(step, active);
    if (open) draft.state.status = draft.state.blocks.length > 0 ? "blocked" : "open";
    draft.state.machine = persisted(compiled, snapshot);
  }

  /** A step that is still there with nothing left to wait for has no way on. */
  function stuck(step: string, active: ReadonlySet<string>): void {
    const info = compiled.map.steps.get(step)!.step;
    const waits = kindOf(info).waits;
    const within = waits === "steps" && ![...active].some((other) => compiled.map.steps.get(other)!.parent === step);
    // Everybody has answered, or nobody can: no task, no question and no clock is left that would move the step.
    const silent =
      (waits === "people" || waits === "an answer") &&
      tasksOf(draft.state, step).length === 0 &&
      !draft.state.pending.some((pending) => pending.step === step && pending.kind !== "escalation") &&
      !Object.values(draft.state.timers).some((timer) => timer.step === step);
    if (silent && draft.state.blocks.some((block) => block.step === step)) return;
    if (waits !== "nothing" && !within && !silent) return;
    const missing = asking.missing.get(step);
    if (missing?.length)
      draft.block(step, "missing-facts", `"${info.title}" cannot be decided: ${missing.join(", ")} is not known.`);
    else draft.block(step, "no-way", `"${info.title}" has no way on that holds.`);
  }

  function titleIn(step: string): string {
    return compiled.map.steps.get(step)?.step.title ?? step;
  }
}

function guarded<Result>(asking: Asking, run: () => Result): Result {
  try {
    return inFrame(asking.frame, run);
  } catch (cause) {
    throw cause instanceof Incident
      ? cause
      : new Incident(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function saidOf(compiled: Compiled, state: CaseState, event: StartEvent | CaseEvent): Said | undefined {
  if (event.type === "complete") {
    const task = state.tasks[event.task];
    if (!task) return undefined;
    const form = task.form ? compiled.forms.get(task.form) : undefined;
    return {
      step: task.step,
      ...(task.member === undefined ? {} : { member: task.member }),
      outcome: event.outcome,
      by: event.by,
      ...(event.answers ? { answers: event.answers } : {}),
      ...(form ? { score: scoreOf(form, event.answers ?? {}).score } : {}),
      ...(event.comment ? { comment: event.comment } : {}),
    };
  }
  if (event.type === "answer") {
    const pending = state.pending.find((one) => one.effect === event.effect);
    if (!pending) return undefined;
    const member = pending.member === undefined ? {} : { member: pending.member };
    return { step: pending.step, outcome: event.outcome, by: null, answers: event.data ?? {}, ...member };
  }
  return undefined;
}

/**
 * Tries again where the case was stuck: a step without its task opens it (nobody was found, or the rounds of a loop were used
 * up and somebody shall choose again), a step without its question asks it. Steps that wait for nothing are asked by the nudge.
 */
function reopen(
  compiled: Compiled,
  draft: Draft,
  stuckBefore: readonly string[],
  snapshot: AnyMachineSnapshot,
  carry: (actions: Returned[], context: Context) => string[],
): string[] {
  const active = new Set(activeSteps(compiled, snapshot));
  const stuck = stuckBefore.filter((step) => active.has(step));
  const context = snapshot.context as Context;
  return stuck.flatMap((step) => {
    const waits = kindOf(compiled.map.steps.get(step)!.step).waits;
    if (context.members[step]) return [];
    if (waits === "an answer" && !draft.state.pending.some((pending) => pending.step === step)) {
      return carry([{ type: "ask", params: { step } }], context);
    }
    if (waits !== "people" || tasksOf(draft.state, step).length > 0) return [];
    const deadline = draft.state.timers[timerId({ key: `${step}.deadline`, step })];
    const nobody = carry([{ type: "open", params: { step } }], context);
    if (deadline) for (const task of tasksOf(draft.state, step)) draft.changeTask(task, { dueAt: deadline.dueAt });
    return nobody;
  });
}

function cancel(draft: Draft): void {
  for (const task of Object.values(draft.state.tasks)) draft.closeTask(task, "cancelled");
  for (const timer of Object.keys(draft.state.timers)) draft.disarm(timer);
  for (const pending of draft.state.pending) {
    if (pending.kind === "escalation" || pending.kind === "subflow") {
      draft.effect({
        kind: "signal-case",
        step: pending.step,
        child: pending.effect,
        event: "cancel",
        data: { reason: "the case was cancelled" },
      });
    }
  }
  draft.state.pending = [];
  draft.state.status = "cancelled";
  draft.state.outcome = "cancelled";
  draft.state.closedAt = draft.now;
}
