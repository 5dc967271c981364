import { IssuesError } from "../words/issue.ts";
import type { FactUse, Verdict } from "./facts.ts";
import { Frame, factsSource, MISSING, type Trace } from "./frame.ts";
import { generate, type Program } from "./generate.ts";
import { interpret, type Test } from "./interpret.ts";
import type { Plan, PlannedRule, RuleEvent } from "./plan.ts";
import { planRules } from "./plan-rules.ts";

/** json-rules-engine's options, and ours. */
export interface CompileRulesOptions {
  /** A fact that is not given is undefined; without this a rule that needs it is `not evaluated`. */
  allowUndefinedFacts?: boolean;
  /** A named condition that does not exist is false; without this it is refused. */
  allowUndefinedConditions?: boolean;
  /** Params of an event of the form `{ fact, params?, path? }` take the fact's value. */
  replaceFactsInEventParams?: boolean;
  /** Named conditions. */
  conditions?: Record<string, unknown>;
  /** Priority of facts, which orders the conditions that name none. */
  factPriorities?: Record<string, number>;
  /** Each result says what every leaf compared. */
  trace?: boolean;
  /** `closures` never generates source; the answers are the same. */
  using?: "source" | "closures";
  /** Called as each rule ends: may add facts for the rules of lower priority, or stop before them. */
  onRule?: OnRule;
}

export type OnRule = (
  name: string | number | undefined,
  result: Verdict,
) => { addFacts?: Facts; stop?: boolean } | undefined;

/** What one rule said. Its event is the rule's own, frozen and shared between runs, unless its params take facts. */
export interface RuleResult {
  name: string | number | undefined;
  priority: number;
  result: Verdict;
  event: RuleEvent;
  /** The facts that kept it from being evaluated. */
  missing?: readonly FactUse[];
  trace?: Trace;
}

/** What the rules said, by priority and then by position; a rule that was not evaluated has no event in either list. */
export interface RulesOutcome {
  events: RuleEvent[];
  failureEvents: RuleEvent[];
  results: RuleResult[];
}

/** A fact is a value, or a synchronous function of the params of a condition. */
export type Facts = Record<string, unknown>;

/**
 * Compiles rules in json-rules-engine's format to a synchronous function of facts, with exactly its meaning.
 * Throws IssuesError for a definition that is refused, and, when run, for what would have stopped json-rules-engine
 * (`in` with a number on its right) or cannot be answered at once (a fact that answers later).
 */
export function compileRules(rules: unknown, options: CompileRulesOptions = {}): (facts: Facts) => RulesOutcome {
  const { plan, planner } = planRules(rules, options);
  if (planner.issues.length > 0) throw new IssuesError(planner.issues);
  const careful = carefulRun(plan, options);
  const programs = options.using === "closures" || options.onRule ? undefined : generated(plan, options);
  if (!programs) return careful;
  const [only] = programs.length === 1 ? programs : [undefined];
  return (facts) => {
    const outcome: RulesOutcome = { events: [], failureEvents: [], results: [] };
    try {
      if (only ? fill(only, facts, outcome) : programs.every((program) => fill(program, facts, outcome)))
        return outcome;
    } catch {
      // What fails here fails again below, where it is told which condition it was.
    }
    return careful(facts);
  };
}

function fill(program: Program, facts: Facts, outcome: RulesOutcome): boolean {
  return program(facts, outcome.results, outcome.events, outcome.failureEvents);
}

function generated(plan: Plan, options: CompileRulesOptions): Program[] | undefined {
  return generate(plan, {
    allowUndefinedFacts: options.allowUndefinedFacts === true,
    trace: options.trace === true,
    event: eventWith,
  });
}

/** The event with its params replaced by these values. */
function eventWith(rule: PlannedRule, values: unknown[]): RuleEvent {
  const taken = new Map(rule.eventParams.map(({ key }, index) => [key, values[index]]));
  const members = Object.entries(rule.event.params ?? {}).map(([key, value]) => [
    key,
    taken.has(key) ? taken.get(key) : value,
  ]);
  const params = Array.isArray(rule.event.params) ? members.map(([, value]) => value) : Object.fromEntries(members);
  return { type: rule.event.type, params: params as Record<string, unknown> };
}

/** The same by closures: three-valued, with facts that are functions, and with a word on what failed. */
function carefulRun(plan: Plan, options: CompileRulesOptions): (facts: Facts) => RulesOutcome {
  const whole = options.trace === true;
  let tests: Test[] | undefined;
  return (facts) => {
    tests ??= plan.rules.map((rule) => interpret(rule.node, whole));
    const frameOf = (given: Facts) => new Frame(plan, factsSource(given, options.allowUndefinedFacts === true), false);
    let frame = frameOf(facts ?? {});
    const chain = options.onRule && new Chain(options.onRule, facts ?? {});
    const outcome: RulesOutcome = { events: [], failureEvents: [], results: [] };
    for (const [index, rule] of plan.rules.entries()) {
      if (chain?.reaches(rule.priority)) frame = frameOf(chain.facts);
      if (chain?.stopped) break;
      const result = runRule(rule, tests[index] as Test, frame, whole);
      chain?.ended(result);
      outcome.results.push(result);
      if (result.result === true) outcome.events.push(result.event);
      else if (result.result === false) outcome.failureEvents.push(result.event);
    }
    return outcome;
  };
}

/** Facts that rules add for the rules of lower priority. */
class Chain {
  facts: Facts;
  stopped = false;
  readonly #onRule: OnRule;
  #added: Facts = {};
  #stop = false;
  #priority: number | undefined;

  constructor(onRule: OnRule, facts: Facts) {
    this.#onRule = onRule;
    this.facts = facts;
  }

  ended(result: RuleResult): void {
    const answer = this.#onRule(result.name, result.result);
    if (answer?.stop) this.#stop = true;
    Object.assign(this.#added, answer?.addFacts);
  }

  /** True when a lower priority begins, and with it the facts that were added since. */
  reaches(priority: number): boolean {
    if (priority === this.#priority) return false;
    this.#priority = priority;
    this.stopped = this.#stop;
    this.facts = { ...this.facts, ...this.#added };
    return true;
  }
}

function runRule(rule: PlannedRule, test: Test, frame: Frame, traced: boolean): RuleResult {
  frame.missing = [];
  frame.trace = traced ? {} : undefined;
  const verdict = test(frame);
  const values = rule.eventParams.map(({ slot }) => {
    const value = frame.read(slot);
    if (value === MISSING) frame.missing.push(slot);
    return value;
  });
  const open = verdict === undefined || values.includes(MISSING);
  const result: RuleResult = {
    name: rule.name,
    priority: rule.priority,
    result: open ? "not evaluated" : verdict,
    event: values.length > 0 && !open ? eventWith(rule, values) : rule.event,
  };
  if (open) result.missing = frame.uses();
  if (frame.trace) result.trace = frame.trace;
  return result;
}
