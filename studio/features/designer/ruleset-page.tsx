import { useMemo, useState } from "react";
import { segments } from "#engine/words/pointer.ts";
import { useFactChoices } from "../rules/conditions/use-fact-choices.ts";
import { RulesetEditor } from "../rules/ruleset-editor.tsx";
import { readerOf } from "../rules/try/inputs.ts";
import { TryPanel, type TryValues } from "../rules/try/try-panel.tsx";
import { useRuleTries } from "../rules/use-rule-tries.ts";
import { TableEditor } from "../tables/table-editor.tsx";
import { DesignFrame } from "./design-frame.tsx";
import { type DesignContext, DesignPage } from "./design-page.tsx";
import { Sheet } from "./sheet.tsx";
import { textTabs } from "./text-tabs.tsx";

/** The editor of a rule set or decision table. */
export default function RulesetPage() {
  return <DesignPage kind="ruleset">{(context) => <RulesetDesigner {...context} />}</DesignPage>;
}

function RulesetDesigner({ view, problems, flush }: DesignContext) {
  const choices = useFactChoices();
  const [values, setValues] = useState<TryValues>(new Map());
  const [reveal, setReveal] = useState<readonly string[] | null>(null);
  const ruleset = problems.definition?.kind === "ruleset" ? problems.definition : null;
  const read = useMemo(() => readerOf(values), [values]);
  const tried = useRuleTries(ruleset, read, values.size > 0);
  const outcome = tried.decision
    ? {
        word: tried.decision.outcome.replaceAll("-", " "),
        tone: tried.decision.winner ? "good" : tried.decision.outcome === "not-evaluated" ? "attention" : "quiet",
        ...(tried.why ? { why: tried.why } : {}),
      }
    : null;
  return (
    <DesignFrame
      view={view}
      problems={problems}
      flush={flush}
      tabs={[
        {
          id: "rules",
          label: ruleset?.table ? "Table" : "Rules",
          render: () => (
            <Sheet label="Editor" bare>
              <RulesetEditor
                choices={choices}
                tried={tried}
                table={<TableEditor choices={choices} hits={tried.hits} problems={problems} />}
              />
            </Sheet>
          ),
        },
        ...textTabs({ problems, reveal }),
      ]}
      inspector={{
        content: (
          <TryPanel uses={tried.uses} choices={choices} values={values} onChange={setValues} outcome={outcome} />
        ),
        idle: true,
      }}
      onShow={(_select, path) => setReveal(segments(path))}
    />
  );
}
