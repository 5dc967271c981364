import type { EditTable } from "./edit-table.ts";
import { type GridAsk, wholeRows } from "./grid-keys.ts";
import { at, type Range, rangeOf, type Selection } from "./selection.ts";
import type { Sheet } from "./sheet.ts";
import { cleared, filled, withRowsDeleted, withRowsInserted, withRowsMoved } from "./sheet-edits.ts";

/** What the actions of the keyboard work on. */
export interface GridActing {
  sheet: Sheet;
  locked: boolean;
  edit: EditTable;
  selection: Selection;
  /** Selects and brings into view. */
  go: (selection: Selection) => void;
  begin: () => void;
  onFind: () => void;
}

/** What each key does. Nothing is changed in a table that is locked. */
export function gridActions(acting: GridActing): Record<GridAsk, () => void> {
  const { sheet, locked, edit, selection, go } = acting;
  const count = sheet.rows.length;
  const range = rangeOf(selection);
  const active = selection.anchor;
  const rows = rowsOf(range, count);
  const change: EditTable = (label, by) => {
    if (!locked) edit(label, by);
  };
  const move = (before: number) => {
    if (locked || before < 0 || before > count || count === 0) return;
    edit(rowsWord("Move", rows), (old) => withRowsMoved(old, rows.top, rows.bottom, before));
    const by = before > rows.bottom ? before - rows.bottom - 1 : before - rows.top;
    const moved = (cell: Selection["anchor"]) => ({ ...cell, row: cell.row + by });
    go({ anchor: moved(selection.anchor), head: moved(selection.head) });
  };
  return {
    edit: acting.begin,
    clear: () => change("Empty cells", (old) => cleared(old, range)),
    "fill-down": () => change("Fill down", (old) => filled(old, sourceDown(range), { ...range, ...rows })),
    "fill-right": () => change("Fill to the right", (old) => filled(old, { ...range, right: range.left }, range)),
    "select-all": () =>
      go({ anchor: { row: 0, column: 0 }, head: { row: Math.max(0, count - 1), column: sheet.width - 1 } }),
    "select-row": () => go(wholeRows(range, sheet.width)),
    find: acting.onFind,
    "insert-below": () => {
      if (locked) return;
      const below = Math.min(range.bottom + 1, count);
      edit("Insert a row", (old) => withRowsInserted(old, below));
      go(at(below, active.column));
    },
    "delete-rows": () => {
      if (count > 0) change(rowsWord("Delete", rows), (old) => withRowsDeleted(old, rows.top, rows.bottom));
    },
    "move-up": () => move(rows.top - 1),
    "move-down": () => move(rows.bottom + 2),
    leave: () => go({ anchor: active, head: active }),
  };
}

/** The rows of a range, the default row left out. */
export const rowsOf = ({ top, bottom }: Range, count: number) => ({
  top: Math.min(top, count - 1),
  bottom: Math.min(bottom, count - 1),
});

/** What a step of undo over rows is called. */
export const rowsWord = (verb: string, { top, bottom }: Pick<Range, "top" | "bottom">) =>
  top === bottom ? `${verb} row ${top + 1}` : `${verb} rows ${top + 1} to ${bottom + 1}`;

/** Ctrl+D: the first row of a selection goes into the others; of a single row, the row above goes into it. */
function sourceDown(range: Range): Range {
  const from = range.top === range.bottom ? Math.max(0, range.top - 1) : range.top;
  return { ...range, top: from, bottom: from };
}
