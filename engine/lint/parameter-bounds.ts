import type { Parameter } from "../definition/parameter.ts";
import { error, type Issue } from "../words/issue.ts";
import { sameJson } from "../words/json.ts";
import { pointer } from "../words/pointer.ts";
import type { LintSubject } from "./subject.ts";

/** A parameter whose default has the wrong type or lies outside its bounds, or whose bounds exclude everything. */
export function parameterBounds({ definition }: LintSubject): Issue[] {
  const [member, declared] =
    definition.kind === "parameters"
      ? ["values", definition.values]
      : ["parameters", ("parameters" in definition ? definition.parameters : undefined) ?? {}];
  return Object.entries(declared).flatMap(([name, parameter]) => {
    const path = pointer(member, name);
    if (parameter.min !== undefined && parameter.max !== undefined && parameter.min > parameter.max) {
      return [
        error(
          "empty-bounds",
          path,
          `"${parameter.title}" allows nothing: its minimum is above its maximum.`,
          "Swap them.",
        ),
      ];
    }
    const problem = valueProblem(parameter, parameter.default);
    if (!problem) return [];
    const hint = "Change the default or the bounds.";
    return [error("parameter-default", `${path}/default`, `The default of "${parameter.title}" ${problem}.`, hint)];
  });
}

/**
 * What is wrong with a value for a parameter (`is not a whole number`, `is below 1`), or undefined where it is allowed.
 * Also asked by whoever edits the sheet of a live system.
 */
export function valueProblem(parameter: Parameter, value: unknown): string | undefined {
  switch (parameter.type) {
    case "text":
      return typeof value === "string" ? undefined : "is not text";
    case "boolean":
      return typeof value === "boolean" ? undefined : "is not true or false";
    case "date":
      return typeof value === "string" && isDate(value) ? undefined : "is not a date such as 2026-03-31";
    case "choice":
      return (parameter.of ?? []).some((one) => sameJson(one, value)) ? undefined : "is not one of its choices";
    case "decimal":
    case "money":
    case "percent":
      return typeof value === "string" && !/^-?\d{1,15}(\.\d{1,12})?$/.test(value)
        ? 'is not a decimal such as "0.7"'
        : numberProblem(parameter, typeof value === "string" ? Number(value) : value);
    case "number":
      return numberProblem(parameter, value);
    case "integer":
      return Number.isInteger(value) ? numberProblem(parameter, value) : "is not a whole number";
    case "workingDays":
    case "days":
    case "hours":
      if (!Number.isInteger(value) || Number(value) < 0) return "is not a whole number of 0 or more";
      return numberProblem(parameter, value);
  }
}

function numberProblem({ min, max }: Parameter, value: unknown): string | undefined {
  if (typeof value !== "number" || !Number.isFinite(value)) return "is not a number";
  if (min !== undefined && value < min) return `is below ${min}`;
  if (max !== undefined && value > max) return `is above ${max}`;
  return undefined;
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
}
