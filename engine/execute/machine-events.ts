import type { Compiled } from "../compile/compile.ts";
import { beginEvent, moveEvent, PUT_EVENT } from "../compile/moves.ts";
import type { CaseEvent } from "./journal.ts";
import { isLook } from "./looks.ts";
import { desertedEvents } from "./members.ts";
import { contextOf } from "./snapshot.ts";
import type { CaseState } from "./state.ts";

/** Wakes a machine without saying anything: eventless transitions are looked at again. */
const NUDGE = { type: "rondo.again" };

/** What the machine is sent for an event of the case: its own event names are qualified by the step. */
export function machineEvents(
  compiled: Compiled,
  state: CaseState,
  event: CaseEvent,
  active: readonly string[],
): { type: string }[] {
  const drawn = (step: string, name: string) => {
    const info = compiled.map.steps.get(step)?.step;
    return info !== undefined && "on" in info && info.on[name] !== undefined;
  };
  switch (event.type) {
    case "complete": {
      const task = state.tasks[event.task];
      if (!task) return [];
      return [{ type: task.member === undefined ? `${task.step}.${event.outcome}` : `${task.step}.member` }];
    }
    case "event":
      return active
        .filter((step) => (event.step === undefined || event.step === step) && drawn(step, event.event))
        .map((step) => ({ type: `${step}.${event.event}` }));
    case "hold":
      // It waits by now: there is nothing to keep.
      return active.includes(event.step) && drawn(event.step, event.event)
        ? [{ type: `${event.step}.${event.event}` }]
        : [];
    case "timer":
      return isLook(event.timer) ? [] : [{ type: event.timer }];
    case "answer": {
      const pending = state.pending.find((one) => one.effect === event.effect);
      if (!pending || !active.includes(pending.step)) return [];
      if (pending.member !== undefined) return [{ type: `${pending.step}.member` }];
      const name = drawn(pending.step, event.outcome) || event.outcome === "failed" ? event.outcome : "done";
      return [{ type: `${pending.step}.${name}` }];
    }
    case "retry":
      // What is cancelled does not move on; only undoing it goes on.
      if (state.undoing) return [];
      return [
        NUDGE,
        ...active.filter((step) => asksNobody(compiled, state, step)).map((step) => ({ type: `${step}.again` })),
      ];
    case "move":
      return [{ type: moveEvent(event.to) }];
    case "reopen":
      return [{ type: beginEvent(event.to) }];
    case "set-data":
      return [{ type: PUT_EVENT }];
    case "undo":
    case "follow":
      return [];
    case "join":
      return [NUDGE];
    case "leave":
      return state.members?.length === 0 ? desertedEvents(compiled, active) : [NUDGE];
    case "claim":
    case "transfer":
    case "pass":
    case "cancel":
    case "rearm":
    case "look":
    case "pause":
    case "resume":
      return [];
    default:
      return event satisfies never;
  }
}

/** Whether a step that asks many has found nobody to ask. */
function asksNobody(compiled: Compiled, state: CaseState, step: string): boolean {
  const info = compiled.map.steps.get(step)?.step;
  if (!info || !("each" in info) || !info.each) return false;
  return Object.keys(contextOf(state).members[step] ?? {}).length === 0;
}
