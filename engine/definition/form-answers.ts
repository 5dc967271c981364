import type { Conditions } from "../rules/conditions.ts";
import type { FactReader } from "../rules/facts.ts";
import { compileConditions } from "../rules/guard.ts";
import { Decimal } from "../words/decimal.ts";
import { error, type Issue } from "../words/issue.ts";
import type { Json } from "../words/json.ts";
import { pointer } from "../words/pointer.ts";
import type { PersonRef } from "../words/reference.ts";
import type { Form, Question } from "./form.ts";

type Answers = Record<string, Json>;

/** What a question is to someone filling the form in, given the answers so far. */
export interface QuestionState {
  shown: boolean;
  required: boolean;
  locked: boolean;
}

/** Reads `answer.<id>` from answers; anything else through `more`. */
export function answerReader(answers: Answers, more?: FactReader): FactReader {
  return (fact, params) => {
    if (!fact.startsWith("answer.")) return more?.(fact, params);
    const id = fact.slice("answer.".length);
    const value = Object.hasOwn(answers, id) ? answers[id] : undefined;
    return isEmpty(value) ? undefined : value;
  };
}

const holds = (conditions: Conditions | undefined, read: FactReader): boolean =>
  conditions !== undefined && compileConditions(conditions).test(read) === true;

/** Whether a question is shown, required and locked. A condition that cannot be evaluated yet does not hold. */
export function questionState(question: Question, read: FactReader): QuestionState {
  const shown = question.showWhen === undefined || holds(question.showWhen, read);
  return {
    shown,
    required: shown && (question.required === true || holds(question.requiredWhen, read)),
    locked: holds(question.lockedWhen, read),
  };
}

/** An answer that says nothing. */
export function isEmpty(value: Json | undefined): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

/** The values that a rating may take: the form's scale, else 1 to 5. */
export function ratingValues(form: Form, question: Question): number[] {
  if (form.scale) return form.scale.values;
  const low = question.min ?? 1;
  return Array.from({ length: (question.max ?? 5) - low + 1 }, (_, position) => low + position);
}

/**
 * The answers to questions that are shown: what was typed before a question went away is no answer, it is neither checked nor
 * kept, and hides what depended on it.
 */
export function shownAnswers(form: Form, answers: Answers, more?: FactReader): Answers {
  const questions = form.sections.flatMap((section) => section.questions).filter((one) => one.showWhen !== undefined);
  let kept = answers;
  for (;;) {
    const read = answerReader(kept, more);
    const gone = new Set(
      questions.filter((one) => Object.hasOwn(kept, one.id) && !questionState(one, read).shown).map(({ id }) => id),
    );
    if (gone.size === 0) return kept;
    kept = Object.fromEntries(Object.entries(kept).filter(([id]) => !gone.has(id)));
  }
}

/** What else answers are checked against. */
export interface AnswerCheck {
  /** Answers facts that are not the form's own. */
  read?: FactReader;
  /** Whether required questions must have an answer; true where absent. */
  complete?: boolean;
  /** The people that some references find, with their names: whom a question's `except` shuts out. Nobody where absent. */
  people?(refs: readonly PersonRef[]): ReadonlyMap<string, string>;
}

/**
 * Whether an outcome hands the form in, so that what is required must be answered. Of a task that is `submitted` or declined,
 * only the first does; where no outcome is called so, each does.
 */
export const handsIn = (outcomes: readonly string[], outcome: string): boolean =>
  !outcomes.includes("submitted") || outcome === "submitted";

/**
 * What is wrong with the answers to a form: unknown questions, required ones left empty, values of another type or out of
 * bounds, people who may not be named. Questions that are not shown are not checked. Paths point into the answers.
 */
export function checkAnswers(form: Form, answers: Answers, check: AnswerCheck = {}): Issue[] {
  const read = answerReader(shownAnswers(form, answers, check.read), check.read);
  const questions = form.sections.flatMap((section) => section.questions);
  const known = new Set(questions.map((question) => question.id));
  const issues = Object.keys(answers)
    .filter((id) => !known.has(id))
    .map((id) => error("unknown-question", pointer(id), `The form has no question "${id}".`));
  for (const question of questions) {
    const state = questionState(question, read);
    if (!state.shown) continue;
    const value = answers[question.id];
    if (isEmpty(value)) {
      if (state.required && check.complete !== false)
        issues.push(error("required", pointer(question.id), `"${question.title}" needs an answer.`));
      continue;
    }
    const problem = problemWith(form, question, value!) ?? shutOut(question, value!, check);
    if (problem) issues.push(error("bad-answer", pointer(question.id), `"${question.title}" ${problem}.`));
  }
  return issues;
}

