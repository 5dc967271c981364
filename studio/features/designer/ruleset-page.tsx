import { useMemo, useState } from "react";
import type { Json } from "#engine/words/json.ts";
import { segments } from "#engine/words/pointer.ts";
import { setField } from "../../document/commands/set-field.ts";
import { useLocked, useOpen, useRun } from "../../document/editing.tsx";
import { valueAt } from "../../document/json-value.ts";
import { tell } from "../../ui/tell.ts";
import { ImpactPanel, useImpactAhead } from "../impact/impact-panel.tsx";
import { ImpactSummary } from "../impact/impact-summary.tsx";
import { ExamplesProvider } from "../rules/conditions/live-examples.ts";
import { useFactChoices } from "../rules/conditions/use-fact-choices.ts";
import { type AsideTab, RulesAside } from "../rules/rules-aside.tsx";
import { RulesetEditor } from "../rules/ruleset-editor.tsx";
import { TestsPanel } from "../rules/tests/tests-panel.tsx";
import { useRulesetTests } from "../rules/tests/use-ruleset-tests.ts";
import { readerOf, testFacts, valuesOfTest, withUse } from "../rules/try/inputs.ts";
import { LiveStrip } from "../rules/try/live-strip.tsx";
import { answersOf, outcomeOf, testTitle } from "../rules/try/outcome.ts";
import { useLiveFacts } from "../rules/try/use-live-facts.ts";
import { useRuleWording } from "../rules/try/use-rule-wording.ts";
import { WhyNot } from "../rules/try/why-not.tsx";
import { useCompiled, useRuleTries } from "../rules/use-rule-tries.ts";
import { TableEditor } from "../tables/table-editor.tsx";
import { DesignFrame } from "./design-frame.tsx";
import { type DesignContext, DesignPage } from "./design-page.tsx";
import { Sheet } from "./sheet.tsx";
import { textTabs } from "./text-tabs.tsx";

const NO_USES = [] as const;

/** The editor of a rule set or decision table, tried and tested beside it. */
export default function RulesetPage() {
  return <DesignPage kind="ruleset">{(context) => <RulesetDesigner {...context} />}</DesignPage>;
}

function RulesetDesigner({ view, problems, flush }: DesignContext) {
  const choices = useFactChoices();
  const run = useRun();
  const locked = useLocked();
  const [reveal, setReveal] = useState<readonly string[] | null>(null);
  const [tab, setTab] = useState<AsideTab>("try");
  const [aside, setAside] = useState(false);
  const isTable = useOpen((state) => valueAt(state.document, ["table"]) !== undefined);
  useImpactAhead(view.brief.id);
  const ruleset = problems.definition?.kind === "ruleset" ? problems.definition : null;
  const compiled = useCompiled(ruleset);
  const live = useLiveFacts(compiled?.facts ?? NO_USES, choices);
  const read = useMemo(() => readerOf(live.values), [live.values]);
  const wording = useRuleWording(choices, ruleset);
  const tried = useRuleTries(ruleset, compiled, live.some ? read : null, wording);
  const tests = useRulesetTests(ruleset, compiled);
  const answers = useMemo(() => (ruleset ? answersOf(ruleset) : []), [ruleset]);
  const { decision } = tried;

  const save = () => {
    if (!decision) return;
    const facts = testFacts(live.inputs, live.values);
    const params = decision.winner?.event.params as Record<string, Json> | undefined;
    const test: Json = {
      title: testTitle(decision, live.inputs, live.values, wording),
      facts,
      expect: { event: decision.outcome, ...(params ? { params } : {}) },
    };
    run((document) => {
      const known = valueAt(document, ["tests"]);
      return setField(["tests"], [...(Array.isArray(known) ? known : []), test])(document);
    }, "Save as test");
    tell("Saved as a test");
    setTab("tests");
  };
  return (
    <ExamplesProvider value={live.example}>
      <DesignFrame
        view={view}
        problems={problems}
        flush={flush}
        tabs={[
          {
            id: "rules",
            label: isTable ? "Table" : "Rules",
            render: () => (
              <Sheet label="Editor" bare>
                <RulesetEditor
                  ruleset={ruleset}
                  choices={choices}
                  tried={tried}
                  uncovered={tests.uncovered}
                  table={
                    <TableEditor choices={choices} hits={tried.hits} uncovered={tests.uncovered} problems={problems} />
                  }
                  onTry={() => setAside(true)}
                />
              </Sheet>
            ),
          },
          {
            id: "impact",
            label: "Impact",
            render: () => (
              <Sheet label="Impact">
                <ImpactPanel ruleset={ruleset} />
              </Sheet>
            ),
          },
          ...textTabs({ problems, reveal }),
        ]}
        beforePublishing={(see) => <ImpactSummary ruleset={ruleset} onSee={() => see("impact")} />}
        inspector={{
          content: (
            <RulesAside
              tab={tab}
              onTab={setTab}
              red={tests.red}
              tests={ruleset?.tests?.length ?? 0}
              problems={problems}
              onClose={() => setAside(false)}
              tryPanel={
                <LiveStrip
                  live={live}
                  choices={choices}
                  outcome={outcomeOf(tried)}
                  onSave={decision && !locked ? save : null}
                >
                  {decision && ruleset && (
                    <WhyNot
                      ruleset={ruleset}
                      read={read}
                      decision={decision}
                      answers={answers}
                      title={wording.title}
                      onTry={(changes) => {
                        let typed = live.typed;
                        for (const { use, to } of changes) {
                          const all = withUse(new Map([...live.values, ...typed]), use, to);
                          typed = changedOnly(typed, live.values, all);
                        }
                        live.setTyped(typed);
                      }}
                    />
                  )}
                </LiveStrip>
              }
              testsPanel={
                <TestsPanel
                  ruleset={ruleset}
                  tests={tests}
                  inputs={live.inputs}
                  choices={choices}
                  answers={[...answers, "not-evaluated"]}
                  wording={wording}
                  onShow={(facts) => {
                    live.setPerson(null);
                    live.setTyped(valuesOfTest(live.inputs, facts));
                    setTab("try");
                  }}
                />
              }
            />
          ),
          idle: !aside,
        }}
        onShow={(_select, path) => setReveal(segments(path))}
      />
    </ExamplesProvider>
  );
}

/** What was typed before, and what differs now from what the rules saw. */
function changedOnly(
  typed: ReadonlyMap<string, Json>,
  before: ReadonlyMap<string, Json>,
  after: ReadonlyMap<string, Json>,
): Map<string, Json> {
  const next = new Map(typed);
  for (const [key, value] of after) if (before.get(key) !== value) next.set(key, value);
  return next;
}
