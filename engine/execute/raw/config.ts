import { error, type Issue } from "../../words/issue.ts";
import { pointer } from "../../words/pointer.ts";
import { checkActions } from "./action-check.ts";
import { checkExpression } from "./expression.ts";
import { guardExpression, xstateGuard } from "./guards.ts";

type Node = Record<string, unknown>;

/** A machine of more states, or deeper, is refused: nobody draws it, and building it would stop everybody else. */
const MOST_STATES = 20_000;
const DEEPEST = 100;
const STATE_KEYS = new Set([
  ...["id", "type", "initial", "states", "on", "always", "after", "entry", "exit", "history", "target", "onDone"],
  ...["context", "description", "meta", "tags", "output", "version", "key", "order", "delimiter", "$schema"],
]);
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
  const none = (issue: Issue): Checked => ({ config: {}, issues: [issue], idOf: (state) => state });
  if (!isRecord(given)) return none(error("no-machine", "", "A machine is an object with states."));
  const root = typeof given.id === "string" ? given.id : "(machine)";
  const states = new Map<string, string>();
  const tooBig = name(given, root, [], states, issues);
  if (tooBig) return none(tooBig);
  const asks = (state: string, path: string) => {
    if (!states.has(plain(state))) issues.push(error("unknown-state", path, `There is no state "${state}".`));
  };
  const idOf = (state: string) => states.get(plain(state)) ?? plain(state);
  return { config: state(given, "", { issues, asks, idOf }), issues, idOf };
}

/** What the reading of a config goes by. */
export interface Reading {
  issues: Issue[];
  /** Told of every state that an expression asks about. */
  asks: (state: string, path: string) => void;
  /** The id of a state that is named by its id or by its key. */
  idOf: (state: string) => string;
}

const plain = (id: string) => (id.startsWith("#") ? id.slice(1) : id);

/** Writes down every state by its id, and by its key where no other has it. Answers why a machine is too big. */
function name(node: Node, id: string, above: string[], states: Map<string, string>, issues: Issue[]): Issue | null {
  if (above.length > DEEPEST) return error("too-deep", "", `States are nested deeper than ${DEEPEST} levels.`);
  if (states.size > 2 * MOST_STATES) return error("too-large", "", `A machine has at most ${MOST_STATES} states.`);
  if (states.get(id) === id) issues.push(error("same-id", "", `Two states have the id "${id}".`));
  states.set(id, id);
  const key = above.at(-1);
  if (key !== undefined && !states.has(key)) states.set(key, id);
  if (node.states !== undefined && !isRecord(node.states)) return null;
  for (const [child, inner] of Object.entries((node.states ?? {}) as Node)) {
    if (!isRecord(inner)) continue;
    const own = typeof inner.id === "string" ? inner.id : `${id}.${child}`;
    const trouble = name(inner, own, [...above, child], states, issues);
    if (trouble) return trouble;
  }
  return null;
}

function state(node: Node, path: string, reading: Reading): Node {
  const { issues } = reading;
  const result: Node = {};
  for (const [key, value] of Object.entries(node)) {
    const at = path + pointer(key);
    if (key === "invoke") {
      issues.push(error("not-run", at, "A raw machine starts no other actors.", "Send an event from outside instead."));
    } else if (!STATE_KEYS.has(key)) {
      issues.push(error("unknown-key", at, `A state has no "${key}".`));
    } else if (key === "states") {
      result.states = statesOf(value, at, reading);
    } else if (key === "on" || key === "after") {
      result[key] = byKey(value, at, key, reading);
    } else if (key === "always" || key === "onDone") {
      result[key] = transitions(value, at, reading);
    } else if (key === "entry" || key === "exit") {
      result[key] = checkActions(value, at, reading);
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
  const entries = Object.entries(value).map(([key, inner]) => {
    const at = path + pointer(key);
    if (kind === "after" && !(Number(key) >= 0))
      reading.issues.push(error("no-delay", at, `"${key}" is no number of milliseconds.`));
    return [key, transitions(inner, at, reading)];
  });
  return Object.fromEntries(entries);
}

function transitions(value: unknown, path: string, reading: Reading): unknown {
  return listed(value).map((one, position) => {
    const at = Array.isArray(value) ? `${path}/${position}` : path;
    if (one === null || one === undefined) return {};
    if (typeof one === "string") return { target: one };
    if (!isRecord(one)) {
      reading.issues.push(error("no-transition", at, "A transition is a target or an object."));
      return {};
    }
    for (const key of Object.keys(one).filter((key) => !TRANSITION_KEYS.has(key)))
      reading.issues.push(error("unknown-key", at + pointer(key), `A transition has no "${key}".`));
    const { cond, guard = cond, internal, ...rest } = one;
    const result: Node = { ...rest };
    if (internal !== undefined && rest.reenter === undefined) result.reenter = internal === false;
    if (one.actions !== undefined) result.actions = checkActions(one.actions, `${at}/actions`, reading);
    if (guard !== undefined) {
      const expression = guardExpression(guard);
      const wrong = checkExpression(expression, `${at}/guard`, reading.asks);
      reading.issues.push(...wrong);
      if (wrong.length === 0) result.guard = xstateGuard(expression, reading.idOf);
    }
    return result;
  });
}
