import { type RefObject, useEffect, useRef } from "react";
import type { Json } from "#engine/words/json.ts";
import { copySteps } from "../../document/commands/paste.ts";

interface Clipboard {
  copied: () => readonly string[];
  document: Json;
  /** Takes pasted text; false where it is nothing that can be pasted here. */
  paste: (text: string) => boolean;
  cut: () => void;
}

/** Copy, cut and paste with the system's clipboard, as JSON text, while the canvas has the keyboard. */
export function useClipboard(frame: RefObject<HTMLElement | null>, clipboard: Clipboard): void {
  const newest = useRef(clipboard);
  newest.current = clipboard;
  useEffect(() => {
    const mine = () => {
      const focus = document.activeElement;
      const typing = focus?.closest("input, textarea, [contenteditable=true], .monaco-editor, [role=dialog]");
      return !typing && (focus === document.body || frame.current?.contains(focus) === true);
    };
    const copy = (event: ClipboardEvent, cut: boolean) => {
      const ids = newest.current.copied();
      if (!mine() || ids.length === 0 || (window.getSelection()?.toString() ?? "") !== "") return;
      event.clipboardData?.setData("text/plain", copySteps(newest.current.document, ids));
      event.preventDefault();
      if (cut) newest.current.cut();
    };
    const onCopy = (event: ClipboardEvent) => copy(event, false);
    const onCut = (event: ClipboardEvent) => copy(event, true);
    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (mine() && newest.current.paste(text)) event.preventDefault();
    };
    document.addEventListener("copy", onCopy);
    document.addEventListener("cut", onCut);
    document.addEventListener("paste", onPaste);
    return () => {
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("cut", onCut);
      document.removeEventListener("paste", onPaste);
    };
  }, [frame]);
}
