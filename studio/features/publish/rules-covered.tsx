import { useMemo } from "react";
import type { Ruleset } from "#engine/definition/ruleset.ts";
import { coverageOf } from "#engine/rules/coverage.ts";
import { Covered } from "./covered.tsx";

/** How far the test cases of a rule set go: how many there are, and which rules or rows none reaches. */
export function RulesCovered({ ruleset }: { ruleset: Ruleset }) {
  const coverage = useMemo(() => coverageOf(ruleset), [ruleset]);
  if (!coverage || coverage.total === 0) return null;
  const { kind, share, runs, parts } = coverage;
  const unreached = parts.filter(({ decidedIn }) => decidedIn.length === 0).map(({ name }) => name);
  return <Covered kind={kind} share={share} tests={runs.length} unreached={unreached} />;
}
