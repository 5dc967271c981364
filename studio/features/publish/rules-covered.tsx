import { useMemo } from "react";
import type { Ruleset } from "#engine/definition/ruleset.ts";
import { coverageOf } from "#engine/rules/coverage.ts";

/** How far the test cases of a rule set go, before it is live: how many there are, and which rules or rows none reaches. */
export function RulesCovered({ ruleset }: { ruleset: Ruleset }) {
  const coverage = useMemo(() => coverageOf(ruleset), [ruleset]);
  if (!coverage || coverage.total === 0) return null;
  const unreached = coverage.parts.filter(({ decidedIn }) => decidedIn.length === 0);
  const tests = coverage.runs.length;
  return (
    <section aria-label="Tests">
      <h3>
        Tests reach {Math.round(coverage.share * 100)} % of the {coverage.kind}
      </h3>
      <p className="secondary">
        {tests === 0 ? "There are no test cases." : tests === 1 ? "One test case." : `${tests} test cases.`}
        {unreached.length > 0 &&
          ` Not reached: ${unreached
            .slice(0, 6)
            .map(({ name }) => name)
            .join(", ")}${unreached.length > 6 ? ` and ${unreached.length - 6} more` : ""}.`}
      </p>
    </section>
  );
}
