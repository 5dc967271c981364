import { Select } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import { OPERATORS, operatorsFor } from "#engine/rules/operators.ts";
import type { Json } from "#engine/words/json.ts";
import { isObject } from "../../../document/json-value.ts";
import { pointerOf, useBuilder } from "./builder-context.ts";
import classes from "./conditions.module.css";
import { choiceFor } from "./fact-choice.ts";
import { FactSelect } from "./fact-select.tsx";
import { PartHandle } from "./part-handle.tsx";
import { startValue } from "./start-value.ts";
import { conditionKind, emptyComparison, listOf, type Place, withGroupKind } from "./tree.ts";
import { insertAt } from "./tree-moves.ts";
import { ValueEditor } from "./value-editor.tsx";

/** A part of the tree, whatever it is. */
export function Part({ value, at }: { value: Json; at: Place }) {
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

function Group({ value, at, kind }: { value: Json; at: Place; kind: "all" | "any" | "not" }) {
  const { edit, move, disabled, shared } = useBuilder();
  const row = useRef<HTMLFieldSetElement>(null);
  const found = listOf(value, at);
  const inner = kind === "not" && isObject(value) ? value.not : undefined;
  const names = Object.keys(shared);
  const add = (item: Json, label: string) => move((root, place) => insertAt(root, place, item, "Added"), at, label);
  const word = GROUPS.find((one) => one.value === kind)?.label ?? "";
  return (
    <fieldset
      ref={row}
      className={classes.group}
      data-condition
      data-verdict={useVerdict(at)}
      aria-label={word}
      onKeyDown={backToHandle}
    >
      <div className={classes.groupHead}>
        <PartHandle at={at} label={`Group: ${word.toLowerCase()}`} group row={row} />
        <Select
          aria-label="How these combine"
          className={classes.groupKind}
          disabled={disabled}
          allowDeselect={false}
          data={GROUPS}
          value={kind}
          onChange={(next) =>
            (next === "all" || next === "any" || next === "not") && edit(at, withGroupKind(value, next))
          }
        />
        <VerdictWord at={at} />
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
            <button type="button" className={classes.add} onClick={() => add(emptyComparison(), "Add a condition")}>
              Add a condition
            </button>
            <button
              type="button"
              className={classes.add}
              onClick={() =>
                add(kind === "all" ? { any: [emptyComparison()] } : { all: [emptyComparison()] }, "Add a group")
              }
            >
              Add a group
            </button>
            {names.length > 0 && (
              <button
                type="button"
                className={classes.add}
                onClick={() => add({ condition: names[0]! }, "Add a named condition")}
              >
                Add a named condition
              </button>
            )}
          </div>
        )}
      </div>
    </fieldset>
  );
}

/** A row of one condition; Esc in a field goes back to its handle. */
function Row({ at, label, children }: { at: Place; label: string; children: ReactNode }) {
  const row = useRef<HTMLDivElement>(null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a key that every field of the row passes on
    <div ref={row} className={classes.comparison} data-condition data-verdict={useVerdict(at)} onKeyDown={backToHandle}>
      <PartHandle at={at} label={label} group={false} row={row} />
      {children}
      <VerdictWord at={at} />
    </div>
  );
}

function backToHandle(event: KeyboardEvent<HTMLElement>): void {
  const target = event.target as HTMLElement;
  if (event.key !== "Escape" || event.defaultPrevented || target.getAttribute("aria-expanded") === "true") return;
  const handle = event.currentTarget.querySelector<HTMLElement>("[data-handle]");
  if (!handle || target === handle) return;
  event.stopPropagation();
  handle.focus();
}

function Comparison({ value, at }: { value: Json; at: Place }) {
  const { choices, edit, disabled } = useBuilder();
  const parts = isObject(value) ? value : {};
  const fact = choiceFor(value, choices);
  const name = typeof parts.operator === "string" ? parts.operator : "";
  const operator = OPERATORS.find((one) => one.name === name);
  const fitting = fact ? operatorsFor(fact.type) : OPERATORS;
  const offered = operator && !fitting.includes(operator) ? [operator, ...fitting] : fitting;
  const set = (member: Json) => edit(at, member);
  return (
    <Row at={at} label={`Condition: ${fact?.title ?? "no fact yet"} ${operator?.label ?? name}`}>
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
        searchable
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
    </Row>
  );
}

function Named({ value, at }: { value: Json; at: Place }) {
  const { shared, edit, disabled } = useBuilder();
  const words = useId();
  const name = isObject(value) && typeof value.condition === "string" ? value.condition : "";
  return (
    <Row at={at} label={`Named condition: ${name}`}>
      <span id={words}>Holds:</span>
      <Select
        aria-label="Named condition"
        aria-describedby={words}
        className={classes.fact}
        disabled={disabled}
        allowDeselect={false}
        error={shared[name] === undefined ? "Nobody has defined this" : undefined}
        data={[...new Set([...Object.keys(shared), name])]}
        value={name}
        onChange={(next) => next && isObject(value) && edit(at, { ...value, condition: next })}
      />
    </Row>
  );
}

function useVerdict(at: Place): string | undefined {
  const { verdicts } = useBuilder();
  const found = verdicts?.get(pointerOf(at));
  return found ? `${found.verdict}${found.decides ? " decides" : ""}` : undefined;
}

function VerdictWord({ at }: { at: Place }) {
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
