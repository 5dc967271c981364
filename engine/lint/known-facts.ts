import type { Workflow } from "../definition/workflow.ts";
import type { PlacedStep } from "../steps/placed-steps.ts";
import { didYouMean } from "../words/closest.ts";
import type { LintSubject } from "./subject.ts";

/** The words a fact may begin with, beside the name of a record type. */
export const NAMESPACES = [
  "subject",
  "person",
  "unit",
  "case",
  "step",
  "trigger",
  "event",
  "period",
  "parameter",
  "metric",
  "records",
  "answer",
  "time",
];

/** What every case knows of itself, beside its data. */
const CASE_FACTS = ["id", "openedAt", "members", "memberCount"];

/** What every step leaves behind, beside its answers. */
const STEP_FACTS = ["outcome", "by", "at", "score", "comment", "visits", "enteredAt", "flagged", "answers"];

/** What is wrong with a fact's name as read by a workflow; undefined where nothing is, or where it cannot be known. */
export function factProblem(
  fact: string,
  workflow: Workflow,
  subject: LintSubject,
): { message: string; hint?: string } | undefined {
  const [space = "", ...rest] = fact.split(".");
  const namespaces = [...NAMESPACES, workflow.subject, ...subject.ids("record-type")];
  if (!namespaces.includes(space)) {
    if (!subject.complete) return undefined;
    return { message: `There is no fact "${fact}".`, hint: didYouMean(space, namespaces) };
  }
  if (space === "case") return caseProblem(fact, rest[0] ?? "", workflow);
  if (space === "step") return stepProblem(fact, rest, subject);
  return undefined;
}

function caseProblem(fact: string, field: string, workflow: Workflow) {
  const declared = Object.keys(workflow.data ?? {});
  if (declared.includes(field) || CASE_FACTS.includes(field)) return undefined;
  const hint = didYouMean(field, declared) ?? 'Declare it under "data".';
  return { message: `The workflow has no data "${field}", so "${fact}" is never known.`, hint };
}

function stepProblem(fact: string, [id = "", answer]: string[], subject: LintSubject) {
  const placed = subject.placed.byId.get(id);
  if (!placed)
    return {
      message: `There is no step "${id}", so "${fact}" is never known.`,
      hint: didYouMean(id, subject.placed.byId.keys()),
    };
  const answers = answersOf(placed, subject);
  if (!answers || answer === undefined || answers.includes(answer) || STEP_FACTS.includes(answer)) return undefined;
  return { message: `"${placed.step.title}" leaves no answer "${answer}".`, hint: didYouMean(answer, answers) };
}

/** The answers a step leaves: its form's questions, a call's declared fields; undefined where that is not known. */
function answersOf({ step }: PlacedStep, subject: LintSubject): string[] | undefined {
  if (step.kind === "call") return Object.keys(step.answer ?? {});
  if (step.kind !== "form" && step.kind !== "approval" && step.kind !== "calibration") return undefined;
  if (step.form === undefined) return [];
  const form = subject.find("form", step.form);
  return form?.sections.flatMap((section) => section.questions.map((question) => question.id));
}
