import type { Compiled } from "../compile/compile.ts";
import type { Form } from "../definition/form.ts";
import { shownAnswers } from "../definition/form-answers.ts";
import type { Json } from "../words/json.ts";
import type { CaseEvent } from "./journal.ts";
import { answerSets } from "./members.ts";
import type { CaseState } from "./state.ts";
import { answersWith } from "./together.ts";

type Answers = Record<string, Json>;
type Answering = Extract<CaseEvent, { type: "complete" | "pass" }>;

/**
 * An event without the answers to questions that its form hides: what somebody typed before a question went away is never
 * journaled, and so in no view and no export. Of a session an answer given for all stays where it is shown for one of them.
 */
export function shownOnly(compiled: Compiled, state: CaseState, event: CaseEvent): CaseEvent {
  if (event.type !== "complete" && event.type !== "pass") return event;
  const id = state.tasks[event.task]?.form;
  const form = id ? compiled.forms.get(id) : undefined;
  return form ? { ...event, ...shownOf(form, state, event) } : event;
}

function shownOf(
  form: Form,
  state: CaseState,
  event: Answering,
): Pick<Answering & { type: "complete" }, "answers" | "rows"> {
  const answers = answersWith(state, event) ?? {};
  const rows = event.type === "complete" ? event.rows : undefined;
  const sets = event.type === "complete" ? answerSets(state, { ...event, answers }) : [answers];
  const shown = new Set(sets.flatMap((set) => Object.keys(shownAnswers(form, set))));
  const kept = Object.entries(rows ?? {}).map(([subject, row]) => {
    const own = shownAnswers(form, { ...answers, ...row });
    return [subject, only(row, (id) => Object.hasOwn(own, id))] as const;
  });
  return {
    ...(event.answers && { answers: only(event.answers, (id) => shown.has(id)) }),
    ...(rows && { rows: Object.fromEntries(kept) }),
  };
}

const only = (answers: Answers, keeps: (id: string) => boolean): Answers =>
  Object.fromEntries(Object.entries(answers).filter(([id]) => keeps(id)));
