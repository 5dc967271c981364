import type { Compiled } from "../compile/compile.ts";
import { beginEvent } from "../compile/moves.ts";
import { fieldProblem } from "../definition/field-problem.ts";
import { didYouMean } from "../words/closest.ts";
import type { Json } from "../words/json.ts";
import { isUndoing } from "./cancel.ts";
import type { CaseEvent } from "./journal.ts";
import type { Refusal } from "./outcome.ts";
import { contextOf } from "./snapshot.ts";
import type { CaseState } from "./state.ts";
import { UNDO_MS } from "./undo.ts";
import type { World } from "./world.ts";

type ByHand = Extract<CaseEvent, { type: "move" | "reopen" | "set-data" | "undo" }>;
type Objection = Pick<Refusal, "code" | "message">;

/** Whether an event is an admin's hand on a case, which has rules of its own. */
export const isByHand = (event: CaseEvent): event is ByHand =>
  event.type === "move" || event.type === "reopen" || event.type === "set-data" || event.type === "undo";

/** Why an admin may not do that with a case as it stands; undefined where they may. */
export function mayByHand(
  compiled: Compiled,
  state: CaseState,
  event: ByHand,
  world: World,
  now: number,
): Objection | undefined {
  const ended = state.status === "closed" || state.status === "cancelled";
  const no = (message: string): Objection => ({ code: "not-possible", message });
  if (isUndoing(state)) return no("The case was cancelled, and what its steps have done is being undone.");
  switch (event.type) {
    case "undo":
      return mayUndo(state, event.by, now);
    case "reopen":
      if (!ended) return no("The case is open; it can be moved, and need not be reopened.");
      return mayEnter(compiled, state, event.to);
    case "move":
      if (ended) return { code: "closed", message: `The case is ${state.status}. Reopen it to go on.` };
      return mayEnter(compiled, state, event.to);
    case "set-data": {
      if (ended) return { code: "closed", message: `The case is ${state.status}. Reopen it to change it.` };
      const problems = Object.entries(event.data).flatMap(([name, value]) => dataProblem(compiled, name, value, world));
      if (Object.keys(event.data).length === 0) problems.push("Name a field to change.");
      return problems.length > 0 ? { code: "bad-answers", message: problems.join(" ") } : undefined;
    }
    default:
      return event satisfies never;
  }
}

function mayUndo(
  { undo, parent, members, pending, status }: CaseState,
  by: string | null,
  now: number,
): Objection | undefined {
  const no = (message: string): Objection => ({ code: "not-possible", message });
  if (!undo) return no("There is nothing to take back: the case has moved on since.");
  if (now - undo.at > UNDO_MS) return no("What was done more than 10 minutes ago is not taken back any more.");
  const ended = status === "closed" || status === "cancelled";
  if (by !== null && parent && ended)
    return no("The case that started this one has been told of its end, so that it cannot be taken back here.");
  if (ended && members?.some(({ caseId, waits }) => caseId !== null && waits))
    return no("The cases that share this one have been told of its end, so that it cannot be taken back here.");
  if (undo.what === "cancel" && undo.before.undoable)
    return no("What its steps had done has been undone, which is not taken back. Reopen the case instead.");
  if ([...undo.before.pending, ...pending].some(({ kind }) => kind === "payout"))
    return no("A payout was under way, and it may have been booked. Look at the ledger instead.");
  return undefined;
}

/** A drawn step that a case may be taken to. */
function mayEnter(compiled: Compiled, state: CaseState, to: string): Objection | undefined {
  const info = compiled.map.steps.get(to);
  // The machine takes cases to what is drawn, and not to what only undoes a step or ends a frame.
  if (!info || !compiled.machine.events.includes(beginEvent(to))) {
    const hint = didYouMean(to, compiled.map.steps.keys());
    return { code: "not-possible", message: `There is no step "${to}" to move to.${hint ? ` ${hint}` : ""}` };
  }
  if (info.step.kind === "payout" && contextOf(state).steps[to]?.outcome !== undefined)
    return {
      code: "not-possible",
      message: `"${info.step.title}" has been booked already. Correct it in the plan's run; it is not paid again.`,
    };
  return undefined;
}

function dataProblem(compiled: Compiled, name: string, value: Json, world: World): string[] {
  const fields = compiled.definition.kind === "workflow" ? (compiled.definition.data ?? {}) : {};
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (!field) return [`The workflow has no data "${name}". ${didYouMean(name, Object.keys(fields)) ?? ""}`.trim()];
  if (value === null) return field.required ? [`"${field.title ?? name}" is missing.`] : [];
  const problem = fieldProblem(field, value, world.directory);
  return problem ? [`"${field.title ?? name}" ${problem}.`] : [];
}
