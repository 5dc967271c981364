// biome-ignore-all lint/a11y/useSemanticElements: rows are placed freely while scrolling, which table elements cannot be
// biome-ignore-all lint/a11y/useFocusableInteractive: the link or button inside the row is what takes focus
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";
import { Link } from "react-router";
import classes from "./data-table.module.css";

export interface Column<Row> {
  title: string;
  /** The title is only heard: what stands in the column explains itself. */
  untitled?: boolean;
  cell: (row: Row) => ReactNode;
  /** A grid track: "1fr", "120px", "minmax(160px, 2fr)". */
  width?: string;
  end?: boolean;
  /** Left out on a phone; the first column then carries what matters. */
  wide?: boolean;
}

interface TableProps<Row> {
  /** Names the table for those who hear it. */
  label: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Where a row leads: the cell of the `lead` column (the first, where not said) becomes the link, the whole row its target. */
  to?: (row: Row) => string;
  onOpen?: (row: Row) => void;
  lead?: number;
  selected?: string | null;
  /** Asked for when the end comes near. */
  more?: (() => void) | undefined;
  hasMore?: boolean | undefined;
  /** Scrolls inside this height; a table without it grows with its rows and draws all of them. */
  height?: number | string;
  rowHeight?: number;
}

/** A table of any length: only what is seen is drawn, so that 5,000 rows scroll like 50. */
export function DataTable<Row>(props: TableProps<Row>) {
  const { rows, columns, rowHeight = 40, more, hasMore } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    enabled: props.height !== undefined,
  });
  const seen = virtual.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && last >= rows.length - 20) more?.();
  }, [hasMore, last, rows.length, more]);
  const template = {
    "--wide": columns.map((column) => column.width ?? "1fr").join(" "),
    "--narrow": columns
      .filter((column) => !column.wide)
      .map((column) => narrowed(column.width ?? "1fr"))
      .join(" "),
  } as React.CSSProperties;
  const line = (row: Row, index: number, top?: number) => (
    <Line key={props.rowKey(row)} {...props} row={row} index={index} top={top} rowHeight={rowHeight} />
  );
  return (
    <div
      ref={scroller}
      className={classes.table}
      data-grows={props.height === undefined || undefined}
      style={{ ...template, ...(props.height === undefined ? {} : { height: props.height, overflowY: "auto" }) }}
      // What scrolls can be reached by keyboard; where rows are links, they can.
      tabIndex={props.height !== undefined && !props.to && !props.onOpen ? 0 : undefined}
      role="table"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" className={classes.row}>
          {columns.map((column) => (
            <div key={column.title} role="columnheader" className={cellClass(column)}>
              {column.untitled ? <span className="unseen">{column.title}</span> : column.title}
            </div>
          ))}
        </div>
      </div>
      {props.height === undefined ? (
        <div role="rowgroup">{rows.map((row, index) => line(row, index))}</div>
      ) : (
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {seen.map((item) => {
            const row = rows[item.index];
            return row === undefined ? null : line(row, item.index, item.start);
          })}
        </div>
      )}
    </div>
  );
}

/** A grid track on a phone: what may grow may also shrink there, what is bounded stays at its least. */
const narrowed = (track: string): string =>
  track.replace(/^minmax\((\w+), *([\d.]+)(fr|px)\)$/, (_, least, most, unit) =>
    unit === "fr" ? `minmax(0, ${most}fr)` : least,
  );

function cellClass<Row>(column: Column<Row>): string {
  return [classes.cell, column.end ? classes.end : "", column.wide ? classes.wide : ""].join(" ");
}

function Line<Row>(props: TableProps<Row> & { row: Row; index: number; top?: number | undefined; rowHeight: number }) {
  const { row, columns, to, onOpen } = props;
  const place =
    props.top === undefined
      ? { minHeight: props.rowHeight }
      : ({
          height: props.rowHeight,
          position: "absolute",
          insetInline: 0,
          top: 0,
          transform: `translateY(${props.top}px)`,
        } as const);
  return (
    <div
      role="row"
      aria-rowindex={props.index + 2}
      aria-selected={props.selected === undefined ? undefined : props.selected === props.rowKey(row)}
      className={classes.row}
      data-open={to || onOpen ? true : undefined}
      style={place}
    >
      {columns.map((column, position) => (
        <div key={column.title} role="cell" className={cellClass(column)}>
          {position === (props.lead ?? 0) && to ? (
            <Link to={to(row)} className={classes.opener}>
              {column.cell(row)}
            </Link>
          ) : position === (props.lead ?? 0) && onOpen ? (
            <button type="button" className={classes.opener} onClick={() => onOpen(row)}>
              {column.cell(row)}
            </button>
          ) : (
            column.cell(row)
          )}
        </div>
      ))}
    </div>
  );
}
