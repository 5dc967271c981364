import { useEffect } from "react";
import { useEditing } from "../../document/editing.tsx";

/**
 * Ctrl or Cmd with Z, Shift+Z and Y anywhere on the page. Inside a text being typed the browser's own undo stays (U03), and
 * in the source editor Monaco's.
 */
export function useUndoKeys(): void {
  const { store } = useEditing();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const target = event.target as HTMLElement | null;
      if (target?.closest("input, textarea, [contenteditable=true], .monaco-editor, [role=dialog]")) return;
      const key = event.key.toLowerCase();
      if (key === "z" && !event.shiftKey) store.getState().undo();
      else if (key === "y" || (key === "z" && event.shiftKey)) store.getState().redo();
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [store]);
}
