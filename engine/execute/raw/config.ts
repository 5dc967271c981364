import { didYouMean } from "../../words/closest.ts";
import { error, type Issue } from "../../words/issue.ts";
import type { Json } from "../../words/json.ts";
import { pointer } from "../../words/pointer.ts";
import { checkActions } from "./action-check.ts";
import { delayOf } from "./delay.ts";
import { fromExactJson } from "./exact-json.ts";
import { readGuard, xstateGuard } from "./guards.ts";
import { StateNames } from "./names.ts";

type Node = Record<string, unknown>;

const STATE_KEYS = new Set([
  ...["id", "type", "initial", "states", "on", "always", "after", "entry", "exit", "history", "target", "onDone"],
  ...["context", "description", "meta", "tags", "output", "version", "key", "order", "delimiter", "$schema"],
]);
const TYPES = ["atomic", "compound", "parallel", "final", "history"];
const TRANSITION_KEYS = new Set(["target", "actions", "guard", "cond", "reenter", "internal", "description", "meta"]);

const isRecord = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const listed = (value: unknown): unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** A machine that can be built, and its mistakes. */
export interface Checked {
  config: Node;
  issues: Issue[];
  idOf: Reading["idOf"];
}

/**
 * Reads a raw machine config: every mistake that can be seen without running it is an issue with the place, and guards that
 * ask where the machine stands become XState's own. The config handed in stays as it is.
 */
export function checkConfig(given: unknown): Checked {
  const issues: Issue[] = [];
  if (!isRecord(given)) {
    const none = error("no-machine", "", "A machine is an object with states.");
    return { config: {}, issues: [none], idOf: (state) => state };
  }
  const names = new StateNames(given);
  issues.push(...names.issues);
  const idOf = (state: string) => names.called(state)[0] ?? state;
  if (issues.length > 0) return { config: {}, issues, idOf };
  const asks = (state: string, path: string) => {
    const called = names.called(state);
    if (called.length === 0) issues.push(error("unknown-state", path, `There is no state "${state}".`));
    if (called.length > 1)
      issues.push(
        error("ambiguous-state", path, `${called.length} states are called "${state}".`, "Name one by its id."),
      );
  };
  return { config: state(given, "", { issues, asks, names, idOf }), issues, idOf };
}

/** What the reading of a config goes by. */
export interface Reading {
  issues: Issue[];
  /** Told of every state that an expression asks about. */
  asks: (state: string, path: string) => void;
  names: StateNames;
  /** The id of a state that is named in any way. */
  idOf: (state: string) => string;
}

function state(node: Node, path: string, reading: Reading): Node {
  const { issues } = reading;
  const result: Node = {};
  for (const [key, value] of Object.entries(node)) {
    const at = path + pointer(key);
    // What is null is not there, as a writer of JSON may say it.
    if (value === null) continue;
    if (key === "invoke") {
      issues.push(error("not-run", at, "A raw machine starts no other actors.", "Send an event from outside instead."));
    } else if (!STATE_KEYS.has(key)) {
      issues.push(error("unknown-key", at, `A state has no "${key}".`, didYouMean(key, STATE_KEYS)));
    } else if (key === "type" && !TYPES.includes(String(value))) {
      issues.push(error("unknown-type", at, `A state is never "${String(value)}".`, didYouMean(String(value), TYPES)));
    } else if (key === "states") {
      result.states = statesOf(value, at, reading);
    } else if (key === "on" || key === "after") {
      result[key] = byKey(value, at, key, reading);
    } else if (key === "always" || key === "onDone") {
      result[key] = transitions(value, at, reading);
    } else if (key === "entry" || key === "exit") {
      result[key] = checkActions(value, at, reading);
    } else if (key === "initial") {
      result.initial = initial(value, at, reading);
    } else if (key === "target") {
      result.target = targets(value, reading);
    } else if (key === "context") {
      result.context = fromExactJson(value as Json);
    } else result[key] = value;
  }
  return result;
}

function statesOf(value: unknown, path: string, reading: Reading): Node {
  if (!isRecord(value)) {
    reading.issues.push(error("no-states", path, '"states" is an object: a state by each name.'));
    return {};
  }
  const result: Node = Object.create(null);
  for (const [key, inner] of Object.entries(value)) {
    const at = path + pointer(key);
    if (key === "__proto__") reading.issues.push(error("bad-name", at, "No state can be called this."));
    else if (isRecord(inner)) result[key] = state(inner, at, reading);
    else reading.issues.push(error("no-state", at, "A state is an object."));
  }
  return result;
}

function byKey(value: unknown, path: string, kind: "on" | "after", reading: Reading): Node {
  if (!isRecord(value)) {
    reading.issues.push(error("no-transitions", path, `"${kind}" is an object: what follows, by each name.`));
    return {};
  }
  const result: Node = {};
  for (const [key, inner] of Object.entries(value)) {
    const at = path + pointer(key);
    const ways = transitions(inner, at, reading);
    const name = kind === "after" ? afterKey(key) : key;
    if (name === undefined)
      reading.issues.push(error("no-delay", at, `"${key}" is no delay.`, 'Write milliseconds, or a text like "1.5s".'));
    else result[name] = [...((result[name] as unknown[] | undefined) ?? []), ...ways];
  }
  return result;
}

/** XState reads milliseconds here, and nothing else. */
function afterKey(written: string): string | undefined {
  try {
    return String(delayOf(Number(written) >= 0 ? Number(written) : written));
  } catch {
    return undefined;
  }
}

const targets = (value: unknown, { names }: Reading): unknown =>
  Array.isArray(value) ? value.map((one) => names.target(one)) : names.target(value);

/** Where a state begins: the key of a state inside, or that as `{target, actions}`. */
function initial(value: unknown, path: string, reading: Reading): unknown {
  if (!isRecord(value)) return value;
  const { target, actions } = value;
  return { ...value, target, actions: checkActions(actions ?? [], `${path}/actions`, reading) };
}

function transitions(value: unknown, path: string, reading: Reading): Node[] {
  return listed(value).map((one, position) => {
    const at = Array.isArray(value) ? `${path}/${position}` : path;
    if (one === null || one === undefined) return {};
    if (typeof one === "string") return { target: targets(one, reading) };
    if (!isRecord(one)) {
      reading.issues.push(error("no-transition", at, "A transition is a target or an object."));
      return {};
    }
    for (const key of Object.keys(one).filter((key) => !TRANSITION_KEYS.has(key)))
      reading.issues.push(error("unknown-key", at + pointer(key), `A transition has no "${key}".`));
    const { cond, guard = cond, internal, target, actions, ...rest } = one;
    const result: Node = { ...rest };
    if ((target ?? undefined) !== undefined) result.target = targets(target, reading);
    if (internal !== undefined && rest.reenter === undefined) result.reenter = internal === false;
    if (actions) result.actions = checkActions(actions, `${at}/actions`, reading);
    const expression = readGuard(guard, `${at}/guard`, reading);
    if (expression !== undefined) result.guard = xstateGuard(expression, reading.idOf);
    return result;
  });
}
