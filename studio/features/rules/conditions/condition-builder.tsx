import { ActionIcon, Menu, Select } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconDots, IconX } from "@tabler/icons-react";
import { createContext, useContext, useMemo } from "react";
import { conditionInWords } from "#engine/rules/condition-words.ts";
import type { FactUse } from "#engine/rules/facts.ts";
import { OPERATORS, operatorsFor } from "#engine/rules/operators.ts";
import type { Json } from "#engine/words/json.ts";
import { isObject, valueAt, withValue } from "../../../document/json-value.ts";
import classes from "./conditions.module.css";
import { choiceFor, type FactChoice } from "./fact-choice.ts";
import {
  conditionKind,
  emptyComparison,
  emptyConditions,
  listOf,
  withGroupKind,
  withItem,
  withItemMoved,
  withoutItem,
  wrapped,
} from "./tree.ts";
import { FactSelect, startValue, ValueEditor } from "./value-editor.tsx";

/** How a part of the tree came out when tried: by pointer below the conditions. */
export type Verdicts = ReadonlyMap<string, { verdict: string; decides: boolean; actual?: string }>;

interface Context {
  choices: readonly FactChoice[];
  shared: readonly string[];
  verdicts: Verdicts | null;
  disabled: boolean;
  change: (edit: (root: Json) => Json) => void;
}
const BuilderContext = createContext<Context | null>(null);
const useBuilder = () => useContext(BuilderContext)!;

export interface ConditionBuilderProps {
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  choices: readonly FactChoice[];
  /** Named conditions that may be used. */
  shared?: readonly string[];
  verdicts?: Verdicts | null;
  disabled?: boolean;
  /** Offered where there are no conditions: "Add a condition". */
  addLabel?: string;
  /** Whether all of it may be taken away. */
  optional?: boolean;
}

const NO_NAMES: readonly string[] = [];

/** Conditions as a tree one can read: groups of all, any, not; comparisons with choosers; a sentence below. */
export function ConditionBuilder(props: ConditionBuilderProps) {
  const { value, onChange, choices, shared = NO_NAMES, verdicts = null, disabled = false } = props;
  const context = useMemo<Context>(
    () => ({ choices, shared, verdicts, disabled, change: (edit) => value !== undefined && onChange(edit(value)) }),
    [choices, shared, verdicts, disabled, value, onChange],
  );
  if (value === undefined)
    return disabled ? (
      <span className="quiet">Always</span>
    ) : (
      <button type="button" className={classes.add} onClick={() => onChange(emptyConditions())}>
        {props.addLabel ?? "Add a condition"}
      </button>
    );
  return (
    <BuilderContext value={context}>
      <div className={classes.builder}>
        <Part value={value} at={[]} />
        <Sentence value={value} choices={choices} />
        {props.optional && !disabled && (
          <button type="button" className={classes.add} onClick={() => onChange(undefined)}>
            Take the conditions away
          </button>
        )}
      </div>
    </BuilderContext>
  );
}

/** The conditions as one sentence, from the same words that "why?" uses. */
function Sentence({ value, choices }: { value: Json; choices: readonly FactChoice[] }) {
  const text = useMemo(() => {
    try {
      const title = (use: FactUse) =>
        choiceFor(
          { fact: use.fact, ...(use.params ? { params: use.params } : {}), ...(use.path ? { path: use.path } : {}) },
          choices,
        )
          ?.title.replaceAll(": ", " ")
          .toLowerCase();
      return conditionInWords(value, { title });
    } catch {
      return null;
    }
  }, [value, choices]);
  return <p className={classes.sentence}>{text ? `When ${text}.` : "Not complete yet."}</p>;
}

function Part({ value, at }: { value: Json; at: readonly string[] }) {
  const kind = conditionKind(value);
  if (kind === "all" || kind === "any" || kind === "not") return <Group value={value} at={at} kind={kind} />;
  if (kind === "condition") return <Named value={value} at={at} />;
  return <Comparison value={value} at={at} />;
}

const GROUPS = [
  { value: "all", label: "All of these" },
  { value: "any", label: "Any of these" },
  { value: "not", label: "Not this" },
];

function Group({ value, at, kind }: { value: Json; at: readonly string[]; kind: "all" | "any" | "not" }) {
  const { change, disabled } = useBuilder();
  const found = listOf(value, at);
  const inner = kind === "not" && isObject(value) ? value.not : undefined;
  const add = (item: Json) => found && change((root) => withItem(root, found.list, item));
  return (
    <fieldset
      className={classes.group}
      data-verdict={useVerdict(at)}
      aria-label={GROUPS.find((one) => one.value === kind)?.label}
    >
      <div className={classes.groupHead}>
        <Select
          aria-label="How these combine"
          className={classes.groupKind}
          disabled={disabled}
          allowDeselect={false}
          data={GROUPS}
          value={kind}
          onChange={(next) =>
            (next === "all" || next === "any" || next === "not") &&
            change((root) => withValue(root, at, withGroupKind(valueAt(root, at)!, next)))
          }
        />
        <VerdictWord at={at} />
        <span className={classes.spring} />
        {at.length > 0 && <ItemMenu at={at} />}
      </div>
      <div className={classes.members}>
        {inner !== undefined && <Part value={inner} at={[...at, "not"]} />}
        {found?.items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity but their place
          <Part key={index} value={item} at={[...found.list, String(index)]} />
        ))}
        {found?.items.length === 0 && (
          <p className={classes.sentence}>
            {kind === "all" ? "Nothing asked: always true." : "Nothing offered: never true."}
          </p>
        )}
        {found && !disabled && (
          <div className={classes.adds}>
            <button type="button" className={classes.add} onClick={() => add(emptyComparison())}>
              Add a condition
            </button>
            <button
              type="button"
              className={classes.add}
              onClick={() => add(kind === "all" ? { any: [emptyComparison()] } : { all: [emptyComparison()] })}
            >
              Add a group
            </button>
          </div>
        )}
      </div>
    </fieldset>
  );
}

