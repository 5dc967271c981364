import type { Form, Question } from "#engine/definition/form.ts";
import type { Conditions } from "#engine/rules/conditions.ts";
import { compileConditions } from "#engine/rules/guard.ts";
import type { Json } from "#engine/words/json.ts";

export type Answers = Record<string, Json>;

/** What a question is just now, given the other answers. */
export interface QuestionState {
  shown: boolean;
  required: boolean;
  locked: boolean;
  /** Why the answer does not do; null where it does. */
  problem: string | null;
}

type Test = (answers: Answers) => boolean;

/** Conditions of a question as a plain test. Whatever cannot be known yet (a missing answer) counts as not holding. */
function testOf(conditions: Conditions | undefined, otherwise: boolean): Test {
  if (!conditions) return () => otherwise;
  const { test } = compileConditions(conditions);
  return (answers) =>
    test((fact) => {
      const answer = fact.startsWith("answer.") ? answers[fact.slice("answer.".length)] : undefined;
      return isEmpty(answer) ? undefined : answer;
    }) === true;
}

/** Compiles a form once; the answer says for each question id how it stands under the given answers. */
export function formStateOf(form: Form): (answers: Answers) => Map<string, QuestionState> {
  const questions = form.sections.flatMap((section) => section.questions);
  const tests = questions.map((question) => ({
    question,
    shown: testOf(question.showWhen, true),
    required: testOf(question.requiredWhen, question.required ?? false),
    locked: testOf(question.lockedWhen, false),
  }));
  return (answers) =>
    new Map(
      tests.map(({ question, ...test }) => {
        const shown = test.shown(answers);
        const required = shown && ((question.required ?? false) || test.required(answers));
        const locked = test.locked(answers);
        const problem = shown && !locked ? problemOf(question, answers[question.id], required) : null;
        return [question.id, { shown, required, locked, problem }];
      }),
    );
}

/** Whether an answer says nothing: not given, empty text, an empty list. */
export const isEmpty = (answer: Json | undefined): boolean =>
  answer === undefined ||
  answer === null ||
  (typeof answer === "string" && answer.trim() === "") ||
  (Array.isArray(answer) && answer.length === 0);

/** What is sent: the answers of the questions that are shown, without the empty ones. */
export function answersToSend(answers: Answers, state: Map<string, QuestionState>): Answers {
  return Object.fromEntries(
    Object.entries(answers).filter(([id, answer]) => (state.get(id)?.shown ?? false) && !isEmpty(answer)),
  );
}

function problemOf(question: Question, answer: Json | undefined, required: boolean): string | null {
  if (isEmpty(answer)) return required ? "This needs an answer." : null;
  if (typeof answer === "number") {
    if (question.min !== undefined && answer < question.min) return `At least ${question.min}.`;
    if (question.max !== undefined && answer > question.max) return `At most ${question.max}.`;
  }
  if (typeof answer === "string" && question.type === "text") {
    if (question.min !== undefined && answer.trim().length < question.min)
      return `At least ${question.min} characters.`;
    if (question.max !== undefined && answer.length > question.max) return `At most ${question.max} characters.`;
  }
  return null;
}
