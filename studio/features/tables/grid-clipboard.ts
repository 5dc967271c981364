import type { ClipboardEvent } from "react";
import type { JsonObject } from "../../document/json-value.ts";
import { tell } from "../../ui/tell.ts";
import type { FactChoice } from "../rules/conditions/fact-choice.ts";
import type { EditTable } from "./edit-table.ts";
import { copied, pasted, pastedOver } from "./paste.ts";
import { isOneCell, rangeOf, type Selection } from "./selection.ts";
import type { Sheet } from "./sheet.ts";
import { cleared } from "./sheet-edits.ts";

/** Copy, cut and paste of cells, also from and to a spreadsheet program; while a cell is typed into, they are the text's own. */
export function gridClipboard(props: {
  sheet: Sheet;
  table: JsonObject;
  choices: readonly FactChoice[];
  locked: boolean;
  edit: EditTable;
  selection: Selection;
  onSelect: (selection: Selection) => void;
}) {
  const { sheet, locked, edit, selection } = props;
  const range = rangeOf(selection);
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
    const made = pasted(props.table, { row: range.top, column: range.left }, text, props.choices);
    if (!made.ok) return tell(made.message);
    edit(made.said, () => made.table);
    const { top, bottom, left, right } = made.range;
    props.onSelect({ anchor: { row: top, column: left }, head: { row: bottom, column: right } });
    if (made.left) tell(made.left);
  };
  return { onCopy, onPaste };
}
