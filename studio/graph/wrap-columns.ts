import type { GraphNode, Point } from "./model.ts";

/**
 * Breaks a long left-to-right drawing into rows, like text, so that a cycle of ten steps fills a screen instead of a
 * strip. Rows run to and fro (the second from right to left), so that the step after a break stands right below the one
 * before it. Columns are those that the layout found; nodes never overlap, since columns keep their order and their
 * nodes, and a row is as high as its highest column.
 */
export function wrapColumns(
  nodes: readonly GraphNode[],
  places: ReadonlyMap<string, Point>,
  options: { gap: number; ratio: number; least?: number },
): Map<string, Point> {
  const columns = columnsOf(nodes, places);
  const perRow = columnsPerRow(columns, options);
  if (perRow >= columns.length) return fromOrigin(places);
  const rows: Column[][] = [];
  for (let from = 0; from < columns.length; from += perRow) rows.push(columns.slice(from, from + perRow));
  const slotOf = (row: number, position: number) => (row % 2 === 0 ? position : perRow - 1 - position);
  const widths = Array.from({ length: perRow }, (_, slot) =>
    Math.max(...rows.map((row, index) => row[slotOf(index, slot)]?.width ?? 0)),
  );
  const lefts = widths.map((_, slot) => widths.slice(0, slot).reduce((sum, width) => sum + width + options.gap, 0));
  const wrapped = new Map<string, Point>();
  let top = 0;
  rows.forEach((row, index) => {
    const height = Math.max(...row.map((column) => column.bottom - column.top));
    const rowTop = Math.min(...row.map((column) => column.top));
    const rowBottom = Math.max(...row.map((column) => column.bottom));
    row.forEach((column, position) => {
      const slot = slotOf(index, position);
      for (const node of column.nodes) {
        // Columns of one row keep their heights relative to each other while they fit, so that straight lines stay straight.
        const y =
          rowBottom - rowTop <= height * 1.6 + 80
            ? places.get(node.id)!.y - rowTop
            : places.get(node.id)!.y - column.top;
        wrapped.set(node.id, {
          x: Math.round(lefts[slot]! + (widths[slot]! - node.width) / 2),
          y: Math.round(top + y),
        });
      }
    });
    top +=
      Math.max(...row.flatMap((column) => column.nodes.map((node) => wrapped.get(node.id)!.y + node.height))) -
      top +
      rowGap(options.gap);
  });
  return wrapped;
}

interface Column {
  nodes: GraphNode[];
  width: number;
  top: number;
  bottom: number;
}

/** Nodes of the same rank: the layout centres them on one vertical line. */
function columnsOf(nodes: readonly GraphNode[], places: ReadonlyMap<string, Point>): Column[] {
  const byCentre = new Map<number, GraphNode[]>();
  for (const node of nodes) {
    const centre = Math.round(places.get(node.id)!.x + node.width / 2);
    byCentre.set(centre, [...(byCentre.get(centre) ?? []), node]);
  }
  return [...byCentre.entries()]
    .sort(([a], [b]) => a - b)
    .map(([, column]) => ({
      nodes: column,
      width: Math.max(...column.map((node) => node.width)),
      top: Math.min(...column.map((node) => places.get(node.id)!.y)),
      bottom: Math.max(...column.map((node) => places.get(node.id)!.y + node.height)),
    }));
}

/** How many columns a row takes so that the whole is about `ratio` times as wide as high; all of them where few. */
function columnsPerRow(
  columns: readonly Column[],
  { gap, ratio, least = 3 }: { gap: number; ratio: number; least?: number },
): number {
  if (columns.length <= least + 1 && least > 2) return columns.length;
  const height = Math.max(...columns.map((column) => column.bottom)) - Math.min(...columns.map((column) => column.top));
  const width = columns.reduce((sum, column) => sum + column.width + gap, 0);
  let best = columns.length;
  let bestMiss = Number.POSITIVE_INFINITY;
  for (let rows = 1; rows <= Math.ceil(columns.length / least); rows++) {
    const miss = Math.abs(Math.log(width / rows / (rows * (height + rowGap(gap))) / ratio));
    if (miss < bestMiss) [best, bestMiss] = [Math.ceil(columns.length / rows), miss];
  }
  return Math.max(least, best);
}

function fromOrigin(places: ReadonlyMap<string, Point>): Map<string, Point> {
  return new Map([...places].map(([id, { x, y }]) => [id, { x: Math.round(x), y: Math.round(y) }]));
}

/** Room between rows: enough that a line to the next row leaves downwards, and its label finds a place. */
const rowGap = (gap: number) => Math.max(76, Math.round(gap * 0.92));
