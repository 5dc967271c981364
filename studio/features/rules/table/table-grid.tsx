import { ActionIcon, Menu, Select, TextInput } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ClipboardEvent, type KeyboardEvent, useRef } from "react";
import { type DecisionTable, HitPolicy } from "#engine/rules/table.ts";
import { parseCell } from "#engine/rules/table-cell.ts";
import type { Json } from "#engine/words/json.ts";
import { useField, useLocked, useOpen } from "../../../document/editing.tsx";
import { isObject, type JsonObject, valueAt } from "../../../document/json-value.ts";
import { words } from "../../../text/kinds.ts";
import type { FactChoice } from "../conditions/fact-choice.ts";
import classes from "./table.module.css";
import { fillDown, pasteBlock, withCell, withColumnAdded, withRow } from "./table-edits.ts";

const POLICY_WORDS: Record<string, string> = {
  unique: "Exactly one row fits",
  first: "The first row that fits",
  any: "Several may fit, all saying the same",
  priority: "The strongest answer",
  "rule-order": "All rows that fit, in order",
  "output-order": "All, strongest first",
  collect: "All rows that fit",
  "collect-sum": "The sum of all that fit",
  "collect-min": "The smallest of all",
  "collect-max": "The largest of all",
  "collect-count": "How many fit",
};

