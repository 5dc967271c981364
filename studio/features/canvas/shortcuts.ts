import type { KeyboardEvent } from "react";

/** The keys of the canvas, for the list under `?`. Ctrl is Cmd on a Mac everywhere. */
export const CANVAS_KEYS = {
  title: "Canvas",
  keys: [
    ["Arrows", "Walk along the connections; with Shift, select more"],
    ["Tab or /", "Add a step after the focused one"],
    ["Enter", "Open the settings; Esc goes back to the canvas"],
    ["F2", "Rename"],
    ["C", "Connect to another step"],
    ["Delete", "Delete, with undo"],
    ["Ctrl Z, Ctrl Y", "Undo, redo"],
    ["Ctrl C, X, V, D", "Copy, cut, paste, duplicate; JSON text from anywhere can be pasted"],
    ["Ctrl A", "Select everything"],
    ["Ctrl F", "Find a step by name, event, field or person"],
    ["L", "Tidy up"],
    ["1, +, −", "Show everything, zoom in, zoom out"],
  ] as [string, string][],
};

/** Whether a key is pressed without Ctrl, Cmd or Alt. */
export const isPlainKey = (event: Pick<KeyboardEvent, "ctrlKey" | "metaKey" | "altKey">) =>
  !event.ctrlKey && !event.metaKey && !event.altKey;
