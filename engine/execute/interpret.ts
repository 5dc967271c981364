import type { Json } from "../words/json.ts";
import { ask, askEach, finish, forget, launch, tell, write } from "./carry-effects.ts";
import { arm, close, escalate, open, openEach, overdue } from "./carry-tasks.ts";
import type { Carrying } from "./carrying.ts";
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
    const params = (action.params ?? {}) as Record<string, Json>;
    const step = String(params.step ?? "");
    switch (action.type) {
      case "xstate.raise":
        arm(String(params.id), carrying);
        break;
      case "xstate.cancel":
        carrying.draft.disarm(String(params.sendId));
        break;
      case "open":
        if (!open(step, carrying)) nobody.push(step);
        break;
      case "open-each":
        openEach(step, carrying);
        break;
      case "ask-each":
        askEach(step, carrying);
        break;
      case "close":
        close(step, carrying);
        break;
      case "overdue":
        overdue(step, carrying);
        break;
      case "escalate":
        escalate(step, carrying);
        break;
      case "tell":
        tell(step, carrying);
        break;
      case "write":
        write(step, carrying);
        break;
      case "ask":
        ask(step, carrying);
        break;
      case "forget":
        forget(step, carrying);
        break;
      case "launch":
        launch(step, carrying);
        break;
      case "finish":
        finish(step, String(params.outcome), carrying);
        break;
      default:
        throw new Error(`the machine asked for "${action.type}", which nothing carries out`);
    }
  }
  return nobody;
}
