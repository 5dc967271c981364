import { ActionIcon, Autocomplete, Menu, Textarea, TextInput } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useState } from "react";
import { factNames, namedFact } from "#engine/rules/fact-names.ts";
import type { TestRun } from "#engine/rules/ruleset-tests.ts";
import type { Json } from "#engine/words/json.ts";
import { useField } from "../../../document/editing.tsx";
import { isObject } from "../../../document/json-value.ts";
import { valueText } from "../../../ui/json-value.tsx";
import type { FactChoice } from "../conditions/fact-choice.ts";
import { InputRow } from "../try/input-row.tsx";
import { type TryInput, testFacts } from "../try/inputs.ts";
import classes from "./tests.module.css";

/** One test case: its title, the facts it gives, the answer it expects, and how that went. */
export function TestCard(props: {
  index: number;
  run: TestRun | undefined;
  inputs: readonly TryInput[];
  choices: readonly FactChoice[];
  answers: readonly string[];
  locked: boolean;
  onShow: (facts: Record<string, Json>) => void;
  onDuplicate: () => void;
  onRemove: () => void;
}) {
  const { index, run, inputs, choices, answers, locked } = props;
  const path = ["tests", String(index)];
  const [title, setTitle] = useField([...path, "title"], "Title of the test");
  const [facts, setFacts] = useField([...path, "facts"], "Facts of the test");
  const [expect, setExpect] = useField([...path, "expect"], "What the test expects");
  const [open, setOpen] = useState(false);
  const given = isObject(facts) ? facts : {};
  const wanted = isObject(expect) ? expect : {};
  const params = isObject(wanted.params) ? wanted.params : {};
  const unread = Object.keys(given).filter(
    (name) => !inputs.some(({ fact, params: own }) => factNames(fact, own).includes(name)),
  );
  const state = run === undefined ? "unknown" : run.green ? "green" : "red";
  const setInput = (input: TryInput, value: Json | undefined) => {
    const name =
      factNames(input.fact, input.params).find((one) => Object.hasOwn(given, one)) ??
      Object.keys(testFacts(inputs, new Map([[input.key, value ?? null]])))[0] ??
      input.fact;
    const { [name]: _old, ...rest } = given;
    setFacts(value === undefined ? rest : { ...rest, [name]: value });
  };
  return (
    <article className={classes.test} data-state={state} aria-label={`Test ${index + 1}`}>
      <header className={classes.head}>
        <button
          type="button"
          className={classes.fold}
          aria-expanded={open}
          aria-label={open ? "Fold this test" : "Open this test"}
          onClick={() => setOpen((old) => !old)}
        >
          {open ? "▾" : "▸"}
        </button>
        <Textarea
          className={classes.title}
          aria-label="Title of the test"
          autosize
          minRows={1}
          maxRows={3}
          disabled={locked}
          value={typeof title === "string" ? title : ""}
          onChange={(change) => setTitle(change.currentTarget.value)}
        />
        <span className={classes.state} data-state={state}>
          {state === "unknown" ? "not run" : state}
        </span>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label="More for this test">
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => props.onShow(given)}>Show it in the rules</Menu.Item>
            <Menu.Item disabled={locked} onClick={props.onDuplicate}>
              Duplicate
            </Menu.Item>
            <Menu.Item disabled={locked} color="bad" onClick={props.onRemove}>
              Delete
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </header>
      <div className={classes.expects}>
        <span className="secondary">expects</span>
        <Autocomplete
          size="xs"
          aria-label="Expected answer"
          disabled={locked}
          data={[...answers]}
          value={typeof wanted.event === "string" ? wanted.event : ""}
          onChange={(next) => setExpect({ ...wanted, event: next })}
        />
      </div>
      {run?.problems.map((problem) => (
        <p key={problem} className={classes.problem}>
          {problem}
        </p>
      ))}
      {open && (
        <div className={classes.body}>
          {inputs.map((input) => (
            <InputRow
              key={input.key}
              input={input}
              choices={choices}
              value={namedFact(given, input.fact, input.params)}
              onChange={(value) => !locked && setInput(input, value)}
            />
          ))}
          {unread.map((name) => (
            <p key={name} className="secondary">
              {name} ({valueText(given[name])}) is not read by any rule.
              {!locked && (
                <button
                  type="button"
                  className={classes.plain}
                  onClick={() => {
                    const { [name]: _gone, ...rest } = given;
                    setFacts(rest, "Take a fact away");
                  }}
                >
                  Take it away
                </button>
              )}
            </p>
          ))}
          {Object.entries(params).map(([name, value]) => (
            <TextInput
              key={name}
              size="xs"
              label={`${name}, as it must be given along`}
              disabled={locked}
              value={typeof value === "string" ? value : JSON.stringify(value)}
              onChange={(change) => {
                const text = change.currentTarget.value;
                const next = typeof value === "number" && !Number.isNaN(Number(text)) ? Number(text) : text;
                const { [name]: _old, ...rest } = params;
                const all = text === "" ? rest : { ...params, [name]: next };
                const { params: _params, ...event } = wanted;
                setExpect(Object.keys(all).length === 0 ? event : { ...wanted, params: all });
              }}
            />
          ))}
        </div>
      )}
    </article>
  );
}
