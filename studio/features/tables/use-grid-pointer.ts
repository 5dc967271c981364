import type { PointerEvent, RefObject } from "react";
import type { EditTable } from "./edit-table.ts";
import { rowsOf, rowsWord } from "./grid-actions.ts";
import { wholeRows } from "./grid-keys.ts";
import { type Cell, isOneCell, rangeOf, type Selection, stretched } from "./selection.ts";
import type { Sheet } from "./sheet.ts";
import { filled, withRowsMoved } from "./sheet-edits.ts";
import { type Drag, useGridDrag } from "./use-grid-drag.ts";

/**
 * What the pointer does: selects cells and rows, fills by the corner of the selection, moves rows by their grip. A finger
 * scrolls; it selects by a tap, and a second tap on the same cell edits it.
 */
export function useGridPointer(
  scroll: RefObject<HTMLDivElement | null>,
  rowHeight: number,
  props: {
    sheet: Sheet;
    edit: EditTable;
    selection: Selection;
    onSelect: (selection: Selection) => void;
    onEdit: (cell: Cell) => void;
  },
) {
  const { sheet, edit, selection, onSelect } = props;
  const count = sheet.rows.length;
  const range = rangeOf(selection);
  const active = selection.anchor;
  const move = (now: Drag) => {
    if (now.kind === "select") onSelect({ anchor: active, head: now.to });
    if (now.kind === "rows") onSelect(wholeRows(rangeOf({ anchor: active, head: now.to }), sheet.width));
  };
  const drop = (now: Drag) => {
    if (now.kind === "fill") {
      const over = stretched(now.from, now.to);
      edit("Fill", (old) => filled(old, now.from, { ...over, bottom: Math.min(over.bottom, count - 1) }));
      onSelect({ anchor: { row: over.top, column: over.left }, head: { row: over.bottom, column: over.right } });
    }
    if (now.kind === "move") {
      const { top, bottom } = now.from;
      const before = Math.max(0, Math.min(now.before, count));
      edit(rowsWord("Move", now.from), (old) => withRowsMoved(old, top, bottom, before));
      const inPlace = before >= top && before <= bottom + 1;
      const to = inPlace ? top : before > bottom ? before - (bottom - top + 1) : before;
      onSelect(wholeRows({ top: to, bottom: to + bottom - top }, sheet.width));
    }
  };
  const { drag, begin } = useGridDrag(scroll, rowHeight, { move, drop });

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const target = event.target as HTMLElement;
    const cell = target.closest<HTMLElement>("[data-row]");
    if (!cell || event.button !== 0 || target.closest("input, button")) return;
    const under = { row: Number(cell.dataset.row), column: Number(cell.dataset.column ?? 0) };
    scroll.current?.focus({ preventScroll: true });
    const isTouch = event.pointerType === "touch";
    switch (target.closest<HTMLElement>("[data-part]")?.dataset.part) {
      case "corner":
        return begin(event, { kind: "fill", from: range, to: active });
      case "grip": {
        const isWhole = range.left === 0 && range.right === sheet.width - 1;
        const holds = isWhole && under.row >= range.top && under.row <= range.bottom;
        const rows = holds ? rowsOf(range, count) : { top: under.row, bottom: under.row };
        onSelect(wholeRows(rows, sheet.width));
        return begin(event, { kind: "move", from: { ...rows, left: 0, right: sheet.width - 1 }, before: under.row });
      }
      case "number": {
        const rows = event.shiftKey ? rangeOf({ anchor: active, head: under }) : { top: under.row, bottom: under.row };
        onSelect(wholeRows(rows, sheet.width));
        if (!isTouch) begin(event, { kind: "rows", to: under });
        return;
      }
      default: {
        const again = isTouch && isOneCell(selection) && active.row === under.row && active.column === under.column;
        onSelect({ anchor: event.shiftKey ? active : under, head: under });
        if (again) props.onEdit(under);
        else if (!isTouch) begin(event, { kind: "select", to: under });
      }
    }
  };
  return { drag, onPointerDown };
}
