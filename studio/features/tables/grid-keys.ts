import type { KeyboardEvent } from "react";
import type { ShortcutGroup } from "../../ui/shortcuts.ts";
import type { Range, Selection } from "./selection.ts";

/** What a key asks of the grid, walking and typing aside. */
export type GridAsk =
  | "edit"
  | "clear"
  | "fill-down"
  | "fill-right"
  | "select-all"
  | "select-row"
  | "find"
  | "insert-below"
  | "delete-rows"
  | "move-up"
  | "move-down"
  | "leave";

/** What a key means here; undefined for keys that mean nothing, or walk, or type. */
export function askOf(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">,
): GridAsk | undefined {
  const command = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (command && !event.altKey) {
    switch (key) {
      case "d":
        return "fill-down";
      case "r":
        return "fill-right";
      case "a":
        return "select-all";
      case "f":
        return "find";
      case "Enter":
        return "insert-below";
      case "Backspace":
      case "Delete":
        return "delete-rows";
      default:
        return undefined;
    }
  }
  if (event.altKey && event.shiftKey && key === "ArrowUp") return "move-up";
  if (event.altKey && event.shiftKey && key === "ArrowDown") return "move-down";
  if (event.shiftKey && key === " ") return "select-row";
  if (command || event.altKey) return undefined;
  if (key === "F2") return "edit";
  if (key === "Delete" || key === "Backspace") return "clear";
  return key === "Escape" ? "leave" : undefined;
}

/** Whether a key is a letter, digit or sign that begins to type over a cell. */
export const types = (event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">) =>
  event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;

/** Whole rows, from the first column to the last. */
export const wholeRows = ({ top, bottom }: Pick<Range, "top" | "bottom">, width: number): Selection => ({
  anchor: { row: top, column: 0 },
  head: { row: bottom, column: width - 1 },
});

export const TABLE_KEYS: ShortcutGroup = {
  title: "In a decision table",
  keys: [
    ["Arrows", "To the next cell; with Shift the selection grows, with Ctrl to the end"],
    ["Enter or F2", "Edit the cell; typing replaces it; Esc gives up"],
    ["Tab", "To the cell at the right"],
    ["Ctrl C, X, V", "Copy, cut, paste cells, also from and to a spreadsheet"],
    ["Ctrl D, Ctrl R", "Fill down, fill to the right"],
    ["Delete", "Empty the cells"],
    ["Ctrl Enter", "A new row below"],
    ["Ctrl Delete", "Delete the rows"],
    ["Alt Shift Up, Down", "Move the rows"],
    ["Ctrl F", "Find in the table"],
  ],
};
