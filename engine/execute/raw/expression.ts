import { closest } from "../../words/closest.ts";
import { error, type Issue } from "../../words/issue.ts";
import type { Json } from "../../words/json.ts";
import { fromExactJson } from "./exact-json.ts";
import { member, OPERATORS } from "./operators.ts";

/** What an expression may read. */
export interface Scope {
  context: Readonly<Record<string, unknown>>;
  event: Readonly<Record<string, unknown>>;
  /** Whether a state is active. */
  active(state: string): boolean;
}

/** Deeper than this no author writes and no stack need go. */
const DEEPEST = 200;
const LAZY = ["&&", "||", "??", "?:", "and", "or", "if"];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * The value of an expression: `{const}`, `{var, path?}` of the context, `{event, path?}` of the event (`name` is its type),
 * `{in}` whether a state is active, `{op, args}`; a bare text, number, boolean or null is itself. No text is ever run as code.
 */
export function evaluate(expression: unknown, scope: Scope): unknown {
  if (!isRecord(expression)) return expression;
  if ("const" in expression) return fromExactJson(expression.const as Json);
  if ("var" in expression) return along(member(scope.context, expression.var), expression.path);
  if ("event" in expression) {
    const field = expression.event === "name" ? "type" : expression.event;
    return along(member(scope.event, field), expression.path);
  }
  if ("in" in expression) return scope.active(String(expression.in));
  const args = expression.args as readonly unknown[];
  const value = (position: number) => evaluate(args[position], scope);
  switch (expression.op) {
    case "&&":
    case "and":
      return args.reduce((last, arg) => (last ? evaluate(arg, scope) : last), true as unknown);
    case "||":
    case "or":
      return args.reduce((last, arg) => (last ? last : evaluate(arg, scope)), false as unknown);
    case "??":
      return args.reduce((last, arg) => last ?? evaluate(arg, scope), null as unknown);
    case "?:":
    case "if":
      return value(0) ? value(1) : value(2);
    default:
      return OPERATORS[String(expression.op)]!.apply(args.map((_, position) => value(position)));
  }
}

function along(value: unknown, path: unknown): unknown {
  return Array.isArray(path) ? path.reduce<unknown>((found, key) => member(found, key), value) : value;
}

/** What is wrong with an expression, and the states that it asks about (each with where). */
export function checkExpression(
  expression: unknown,
  path: string,
  asks: (state: string, path: string) => void,
  depth = 0,
): Issue[] {
  if (depth > DEEPEST)
    return [error("too-deep", path, `This expression is nested deeper than ${DEEPEST} levels.`, "Split it.")];
  if (expression === undefined) return [error("no-expression", path, "There is no expression here.")];
  if (!isRecord(expression)) {
    return Array.isArray(expression)
      ? [error("no-expression", path, "A list is no expression.", 'Write {"const": […]} for a list.')]
      : [];
  }
  if ("const" in expression) return [];
  if ("var" in expression || "event" in expression) {
    const name = expression.var ?? expression.event;
    const issues = typeof name === "string" ? [] : [error("no-name", path, "What is read has to be named by a text.")];
    if (expression.path !== undefined && !Array.isArray(expression.path))
      issues.push(error("no-path", `${path}/path`, 'A path is a list of names: ["a", "b"].'));
    return issues;
  }
  if ("in" in expression) {
    if (typeof expression.in !== "string") return [error("no-state", path, '"in" names a state.')];
    asks(expression.in, path);
    return [];
  }
  if (!("op" in expression))
    return [error("no-expression", path, "This is none of const, var, event, in, op.", "Write one of these five.")];
  return checkOperation(expression, path, asks, depth);
}

function checkOperation(
  expression: Record<string, unknown>,
  path: string,
  asks: (state: string, path: string) => void,
  depth: number,
): Issue[] {
  const op = String(expression.op);
  const lazy = LAZY.includes(op);
  const operator = OPERATORS[op];
  if (!lazy && !operator) {
    const known = [...LAZY, ...Object.keys(OPERATORS)];
    return [
      error(
        "unknown-operator",
        `${path}/op`,
        `There is no operator "${op}".`,
        `${closest(op, known) ?? known.join(" ")}`,
      ),
    ];
  }
  const args = expression.args;
  if (!Array.isArray(args)) return [error("no-arguments", path, `"${op}" needs a list of arguments under "args".`)];
  const [least, most] = lazy ? (op === "?:" || op === "if" ? [3, 3] : [1, 64]) : [operator!.least, operator!.most];
  if (args.length < least || args.length > most) {
    const wanted = least === most ? `${least}` : `${least} to ${most}`;
    return [error("wrong-arguments", `${path}/args`, `"${op}" takes ${wanted} arguments and has ${args.length}.`)];
  }
  return args.flatMap((arg, position) => checkExpression(arg, `${path}/args/${position}`, asks, depth + 1));
}

/** The states that an expression asks about. */
export function statesAsked(expression: unknown): string[] {
  const asked = new Set<string>();
  checkExpression(expression, "", (state) => asked.add(state));
  return [...asked];
}
