import { Decimal } from "../words/decimal.ts";
import { error, type Issue, warning } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";
import type { LintSubject } from "./subject.ts";

/** Weights of one level of a form that do not sum to 1: its sections, the questions of a section. Plans have `lintPlan`. */
export function weights({ definition }: LintSubject): Issue[] {
  if (definition.kind !== "form") return [];
  return [
    ...sumIssues(
      "The sections",
      pointer("sections"),
      definition.sections.map(({ weight }) => weight),
    ),
    ...definition.sections.flatMap((section, index) =>
      sumIssues(
        `The questions of "${section.title}"`,
        pointer("sections", index, "questions"),
        section.questions.map(({ weight }) => weight),
        true,
      ),
    ),
  ];
}

function sumIssues(what: string, path: string, given: (string | undefined)[], someMayLack = false): Issue[] {
  const present = given.filter((weight) => weight !== undefined);
  if (present.length === 0) return [];
  if (present.some((weight) => new Decimal(weight).isNegative())) {
    return [error("negative-weight", path, `${what} have a weight below 0.`, "Weights are shares between 0 and 1.")];
  }
  if (present.length < given.length && !someMayLack) {
    return [
      warning(
        "weight-missing",
        path,
        `Only some of ${what.toLowerCase()} have a weight.`,
        "Give each a weight, or none.",
      ),
    ];
  }
  const sum = present.reduce((total, weight) => total.plus(weight), new Decimal(0));
  if (sum.equals(1)) return [];
  const hint = sum.equals(100)
    ? 'Write shares, not percent: "0.6" for 60 %.'
    : "Change them so that they sum to 1 (100 %).";
  return [
    error(
      "weights",
      path,
      `The weights of ${what.charAt(0).toLowerCase()}${what.slice(1)} sum to ${sum.toString()}, not to 1.`,
      hint,
    ),
  ];
}
