import { LIMITS } from "./limits.ts";
import { frozenCopy, tooDeep } from "./literal.ts";
import type { EventParam, Plan, PlannedRule, RuleEvent } from "./plan.ts";
import { planTop } from "./plan-condition.ts";
import { Planner, type PlannerOptions } from "./planner.ts";
import { inForce, Validity } from "./validity.ts";

export interface PlanRulesOptions extends PlannerOptions {
  replaceFactsInEventParams?: boolean;
  /** Where the rules stand in the document, for issues. */
  rulesAt?: string;
}

const isMembers = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === "object" && !Array.isArray(value);

/** Plans a list of rules as json-rules-engine would take them. What it would refuse, or cannot be run as data, is an issue. */
export function planRules(rules: unknown, options: PlanRulesOptions = {}): { plan: Plan; planner: Planner } {
  const planner = new Planner(options);
  const base = options.rulesAt ?? "";
  const planned: PlannedRule[] = [];
  if (!Array.isArray(rules)) planner.refuse("rules", base, "rules are a list");
  else if (rules.length > LIMITS.rules) planner.refuse("too-large", base, `there are more than ${LIMITS.rules} rules`);
  else {
    for (const [index, rule] of rules.entries()) {
      const one = planRule(rule, index, `${base}/${index}`, planner, options.replaceFactsInEventParams === true);
      if (one) planned.push(one);
    }
  }
  checkShared(planner);
  planned.sort((a, b) => b.priority - a.priority || a.index - b.index);
  return { plan: { calls: planner.calls, slots: planner.slots, rules: planned }, planner };
}

/** A named condition that nobody uses must still be one. */
function checkShared(planner: Planner): void {
  for (const [name, condition] of planner.shared) {
    if (!isMembers(condition) || !["all", "any", "not", "condition"].some((key) => Object.hasOwn(condition, key))) {
      planner.refuse(
        "condition-top",
        planner.sharedAt(name),
        "the top of a named condition is all, any, not or another name",
      );
    }
  }
}

function planRule(
  input: unknown,
  index: number,
  at: string,
  planner: Planner,
  replace: boolean,
): PlannedRule | undefined {
  if (!isMembers(input)) return planner.refuse("rule", at, "a rule is an object with conditions and an event");
  if (typeof input.onSuccess === "function" || typeof input.onFailure === "function") {
    return planner.refuse("rule-code", at, "a rule that carries code cannot be compiled", "use evaluateRules");
  }
  const event = planEvent(input.event, `${at}/event`, planner);
  const priority = planPriority(input.priority, `${at}/priority`, planner);
  const name = planName(input.name, `${at}/name`, planner);
  if (!Object.hasOwn(input, "conditions")) return planner.refuse("rule", at, 'a rule needs "conditions"');
  const dated = planValidity(input.valid, `${at}/valid`, planner);
  const node = planTop(input.conditions, `${at}/conditions`, planner, dated);
  if (!event || priority === undefined || !node) return undefined;
  const eventParams = replace ? planEventParams(event, `${at}/event/params`, planner) : [];
  return { index, name, priority, node, event, eventParams };
}

/** The comparisons that a rule's validity adds to its conditions; they come from there in the document. */
function planValidity(input: unknown, source: string, planner: Planner): { conditions: unknown[]; source: string } {
  if (input === undefined) return { conditions: [], source };
  const valid = Validity.safeParse(input);
  if (valid.success) return { conditions: inForce(valid.data), source };
  const hint = 'e.g. { "from": "2026-01-01", "to": "2026-03-31" }';
  planner.refuse("validity", source, "a rule is in force from one date to another, both calendar dates", hint);
  return { conditions: [], source };
}

function planEvent(input: unknown, at: string, planner: Planner): RuleEvent | undefined {
  if (!isMembers(input) || !Object.hasOwn(input, "type")) {
    return planner.refuse("event", at, 'a rule needs an event with a "type"');
  }
  if (typeof input.type !== "string" || input.type === "") {
    return planner.refuse("event", `${at}/type`, "the type of an event is a text");
  }
  if (input.type === "error") {
    return planner.refuse(
      "event",
      `${at}/type`,
      'an event cannot be called "error": json-rules-engine would stop there',
      "give it another name",
    );
  }
  if (tooDeep(input.params)) return planner.refuse("too-deep", `${at}/params`, "the params nest too deep");
  if (!input.params) return Object.freeze({ type: input.type });
  return Object.freeze({ type: input.type, params: frozenCopy(input.params) as Record<string, unknown> });
}

function planPriority(input: unknown, at: string, planner: Planner): number | undefined {
  if (!input) return 1;
  const priority = Number.parseInt(String(input), 10);
  if (priority > 0) return priority;
  return planner.refuse("priority", at, "the priority of a rule is a whole number above zero", "higher goes first");
}

function planName(input: unknown, at: string, planner: Planner): string | number | undefined {
  if (input === undefined || input === null || input === "" || input === false) return undefined;
  if (typeof input === "string" || typeof input === "number") return input;
  return planner.refuse("rule", at, "the name of a rule is a text");
}

function planEventParams(event: RuleEvent, at: string, planner: Planner): EventParam[] {
  if (event.params === null || typeof event.params !== "object") return [];
  return Object.entries(event.params).flatMap(([key, value]) => {
    if (!isMembers(value) || !Object.hasOwn(value, "fact")) return [];
    const slot = planner.slot({ fact: value.fact, params: value.params, path: value.path }, `${at}/${key}`);
    return slot === undefined ? [] : [{ key, slot }];
  });
}
