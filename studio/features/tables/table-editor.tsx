import { Button, Modal } from "@mantine/core";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { applyEdit } from "#engine/rules/analyse/apply-edit.ts";
import { useEditing, useLocked, useOpen, useRun } from "../../document/editing.tsx";
import { isObject, type JsonObject, valueAt, withValue } from "../../document/json-value.ts";
import { useShortcutGroup } from "../../ui/shortcuts.ts";
import { tell } from "../../ui/tell.ts";
import type { Problems } from "../problems/use-problems.ts";
import { type FactChoice, factKey } from "../rules/conditions/fact-choice.ts";
import { RuleValidity } from "../rules/rule-validity.tsx";
import { ColumnSettings } from "./column-settings.tsx";
import type { EditTable } from "./edit-table.ts";
import { cellsWith, nextOf } from "./find.ts";
import { FindBar } from "./find-bar.tsx";
import { Grid, type GridHandle } from "./grid.tsx";
import { TABLE_KEYS } from "./grid-keys.ts";
import { InOutMenu } from "./in-out-menu.tsx";
import { ghostsOf, marksOf } from "./marks.ts";
import { pasted } from "./paste.ts";
import { RowMenu } from "./row-menu.tsx";
import { at, rangeOf, type Selection, within } from "./selection.ts";
import { list, sheetOf } from "./sheet.ts";
import { withColumnAdded, withColumnDeleted, withColumnMoved, withColumnSet, withRowsInserted } from "./sheet-edits.ts";
import { StatusLine } from "./status-line.tsx";
import classes from "./tables.module.css";
import { Toolbar } from "./toolbar.tsx";

const EMPTY: JsonObject = {};
/** Ghost rows beyond this many would hide the table; the list of problems has them all. */
const GHOSTS = 20;

