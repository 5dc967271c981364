/** A cell of the grid. */
export interface Cell {
  row: number;
  column: number;
}

/** What is selected: from where it began to where it was drawn. The cell where it began is the active one. */
export interface Selection {
  anchor: Cell;
  head: Cell;
}

/** The same as a rectangle, all ends included. */
export interface Range {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export interface Size {
  /** Rows, the default row included. */
  rows: number;
  columns: number;
}

export const at = (row: number, column: number): Selection => ({ anchor: { row, column }, head: { row, column } });

export function rangeOf({ anchor, head }: Selection): Range {
  return {
    top: Math.min(anchor.row, head.row),
    bottom: Math.max(anchor.row, head.row),
    left: Math.min(anchor.column, head.column),
    right: Math.max(anchor.column, head.column),
  };
}

export const isOneCell = ({ anchor, head }: Selection) => anchor.row === head.row && anchor.column === head.column;

/** A selection that lies within the grid, however it has changed. */
export function within({ anchor, head }: Selection, size: Size): Selection {
  const kept = ({ row, column }: Cell): Cell => ({
    row: Math.max(0, Math.min(row, size.rows - 1)),
    column: Math.max(0, Math.min(column, size.columns - 1)),
  });
  return { anchor: kept(anchor), head: kept(head) };
}

/** Where a key leads; undefined for keys that lead nowhere. `page` is how many rows are in view. */
export function walked(
  from: Cell,
  key: { key: string; command: boolean },
  size: Size & { page: number },
): Cell | undefined {
  const [last, end] = [size.rows - 1, size.columns - 1];
  const far = key.command;
  switch (key.key) {
    case "ArrowUp":
      return { ...from, row: far ? 0 : from.row - 1 };
    case "ArrowDown":
      return { ...from, row: far ? last : from.row + 1 };
    case "ArrowLeft":
      return { ...from, column: far ? 0 : from.column - 1 };
    case "ArrowRight":
      return { ...from, column: far ? end : from.column + 1 };
    case "PageUp":
      return { ...from, row: from.row - size.page };
    case "PageDown":
      return { ...from, row: from.row + size.page };
    case "Home":
      return { row: far ? 0 : from.row, column: 0 };
    case "End":
      return { row: far ? last : from.row, column: end };
    default:
      return undefined;
  }
}

/** The next cell by Tab or Enter: to the next row at the end of one. */
export function stepped({ row, column }: Cell, key: "Tab" | "Enter", back: boolean, size: Size): Cell {
  const by = back ? -1 : 1;
  if (key === "Enter") return { row: row + by, column };
  const next = column + by;
  if (next >= size.columns) return { row: row + 1, column: 0 };
  return next < 0 ? { row: row - 1, column: size.columns - 1 } : { row, column: next };
}

/** Where a selection is drawn out to by its corner: down or up, left or right, whichever is further. */
export function stretched(range: Range, to: Cell): Range {
  const down = Math.max(to.row - range.bottom, range.top - to.row);
  const aside = Math.max(to.column - range.right, range.left - to.column);
  if (down <= 0 && aside <= 0) return range;
  return down >= aside
    ? { ...range, top: Math.min(range.top, to.row), bottom: Math.max(range.bottom, to.row) }
    : { ...range, left: Math.min(range.left, to.column), right: Math.max(range.right, to.column) };
}
