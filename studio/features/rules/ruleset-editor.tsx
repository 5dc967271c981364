import { Alert, Button, SegmentedControl, Select } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Ruleset } from "#engine/definition/ruleset.ts";
import type { Json } from "#engine/words/json.ts";
import { useField, useLocked, useOpen, useRun } from "../../document/editing.tsx";
import { isObject, valueAt, withValue } from "../../document/json-value.ts";
import type { FactChoice } from "./conditions/fact-choice.ts";
import { NamedConditions } from "./named-conditions.tsx";
import { otherForm } from "./other-form.ts";
import { RuleList } from "./rule-list.tsx";
import classes from "./rules.module.css";
import type { TriedRules } from "./use-rule-tries.ts";

const MISSING = [
  { value: "not-evaluated", label: "Says “not evaluated”" },
  { value: "block", label: "Waits, visibly" },
  { value: "skip", label: "Counts the rule as not true" },
];

/** The rules with their named conditions, or the decision table (drawn by `table`), and what missing data does. */
export function RulesetEditor({
  ruleset,
  choices,
  tried,
  uncovered,
  table: grid,
  onTry,
}: {
  ruleset: Ruleset | null;
  choices: readonly FactChoice[];
  tried: TriedRules;
  uncovered: ReadonlySet<number>;
  table: ReactNode;
  /** Brings up what stands beside the rules, where there is no room for it. */
  onTry: () => void;
}) {
  const isTable = useOpen((state) => isObject(valueAt(state.document, ["table"])));
  const empty = useOpen((state) => isEmpty(state.document));
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
        {empty ? (
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
        ) : (
          !locked && <OtherFormButton ruleset={ruleset} isTable={isTable} />
        )}
        <Button className={classes.tryIt} variant="default" onClick={onTry}>
          Try it
        </Button>
      </div>
      {isTable ? (
        grid
      ) : (
        <>
          <RuleList choices={choices} tries={tried.tries} uncovered={uncovered} />
          <NamedConditions choices={choices} />
        </>
      )}
    </div>
  );
}

function isEmpty(document: Json): boolean {
  const rules = valueAt(document, ["rules"]);
  const columns = valueAt(document, ["table", "columns"]);
  if (Array.isArray(columns)) return columns.length === 0;
  return !Array.isArray(rules) || rules.length === 0;
}

/** Rules that fit one are shown as a table, and a table as rules; what does not fit says why. */
function OtherFormButton({ ruleset, isTable }: { ruleset: Ruleset | null; isTable: boolean }) {
  const [reasons, setReasons] = useState<readonly string[]>([]);
  const run = useRun();
  const turn = () => {
    if (!ruleset) return setReasons(["The document cannot be read yet; the problems say where."]);
    const other = otherForm(ruleset);
    setReasons(other.fits ? [] : other.reasons);
    if (other.fits) run(other.command, isTable ? "Show as rules" : "Show as a table");
  };
  return (
    <>
      <Button variant="default" onClick={turn}>
        {isTable ? "Show as rules" : "Show as a table"}
      </Button>
      {reasons.length > 0 && (
        <Alert
          className={classes.reasons}
          title={isTable ? "This table cannot be said as rules" : "These rules do not fit one table"}
          withCloseButton
          closeButtonLabel="Close"
          onClose={() => setReasons([])}
        >
          {reasons.slice(0, 5).map((one) => (
            <p key={one}>{one}</p>
          ))}
          {reasons.length > 5 && <p>…and {reasons.length - 5} more.</p>}
        </Alert>
      )}
    </>
  );
}