/** The editor of a decision table: a spreadsheet that says what is wrong with its rows. */
export function TableEditor({
  choices,
  hits,
  uncovered,
  problems,
}: {
  choices: readonly FactChoice[];
  hits: ReadonlySet<number>;
  /** Rows that no test case reaches; none while there are no tests. */
  uncovered: ReadonlySet<number>;
  problems: Problems;
}) {
  const { store } = useEditing();
  const raw = useOpen((state) => valueAt(state.document, ["table"]));
  const marked = useOpen((state) => state.selection);
  const locked = useLocked();
  const run = useRun();
  const grid = useRef<GridHandle>(null);
  const [selection, setSelection] = useState<Selection>(() => at(0, 0));
  const [finding, setFinding] = useState<string | null>(null);
  const [menu, setMenu] = useState<{ x: number; y: number } | null>(null);
  const [settings, setSettings] = useState<{ side: "cells" | "out"; at: number | null } | null>(null);
  const [dated, setDated] = useState<number | null>(null);
  useShortcutGroup(TABLE_KEYS);

  const table = isObject(raw) ? raw : EMPTY;
  const sheet = useMemo(() => sheetOf(table), [table]);
  const kept = within(selection, { rows: sheet.rows.length + 1, columns: sheet.width });
  const edit: EditTable = useCallback(
    (label, change) =>
      run((document) => {
        const old = valueAt(document, ["table"]);
        return withValue(document, ["table"], change(isObject(old) ? old : {}));
      }, label),
    [run],
  );

  const marks = useMemo(() => marksOf(problems.issues), [problems.issues]);
  const ghosts = useMemo(
    () => (problems.current ? ghostsOf(problems.issues).slice(0, GHOSTS) : []),
    [problems.current, problems.issues],
  );
  const unknown = useMemo(() => {
    const known = new Set(choices.map((one) => one.key));
    const places = sheet.columns.flatMap((column, index) =>
      known.has(factKey(column as { fact: string })) || choices.some((one) => one.fact === column.fact) ? [] : [index],
    );
    return new Set(choices.length > 0 ? places : []);
  }, [sheet.columns, choices]);
  const found = useMemo(() => (finding === null ? [] : cellsWith(sheet, finding)), [sheet, finding]);
  const foundByRow = useMemo(
    () =>
      new Map(
        [...Map.groupBy(found, ({ row }) => row)].map(([row, cells]) => [
          row,
          cells.map(({ column }) => column).join(),
        ]),
      ),
    [found],
  );
  const here = found.findIndex(({ row, column }) => row === kept.anchor.row && column === kept.anchor.column);

  // A problem that was clicked: the rows it is about, one next to the other or the first of them, are selected.
  useEffect(() => {
    const rows = marked
      .flatMap((id) => /^table\/rows\/(\d+)$/.exec(id)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
    const [first] = rows;
    if (first === undefined) return;
    const together = rows.every((row, index) => row === first + index);
    const { width } = sheetOf(valueAt(store.getState().document, ["table"]));
    grid.current?.show({ top: first, bottom: together ? rows.at(-1)! : first, left: 0, right: width - 1 });
  }, [marked, store]);

  const pasteFromClipboard = async () => {
    const text = await navigator.clipboard.readText().catch(() => "");
    const made = pasted(table, { row: 0, column: 0 }, text, choices);
    if (!made.ok) return tell(made.message);
    edit(made.said, () => made.table);
    grid.current?.focus();
  };
  const step = (back: boolean) => {
    const next = nextOf(found, kept.anchor, back);
    const cell = next === undefined ? undefined : found[next];
    if (!cell) return;
    // The search keeps the focus, so that Enter goes on to the next one.
    const focused = document.activeElement;
    grid.current?.show({ top: cell.row, bottom: cell.row, left: cell.column, right: cell.column });
    if (focused instanceof HTMLElement) focused.focus();
  };

  const named = settings?.side === "out" ? "outputs" : "columns";
  const open = settings && settings.at !== null ? list(table[named])[settings.at] : undefined;
  const isEmpty = sheet.columns.length === 0 && sheet.rows.length === 0;
  return (
    <div className={classes.editor}>
      <Toolbar
        sheet={sheet}
        locked={locked}
        onPolicy={(hitPolicy) => edit("What happens where several rows fit", (old) => ({ ...old, hitPolicy }))}
        onEvent={(event) =>
          run((document) => withValue(document, ["table", "event"], event === "" ? undefined : event), {
            label: "What a row that fits says",
            group: "table/event",
          })
        }
        onAddRow={() => {
          edit("Add a row", (old) => withRowsInserted(old, sheet.rows.length));
          requestAnimationFrame(() =>
            grid.current?.show({ top: sheet.rows.length, bottom: sheet.rows.length, left: 0, right: 0 }),
          );
        }}
        onAddColumn={(side) => setSettings({ side, at: null })}
        onFind={() => setFinding((old) => old ?? "")}
      >
        <InOutMenu table={table} choices={choices} locked={locked} edit={edit} />
      </Toolbar>
      {finding !== null && (
        <FindBar
          text={finding}
          place={here === -1 ? null : here + 1}
          count={found.length}
          onText={setFinding}
          onStep={step}
          onClose={() => {
            setFinding(null);
            grid.current?.focus();
          }}
        />
      )}
      {isEmpty && !locked && (
        <div className={classes.welcome}>
          <strong>An empty table</strong>
          <p>
            Copy a table in your spreadsheet, headings included, and paste it here: conditions to the left, the answer
            in the last column. Or begin with a first condition.
          </p>
          <div className={classes.welcomeActions}>
            <Button onClick={() => void pasteFromClipboard()}>Paste from the clipboard</Button>
            <Button variant="default" onClick={() => setSettings({ side: "cells", at: null })}>
              Add a condition
            </Button>
          </div>
        </div>
      )}
      <Grid
        ref={grid}
        sheet={sheet}
        table={table}
        choices={choices}
        marks={marks}
        ghosts={ghosts}
        hits={hits}
        uncovered={uncovered}
        unknown={unknown}
        found={foundByRow}
        locked={locked}
        selection={kept}
        onSelect={setSelection}
        edit={edit}
        onFind={() => setFinding((old) => old ?? "")}
        onSettings={setSettings}
        onAddGhost={({ fix }) => {
          run((document) => (isObject(document) ? applyEdit(document, fix.edit) : document), "Add the missing row");
          const row = sheet.rows.length;
          requestAnimationFrame(() =>
            grid.current?.show({ top: row, bottom: row, left: sheet.columns.length, right: sheet.columns.length }),
          );
        }}
        onMenu={setMenu}
      />
      {!isEmpty && <StatusLine sheet={sheet} selection={kept} />}
      {!locked && (
        <RowMenu
          where={menu}
          range={rangeOf(kept)}
          count={sheet.rows.length}
          edit={edit}
          onValidity={setDated}
          onClose={() => {
            setMenu(null);
            grid.current?.focus();
          }}
        />
      )}
      <Modal opened={dated !== null} onClose={() => setDated(null)} title={`When row ${(dated ?? 0) + 1} counts`}>
        {dated !== null && <RuleValidity path={["table", "rows", String(dated)]} />}
      </Modal>
      {settings && (
        <ColumnSettings
          key={`${settings.side} ${settings.at ?? "new"}`}
          side={settings.side}
          column={isObject(open) ? open : undefined}
          choices={choices}
          taken={settings.side === "out" ? sheet.outputs.flatMap(({ name }, i) => (i === settings.at ? [] : name)) : []}
          onClose={() => setSettings(null)}
          onSave={(column) => {
            const { side, at: index } = settings;
            setSettings(null);
            if (index === null) edit("Add a column", (old) => withColumnAdded(old, side, column));
            else edit("Change a column", (old) => withColumnSet(old, { side, at: index }, column));
          }}
          onDelete={() => {
            const { side, at: index } = settings;
            setSettings(null);
            if (index !== null) edit("Delete a column", (old) => withColumnDeleted(old, { side, at: index }));
          }}
          onMove={
            settings.at === null
              ? null
              : (by) => {
                  const { side, at: index } = settings;
                  const to = (index ?? 0) + by;
                  if (index === null || to < 0 || to >= list(table[named]).length) return;
                  edit("Move a column", (old) => withColumnMoved(old, { side, at: index }, to));
                  setSettings({ side, at: to });
                }
          }
        />
      )}
    </div>
  );
}
