import type { AnyMachineSnapshot } from "xstate";
import type { Compiled } from "../compile/compile.ts";
import type { Context } from "../compile/context.ts";
import { kindOf } from "../steps/registry.ts";
import { type Draft, tasksOf } from "./draft.ts";
import type { Returned } from "./pure-step.ts";
import { activeSteps } from "./snapshot.ts";
import type { Block } from "./state.ts";
import { timerId } from "./timers.ts";

/**
 * Tries again where the case was stuck: a step without its task opens it (nobody was found, or the rounds of a loop were used
 * up and somebody shall choose again), a step without its question asks it. Steps that wait for nothing are asked by the nudge.
 */
export function reopen(
  compiled: Compiled,
  draft: Draft,
  stuckBefore: readonly Block[],
  snapshot: AnyMachineSnapshot,
  carry: (actions: Returned[], context: Context) => string[],
): string[] {
  const active = new Set(activeSteps(compiled, snapshot));
  const context = snapshot.context as Context;
  return stuckBefore.flatMap((block) => {
    const { step } = block;
    const info = compiled.map.steps.get(step)!.step;
    if (info.kind === "notify")
      return block.code === "no-actor" ? carry([{ type: "tell", params: { step } }], context) : [];
    if (!active.has(step)) return [];
    const waits = kindOf(info).waits;
    // What was answered is not asked again: a payout would be booked twice. Only drawing more rounds helps there.
    if (block.code === "too-many-visits" && (waits === "an answer" || context.members[step])) {
      draft.block(step, block.code, block.message);
      return [];
    }
    if (context.members[step]) return [];
    const asks = waits === "an answer" || ("shared" in info && info.shared !== undefined);
    if (asks && !draft.state.pending.some((pending) => pending.step === step)) {
      return carry([{ type: "ask", params: { step } }], context);
    }
    if (asks || waits !== "people" || tasksOf(draft.state, step).length > 0) return [];
    const deadline = draft.state.timers[timerId({ key: `${step}.deadline`, step })];
    const nobody = carry([{ type: "open", params: { step } }], context);
    // A clock that recurs is nobody's due date.
    const dated = compiled.map.clocks.get(`${step}.deadline`)?.clock.every === undefined;
    if (deadline && dated)
      for (const task of tasksOf(draft.state, step)) draft.changeTask(task, { dueAt: deadline.dueAt });
    return nobody;
  });
}
