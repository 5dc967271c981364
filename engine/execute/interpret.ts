import type { Context } from "../compile/context.ts";
import type { Json } from "../words/json.ts";
import { ask, askEach, finish, forget, launch, tell, write } from "./carry-effects.ts";
import { remind, strike } from "./carry-strikes.ts";
import { arm, close, escalate, open, openEach, overdue } from "./carry-tasks.ts";
import type { Carrying } from "./carrying.ts";
import { titleOf } from "./draft.ts";
import type { Returned } from "./pure-step.ts";

/** A step for which nobody was found, and whose turn is therefore over at once. */
export type Nobody = string;

/**
 * Carries out, on the draft, what a transition asks for: tasks, timers, messages, effects. Returns the steps for which nobody
 * was found.
 */
export function carryOut(actions: readonly Returned[], carrying: Carrying): Nobody[] {
  const nobody: Nobody[] = [];
  for (const action of actions) {
    const at = action.info ? { ...carrying, context: action.info.context as Context } : carrying;
    const params = (action.params ?? {}) as Record<string, Json>;
    const step = String(params.step ?? "");
    switch (action.type) {
      case "xstate.raise":
        arm(String(params.id), at);
        break;
      case "xstate.cancel":
        at.draft.disarm(String(params.sendId));
        break;
      case "open":
        if (!open(step, at)) nobody.push(step);
        break;
      case "lapsed":
        at.draft.block(step, "no-way", `The time of "${titleOf(at.compiled, step)}" is up, and no way on holds.`);
        break;
      case "open-each":
        openEach(step, at);
        break;
      case "ask-each":
        askEach(step, at);
        break;
      case "close":
        close(step, at);
        break;
      case "overdue":
        overdue(step, at);
        break;
      case "remind":
        remind(step, at);
        break;
      case "strike":
        strike(step, at);
        break;
      case "escalate":
        escalate(step, at);
        break;
      case "tell":
        tell(step, at);
        break;
      case "write":
        write(step, at);
        break;
      case "ask":
        ask(step, at);
        break;
      case "forget":
        forget(step, at);
        break;
      case "launch":
        launch(step, at);
        break;
      case "finish":
        finish(step, String(params.outcome), at);
        break;
      default:
        throw new Error(`the machine asked for "${action.type}", which nothing carries out`);
    }
  }
  return nobody;
}
