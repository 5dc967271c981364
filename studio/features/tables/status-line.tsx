import { parseCell } from "#engine/rules/table-cell.ts";
import { isOneCell, type Range, rangeOf, type Selection } from "./selection.ts";
import { placeOf, type Sheet, textAt, titleAt } from "./sheet.ts";
import classes from "./tables.module.css";

/** Where one is, in full: the whole text of the active cell and what is wrong with it, or how much is selected. */
export function StatusLine({ sheet, selection }: { sheet: Sheet; selection: Selection }) {
  const { row, column } = selection.anchor;
  const place = placeOf(sheet, column);
  const text = textAt(sheet, row, column);
  const read =
    place.side === "cells" && row < sheet.rows.length ? parseCell(text, sheet.columns[place.at]!) : undefined;
  const name = row < sheet.rows.length ? `Row ${row + 1}` : "Otherwise";
  return (
    <div className={classes.status}>
      {isOneCell(selection) ? (
        <>
          <strong>
            {name}, {titleAt(sheet, column)}
          </strong>
          <span>{text === "-" ? "anything" : text}</span>
          {read && !read.ok && (
            <span data-wrong>
              {read.message}: {read.hint}
            </span>
          )}
        </>
      ) : (
        <strong>{sizeOf(rangeOf(selection), sheet)}</strong>
      )}
    </div>
  );
}

function sizeOf(range: Range, sheet: Sheet): string {
  const rows = range.bottom - range.top + 1;
  const columns = range.right - range.left + 1;
  if (columns === sheet.width) return rows === 1 ? `Row ${range.top + 1}` : `${rows.toLocaleString("en")} rows`;
  return `${rows.toLocaleString("en")} × ${columns} cells`;
}
