import { didYouMean } from "../../words/closest.ts";
import { error, type Issue } from "../../words/issue.ts";
import { checkExpression } from "./expression.ts";
import { guardExpression } from "./guards.ts";

/** An action as the machine is given it: its params are read and whole. */
export interface RawAction {
  type: "raise" | "send" | "cancel" | "assign" | "log" | "choose";
  params: Record<string, unknown>;
}

/** One way of a `choose`: the first whose expression holds is taken; one without an expression always does. */
export interface Branch {
  expression?: unknown;
  actions: RawAction[];
}

/** What reading an action needs of the reading of its machine. */
export interface ActionReading {
  issues: Issue[];
  asks: (state: string, path: string) => void;
}

type Params = Record<string, unknown>;
const NAMES = ["raise", "send", "cancel", "assign", "log", "choose"];

/** Reads a list of actions (or the only one): each with its params, mistakes as issues. */
export function checkActions(value: unknown, path: string, reading: ActionReading): RawAction[] {
  const list = Array.isArray(value) ? value : [value];
  return list.flatMap((one, position) =>
    checkAction(one, Array.isArray(value) ? `${path}/${position}` : path, reading),
  );
}

function checkAction(value: unknown, path: string, { issues, asks }: ActionReading): RawAction[] {
  const given = (typeof value === "string" ? { type: value } : value) as { type?: unknown; params?: Params } | null;
  const type = String(given?.type).replace(/^xstate\./, "");
  if (!NAMES.includes(type)) {
    issues.push(error("unknown-action", path, `There is no action "${type}".`, didYouMean(type, NAMES)));
    return [];
  }
  // An action may also carry what it needs beside its type.
  const params = (given?.params ?? given ?? {}) as Params;
  const expression = (part: unknown, place: string) => {
    if (part !== undefined) issues.push(...checkExpression(part, `${path}/params/${place}`, asks));
  };
  if (type === "choose") return [{ type, params: { branches: branches(params, path, { issues, asks }) } }];
  if (type === "raise" || type === "send") {
    const event = typeof params.event === "string" ? { type: params.event } : params.event;
    if (typeof (event as Params | null)?.type !== "string")
      issues.push(error("no-event", `${path}/params/event`, 'An event is an object with a text under "type".'));
    for (const part of ["delay", "id"]) expression(params[part], part);
    for (const [name, part] of Object.entries((params.params ?? {}) as Params)) expression(part, `params/${name}`);
    return [{ type, params: { ...params, event } }];
  }
  if (type === "cancel") {
    const id = params.id ?? params.sendId ?? params.sendid;
    if (id === undefined) issues.push(error("no-id", path, 'What is cancelled has to be named under "id".'));
    expression(id, "id");
    return [{ type, params: { id } }];
  }
  if (type === "assign") {
    if (typeof params.key !== "string" || params.key === "__proto__")
      issues.push(error("no-key", `${path}/params/key`, "What is assigned has to be named by a text."));
    issues.push(...checkExpression(params.expr, `${path}/params/expr`, asks));
  }
  return [{ type: type as RawAction["type"], params }];
}

/**
 * The ways of a `choose`: a list of `{guard, actions}` under `branches` (or another name: XState's own `choose` took the bare
 * list, SCXML speaks of if, elseif and else), or `{if, then, else}`.
 */
function branches(params: Params, path: string, reading: ActionReading): Branch[] {
  const own = Object.entries(params).find(([key, value]) => Array.isArray(value) && key !== "then" && key !== "else");
  const list = Array.isArray(params) ? params : "if" in params ? [params] : ((own?.[1] ?? []) as unknown[]);
  const rest = params.else ?? params.otherwise ?? params.default;
  const ways = rest === undefined || list.includes(rest) ? list : [...list, { actions: rest }];
  if (ways.length === 0)
    reading.issues.push(error("no-branches", path, '"choose" needs branches: [{"guard": …, "actions": […]}].'));
  return ways.map((way, position) => {
    const { guard, cond, when, if: condition, expr, actions, then } = (way ?? {}) as Params;
    const place = `${path}/params/branches/${position}`;
    const asked = guard ?? cond ?? when ?? condition ?? expr;
    const expression = asked === undefined || asked === null ? undefined : guardExpression(asked);
    if (expression !== undefined) reading.issues.push(...checkExpression(expression, place, reading.asks));
    return {
      ...(expression === undefined ? {} : { expression }),
      actions: checkActions(actions ?? then ?? [], `${place}/actions`, reading),
    };
  });
}
