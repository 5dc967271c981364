import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
  useCallback,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from "react";
import type { JsonObject } from "../../document/json-value.ts";
import type { FactChoice } from "../rules/conditions/fact-choice.ts";
import type { Ended } from "./cell-input.tsx";
import type { EditTable } from "./edit-table.ts";
import { GhostRow } from "./ghost-row.tsx";
import classes from "./grid.module.css";
import { gridActions } from "./grid-actions.ts";
import { gridClipboard } from "./grid-clipboard.ts";
import { GridHeader } from "./grid-header.tsx";
import { askOf, types, wholeRows } from "./grid-keys.ts";
import { cellId, type Editing, GridRow } from "./grid-row.tsx";
import { gridWidths, numberWidth } from "./grid-widths.ts";
import type { Ghost, RowMarks } from "./marks.ts";
import { type Cell, type Range, rangeOf, type Selection, stepped, stretched, walked, within } from "./selection.ts";
import { type ColumnPlace, type Sheet, titleAt } from "./sheet.ts";
import { withTyped } from "./sheet-edits.ts";
import { cellUnder } from "./use-grid-drag.ts";
import { useGridPointer } from "./use-grid-pointer.ts";

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
  /** Rows that no test case reaches. */
  uncovered: ReadonlySet<number>;
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

  const mayEdit = (cell: Cell) =>
    !locked && (cell.row < count || (cell.column >= sheet.columns.length && cell.column < sheet.width - 1));
  const begin = (typed: string | null) => {
    if (mayEdit(active)) setEditing({ row: active.row, column: active.column, typed });
  };
  const asks = gridActions({ sheet, locked, edit, selection, go, begin: () => begin(null), onFind: props.onFind });

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

  const { onCopy, onPaste } = gridClipboard({
    sheet,
    table,
    choices: props.choices,
    locked,
    edit,
    selection,
    onSelect,
  });
  const { drag, onPointerDown } = useGridPointer(scroll, height, {
    sheet,
    edit,
    selection,
    onSelect,
    onEdit: (cell) => setEditing({ ...cell, typed: null }),
  });
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
                uncovered={props.uncovered.has(index)}
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
              uncovered={false}
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
