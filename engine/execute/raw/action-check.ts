import { didYouMean } from "../../words/closest.ts";
import { error, type Issue } from "../../words/issue.ts";
import { pointer } from "../../words/pointer.ts";
import { checkExpression } from "./expression.ts";
import { readGuard } from "./guards.ts";

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
/** What an action may be told. A log's text and the ways of a `choose` are read as they come. */
const PARAMS: Readonly<Record<RawAction["type"], readonly string[] | null>> = {
  raise: ["event", "params", "delay", "id"],
  send: ["event", "params", "delay", "id"],
  cancel: ["id", "sendId", "sendid"],
  assign: ["key", "path", "expr"],
  log: null,
  choose: null,
};
const NAMES = Object.keys(PARAMS);

/** Reads a list of actions (or the only one): each with its params, mistakes as issues. */
export function checkActions(value: unknown, path: string, reading: ActionReading): RawAction[] {
  const list = Array.isArray(value) ? value : [value];
  return list.flatMap((one, position) =>
    checkAction(one, Array.isArray(value) ? `${path}/${position}` : path, reading),
  );
}

function checkAction(value: unknown, path: string, reading: ActionReading): RawAction[] {
  const { issues, asks } = reading;
  const given = (typeof value === "string" ? { type: value } : value) as { type?: unknown; params?: Params } | null;
  const type = String(given?.type).replace(/^xstate\./, "");
  if (!(NAMES as readonly string[]).includes(type)) {
    issues.push(error("unknown-action", path, `There is no action "${type}".`, didYouMean(type, NAMES)));
    return [];
  }
  // An action may also carry what it needs beside its type.
  const params = (given?.params ?? given ?? {}) as Params;
  const expression = (part: unknown, place: string) => {
    if (part !== undefined) issues.push(...checkExpression(part, `${path}/params/${place}`, asks));
  };
  const known = PARAMS[type as RawAction["type"]];
  for (const name of Object.keys(known && !Array.isArray(params) ? params : {})) {
    if (known?.includes(name) || (params === given && name === "type")) continue;
    const message = `"${type}" takes no "${name}".`;
    issues.push(error("unknown-key", `${path}/params${pointer(name)}`, message, didYouMean(name, known!)));
  }
  switch (type) {
    case "choose":
      return [{ type, params: { branches: branches(params, path, reading) } }];
    case "raise":
    case "send": {
      // What has no type is the type itself: a text, or an expression that gives one.
      const event = typeof params.event === "object" && params.event && "type" in params.event;
      const sent = (event ? params.event : { type: params.event }) as Params;
      if (typeof sent.type === "string" ? sent.type === "" : typeof sent.type !== "object" || sent.type === null)
        issues.push(error("no-event", `${path}/params/event`, 'An event is an object with a text under "type".'));
      else expression(sent.type, event ? "event/type" : "event");
      for (const part of ["delay", "id"]) expression(params[part], part);
      for (const [name, part] of Object.entries((params.params ?? {}) as Params)) expression(part, `params/${name}`);
      return [{ type, params: { ...params, event: sent } }];
    }
    case "cancel": {
      const id = params.id ?? params.sendId ?? params.sendid;
      if (id === undefined) issues.push(error("no-id", path, 'What is cancelled has to be named under "id".'));
      expression(id, "id");
      return [{ type, params: { id } }];
    }
    case "assign":
      if (typeof params.key !== "string" || params.key === "__proto__")
        issues.push(error("no-key", `${path}/params/key`, "What is assigned has to be named by a text."));
      if (params.path !== undefined && (!Array.isArray(params.path) || params.path.includes("__proto__")))
        issues.push(error("no-path", `${path}/params/path`, 'A path is a list of names: ["a", "b"].'));
      issues.push(...checkExpression(params.expr, `${path}/params/expr`, asks));
  }
  return [{ type: type as RawAction["type"], params }];
}

/**
 * The ways of a `choose`: a list of `{guard, actions}` under `branches` (or another name: XState's own `choose` took the bare
 * list, SCXML speaks of if, elseif and else), or `{if, then, elseif?, else}`.
 */
function branches(params: Params, path: string, reading: ActionReading): Branch[] {
  const { then: _, actions: __, else: rest = params.otherwise ?? params.default, ...more } = params;
  const list = (Array.isArray(params) ? params : (firstList(more, rest) ?? [])) as Params[];
  const ways = "if" in params ? [params, ...list] : list;
  if (rest !== undefined) ways.push({ actions: rest });
  if (ways.length === 0)
    reading.issues.push(error("no-branches", path, '"choose" needs branches: [{"guard": …, "actions": […]}].'));
  return ways.map((way, position) => {
    const { guard, cond = guard, when = cond, if: condition = when, expr = condition } = way ?? {};
    const place = `${path}/params/branches/${position}`;
    const expression = readGuard(expr, place, reading);
    const actions = way?.actions ?? way?.then ?? firstList(way ?? {}, undefined) ?? [];
    return {
      ...(expression === undefined ? {} : { expression }),
      actions: checkActions(actions, `${place}/actions`, reading),
    };
  });
}

const firstList = (params: Params, not: unknown): unknown =>
  Object.values(params).find((value) => Array.isArray(value) && value !== not);
