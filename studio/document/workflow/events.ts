import type { Json } from "#engine/words/json.ts";
import { isObject, type JsonObject, valueAt } from "../json-value.ts";

/** Looks up another document by kind and id, as it stands; undefined where there is none. */
export type FindDocument = (kind: string, id: string) => Json | undefined;

/**
 * The events that a step can end with: its outcomes, what its rules may emit, the ends inside it, and the reserved ones
 * that apply to its kind. For the choosers; the engine's lint says what is wrong.
 */
export function eventsOf(step: JsonObject, find: FindDocument): string[] {
  const events = new Set<string>(own(step, find));
  if (isObject(step.deadline)) events.add("due");
  if (Array.isArray(step.join))
    for (const rule of step.join) if (isObject(rule) && typeof rule.emit === "string") events.add(rule.emit);
  if (isObject(step.on)) for (const event of Object.keys(step.on)) events.add(event);
  return [...events];
}

/** The answers that one of many people may give, or with which a branch may end: what a join counts. */
export function answersOf(step: JsonObject, find: FindDocument): string[] {
  if (!isObject(step.branches)) return own(step, find).filter((event) => event !== "failed");
  return [...new Set(Object.values(step.branches).flatMap((branch) => endOutcomes(valueAt(branch, ["steps"]))))];
}

function own(step: JsonObject, find: FindDocument): string[] {
  const named = texts(step.outcomes);
  switch (step.kind) {
    case "form":
      return named.length ? named : ["submitted"];
    case "approval":
      return named.length ? named : ["approved", "rejected"];
    case "calibration":
      return named.length ? named : ["agreed"];
    case "decision":
      return [
        ...ruleEvents(typeof step.rules === "string" ? find("ruleset", step.rules) : undefined),
        "otherwise",
        "not-evaluated",
      ];
    case "wait":
      return Array.isArray(step.for) && step.for.length > 0 ? ["done", "due"] : ["due"];
    case "payout":
    case "call":
      return ["done", "failed"];
    case "group":
      return [...new Set([...endOutcomes(step.steps), "done"])].filter(
        (event, _i, all) => event !== "done" || all.length === 1,
      );
    case "parallel":
      return ["done"];
    case "subflow": {
      const child = typeof step.workflow === "string" ? find("workflow", step.workflow) : undefined;
      const ends = child === undefined ? [] : endOutcomes(valueAt(child, ["steps"]));
      return ends.length ? [...ends, "failed"] : ["done", "failed"];
    }
    case "end":
      return [];
    default:
      return ["done"];
  }
}

/** The outcomes of the ends directly in a set of steps; an end without one says `done`. */
export function endOutcomes(steps: Json | undefined): string[] {
  if (!isObject(steps)) return [];
  const outcomes = Object.values(steps).flatMap((step) =>
    isObject(step) && step.kind === "end" ? [typeof step.outcome === "string" ? step.outcome : "done"] : [],
  );
  return [...new Set(outcomes)];
}

/** The event types that a rule set's rules or table may emit. */
export function ruleEvents(ruleset: Json | undefined): string[] {
  if (!isObject(ruleset)) return [];
  const events = new Set<string>();
  if (Array.isArray(ruleset.rules))
    for (const rule of ruleset.rules) {
      const type = valueAt(rule, ["event", "type"]);
      if (typeof type === "string") events.add(type);
    }
  const table = ruleset.table;
  if (isObject(table)) {
    events.add(typeof table.event === "string" ? table.event : "matched");
    const column = Array.isArray(table.outputs)
      ? table.outputs.findIndex((out) => isObject(out) && out.name === "event")
      : -1;
    if (column >= 0 && Array.isArray(table.rows))
      for (const row of table.rows) {
        const type = valueAt(row, ["out", column]);
        if (typeof type === "string") events.add(type);
      }
  }
  return [...events];
}

const texts = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
