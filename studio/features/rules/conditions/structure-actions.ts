import {
  addAfter,
  dissolve,
  duplicate,
  type Move,
  moveDown,
  moveIn,
  moveOut,
  moveUp,
  negate,
  remove,
  wrap,
} from "./tree-moves.ts";

/** One thing that can be done with a part of a condition tree, by key on its handle or from its menu. */
export interface StructureAction {
  id: string;
  title: string;
  /** As one presses it, for the menu and the list of shortcuts. */
  keys: string;
  /** `event.key`, with Alt, with Ctrl or Cmd, or alone. */
  key: string;
  with?: "alt" | "ctrl";
  move: Move;
  /** Only where the part is a group. */
  group?: boolean;
}

/** The one list behind the handle's menu, its keys and the help. */
export const STRUCTURE: readonly StructureAction[] = [
  { id: "up", title: "Move up", keys: "Alt ↑", key: "ArrowUp", with: "alt", move: moveUp },
  { id: "down", title: "Move down", keys: "Alt ↓", key: "ArrowDown", with: "alt", move: moveDown },
  { id: "in", title: "Nest with the one above", keys: "Alt →", key: "ArrowRight", with: "alt", move: moveIn },
  { id: "out", title: "Move out of its group", keys: "Alt ←", key: "ArrowLeft", with: "alt", move: moveOut },
  { id: "any", title: "Put into a group: any of these", keys: "G", key: "g", move: wrap("any") },
  { id: "all", title: "Put into a group: all of these", keys: "A", key: "a", move: wrap("all") },
  { id: "not", title: "Turn into its opposite", keys: "N", key: "n", move: negate },
  {
    id: "dissolve",
    title: "Take the group away, keep what is in it",
    keys: "U",
    key: "u",
    move: dissolve,
    group: true,
  },
  { id: "add", title: "Add a condition after it", keys: "Enter", key: "Enter", move: addAfter },
  { id: "duplicate", title: "Duplicate", keys: "D", key: "d", move: duplicate },
  { id: "delete", title: "Delete", keys: "Del", key: "Delete", move: remove },
];

/** The action that a key on a handle asks for. */
export function actionOfKey(event: {
  key: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
}): StructureAction | undefined {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return undefined;
  const key = event.key === "Backspace" ? "Delete" : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return STRUCTURE.find((one) => one.key === key && (one.with === "alt") === event.altKey);
}

/** The keys for the list that `?` shows. */
export const STRUCTURE_KEYS = {
  title: "Conditions, on the handle of one",
  keys: [
    ["↑ ↓", "Go to the one above or below"],
    ["→", "Into its fields; Esc comes back"],
    ...STRUCTURE.map(({ keys, title }): [string, string] => [keys, title]),
    ["Ctrl C, X, V", "Copy, cut, paste, also from another rule set"],
  ] as [string, string][],
};
