import type { Compiled } from "../compile/compile.ts";
import { scoreOf, shownAnswers } from "../definition/form-answers.ts";
import type { Said } from "./facts.ts";
import type { CaseEvent, StartEvent } from "./journal.ts";
import type { CaseState } from "./state.ts";
import { answersWith } from "./together.ts";

/** What an event says of the step that it is about, and that is not in the context yet; undefined where it says nothing. */
export function saidOf(compiled: Compiled, state: CaseState, event: StartEvent | CaseEvent): Said | undefined {
  if (event.type === "complete") {
    const task = state.tasks[event.task];
    if (!task) return undefined;
    const form = task.form ? compiled.forms.get(task.form) : undefined;
    const given = answersWith(state, event);
    const answers = form && given ? shownAnswers(form, given) : given;
    return {
      step: task.step,
      ...(task.member === undefined ? {} : { member: task.member }),
      outcome: event.outcome,
      by: event.by,
      ...(answers ? { answers } : {}),
      ...(form ? { score: scoreOf(form, answers ?? {}).score } : {}),
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
