import { SegmentedControl, Select } from "@mantine/core";
import type { ReactNode } from "react";
import type { Json } from "#engine/words/json.ts";
import { useField, useLocked, useOpen, useRun } from "../../document/editing.tsx";
import { isObject, valueAt, withValue } from "../../document/json-value.ts";
import type { FactChoice } from "./conditions/fact-choice.ts";
import { RuleList } from "./rule-list.tsx";
import classes from "./rules.module.css";
import type { TriedRules } from "./use-rule-tries.ts";

const MISSING = [
  { value: "not-evaluated", label: "Says “not evaluated”" },
  { value: "block", label: "Waits, visibly" },
  { value: "skip", label: "Counts the rule as not true" },
];

/** The rules, or the decision table (drawn by `table`), with what missing data does. */
export function RulesetEditor({
  choices,
  tried,
  table: grid,
}: {
  choices: readonly FactChoice[];
  tried: TriedRules;
  table: ReactNode;
}) {
  const isTable = useOpen((state) => isObject(valueAt(state.document, ["table"])));
  const empty = useOpen((state) => {
    const rules = valueAt(state.document, ["rules"]);
    return !Array.isArray(rules) || rules.length === 0;
  });
  const [missing, setMissing] = useField(["missing"], "When data is missing");
  const locked = useLocked();
  const run = useRun();
  const become = (kind: string) =>
    run(
      (document) => {
        const table: Json = {
          hitPolicy: "first",
          columns: [],
          outputs: [{ name: "event", title: "Says", type: "text" }],
          rows: [],
        };
        return kind === "table"
          ? withValue(withValue(document, ["rules"], undefined), ["table"], table)
          : withValue(withValue(document, ["table"], undefined), ["rules"], []);
      },
      kind === "table" ? "A decision table" : "Rules",
    );
  return (
    <div className={isTable ? classes.withTable : undefined}>
      <div className={classes.settings}>
        <Select
          label="When data is missing"
          allowDeselect={false}
          disabled={locked}
          data={MISSING}
          value={typeof missing === "string" ? missing : "not-evaluated"}
          onChange={(next) => next && setMissing(next)}
        />
        {(isTable ? tried.uses.length === 0 : empty) && (
          <SegmentedControl
            aria-label="As rules or as a table"
            disabled={locked}
            data={[
              { value: "rules", label: "Rules" },
              { value: "table", label: "Table" },
            ]}
            value={isTable ? "table" : "rules"}
            onChange={become}
          />
        )}
      </div>
      {isTable ? grid : <RuleList choices={choices} tries={tried.tries} />}
    </div>
  );
}
