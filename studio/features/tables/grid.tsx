import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type ClipboardEvent,
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type Ref,
  useCallback,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from "react";
import type { JsonObject } from "../../document/json-value.ts";
import { tell } from "../../ui/tell.ts";
import type { FactChoice } from "../rules/conditions/fact-choice.ts";
import type { Ended } from "./cell-input.tsx";
import { GhostRow } from "./ghost-row.tsx";
import classes from "./grid.module.css";
import { GridHeader } from "./grid-header.tsx";
import { askOf, type GridAsk, types, wholeRows } from "./grid-keys.ts";
import { cellId, type Editing, GridRow } from "./grid-row.tsx";
import { gridWidths, numberWidth } from "./grid-widths.ts";
import type { Ghost, RowMarks } from "./marks.ts";
import { copied, pasted, pastedOver } from "./paste.ts";
import {
  at,
  type Cell,
  isOneCell,
  type Range,
  rangeOf,
  type Selection,
  stepped,
  stretched,
  walked,
  within,
} from "./selection.ts";
import { type ColumnPlace, type Sheet, titleAt } from "./sheet.ts";
import { cleared, filled, withRowsDeleted, withRowsInserted, withRowsMoved, withTyped } from "./sheet-edits.ts";
import { cellUnder, useGridDrag } from "./use-grid-drag.ts";

/** Changes the table, as one step of undo. */
export type EditTable = (label: string, change: (table: JsonObject) => JsonObject) => void;

export interface GridHandle {
  focus(): void;
  /** Selects a range and brings it into view. */
  show(range: Range): void;
}

export interface GridProps {
  sheet: Sheet;
  table: JsonObject;
  choices: readonly FactChoice[];
  marks: ReadonlyMap<number, RowMarks>;
  ghosts: readonly Ghost[];
  hits: ReadonlySet<number>;
  unknown: ReadonlySet<number>;
  /** Columns that a search found, by row. */
  found: ReadonlyMap<number, string>;
  locked: boolean;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  edit: EditTable;
  onFind: () => void;
  onSettings: (place: ColumnPlace) => void;
  onAddGhost: (ghost: Ghost) => void;
  onMenu: (where: { x: number; y: number }) => void;
  ref: Ref<GridHandle>;
}