function Comparison({ value, at }: { value: Json; at: readonly string[] }) {
  const { choices, change, disabled } = useBuilder();
  const parts = isObject(value) ? value : {};
  const fact = choiceFor(value, choices);
  const name = typeof parts.operator === "string" ? parts.operator : "";
  const operator = OPERATORS.find((one) => one.name === name);
  const fitting = fact ? operatorsFor(fact.type) : OPERATORS;
  const offered = operator && !fitting.includes(operator) ? [operator, ...fitting] : fitting;
  const set = (member: Json) => change((root) => withValue(root, at, member));
  return (
    <div className={classes.comparison} data-verdict={useVerdict(at)}>
      <FactSelect
        choices={choices}
        value={value}
        disabled={disabled}
        label="Fact"
        onChange={(next) => {
          const { params: _params, path: _path, ...rest } = parts;
          const fits = operatorsFor(next.type);
          const row = fits.find((one) => one.name === name) ?? fits[0];
          const keep = fact?.type === next.type && row?.name === name && parts.value !== "";
          set({
            ...rest,
            fact: next.fact,
            ...(next.params ? { params: next.params } : {}),
            ...(next.path ? { path: next.path } : {}),
            operator: row?.name ?? "equal",
            value: keep ? (parts.value ?? null) : startValue(row?.argument ?? "same", next),
          });
        }}
      />
      <Select
        aria-label="Operator"
        className={classes.operator}
        disabled={disabled}
        allowDeselect={false}
        data={[
          ...(operator || !name ? [] : [{ value: name, label: name }]),
          ...offered.map((one) => ({ value: one.name, label: one.label })),
        ]}
        value={name || null}
        comboboxProps={{ width: 210, position: "bottom-start" }}
        onChange={(next) => {
          const row = OPERATORS.find((one) => one.name === next);
          if (next === null || !row) return;
          const keep = operator?.argument === row.argument && parts.value !== undefined;
          set({ ...parts, operator: next, value: keep ? parts.value! : startValue(row.argument, fact) });
        }}
      />
      <ValueEditor
        value={parts.value}
        operator={operator}
        fact={fact}
        choices={choices}
        disabled={disabled}
        onChange={(next) => set({ ...parts, value: next })}
      />
      <VerdictWord at={at} />
      <span className={classes.spring} />
      <ItemMenu at={at} />
    </div>
  );
}

function Named({ value, at }: { value: Json; at: readonly string[] }) {
  const { shared, change, disabled } = useBuilder();
  const name = isObject(value) && typeof value.condition === "string" ? value.condition : "";
  return (
    <div className={classes.comparison} data-verdict={useVerdict(at)}>
      <span>Condition</span>
      <Select
        aria-label="Named condition"
        className={classes.fact}
        disabled={disabled}
        allowDeselect={false}
        data={[...new Set([...shared, name])]}
        value={name}
        onChange={(next) => next && change((root) => withValue(root, [...at, "condition"], next))}
      />
      <VerdictWord at={at} />
      <span className={classes.spring} />
      <ItemMenu at={at} />
    </div>
  );
}

/** Up, down, into a group, away. */
function ItemMenu({ at }: { at: readonly string[] }) {
  const { change, disabled, shared } = useBuilder();
  if (disabled) return null;
  const list = at.slice(0, -1);
  const index = Number(at.at(-1));
  const inList = Number.isInteger(index) && at.length > 1;
  if (!inList) return at.length === 0 ? null : null;
  return (
    <>
      <Menu position="bottom-end" width={210}>
        <Menu.Target>
          <ActionIcon size={24} aria-label="More for this condition">
            <IconDots size={14} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconArrowUp size={14} />}
            disabled={index === 0}
            onClick={() => change((root) => withItemMoved(root, list, index, -1))}
          >
            Move up
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowDown size={14} />}
            onClick={() => change((root) => withItemMoved(root, list, index, 1))}
          >
            Move down
          </Menu.Item>
          <Menu.Item onClick={() => change((root) => withValue(root, at, wrapped(valueAt(root, at)!, "any")))}>
            Into a group of its own
          </Menu.Item>
          <Menu.Item onClick={() => change((root) => withValue(root, at, { not: valueAt(root, at)! }))}>
            Turn into its opposite
          </Menu.Item>
          <Menu.Item onClick={() => change((root) => withItem(root, list, valueAt(root, at)!))}>Duplicate</Menu.Item>
          {shared.length > 0 && (
            <Menu.Item onClick={() => change((root) => withItem(root, list, { condition: shared[0]! }))}>
              Add a named condition
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <ActionIcon size={24} aria-label="Remove this condition" onClick={() => change((root) => withoutItem(root, at))}>
        <IconX size={14} />
      </ActionIcon>
    </>
  );
}

function useVerdict(at: readonly string[]): string | undefined {
  const { verdicts } = useBuilder();
  const found = verdicts?.get(pointerOf(at));
  return found ? `${found.verdict}${found.decides ? " decides" : ""}` : undefined;
}

function VerdictWord({ at }: { at: readonly string[] }) {
  const { verdicts } = useBuilder();
  const found = verdicts?.get(pointerOf(at));
  if (!found) return null;
  const word = found.verdict === "true" ? "yes" : found.verdict === "false" ? "no" : "not known";
  return (
    <span className={classes.verdict} data-verdict={found.verdict}>
      {found.actual === undefined ? word : `${word}: ${found.actual}`}
    </span>
  );
}

const pointerOf = (at: readonly string[]) => at.map((segment) => `/${segment}`).join("");