/** A decision table as a grid: cells as a person types them, checked as they are typed. */
export function TableGrid({ choices, hits }: { choices: readonly FactChoice[]; hits: ReadonlySet<number> }) {
  const raw = useOpen((state) => valueAt(state.document, ["table"]));
  const [, set] = useField(["table"], "Edit the table");
  const locked = useLocked();
  const scroll = useRef<HTMLDivElement>(null);
  const table = isObject(raw) ? raw : {};
  const columns = objects(table.columns);
  const outputs = objects(table.outputs);
  const rows = objects(table.rows);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => 37,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const width = columns.length + outputs.length;

  const focus = (row: number, column: number) => {
    virtual.scrollToIndex(Math.max(0, Math.min(row, rows.length - 1)));
    requestAnimationFrame(() => scroll.current?.querySelector<HTMLElement>(`[data-cell="${row}:${column}"]`)?.focus());
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>, row: number, column: number) => {
    const input = event.currentTarget;
    const command = event.ctrlKey || event.metaKey;
    if (event.key === "ArrowDown" || event.key === "Enter") focus(row + 1, column);
    else if (event.key === "ArrowUp") focus(row - 1, column);
    else if (event.key === "ArrowLeft" && input.selectionStart === 0 && input.selectionEnd === 0)
      focus(row, Math.max(0, column - 1));
    else if (event.key === "ArrowRight" && input.selectionStart === input.value.length)
      focus(row, Math.min(width - 1, column + 1));
    else if (command && event.key.toLowerCase() === "d") set(fillDown(table, row, column));
    else return;
    event.preventDefault();
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>, row: number, column: number) => {
    const text = event.clipboardData.getData("text/plain");
    if (!/[\t\n]/.test(text.trimEnd())) return;
    event.preventDefault();
    set(pasteBlock(table, row, column, text));
  };

  return (
    <div className={classes.frame}>
      <div className={classes.settings}>
        <Select
          label="Where several rows fit"
          allowDeselect={false}
          disabled={locked}
          data={HitPolicy.options.map((value) => ({ value, label: POLICY_WORDS[value] ?? value }))}
          value={String(table.hitPolicy ?? "first")}
          onChange={(next) => next && set({ ...table, hitPolicy: next })}
        />
        <TextInput
          label="Says"
          placeholder="matched"
          disabled={locked}
          value={typeof table.event === "string" ? table.event : ""}
          onChange={(event) =>
            set(event.currentTarget.value ? { ...table, event: event.currentTarget.value } : without(table, "event"))
          }
        />
        {!locked && (
          <Select
            label="Add a column"
            placeholder="Choose a fact"
            searchable
            value={null}
            data={[...new Set(choices.map((one) => one.group))].map((group) => ({
              group,
              items: choices.filter((one) => one.group === group).map((one) => ({ value: one.key, label: one.title })),
            }))}
            onChange={(key) => {
              const choice = choices.find((one) => one.key === key);
              if (choice) set(withColumnAdded(table, choice));
            }}
          />
        )}
      </div>
      <div ref={scroll} className={classes.scroll}>
        <table className={classes.table} style={{ minWidth: 60 + width * 130 }} aria-rowcount={rows.length + 1}>
          <thead>
            <tr>
              <th className={classes.number} scope="col">
                #
              </th>
              {columns.map((column, index) => (
                <th key={`column ${String(index)}`} scope="col">
                  <span>{title(column, choices)}</span>
                  <small>{[words(String(column.type ?? "")), column.unit].filter(Boolean).join(", ")}</small>
                </th>
              ))}
              {outputs.map((output, index) => (
                <th key={`output ${String(index)}`} scope="col" className={classes.out}>
                  <span>{String(output.title ?? words(String(output.name ?? "")))}</span>
                  <small>then</small>
                </th>
              ))}
              <th className={classes.menu} scope="col">
                <span className="unseen">More</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {(items[0]?.start ?? 0) > 0 && (
              <tr>
                <td colSpan={width + 2} style={{ height: items[0]!.start, padding: 0 }} />
              </tr>
            )}
            {items.map(({ index }) => {
              const row = rows[index]!;
              const cells = Array.isArray(row.cells) ? row.cells : [];
              const out = Array.isArray(row.out) ? row.out : [];
              return (
                <tr key={index} data-hit={hits.has(index) || undefined} aria-rowindex={index + 2}>
                  <th
                    scope="row"
                    className={classes.number}
                    title={typeof row.note === "string" ? row.note : undefined}
                  >
                    {index + 1}
                  </th>
                  {columns.map((column, at) => {
                    const text = String(cells[at] ?? "");
                    const read = parseCell(text, column as unknown as DecisionTable["columns"][number]);
                    return (
                      <td key={`cell ${String(at)}`} data-wrong={!read.ok || undefined}>
                        <input
                          data-cell={`${index}:${at}`}
                          aria-label={`Row ${index + 1}, ${title(column, choices)}`}
                          aria-invalid={!read.ok}
                          title={read.ok ? undefined : `${read.message} ${read.hint}`}
                          disabled={locked}
                          value={text}
                          onChange={(event) => set(withCell(table, index, "cells", at, event.currentTarget.value))}
                          onKeyDown={(event) => onKey(event, index, at)}
                          onPaste={(event) => onPaste(event, index, at)}
                        />
                      </td>
                    );
                  })}
                  {outputs.map((output, at) => (
                    <td key={`out ${String(at)}`} className={classes.out}>
                      <input
                        data-cell={`${index}:${columns.length + at}`}
                        aria-label={`Row ${index + 1}, then ${String(output.name)}`}
                        disabled={locked}
                        value={
                          typeof out[at] === "string"
                            ? out[at]
                            : out[at] === undefined || out[at] === null
                              ? ""
                              : JSON.stringify(out[at])
                        }
                        onChange={(event) =>
                          set(withCell(table, index, "out", at, outputValue(event.currentTarget.value, output)))
                        }
                        onKeyDown={(event) => onKey(event, index, columns.length + at)}
                        onPaste={(event) => onPaste(event, index, columns.length + at)}
                      />
                    </td>
                  ))}
                  <td className={classes.menu}>
                    {!locked && (
                      <Menu position="bottom-end">
                        <Menu.Target>
                          <ActionIcon size={26} aria-label={`More for row ${index + 1}`}>
                            <IconDots size={14} />
                          </ActionIcon>
                        </Menu.Target>
                        <Menu.Dropdown>
                          <Menu.Item disabled={index === 0} onClick={() => set(withRow(table, index, "up"))}>
                            Move up
                          </Menu.Item>
                          <Menu.Item
                            disabled={index === rows.length - 1}
                            onClick={() => set(withRow(table, index, "down"))}
                          >
                            Move down
                          </Menu.Item>
                          <Menu.Item onClick={() => set(withRow(table, index, "insert"))}>Insert a row below</Menu.Item>
                          <Menu.Item color="bad" onClick={() => set(withRow(table, index, "delete"))}>
                            Delete the row
                          </Menu.Item>
                        </Menu.Dropdown>
                      </Menu>
                    )}
                  </td>
                </tr>
              );
            })}
            {items.length > 0 && (
              <tr>
                <td
                  colSpan={width + 2}
                  style={{ height: Math.max(0, virtual.getTotalSize() - (items.at(-1)?.end ?? 0)), padding: 0 }}
                />
              </tr>
            )}
          </tbody>
        </table>
      </div>
      {!locked && (
        <button type="button" className={classes.add} onClick={() => set(withRow(table, rows.length - 1, "insert"))}>
          Add a row
        </button>
      )}
    </div>
  );
}

const objects = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
const title = (column: JsonObject, choices: readonly FactChoice[]) =>
  String(
    column.title ??
      choices.find((one) => one.fact === column.fact && one.path === column.path)?.title ??
      words(String(column.fact ?? "")),
  );
const NUMERIC = new Set(["number", "money", "percent"]);
function outputValue(text: string, output: JsonObject): Json {
  return NUMERIC.has(String(output.type)) && text.trim() !== "" && !Number.isNaN(Number(text)) ? Number(text) : text;
}
function without(object: JsonObject, key: string): JsonObject {
  const { [key]: _gone, ...rest } = object;
  return rest;
}