/** The table as a spreadsheet: one element has the focus, and names its active cell. */
export function Grid(props: GridProps) {
  const { sheet, table, ghosts, locked, edit, onSelect } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const [editing, setEditing] = useState<Editing | null>(null);
  const height = rowHeight();
  const numbers = numberWidth();
  const titles = useMemo(() => Array.from({ length: sheet.width }, (_, column) => titleAt(sheet, column)), [sheet]);
  const widths = useMemo(() => gridWidths(sheet, titles), [sheet, titles]);
  const count = sheet.rows.length;
  // Below the last row: what is missing, then the default row, which the keyboard reaches as one more row.
  const size = { rows: count + 1, columns: sheet.width };
  const selection = within(props.selection, size);
  const range = rangeOf(selection);
  const active = selection.anchor;
  const shownAt = (row: number) => (row < count ? row : count + ghosts.length);
  const virtual = useVirtualizer({
    count: count + ghosts.length + 1,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    overscan: 8,
    paddingStart: 48,
    scrollPaddingStart: 48,
    scrollPaddingEnd: 4,
    // The active row is there wherever one scrolls: what is typed in it is not lost, and its name can be read out.
    rangeExtractor: ({ startIndex, endIndex, overscan, count: all }) => {
      const first = Math.max(0, startIndex - overscan);
      const shown = Array.from({ length: Math.min(all - 1, endIndex + overscan) - first + 1 }, (_, i) => first + i);
      const kept = shownAt(active.row);
      return shown.includes(kept) ? shown : [...shown, kept].sort((a, b) => a - b);
    },
  });
  const reveal = ({ row, column }: Cell) => {
    virtual.scrollToIndex(shownAt(row), { align: "auto" });
    const element = scroll.current;
    if (!element || column === 0) return;
    const left = widths.slice(0, column).reduce((sum, one) => sum + one, numbers);
    const frozen = numbers + (widths[0] ?? 0);
    if (left - element.scrollLeft < frozen) element.scrollLeft = left - frozen;
    else if (left + widths[column]! > element.scrollLeft + element.clientWidth)
      element.scrollLeft = left + widths[column]! - element.clientWidth + 4;
  };
  const go = (next: Selection) => {
    const kept = within(next, size);
    onSelect(kept);
    reveal(kept.head);
  };
  useImperativeHandle(props.ref, () => ({
    focus: () => scroll.current?.focus(),
    show: (wanted) => {
      go({ anchor: { row: wanted.top, column: wanted.left }, head: { row: wanted.bottom, column: wanted.right } });
      reveal({ row: wanted.top, column: wanted.left });
      scroll.current?.focus();
    },
  }));

  const rowsOnly = { top: Math.min(range.top, count - 1), bottom: Math.min(range.bottom, count - 1) };
  const mayEdit = (cell: Cell) =>
    !locked && (cell.row < count || (cell.column >= sheet.columns.length && cell.column < sheet.width - 1));
  const begin = (typed: string | null) => {
    if (mayEdit(active)) setEditing({ row: active.row, column: active.column, typed });
  };
  const asks: Record<GridAsk, () => void> = {
    edit: () => begin(null),
    clear: () => !locked && edit("Empty cells", (old) => cleared(old, range)),
    "fill-down": () => !locked && edit("Fill down", (old) => filled(old, sourceDown(range), downOf(range, count))),
    "fill-right": () =>
      !locked && edit("Fill to the right", (old) => filled(old, { ...range, right: range.left }, range)),
    "select-all": () =>
      go({ anchor: { row: 0, column: 0 }, head: { row: Math.max(0, count - 1), column: sheet.width - 1 } }),
    "select-row": () => go(wholeRows(range, sheet.width)),
    find: props.onFind,
    "insert-below": () => {
      if (locked) return;
      edit("Insert a row", (old) => withRowsInserted(old, Math.min(range.bottom + 1, count)));
      go(at(Math.min(range.bottom + 1, count), active.column));
    },
    "delete-rows": () =>
      !locked &&
      count > 0 &&
      edit(rowsWord("Delete", rowsOnly), (old) => withRowsDeleted(old, rowsOnly.top, rowsOnly.bottom)),
    "move-up": () => move(rowsOnly.top - 1),
    "move-down": () => move(rowsOnly.bottom + 2),
    leave: () => go({ anchor: active, head: active }),
  };
  const move = (before: number) => {
    if (locked || before < 0 || before > count || count === 0) return;
    edit(rowsWord("Move", rowsOnly), (old) => withRowsMoved(old, rowsOnly.top, rowsOnly.bottom, before));
    const by = before > rowsOnly.bottom ? before - rowsOnly.bottom - 1 : before - rowsOnly.top;
    go({
      anchor: { ...selection.anchor, row: selection.anchor.row + by },
      head: { ...selection.head, row: selection.head.row + by },
    });
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget) return;
    const ask = askOf(event);
    const command = event.ctrlKey || event.metaKey;
    if (ask) asks[ask]();
    else if (event.key === "Enter" && !event.altKey) begin(null);
    else if (event.key === "Tab") {
      const next = stepped(active, "Tab", event.shiftKey, size);
      // At either end of the table, Tab leaves it.
      if (next.row < 0 || next.row >= size.rows) return;
      go({ anchor: next, head: next });
    } else if (types(event)) begin(event.key);
    else {
      const page = Math.max(1, Math.floor(((scroll.current?.clientHeight ?? 400) - 48) / height) - 1);
      const to = walked(event.shiftKey ? selection.head : active, { key: event.key, command }, { ...size, page });
      if (!to || event.altKey) return;
      go({ anchor: event.shiftKey ? selection.anchor : to, head: to });
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const onEnd = ({ text, go: key, back }: Ended) => {
    if (!editing) return;
    const { row, column } = editing;
    setEditing(null);
    scroll.current?.focus({ preventScroll: true });
    if (text !== null) edit("Edit a cell", (old) => withTyped(old, [{ row, column, text }]));
    const to =
      key === null
        ? null
        : key === "Enter" || key === "Tab"
          ? stepped({ row, column }, key, back, size)
          : walked({ row, column }, { key, command: false }, { ...size, page: 1 });
    if (to) go({ anchor: to, head: to });
  };

  const heard = useRef(onEnd);
  heard.current = onEnd;
  const ended = useCallback((how: Ended) => heard.current(how), []);

  const onCopy = (event: ClipboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", copied(sheet, range));
    if (event.type === "cut" && !locked) edit("Cut cells", (old) => cleared(old, range));
  };
  const onPaste = (event: ClipboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget || locked) return;
    event.preventDefault();
    const text = event.clipboardData.getData("text/plain");
    const isOne = !/[\t\r\n]/.test(text.trimEnd());
    if (isOne && sheet.columns.length > 0 && !isOneCell(selection)) {
      edit("Paste", (old) => pastedOver(old, range, text.trimEnd()));
      return;
    }
    const made = pasted(table, { row: range.top, column: range.left }, text, props.choices);
    if (!made.ok) return tell(made.message);
    edit(made.said, () => made.table);
    onSelect({
      anchor: { row: made.range.top, column: made.range.left },
      head: { row: made.range.bottom, column: made.range.right },
    });
    if (made.left) tell(made.left);
  };

  const { drag, begin: beginDrag } = useGridDrag(scroll, height, {
    move: (now) => {
      if (now.kind === "select") onSelect({ anchor: selection.anchor, head: now.to });
      if (now.kind === "rows") onSelect(wholeRows(rangeOf({ anchor: selection.anchor, head: now.to }), sheet.width));
    },
    drop: (now) => {
      if (now.kind === "fill") {
        const over = stretched(now.from, now.to);
        edit("Fill", (old) => filled(old, now.from, { ...over, bottom: Math.min(over.bottom, count - 1) }));
        onSelect({ anchor: { row: over.top, column: over.left }, head: { row: over.bottom, column: over.right } });
      }
      if (now.kind === "move") {
        const { top, bottom } = now.from;
        const before = Math.max(0, Math.min(now.before, count));
        edit(rowsWord("Move", now.from), (old) => withRowsMoved(old, top, bottom, before));
        const to = before > bottom ? before - (bottom - top + 1) : before;
        onSelect(wholeRows({ top: to, bottom: to + bottom - top }, sheet.width));
      }
    },
  });
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const target = event.target as HTMLElement;
    const cell = target.closest<HTMLElement>("[data-row]");
    if (!cell || event.button !== 0 || target.closest("input, button")) return;
    const under = { row: Number(cell.dataset.row), column: Number(cell.dataset.column ?? 0) };
    scroll.current?.focus({ preventScroll: true });
    // A finger scrolls; it selects by a tap, and a second tap on the same cell edits it.
    const isTouch = event.pointerType === "touch";
    switch (cell.dataset.part) {
      case "corner":
        return beginDrag(event, { kind: "fill", from: range, to: active });
      case "grip": {
        const whole =
          range.left === 0 && range.right === sheet.width - 1 && under.row >= range.top && under.row <= range.bottom;
        const from = whole
          ? { ...range, ...rowsOnly }
          : { top: under.row, bottom: under.row, left: 0, right: sheet.width - 1 };
        onSelect(wholeRows(from, sheet.width));
        return beginDrag(event, { kind: "move", from, before: under.row });
      }
      case "number":
        onSelect(
          wholeRows(
            event.shiftKey ? rangeOf({ anchor: selection.anchor, head: under }) : { top: under.row, bottom: under.row },
            sheet.width,
          ),
        );
        if (!isTouch) beginDrag(event, { kind: "rows", to: under });
        return;
      default: {
        const again = isTouch && isOneCell(selection) && active.row === under.row && active.column === under.column;
        onSelect({ anchor: event.shiftKey ? selection.anchor : under, head: under });
        if (again) setEditing({ row: under.row, column: under.column, typed: null });
        else if (!isTouch) beginDrag(event, { kind: "select", to: under });
      }
    }
  };
  const onContextMenu = (event: MouseEvent<HTMLDivElement>) => {
    if ((event.target as HTMLElement).closest("input, button")) return;
    event.preventDefault();
    const under = cellUnder(scroll.current!, event.clientX, event.clientY);
    const inside = under && under.row >= range.top && under.row <= range.bottom;
    if (under && !inside && event.target !== event.currentTarget)
      onSelect(wholeRows({ top: under.row, bottom: under.row }, sheet.width));
    props.onMenu({ x: event.clientX, y: event.clientY });
  };

  const shownRange = drag?.kind === "fill" ? stretched(drag.from, drag.to) : range;
  const style = {
    "--grid-columns": `${numbers}px ${widths.map((width, i) => (i === widths.length - 1 ? `minmax(${width}px, 1fr)` : `${width}px`)).join(" ")}`,
    "--grid-width": `${numbers + widths.reduce((sum, one) => sum + one, 0)}px`,
    "--number-width": `${numbers}px`,
    "--row-height": `${height}px`,
  } as CSSProperties;
  const rowProps = (index: number) => {
    const inside = index >= shownRange.top && index <= shownRange.bottom;
    return {
      columns: sheet.columns,
      outputs: sheet.outputs,
      titles,
      left: inside ? shownRange.left : null,
      right: inside ? shownRange.right : null,
      first: index === shownRange.top,
      last: index === shownRange.bottom,
      active: active.row === index ? active.column : null,
      editing: editing?.row === index ? editing : null,
      found: props.found.get(index) ?? "",
      locked,
      onEnd: ended,
    };
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element cannot be placed row by row
    <div
      ref={scroll}
      role="grid"
      tabIndex={0}
      aria-label="Decision table"
      aria-rowcount={count + 2}
      aria-colcount={sheet.width + 1}
      aria-multiselectable="true"
      aria-activedescendant={cellId(active.row, active.column)}
      className={classes.scroll}
      style={style}
      onKeyDown={onKeyDown}
      onCopy={onCopy}
      onCut={onCopy}
      onPaste={onPaste}
      onPointerDown={onPointerDown}
      onDoubleClick={(event) => (event.target as HTMLElement).closest("[data-column]") && begin(null)}
      onContextMenu={onContextMenu}
    >
      <GridHeader
        sheet={sheet}
        titles={titles}
        unknown={props.unknown}
        locked={locked}
        onSelect={(column, add) => {
          onSelect({
            anchor: { row: 0, column: add ? active.column : column },
            head: { row: Math.max(0, count - 1), column },
          });
          scroll.current?.focus({ preventScroll: true });
        }}
        onSettings={props.onSettings}
      />
      <div className={classes.body} style={{ height: virtual.getTotalSize() - 48 }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const top = start - 48;
          const ghost = ghosts[index - count];
          if (index < count)
            return (
              <GridRow
                key={index}
                {...rowProps(index)}
                row={sheet.rows[index]!}
                index={index}
                isDefault={false}
                top={top}
                marks={props.marks.get(index)}
                hit={props.hits.has(index)}
              />
            );
          if (ghost)
            return (
              <GhostRow
                key={`ghost ${index}`}
                ghost={ghost}
                top={top}
                columns={sheet.columns}
                outputs={sheet.outputs}
                width={sheet.width}
                onAdd={locked ? null : () => props.onAddGhost(ghost)}
              />
            );
          return (
            <GridRow
              key="default"
              {...rowProps(count)}
              row={{ cells: [], out: [...(sheet.fallback ?? [])] }}
              index={count}
              isDefault
              top={top}
              marks={undefined}
              hit={props.hits.has(-1)}
            />
          );
        })}
        {drag?.kind === "move" && (
          <div className={classes.dropLine} style={{ top: Math.min(drag.before, count) * height - 1 }} />
        )}
      </div>
    </div>
  );
}

const rowHeight = () => (window.matchMedia("(pointer: coarse), (max-width: 640px)").matches ? 40 : 34);
/** Ctrl+D: the first row of a selection goes into the others; of a single row, the row above goes into it. */
const sourceDown = (range: Range): Range =>
  range.top === range.bottom
    ? { ...range, top: Math.max(0, range.top - 1), bottom: Math.max(0, range.top - 1) }
    : { ...range, bottom: range.top };
const downOf = (range: Range, count: number): Range => ({ ...range, bottom: Math.min(range.bottom, count - 1) });
const rowsWord = (verb: string, { top, bottom }: Pick<Range, "top" | "bottom">) =>
  top === bottom ? `${verb} row ${top + 1}` : `${verb} rows ${top + 1} to ${bottom + 1}`;
