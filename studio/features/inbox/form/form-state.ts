import type { Form } from "#engine/definition/form.ts";
import { answerReader, checkAnswers, isEmpty, questionState } from "#engine/definition/form-answers.ts";
import type { Json } from "#engine/words/json.ts";
import { pointer } from "#engine/words/pointer.ts";

export type Answers = Record<string, Json>;

/** What a question is just now, given the other answers. */
export interface QuestionState {
  shown: boolean;
  required: boolean;
  locked: boolean;
  /** Why the answer does not do, as a sentence under its question; null where it does. */
  problem: string | null;
}

/** How each question of a form stands under the answers, by the engine's own rules, which the server applies again. */
export function formState(form: Form, answers: Answers): Map<string, QuestionState> {
  const given = withoutBlanks(answers);
  const read = answerReader(given);
  const known = new Set(form.sections.flatMap((section) => section.questions.map((question) => question.id)));
  const asked = Object.fromEntries(Object.entries(given).filter(([id]) => known.has(id)));
  const problems = new Map(checkAnswers(form, asked).map((issue) => [issue.path, issue.message]));
  return new Map(
    form.sections.flatMap((section) =>
      section.questions.map((question) => {
        const message = problems.get(pointer(question.id)) ?? null;
        return [
          question.id,
          { ...questionState(question, read), problem: message && untitled(message, question.title) },
        ];
      }),
    ),
  );
}

/** What is sent: the answers of the questions that are shown, without the empty ones. */
export function answersToSend(answers: Answers, state: Map<string, QuestionState>): Answers {
  return Object.fromEntries(Object.entries(withoutBlanks(answers)).filter(([id]) => state.get(id)?.shown ?? false));
}

/** Answers that say something: spaces alone do not. */
export const withoutBlanks = (answers: Answers): Answers =>
  Object.fromEntries(
    Object.entries(answers).filter(([, value]) => !isEmpty(typeof value === "string" ? value.trim() : value)),
  );

/** `"Sales" needs an answer.` stands under Sales already: "Needs an answer." */
function untitled(message: string, title: string): string {
  const rest = message.startsWith(`"${title}" `) ? message.slice(title.length + 3) : message;
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
