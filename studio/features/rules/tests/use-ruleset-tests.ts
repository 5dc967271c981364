import { useMemo } from "react";
import type { Ruleset } from "#engine/definition/ruleset.ts";
import { proposeTests } from "#engine/rules/analyse/propose-tests.ts";
import { type Coverage, coverageOf } from "#engine/rules/coverage.ts";
import type { CompiledRuleset } from "#engine/rules/decide.ts";
import type { Json } from "#engine/words/json.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { useOpen } from "../../../document/editing.tsx";

/** The test cases of the open rule set as they go now: here at every edit, on the server at every save. */
export interface RulesetTests {
  coverage: Coverage | undefined;
  /** Rules or rows that no test reaches; empty while there are no tests at all. */
  uncovered: ReadonlySet<number>;
  red: number;
}

const NONE: ReadonlySet<number> = new Set();

/** Runs the test cases in the browser. */
export function useRulesetTests(ruleset: Ruleset | null, compiled: CompiledRuleset | null): RulesetTests {
  return useMemo(() => {
    const coverage = ruleset && compiled ? coverageOf(ruleset, compiled) : undefined;
    const some = (ruleset?.tests ?? []).length > 0;
    const unreached = coverage?.parts.filter(({ decidedIn }) => decidedIn.length === 0).map(({ index }) => index);
    return {
      coverage,
      uncovered: some && unreached ? new Set(unreached) : NONE,
      red: coverage?.runs.filter(({ green }) => !green).length ?? 0,
    };
  }, [ruleset, compiled]);
}

/** Test cases that would reach what none reaches yet. */
export function useProposedTests(ruleset: Ruleset | null) {
  return useMemo(() => (ruleset ? proposeTests(ruleset) : []), [ruleset]);
}

/** What the server says of the tests as they are saved; asked again at every save. */
export function useServerTests() {
  const saved = useOpen((state) => state.save.status === "saved");
  const text = useOpen((state) => state.savedText);
  const document = useMemo(() => parsed(text), [text]);
  return useAnswer("testRules", { body: { document } }, { enabled: saved && document !== null, keep: true });
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
