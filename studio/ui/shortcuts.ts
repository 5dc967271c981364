import { useEffect } from "react";
import { create } from "zustand";

export interface ShortcutGroup {
  title: string;
  /** Keys as one presses them ("Ctrl K") and what they do. */
  keys: [string, string][];
}

const EVERYWHERE: ShortcutGroup = {
  title: "Everywhere",
  keys: [
    ["Ctrl K", "Find a page, a definition or a person (Cmd K on a Mac)"],
    ["?", "This list"],
    ["Esc", "Close what is open"],
  ],
};

/** The shortcuts that `?` lists: those of the frame and those of the page that is open. */
export const useShortcuts = create<{ groups: ShortcutGroup[] }>(() => ({ groups: [EVERYWHERE] }));

/** A page tells which keys it listens to, for as long as it is open. `group` must be a constant. */
export function useShortcutGroup(group: ShortcutGroup): void {
  useEffect(() => {
    useShortcuts.setState((state) => ({ groups: [...state.groups, group] }));
    return () => useShortcuts.setState((state) => ({ groups: state.groups.filter((one) => one !== group) }));
  }, [group]);
}
