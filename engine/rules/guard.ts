import { IssuesError } from "../words/issue.ts";
import type { Conditions } from "./conditions.ts";
import { type ConditionTrace, explainNode } from "./explain.ts";
import type { FactReader, FactUse, Verdict } from "./facts.ts";
import { Frame, MISSING, type Source } from "./frame.ts";
import { interpret } from "./interpret.ts";
import { planTop } from "./plan-condition.ts";
import { Planner } from "./planner.ts";

export interface CompileConditionsOptions {
  /** Named conditions that these may refer to. */
  shared?: Record<string, Conditions>;
  /** Where the conditions stand in their document, for issues. */
  at?: string;
}

/** Conditions ready to be asked, with all that they can read. */
export interface CompiledConditions {
  /** Three-valued: a fact that is missing never makes it false. */
  test: (read: FactReader) => Verdict;
  /** Every place the conditions may read, known without running them. */
  facts: readonly FactUse[];
  /** What kept the last question open: the facts that are missing, empty where the verdict is true or false. */
  missing: (read: FactReader) => FactUse[];
  /** The whole tree with values and verdicts, and which of them decided. */
  explain: (read: FactReader) => ConditionTrace;
}

/**
 * Compiles the conditions of a guard, a filter or a rule. json-rules-engine's meaning, three-valued, and careful: null, a
 * path that leads nowhere and a value that the operator cannot take leave the verdict open and are named as missing
 * (`isMissing`, and comparing with null, ask for just that). Throws IssuesError for what is no condition.
 */
export function compileConditions(conditions: unknown, options: CompileConditionsOptions = {}): CompiledConditions {
  const planner = new Planner({ conditions: options.shared ?? {} });
  const node = planTop(conditions, options.at ?? "", planner);
  if (!node || planner.issues.length > 0) throw new IssuesError(planner.issues);
  const test = interpret(node, false);
  const frame = (read: FactReader) => new Frame(planner, readerSource(read), true);
  return {
    test: (read) => test(frame(read)) ?? "not evaluated",
    facts: planner.slots.map((slot) => slot.use),
    missing: (read) => {
      const asked = frame(read);
      return test(asked) === undefined ? asked.uses() : [];
    },
    explain: (read) => explainNode(node, frame(read), planner.slots),
  };
}

/** Why conditions hold or not: the tree with each fact's value, verdict, and whether it decided. Throws IssuesError as `compileConditions`. */
export function explainConditions(
  conditions: unknown,
  read: FactReader,
  options: CompileConditionsOptions = {},
): ConditionTrace {
  return compileConditions(conditions, options).explain(read);
}

/** A reader as the source of a frame: undefined is missing. */
export function readerSource(read: FactReader): Source {
  return (fact, params) => {
    const value = read(fact, params as Parameters<FactReader>[1]);
    return value === undefined ? MISSING : value;
  };
}
