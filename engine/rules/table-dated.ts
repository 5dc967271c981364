import type { DecisionTable } from "./table.ts";
import { TODAY } from "./today.ts";
import type { Validity } from "./validity.ts";

/**
 * The table with the days on which its rows are in force as one more column, over the fact `time.today`: the one way in
 * which tables are evaluated, lowered and analysed. A table without such rows is answered as it is.
 */
export function datedTable(table: DecisionTable): DecisionTable {
  if (!table.rows.some((row) => row.valid)) return table;
  return {
    ...table,
    columns: [...table.columns, { fact: TODAY, title: "today", type: "date" }],
    rows: table.rows.map(({ valid, ...row }, at) => ({
      ...row,
      // A row of the wrong length keeps it, so that it is told by its own columns.
      cells:
        row.cells.length === table.columns.length ? [...row.cells, validityCell(valid)] : (table.rows[at]?.cells ?? []),
    })),
  };
}

/** A validity as a cell of dates. */
export function validityCell(valid: Validity | undefined): string {
  const { from, to } = valid ?? {};
  if (from !== undefined && to !== undefined) return from === to ? from : `${from}..${to}`;
  return from !== undefined ? `>= ${from}` : to !== undefined ? `<= ${to}` : "-";
}
