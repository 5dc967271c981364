import type { Cell } from "./selection.ts";
import { type Sheet, textAt } from "./sheet.ts";

/** More than anybody looks through one by one. */
const MOST = 10_000;

/** The cells that contain a text, in the order in which one reads. */
export function cellsWith(sheet: Sheet, text: string): Cell[] {
  const wanted = text.trim().toLowerCase();
  const found: Cell[] = [];
  if (wanted === "") return found;
  for (let row = 0; row <= sheet.rows.length; row++)
    for (let column = 0; column < sheet.width && found.length < MOST; column++)
      if (textAt(sheet, row, column).toLowerCase().includes(wanted)) found.push({ row, column });
  return found;
}

/** Which of the found cells comes next after a place (or before it); round at the ends. Undefined where there is none. */
export function nextOf(found: readonly Cell[], from: Cell, back: boolean): number | undefined {
  if (found.length === 0) return undefined;
  const after = (a: Cell, b: Cell) => a.row - b.row || a.column - b.column;
  if (back) {
    const before = found.findLastIndex((one) => after(one, from) < 0);
    return before === -1 ? found.length - 1 : before;
  }
  const next = found.findIndex((one) => after(one, from) > 0);
  return next === -1 ? 0 : next;
}
