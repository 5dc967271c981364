import { type Sheet, textAt } from "./sheet.ts";

/** Whether there is a phone's room only. */
export const isNarrow = () => window.matchMedia("(max-width: 640px)").matches;
/** The column of row numbers, in pixels. */
export const numberWidth = () => (isNarrow() ? 50 : 64);
/** Rows that are looked at for how wide a column needs to be. */
const LOOKED_AT = 80;

/** How wide each column is, in pixels: as its heading and its first cells need, within reason. */
export function gridWidths(sheet: Sheet, titles: readonly string[]): number[] {
  return titles.map((title, column) => {
    let longest = Math.min(title.length + 6, 24);
    for (let row = 0; row < Math.min(sheet.rows.length, LOOKED_AT); row++)
      longest = Math.max(longest, textAt(sheet, row, column).length + 2);
    const most = isNarrow() ? 150 : column === titles.length - 1 ? 320 : 250;
    return Math.max(112, Math.min(Math.round(longest * 7.6) + 16, most));
  });
}
