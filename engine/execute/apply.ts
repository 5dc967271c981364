import type { AnyMachineSnapshot } from "xstate";
import type { Compiled } from "../compile/compile.ts";
import { type Context, freshContext } from "../compile/context.ts";
import { inFrame } from "../compile/frame.ts";
import { kindOf } from "../steps/registry.ts";
import type { Channel } from "../words/channel.ts";
import type { Json } from "../words/json.ts";
import { type Asking, askingFrame } from "./asking.ts";
import { asDeclared } from "./call-answers.ts";
import { cancel, isUndoing, rememberDone, tellToEnd, undoingStep, undoNext, undone } from "./cancel.ts";
import { closeOne } from "./carry-tasks.ts";
import type { Carrying } from "./carrying.ts";
import { changeHolder } from "./change-holder.ts";
import { settleClocks } from "./clocks.ts";
import { Draft, tasksOf } from "./draft.ts";
import type { CaseHead } from "./facts.ts";
import { fieldDefaults } from "./field-defaults.ts";
import { follow } from "./follow.ts";
import { headOf } from "./head.ts";
import { type Held, keepHeld, nextHeld, takeOutHeld } from "./held.ts";
import { Incident } from "./incident.ts";
import { carryOut } from "./interpret.ts";
import type { CaseEvent, StartEvent } from "./journal.ts";
import { isLook } from "./looks.ts";
import { machineEvents } from "./machine-events.ts";
import { deserted, membersAfter } from "./members.ts";
import { fillIn, taskMessage } from "./messages.ts";
import { asksFacts } from "./needs.ts";
import { firstStep, nextStep, type Returned } from "./pure-step.ts";
import { rearm } from "./rearm.ts";
import { reopen } from "./reopen.ts";
import { saidOf } from "./said.ts";
import { skippedInWords } from "./skipped.ts";
import { tellOfSkipped } from "./skipped-level.ts";
import { activeLeaves, activeSteps, persisted, restore } from "./snapshot.ts";
import { halt, tellStandstill } from "./standstill.ts";
import type { Block, CaseState, Task } from "./state.ts";
import type { Tape } from "./tape.ts";
import { clockOfTimer, timerId } from "./timers.ts";
import { keepForUndo, type Resumed, takeBack } from "./undo.ts";
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
  came: StartEvent | CaseEvent,
  world: World | null,
  now: number,
  tape: Tape,
): Applied {
  const event = asDeclared(compiled, state, came);
  const draft = new Draft(state, now);
  const members = membersAfter(compiled, state, event, now);
  if (members) draft.state.members = members;
  const head: CaseHead = {
    ...headOf(compiled, draft.state),
    ...((event.type === "event" || event.type === "hold") && event.data ? { event: event.data } : {}),
  };
  const said = saidOf(compiled, state, event);
  const asking = askingFrame(
    compiled,
    head,
    world,
    now,
    tape,
    said,
    event.type === "set-data" ? event.data : undefined,
  );
  const fired = event.type === "timer" ? state.timers[event.timer] : undefined;
  const carryingOf = (context: Context): Carrying => ({
    ...{ compiled, draft, head, context, world, tape, event, said },
    ...(fired ? { fired } : {}),
  });
  const quiet = event.type === "undo" || event.type === "follow" || !asksFacts(event);
  const carry = (actions: readonly Returned[], context: Context) => carryOut(actions, carryingOf(context));

  let snapshot: AnyMachineSnapshot;
  let accepted = !["complete", "event", "timer", "answer", "look", "follow"].includes(event.type);
  /** Whether the machine itself took the event. */
  let moved = false;
  let nobody: string[];
  if (event.type === "start") {
    const context = freshContext({ ...fieldDefaults(compiled), ...event.data });
    const [first, actions] = guarded(asking, () => firstStep(compiled.machine, context));
    if (first.status === "error") throw new Incident(String((first as { error?: unknown }).error));
    snapshot = first;
    nobody = carry(actions, snapshot.context as Context);
  } else {
    if (event.type === "reopen") wake(draft);
    const taken = event.type === "undo" && state.undo ? takeBack(draft, state.undo.before) : undefined;
    snapshot = restore(compiled, draft.state);
    nobody = [];
    if (taken) carry(askAgain(taken), snapshot.context as Context);
    if (taken) tellToEnd(draft, taken.begun, "what began it was taken back");
    for (const { step, effect } of taken?.calls ?? []) draft.effect({ kind: "answer-again", step, effect });
    for (const child of taken?.children ?? [])
      draft.effect({ kind: "signal-case", step: child.step, child: child.effect, event: "undo", data: {} });
    if (event.type === "timer") {
      draft.disarm(event.timer);
      accepted ||= isLook(event.timer);
      // Before the step may be left: a task that the deadline itself closes was overdue all the same.
      const clock = clockOfTimer(compiled, event.timer);
      if (clock?.purpose === "deadline" && clock.clock.every === undefined)
        carry([{ type: "overdue", params: { step: clock.step } }], snapshot.context as Context);
    }
    changeHolder(draft, event, world);
    const stood = activeLeaves(compiled, activeSteps(compiled, snapshot));
    halt(draft, event);
    const stuckBefore = event.type === "retry" ? draft.unblock() : [];
    const events = machineEvents(compiled, draft.state, event, activeSteps(compiled, snapshot));
    for (const sent of events) {
      const before = snapshot;
      const [next, actions] = guarded(asking, () => nextStep(compiled.machine, before, sent));
      moved ||= next !== before || actions.length > 0;
      snapshot = next;
      nobody.push(...carry(actions, snapshot.context as Context));
    }
    accepted ||= moved;
    if (event.type === "move" || event.type === "reopen")
      asking.byHand.push(...stood.map((from) => ({ from, to: event.to, event: event.type })));
    if (event.type === "follow") accepted = follow(carryingOf(snapshot.context as Context));
    if (event.type === "rearm") accepted = rearm(compiled, head, snapshot.context as Context, draft, tape, world);
    if (event.type === "retry" && !isUndoing(state))
      nobody.push(...reopen(compiled, draft, stuckBefore, snapshot, carry));
  }
  snapshot = passOn(nobody, snapshot);
  if (event.type === "hold" && !moved) keepHeld(draft, event);
  snapshot = takeHeld(snapshot);
  closeEnded();
  const clocksBefore = draft.state.clocks;
  const heard = settleClocks(carryingOf(snapshot.context as Context));
  accepted ||= heard || (event.type === "look" && draft.state.clocks !== clocksBefore);
  settle();
  tellStandstill(draft, state);
  keepForUndo(draft, state, event);
  return {
    draft,
    taken: [...asking.byHand, ...asking.taken.map(({ from, to, event: name }) => ({ from, to, event: name }))],
    active: standing(),
    accepted,
  };

  /** Where the case stands: in the step that undoes another, while it is undone. */
  function standing(): string[] {
    const undoing = undoingStep(compiled, draft.state);
    return undoing === undefined ? activeSteps(compiled, snapshot) : [undoing];
  }

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
      tellOfSkipped(info, carryingOf(at.context as Context));
      const before = at;
      const [next, actions] = guarded(asking, () => nextStep(compiled.machine, before, { type: sent }));
      at = next;
      waiting.push(...carry(actions, at.context as Context));
    }
    return at;
  }

  /** Ends the waits for which something has come already; one that no way takes is kept for later. */
  function takeHeld(from: AnyMachineSnapshot): AnyMachineSnapshot {
    let at = from;
    const refused = new Set<Held>();
    for (;;) {
      const held = nextHeld(draft.state, activeSteps(compiled, at), now, refused);
      if (!held) return at;
      head.event = held.data;
      const before = at;
      const [next, actions] = guarded(asking, () =>
        nextStep(compiled.machine, before, { type: `${held.step}.${held.event}` }),
      );
      if (next === before && actions.length === 0) {
        refused.add(held);
        continue;
      }
      at = next;
      takeOutHeld(draft, held);
      at = passOn(carry(actions, at.context as Context), at);
    }
  }

  /** Closes what the event ended. */
  function closeEnded(): void {
    if (event.type === "complete" && draft.state.tasks[event.task])
      closeOne(draft, draft.state.tasks[event.task]!, event);
    rememberDone(draft, compiled, asking.taken);
    const carrying = carryingOf(snapshot.context as Context);
    if (event.type === "answer" && isUndoing(state)) {
      accepted = true;
      undone(event, carrying);
    } else if (event.type === "answer") answered(event);
    if (event.type === "retry" && isUndoing(state)) undoNext(carrying);
    const goesOn = draft.state.status === "open" || draft.state.status === "blocked";
    if (event.type === "cancel" || (goesOn && deserted(draft.state, event))) cancel(carrying);
  }

  /** Drops blocks of steps that were left, finds the steps where the case is stuck. */
  function settle(): void {
    const undoing = undoingStep(compiled, draft.state);
    const active = new Set(activeSteps(compiled, snapshot));
    const open = draft.state.status === "open" || draft.state.status === "blocked";
    draft.state.blocks = open
      ? draft.state.blocks.filter((block) => active.has(block.step) || block.step === undoing || staysBlocked(block))
      : [];
    for (const { step, event: name } of asking.exhausted) {
      draft.block(step, "too-many-visits", `"${titleIn(step)}" has led back as often as it may by "${name}".`);
    }
    if (open && undoing === undefined) for (const step of active) stuck(step, active);
    if (open) draft.state.status = draft.state.blocks.length > 0 ? "blocked" : "open";
    draft.state.machine = persisted(compiled, snapshot);
    if (world)
      for (const { task } of draft.tasks.filter(
        (change) => change.what === "opened" && draft.state.tasks[change.task.id],
      ))
        tellOf(task);
  }

  /** Tells people of a task once all is settled: with its due date, and not of one that was closed again at once. */
  function tellOf(task: Task): void {
    const step = compiled.map.steps.get(task.step)!.step;
    const carrying = carryingOf(snapshot.context as Context);
    const text = step.kind === "level" && step.message ? fillIn(step.message, carrying) : undefined;
    const via: Channel[] = step.kind === "level" ? [...step.via] : ["inbox", "email"];
    const skipped = step.kind === "level" ? skippedInWords(task.step, carrying) : "";
    draft.message(taskMessage(compiled, head, world!, task, via, text, event, skipped), task.bundle);
  }

  /** An answer is heard whatever comes of it; one that no way takes stops the case visibly instead of being forgotten. */
  function answered(answer: Extract<CaseEvent, { type: "answer" }>): void {
    const pending = draft.state.pending.find((one) => one.effect === answer.effect);
    draft.state.pending = draft.state.pending.filter((one) => one !== pending);
    if (accepted || !pending || pending.kind === "escalation") return;
    accepted = true;
    draft.block(
      pending.step,
      "no-way",
      `"${titleIn(pending.step)}" ended by "${answer.outcome}", and no way is drawn for that.`,
      typeof answer.data?.case === "string" ? answer.data.case : undefined,
    );
  }

  /** A step that is still there with nothing left to wait for has no way on. */
  function stuck(step: string, active: ReadonlySet<string>): void {
    // What asked nothing has learned nothing: the case is stuck for the reason that it was.
    if (quiet && draft.state.blocks.some((block) => block.step === step)) return;
    const info = compiled.map.steps.get(step)!.step;
    const waits = kindOf(info).waits;
    const within = waits === "steps" && ![...active].some((other) => compiled.map.steps.get(other)!.parent === step);
    // Everybody has answered, or nobody can: no task, no question and no clock is left that would move the step.
    const silent =
      (waits === "people" || waits === "an answer" || waits === "time") &&
      tasksOf(draft.state, step).length === 0 &&
      !draft.state.pending.some((pending) => pending.step === step && pending.kind !== "escalation") &&
      !Object.values(draft.state.timers).some((timer) => timer.step === step && !isLook(timer.id)) &&
      !Object.values(draft.state.clocks ?? {}).some(({ frozen }) => frozen.some((timer) => timer.step === step));
    if (silent && draft.state.blocks.some((block) => block.step === step)) return;
    if (waits !== "nothing" && !within && !silent) return;
    const missing = asking.missing.get(step);
    if (missing?.length)
      draft.block(step, "missing-facts", `"${info.title}" cannot be decided: ${missing.join(", ")} is not known.`);
    else draft.block(step, "no-way", `"${info.title}" has no way on that holds.`);
  }

  /** A notice that reached nobody is not forgotten because the case went on. */
  function staysBlocked({ step, code }: Block): boolean {
    return code === "no-actor" && compiled.map.steps.get(step)?.step.kind === "notify";
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

/** A case that had ended goes on: its key and its place are its own again. */
function wake(draft: Draft): void {
  const machine = draft.state.machine as Record<string, Json>;
  const { output: _, error: __, ...rest } = machine;
  draft.state.machine = { ...rest, status: "active" };
  draft.state.status = "open";
  draft.state.outcome = null;
  draft.state.result = null;
  draft.state.closedAt = null;
  delete draft.state.undoing;
  // Whoever it stood still with waits for it no more, and would never let it go on.
  delete draft.state.haltedWith;
}

/** What was asked of the outside and told to end is asked again; a ladder begins to climb anew. */
function askAgain({ again, ladders }: Resumed): Returned[] {
  const once = (all: readonly { step: string }[]) => [...new Set(all.map(({ step }) => step))];
  return [
    ...once(again).map((step) => ({ type: "ask", params: { step } })),
    ...once(ladders).map((step) => ({ type: "escalate", params: { step } })),
  ];
}