function problemWith(form: Form, question: Question, value: Json): string | undefined {
  switch (question.type) {
    case "rating": {
      const values = ratingValues(form, question);
      return values.includes(value as number) ? undefined : `takes one of ${values.join(", ")}`;
    }
    case "number":
    case "money":
    case "percent":
      if (typeof value !== "number" || !Number.isFinite(value)) return "takes a number";
      if (question.min !== undefined && value < question.min) return `takes at least ${question.min}`;
      return question.max !== undefined && value > question.max ? `takes at most ${question.max}` : undefined;
    case "yes-no":
      return typeof value === "boolean" ? undefined : "takes yes or no";
    case "choice":
      return question.of === undefined || question.of.includes(value as string | number)
        ? undefined
        : `takes one of ${question.of.join(", ")}`;
    case "multi-choice":
      if (!Array.isArray(value)) return "takes a list";
      return (
        outOfCount(question, value.length) ??
        (value.every((one) => question.of === undefined || question.of.includes(one as string | number))
          ? undefined
          : `takes some of ${question.of?.join(", ")}`)
      );
    case "people":
    case "evidence":
      if (!Array.isArray(value) && typeof value !== "string") return "takes a list";
      return outOfCount(question, Array.isArray(value) ? new Set(value).size : 1);
    case "date":
      return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
        ? undefined
        : "takes a date, e.g. 2026-03-31";
    case "text":
    case "person":
      if (typeof value !== "string") return "takes text";
      if (value.length > 20_000) return "takes at most 20,000 characters";
      return question.max !== undefined && value.length > question.max
        ? `takes at most ${question.max} characters`
        : undefined;
    default:
      return question.type satisfies never;
  }
}

/** Of a question that takes several, `min` and `max` count them. */
function outOfCount({ min, max }: Question, count: number): string | undefined {
  if (min !== undefined && count < min) return `takes at least ${min}`;
  return max !== undefined && count > max ? `takes at most ${max}` : undefined;
}

function shutOut(question: Question, value: Json, { people }: AnswerCheck): string | undefined {
  if (!question.except || !people) return undefined;
  const named = [value].flat();
  const out = [...people(question.except)].flatMap(([id, name]) => (named.includes(id) ? [name] : []));
  return out.length === 0 ? undefined : `may not name ${out.join(", ")}`;
}

/** A form's score and how it came about. */
export interface Score {
  /** Null where the form has no score, or where a missing part blocks it. */
  score: number | null;
  /** Ids of rated questions that were left out. */
  missing: string[];
  policy: "renormalise" | "block" | "zero";
}

/**
 * The score of a form by its own rule: section weights times question weights (equal where none is given). A missing part is
 * left out and the weights renormalised, blocks the score, or counts as zero, as the form says (`renormalise` by default).
 */
export function scoreOf(form: Form, answers: Answers): Score {
  const policy = form.score?.missing ?? "renormalise";
  if (!form.score || form.score.kind === "none") return { score: null, missing: [], policy };
  const read = answerReader(answers);
  const missing: string[] = [];
  const parts: { weight: Decimal; value: Decimal }[] = [];
  for (const section of form.sections) {
    const rated = section.questions.filter(
      (question) => question.type === "rating" && questionState(question, read).shown,
    );
    for (const question of rated) {
      const share = question.weight === undefined ? new Decimal(1).div(rated.length) : new Decimal(question.weight);
      const weight = new Decimal(section.weight ?? "1").mul(share);
      const value = answers[question.id];
      if (typeof value === "number") parts.push({ weight, value: new Decimal(value) });
      else {
        missing.push(question.id);
        if (policy === "zero") parts.push({ weight, value: new Decimal(0) });
      }
    }
  }
  if (parts.length === 0 || (policy === "block" && missing.length > 0)) return { score: null, missing, policy };
  const sum = parts.reduce((total, part) => total.add(part.value.mul(part.weight)), new Decimal(0));
  if (form.score.kind === "sum") return { score: sum.toDecimalPlaces(6).toNumber(), missing, policy };
  const weights = parts.reduce((total, part) => total.add(part.weight), new Decimal(0));
  return { score: weights.isZero() ? null : sum.div(weights).toDecimalPlaces(6).toNumber(), missing, policy };
}
