import type { CompiledRuleset } from "./decide.ts";
import type { ParameterisedRuleset } from "./parameter-values.ts";
import { compiledOrNot, runRulesetTests, type TestRun } from "./ruleset-tests.ts";

/** What the test cases of a rule set reach of one rule or row. */
export interface Reached {
  /** Its place in the document, from zero. */
  index: number;
  /** The rule's name, or `row 3`. */
  name: string;
  /** Tests for which it held, by their place. */
  heldIn: number[];
  /** Tests that it decided: as the winner, or as one of the rows behind the answer. */
  decidedIn: number[];
}

/** How far the test cases of a rule set go. */
export interface Coverage {
  kind: "rules" | "rows";
  parts: Reached[];
  /** Parts that decided in at least one test. */
  reached: number;
  total: number;
  /** Between 0 and 1; 1 where there is nothing to reach. */
  share: number;
  /** Tests that ended in no answer, in the default row, and in missing facts: each is a case worth having. */
  otherwise: number[];
  byDefault: number[];
  notEvaluated: number[];
  runs: TestRun[];
}

/**
 * Which rules or rows the test cases of a rule set reach. A rule counts as reached where it decided, not where it merely
 * held behind a stronger one. Undefined where the rule set cannot be compiled.
 * @param compiled the rule set compiled, where it has been already
 */
export function coverageOf(
  ruleset: ParameterisedRuleset,
  compiled: CompiledRuleset | undefined = compiledOrNot(ruleset),
): Coverage | undefined {
  const runs = runRulesetTests(ruleset, compiled);
  if (!runs) return undefined;
  const isTable = ruleset.table !== undefined;
  const names = ruleset.table
    ? ruleset.table.rows.map((_, at) => `row ${at + 1}`)
    : (ruleset.rules ?? []).map((rule, at) => rule.name ?? `rule ${at + 1}`);
  const parts = names.map((name, index): Reached => ({ index, name, heldIn: [], decidedIn: [] }));
  for (const { index, decision } of runs) {
    const held = decision.verdicts.filter(({ result }) => result === true);
    for (const verdict of held) parts[verdict.index]?.heldIn.push(index);
    if (!decision.winner) continue;
    // The rows behind a collected answer all decided; of rules only the winner did.
    const decided = isTable ? held.map((verdict) => verdict.index) : [decision.winner.index];
    for (const one of decided) parts[one]?.decidedIn.push(index);
  }
  const reached = parts.filter(({ decidedIn }) => decidedIn.length > 0).length;
  const tests = (holds: (run: TestRun) => boolean) => runs.filter(holds).map(({ index }) => index);
  return {
    kind: isTable ? "rows" : "rules",
    parts,
    reached,
    total: parts.length,
    share: parts.length === 0 ? 1 : reached / parts.length,
    otherwise: tests(({ decision }) => decision.outcome === "otherwise" && !decision.winner),
    byDefault: tests(({ decision }) => decision.winner?.index === -1),
    notEvaluated: tests(({ decision }) => decision.outcome === "not-evaluated"),
    runs,
  };
}
