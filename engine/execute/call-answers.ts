import type { Compiled } from "../compile/compile.ts";
import { answerProblems, declaredPart } from "../steps/call-answer.ts";
import type { CaseEvent, StartEvent } from "./journal.ts";
import type { CaseState } from "./state.ts";

type AnswerEvent = Extract<CaseEvent, { type: "answer" }>;

/**
 * An event as the case takes it: what another system answers is held against what its step declares. An answer of another shape
 * counts as a failed call, with words; of a good one only what is declared is kept.
 */
export function asDeclared<Event extends StartEvent | CaseEvent>(
  compiled: Compiled,
  state: CaseState,
  event: Event,
): Event {
  if (event.type !== "answer" || event.outcome !== "done") return event;
  const answer = event as AnswerEvent;
  const pending = state.pending.find((one) => one.effect === answer.effect);
  const step = pending?.kind === "call" ? compiled.map.steps.get(pending.step)?.step : undefined;
  if (step?.kind !== "call" || !step.answer) return event;
  const data = answer.data ?? {};
  const problems = answerProblems(step.answer, data);
  const taken: AnswerEvent =
    problems.length > 0
      ? { ...answer, outcome: "failed", data: { message: `The answer is not what was agreed. ${problems.join(" ")}` } }
      : { ...answer, data: declaredPart(step.answer, data) };
  return taken as Event;
}
