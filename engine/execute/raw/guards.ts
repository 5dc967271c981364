import { and, not, or, stateIn } from "xstate";
import { error } from "../../words/issue.ts";
import type { ActionReading } from "./action-check.ts";
import { checkExpression, statesAsked } from "./expression.ts";
import { exactId } from "./names.ts";

/** A guard as XState takes it. */
export type Guard = unknown;

/**
 * The expression of a guard: `{type: "expr", params: {expr}}`, or the expression itself. Undefined where there is no guard, and
 * where it is wrong: what is wrong is told to the reading.
 */
export function readGuard(guard: unknown, path: string, { issues, asks }: ActionReading): unknown {
  if (guard === undefined || guard === null) return undefined;
  const { type, params } = (typeof guard === "object" ? guard : {}) as { type?: unknown; params?: { expr?: unknown } };
  const name = typeof guard === "string" ? guard : type;
  if (name !== undefined && name !== "expr") {
    const hint = 'Write {"type": "expr", "params": {"expr": …}}: no text of a machine is ever run.';
    issues.push(error("unknown-guard", path, `There is no guard "${String(name)}".`, hint));
    return undefined;
  }
  const expression = name === undefined ? guard : params?.expr;
  const wrong = checkExpression(expression, path, asks);
  issues.push(...wrong);
  return wrong.length === 0 ? expression : undefined;
}

type Operation = { op: string; args: unknown[] };

/**
 * A guard that XState evaluates. What is asked of the context and the event is one call; a question where the machine stands
 * (`{in}`) has to be XState's own `stateIn`, since a guard's function is not shown the state: so `and`, `or` and `not` become
 * XState's, and any other operation on such a question is asked once for each answer that the question may have.
 */
export function xstateGuard(expression: unknown, idOf: (state: string) => string): Guard {
  const asked = statesAsked(expression);
  if (asked.length === 0) return { type: "expr", params: { expression, active: [] } };
  const isIn = (state: string) => stateIn(exactId(idOf(state)) as never);
  if (isQuestion(expression)) return isIn(expression.in);
  const { op, args } = expression as Operation;
  const inner = () => args.map((arg) => xstateGuard(arg, idOf)) as never[];
  if (op === "&&" || op === "and") return and(inner());
  if (op === "||" || op === "or") return or(inner());
  if (op === "!" || op === "not") return not(inner()[0]!);
  return byAnswers(expression, asked, [], isIn);
}

const isQuestion = (expression: unknown): expression is { in: string } =>
  typeof expression === "object" && expression !== null && "in" in expression;

function byAnswers(
  expression: unknown,
  open: readonly string[],
  active: string[],
  isIn: (state: string) => Guard,
): Guard {
  const [state, ...rest] = open;
  if (state === undefined) return { type: "expr", params: { expression, active } };
  const yes = byAnswers(expression, rest, [...active, state], isIn);
  const no = byAnswers(expression, rest, active, isIn);
  const here = isIn(state) as never;
  return or([and([here, yes as never]), and([not(here), no as never])]);
}
