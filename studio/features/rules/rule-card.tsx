import { NumberInput, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { Json } from "#engine/words/json.ts";
import { useField, useLocked } from "../../document/editing.tsx";
import { isObject, type JsonObject } from "../../document/json-value.ts";
import { Chip } from "../../ui/chip.tsx";
import type { Verdicts } from "./conditions/builder-context.ts";
import { ConditionBuilder } from "./conditions/condition-builder.tsx";
import type { FactChoice } from "./conditions/fact-choice.ts";
import { EventEditor } from "./event-editor.tsx";
import { RuleHandle } from "./rule-handle.tsx";
import { RuleValidity } from "./rule-validity.tsx";
import classes from "./rules.module.css";

/** How a rule came out when tried. */
export interface RuleTry {
  result: string;
  won: boolean;
  verdicts: Verdicts;
  /** Why it did not decide, one sentence each. */
  because: readonly string[];
}

/** What a selection calls a rule. */
export const ruleName = (rule: Json, index: number) =>
  isObject(rule) && typeof rule.name === "string" ? rule.name : `rules/${index}`;

/** One rule: its name and place, its conditions, what it says, and when it counts. */
export function RuleCard(props: {
  rule: JsonObject;
  index: number;
  count: number;
  choices: readonly FactChoice[];
  shared: JsonObject;
  tried: RuleTry | undefined;
  uncovered: boolean;
  /** Just added: its name has the keyboard, to be typed over. */
  fresh: boolean;
  marked: boolean;
}) {
  const { rule, index, count, choices, shared, tried } = props;
  const path = ["rules", String(index)];
  const [name, setName] = useField([...path, "name"], "Name of the rule");
  const [priority, setPriority] = useField([...path, "priority"], "Priority");
  const [, setConditions] = useField([...path, "conditions"], "Conditions");
  const [open, setOpen] = useState(true);
  const card = useRef<HTMLElement>(null);
  const title = useRef<HTMLInputElement>(null);
  const { fresh } = props;
  useEffect(() => {
    if (fresh) title.current?.select();
  }, [fresh]);
  const locked = useLocked();
  return (
    <section
      ref={card}
      className={classes.rule}
      data-won={tried?.won || undefined}
      data-marked={props.marked || undefined}
      data-uncovered={props.uncovered || undefined}
      aria-label={`Rule ${index + 1}`}
    >
      <header className={classes.ruleHead}>
        <RuleHandle index={index} count={count} card={card} />
        <button
          type="button"
          className={classes.fold}
          aria-expanded={open}
          aria-label={open ? "Fold this rule" : "Unfold this rule"}
          onClick={() => setOpen((old) => !old)}
        >
          {open ? "▾" : "▸"}
        </button>
        <TextInput
          ref={title}
          className={classes.ruleName}
          aria-label="Name of the rule"
          placeholder={`Rule ${index + 1}`}
          disabled={locked}
          value={typeof name === "string" ? name : ""}
          onChange={(change) => setName(change.currentTarget.value || undefined)}
        />
        {props.uncovered && (
          <Chip tone="attention" title="No test case is decided by this rule">
            not tested
          </Chip>
        )}
        {tried && (
          <span className={classes.result} data-result={tried.result} data-won={tried.won || undefined}>
            {tried.won ? "decides" : ({ true: "holds", false: "not true" }[tried.result] ?? "not evaluated")}
          </span>
        )}
        <NumberInput
          className={classes.priority}
          aria-label="Priority"
          title="The higher priority wins"
          hideControls
          min={1}
          placeholder="1"
          leftSection={<span className="quiet">priority</span>}
          leftSectionWidth={62}
          disabled={locked}
          value={typeof priority === "number" ? priority : ""}
          onChange={(next) => setPriority(typeof next === "number" ? next : undefined)}
        />
      </header>
      {open && (
        <div className={classes.ruleBody}>
          <ConditionBuilder
            value={rule.conditions}
            choices={choices}
            shared={shared}
            verdicts={tried?.verdicts ?? null}
            disabled={locked}
            onChange={setConditions}
          />
          <EventEditor path={path} choices={choices} />
          <RuleValidity path={path} />
          {tried && tried.because.length > 0 && (
            <div className={classes.because} data-result={tried.result}>
              <strong>Why not</strong>
              {tried.because.slice(0, 4).map((one) => (
                <p key={one}>{one}</p>
              ))}
              {tried.because.length > 4 && <p className="quiet">…and {tried.because.length - 4} more.</p>}
            </div>
          )}
        </div>
      )}
    </section>
  );
}
