import { Button } from "@mantine/core";
import type { Ruleset } from "#engine/definition/ruleset.ts";
import type { Wording } from "#engine/rules/words.ts";
import type { Json } from "#engine/words/json.ts";
import { setField } from "../../../document/commands/set-field.ts";
import { useLocked, useOpen, useRun } from "../../../document/editing.tsx";
import { valueAt } from "../../../document/json-value.ts";
import type { FactChoice } from "../conditions/fact-choice.ts";
import { type TryInput, valuesOfTest } from "../try/inputs.ts";
import { factsInWords } from "../try/outcome.ts";
import { TestCard } from "./test-card.tsx";
import classes from "./tests.module.css";
import { TestsSum, Unreached } from "./tests-sum.tsx";
import { type RulesetTests, useProposedTests, useServerTests } from "./use-ruleset-tests.ts";

/** The test cases of a rule set beside its rules: what they expect, how they go, and what none of them reaches. */
export function TestsPanel(props: {
  ruleset: Ruleset | null;
  tests: RulesetTests;
  inputs: readonly TryInput[];
  choices: readonly FactChoice[];
  answers: readonly string[];
  wording: Wording;
  onShow: (facts: Record<string, Json>) => void;
}) {
  const { ruleset, tests, answers } = props;
  const listed = useOpen((state) => valueAt(state.document, ["tests"]));
  const locked = useLocked();
  const run = useRun();
  const proposed = useProposedTests(ruleset);
  const server = useServerTests();
  const list = Array.isArray(listed) ? listed : [];
  const { coverage } = tests;
  const set = (next: readonly Json[], label: string) =>
    run(setField(["tests"], next.length === 0 ? undefined : [...next]), label);
  const elsewhere = server.data?.runs.filter((one) => !one.green && coverage?.runs[one.index]?.green) ?? [];
  return (
    <div className={classes.panel}>
      <TestsSum count={list.length} red={tests.red} coverage={coverage} />
      {coverage?.kind === "rows" && (
        <Unreached what="rows" names={[...tests.uncovered].map((row) => String(row + 1))} />
      )}
      {elsewhere.map((one) => (
        <p key={one.index} className="bad">
          On the server: {one.problems.join(" ")}
        </p>
      ))}
      {list.length === 0 && (
        <p className="secondary">
          A test says: for these facts, this answer. Try the rules on somebody, and save what you see as a test; it runs
          at every save, and a red one stops a publish.
        </p>
      )}
      {list.map((test, index) => (
        <TestCard
          // biome-ignore lint/suspicious/noArrayIndexKey: tests have no identity but their place
          key={index}
          index={index}
          run={coverage?.runs[index]}
          inputs={props.inputs}
          choices={props.choices}
          answers={answers}
          locked={locked}
          onShow={props.onShow}
          onDuplicate={() => set(list.toSpliced(index + 1, 0, structuredClone(test)), "Duplicate a test")}
          onRemove={() => set(list.toSpliced(index, 1), "Delete a test")}
        />
      ))}
      {proposed.length > 0 && !locked && (
        <section className={classes.proposed} aria-label="Proposed tests">
          <header>
            <h3>{proposed.length === 1 ? "One test" : `${proposed.length} tests`} would reach the rest</h3>
            {proposed.length > 1 && (
              <Button
                size="xs"
                variant="default"
                onClick={() => set([...list, ...proposed.map(({ test }) => test as Json)], "Take the proposed tests")}
              >
                Take all
              </Button>
            )}
          </header>
          <p className="secondary">They hold what the rules say today. Look whether that is what you mean.</p>
          {proposed.slice(0, 20).map(({ index, test }) => (
            <div key={index} className={classes.proposal}>
              <span>
                {test.title}: {factsInWords(props.inputs, valuesOfTest(props.inputs, test.facts), props.wording)} gives{" "}
                <strong>{test.expect.event}</strong>
              </span>
              <Button
                size="compact-xs"
                variant="subtle"
                onClick={() => set([...list, test as Json], "Take a proposed test")}
              >
                Take it
              </Button>
            </div>
          ))}
          {proposed.length > 20 && <p className="quiet">…and {proposed.length - 20} more.</p>}
        </section>
      )}
    </div>
  );
}
