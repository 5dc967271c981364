import type { DecisionTable } from "../table.ts";
import { cellText } from "../table-cell-text.ts";
import type { Dimension } from "./dimension.ts";
import type { Fix } from "./finding.ts";
import { testOfSet } from "./set-cells.ts";
import type { SpanSet } from "./span-set.ts";
import type { TableSubject } from "./table-subject.ts";

/** The one column that asks for a dimension; undefined where several share it. */
export function columnOf(dimension: number, subject: TableSubject): number | undefined {
  const columns = subject.columns.flatMap((column, at) => ("at" in column && column.at === dimension ? [at] : []));
  return columns.length === 1 ? columns[0] : undefined;
}

/** The fix that writes a set of values into the cell of a row; none where a cell cannot say it. */
export function newCell(
  row: number,
  dimension: number,
  set: SpanSet,
  subject: TableSubject,
  table: DecisionTable,
  words: string,
): Fix[] {
  const columnAt = columnOf(dimension, subject);
  const column = columnAt === undefined ? undefined : table.columns[columnAt];
  const test = testOfSet(set, subject.dimensions[dimension] as Dimension);
  const value = column && test && cellText(test, column);
  if (!column || value === undefined) return [];
  const title = subject.dimensions[dimension]?.type.title ?? column.fact;
  const path = `/table/rows/${row}/cells/${columnAt}`;
  return [{ words: `${words}: write "${value}" under ${title}`, edit: [{ op: "replace", path, value }] }];
}
