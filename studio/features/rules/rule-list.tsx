import { useState } from "react";
import { setField } from "../../document/commands/set-field.ts";
import { useLocked, useOpen, useRun } from "../../document/editing.tsx";
import { isObject, type JsonObject, valueAt } from "../../document/json-value.ts";
import type { FactChoice } from "./conditions/fact-choice.ts";
import { emptyConditions } from "./conditions/tree.ts";
import { RuleCard, type RuleTry, ruleName } from "./rule-card.tsx";
import classes from "./rules.module.css";

const NO_NAMES: JsonObject = {};

/** The rules of a set in the order in which they are judged among equals: highest priority first, then the first. */
export function RuleList({
  choices,
  tries,
  uncovered,
}: {
  choices: readonly FactChoice[];
  tries: readonly (RuleTry | undefined)[];
  /** Rules that no test case reaches. */
  uncovered: ReadonlySet<number>;
}) {
  const rules = useOpen((state) => valueAt(state.document, ["rules"]));
  const selection = useOpen((state) => state.selection);
  const locked = useLocked();
  const run = useRun();
  const list = Array.isArray(rules) ? rules : [];
  const shared = useOpen((state) => valueAt(state.document, ["conditions"]));
  const [added, setAdded] = useState(-1);
  const add = () => {
    run(
      setField(
        ["rules"],
        [...list, { name: `Rule ${list.length + 1}`, conditions: emptyConditions(), event: { type: "matched" } }],
      ),
      "Add a rule",
    );
    setAdded(list.length);
  };
  return (
    <div className={classes.rules}>
      {list.map((rule, index) => (
        <RuleCard
          key={`rule ${String(index)}`}
          rule={isObject(rule) ? rule : {}}
          index={index}
          count={list.length}
          choices={choices}
          shared={isObject(shared) ? shared : NO_NAMES}
          tried={tries[index]}
          fresh={index === added}
          uncovered={uncovered.has(index)}
          marked={selection.includes(ruleName(rule, index))}
        />
      ))}
      <p className={classes.otherwise}>
        Where no rule is true the answer is <strong>otherwise</strong>
        {list.length > 0 ? "." : ", always, until there is a rule."}
      </p>
      {!locked && (
        <button type="button" className={classes.addRule} onClick={add}>
          Add a rule
        </button>
      )}
    </div>
  );
}
