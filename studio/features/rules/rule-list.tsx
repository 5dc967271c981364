import { ActionIcon, Menu, NumberInput, TagsInput, TextInput } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import type { Json } from "#engine/words/json.ts";
import { setField } from "../../document/commands/set-field.ts";
import { useField, useLocked, useOpen, useRun } from "../../document/editing.tsx";
import { isObject, type JsonObject, valueAt } from "../../document/json-value.ts";
import { words } from "../../text/kinds.ts";
import { ConditionBuilder, type Verdicts } from "./conditions/condition-builder.tsx";
import type { FactChoice } from "./conditions/fact-choice.ts";
import { emptyConditions, withItemMoved } from "./conditions/tree.ts";
import classes from "./rules.module.css";

/** How a rule came out when tried. */
export interface RuleTry {
  result: string;
  won: boolean;
  verdicts: Verdicts;
}

/** The rules of a set in the order in which they are judged among equals: highest priority first, then the first. */
export function RuleList({
  choices,
  tries,
}: {
  choices: readonly FactChoice[];
  tries: readonly (RuleTry | undefined)[];
}) {
  const rules = useOpen((state) => valueAt(state.document, ["rules"]));
  const selection = useOpen((state) => state.selection);
  const locked = useLocked();
  const run = useRun();
  const list = Array.isArray(rules) ? rules : [];
  const shared = useOpen((state) => valueAt(state.document, ["conditions"]));
  const names = isObject(shared) ? Object.keys(shared) : [];
  const add = () =>
    run(
      setField(
        ["rules"],
        [...list, { name: `Rule ${list.length + 1}`, conditions: emptyConditions(), event: { type: "matched" } }],
      ),
      "Add a rule",
    );
  return (
    <div className={classes.rules}>
      {list.map((rule, index) => (
        <RuleCard
          key={`rule ${String(index)}`}
          rule={isObject(rule) ? rule : {}}
          index={index}
          count={list.length}
          choices={choices}
          shared={names}
          tried={tries[index]}
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

const ruleName = (rule: Json, index: number) =>
  isObject(rule) && typeof rule.name === "string" ? rule.name : `rules/${index}`;

function RuleCard(props: {
  rule: JsonObject;
  index: number;
  count: number;
  choices: readonly FactChoice[];
  shared: readonly string[];
  tried: RuleTry | undefined;
  marked: boolean;
}) {
  const { rule, index, count, choices, shared, tried } = props;
  const path = ["rules", String(index)];
  const [name, setName] = useField([...path, "name"], "Name of the rule");
  const [priority, setPriority] = useField([...path, "priority"], "Priority");
  const [event, setEvent] = useField([...path, "event"], "What it says");
  const [, setConditions] = useField([...path, "conditions"], "Conditions");
  const [open, setOpen] = useState(true);
  const locked = useLocked();
  const run = useRun();
  const parts = isObject(event) ? event : {};
  const params = isObject(parts.params) ? parts.params : {};
  const setRules = (edit: (rules: Json[]) => Json[], label: string) =>
    run((document) => {
      const rules = valueAt(document, ["rules"]);
      return Array.isArray(rules) ? setField(["rules"], edit(rules))(document) : document;
    }, label);
  return (
    <section
      className={classes.rule}
      data-won={tried?.won || undefined}
      data-marked={props.marked || undefined}
      aria-label={`Rule ${index + 1}`}
    >
      <header className={classes.ruleHead}>
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
          className={classes.ruleName}
          aria-label="Name of the rule"
          placeholder={`Rule ${index + 1}`}
          disabled={locked}
          value={typeof name === "string" ? name : ""}
          onChange={(change) => setName(change.currentTarget.value || undefined)}
        />
        {tried && (
          <span className={classes.result} data-result={tried.result} data-won={tried.won || undefined}>
            {tried.won
              ? "this one wins"
              : tried.result === "true"
                ? "true"
                : tried.result === "false"
                  ? "not true"
                  : "not known"}
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
        {!locked && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon aria-label="More for this rule">
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                disabled={index === 0}
                onClick={() =>
                  setRules(
                    (rules) => valueAt(withItemMoved({ rules }, ["rules"], index, -1), ["rules"]) as Json[],
                    "Move a rule",
                  )
                }
              >
                Move up
              </Menu.Item>
              <Menu.Item
                disabled={index === count - 1}
                onClick={() =>
                  setRules(
                    (rules) => valueAt(withItemMoved({ rules }, ["rules"], index, 1), ["rules"]) as Json[],
                    "Move a rule",
                  )
                }
              >
                Move down
              </Menu.Item>
              <Menu.Item
                onClick={() => setRules((rules) => rules.toSpliced(index + 1, 0, rules[index]!), "Duplicate a rule")}
              >
                Duplicate
              </Menu.Item>
              <Menu.Item
                color="bad"
                onClick={() => setRules((rules) => rules.filter((_, at) => at !== index), "Delete a rule")}
              >
                Delete
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
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
          <div className={classes.says}>
            <span className={classes.saysWord}>then it says</span>
            <TextInput
              aria-label="Event"
              placeholder="outlier"
              disabled={locked}
              value={typeof parts.type === "string" ? parts.type : ""}
              onChange={(change) => setEvent({ ...parts, type: change.currentTarget.value })}
            />
            {Object.entries(params).map(([key, value]) => (
              <TextInput
                key={key}
                aria-label={`${words(key)}, given along`}
                leftSection={<span className="quiet">{key}</span>}
                leftSectionWidth={Math.min(110, key.length * 7 + 18)}
                disabled={locked}
                value={typeof value === "string" ? value : JSON.stringify(value)}
                onChange={(change) =>
                  setEvent({ ...parts, params: { ...params, [key]: paramValue(change.currentTarget.value, value) } })
                }
              />
            ))}
            <TagsInput
              aria-label="Values given along"
              placeholder="with…"
              className={classes.paramNames}
              disabled={locked}
              value={Object.keys(params)}
              onChange={(keys) => {
                const { params: _old, ...rest } = parts;
                setEvent(
                  keys.length === 0
                    ? rest
                    : { ...parts, params: Object.fromEntries(keys.map((key) => [key, params[key] ?? ""])) },
                );
              }}
            />
          </div>
        </div>
      )}
    </section>
  );
}

/** What was a number stays one while it reads as one; structures are edited in the source. */
function paramValue(text: string, before: Json): Json {
  if (typeof before === "number" && text.trim() !== "" && !Number.isNaN(Number(text))) return Number(text);
  return text;
}
