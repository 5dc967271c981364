import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { TextIssue } from "#engine/definition/parse-text.ts";
import { useEditing } from "../../document/editing.tsx";
import { patchBetween } from "../../document/history.ts";
import { nodeAt, pathAtOffset, readTree } from "../../document/json-tree.ts";
import { stepOfPath } from "../../document/workflow/places.ts";
import { applyTokensAsTheme, modelUri, monaco } from "./monaco.ts";
import classes from "./source.module.css";

const SEVERITY = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  info: monaco.MarkerSeverity.Info,
};

/**
 * The author's text in Monaco. It is a view of the open document: typing goes to the store, and what other views or undo
 * change comes in as the smallest edit, so that the cursor stays. Undo is the document's own, one history for all views.
 */
export default function SourceEditor({
  issues,
  reveal,
}: {
  issues: readonly TextIssue[];
  reveal: readonly string[] | null;
}) {
  const { store } = useEditing();
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<monaco.editor.IStandaloneCodeEditor | null>(null);
  const scheme = useComputedColorScheme("light");

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const { kind, id, text, readOnly } = store.getState();
    const uri = modelUri(kind, id);
    monaco.editor.getModel(uri)?.dispose();
    const model = monaco.editor.createModel(text, "json", uri);
    const made = monaco.editor.create(element, {
      model,
      readOnly,
      theme: "rondo",
      automaticLayout: true,
      minimap: { enabled: false },
      fontSize: 12.5,
      lineHeight: 19,
      fontFamily: getComputedStyle(element).getPropertyValue("--font-mono"),
      scrollBeyondLastLine: false,
      padding: { top: 12, bottom: 12 },
      tabSize: 2,
      renderLineHighlight: "line",
      overviewRulerBorder: false,
      overviewRulerLanes: 0,
      scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
      stickyScroll: { enabled: false },
      wordWrap: "on",
      quickSuggestions: { strings: true, other: true, comments: false },
      fixedOverflowWidgets: true,
      ariaLabel: "Source of this definition, JSON",
    });
    editor.current = made;
    let applying = false;
    const typed = model.onDidChangeContent(() => {
      if (!applying) store.getState().type(model.getValue());
    });
    made.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyZ, () => void store.getState().undo());
    made.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyY, () => void store.getState().redo());
    made.addCommand(
      monaco.KeyMod.CtrlCmd | monaco.KeyMod.Shift | monaco.KeyCode.KeyZ,
      () => void store.getState().redo(),
    );
    const unsubscribe = store.subscribe((state) => {
      const patch = patchBetween(model.getValue(), state.text);
      if (!patch) return;
      applying = true;
      const from = model.getPositionAt(patch.start);
      const to = model.getPositionAt(patch.start + patch.removed.length);
      model.applyEdits([{ range: monaco.Range.fromPositions(from, to), text: patch.inserted }]);
      applying = false;
    });
    const moved = made.onDidChangeCursorPosition((event) => {
      if (event.source === "api" || applying) return;
      const read = readTree(model.getValue());
      if (!read.ok) return;
      const step = stepOfPath(store.getState().document, pathAtOffset(read.root, model.getOffsetAt(event.position)));
      if (step) store.getState().select([step.id]);
    });
    return () => {
      unsubscribe();
      typed.dispose();
      moved.dispose();
      made.dispose();
      model.dispose();
      editor.current = null;
    };
  }, [store]);

  useEffect(() => applyTokensAsTheme(scheme === "dark"), [scheme]);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (!model) return;
    monaco.editor.setModelMarkers(
      model,
      "rondo",
      issues.map((issue) => ({
        severity: SEVERITY[issue.severity],
        message: issue.hint ? `${issue.message}\n${issue.hint}` : issue.message,
        source: issue.code,
        startLineNumber: issue.line,
        startColumn: issue.column,
        endLineNumber: issue.endLine,
        endColumn: issue.endColumn,
      })),
    );
  }, [issues]);

  useEffect(() => {
    const made = editor.current;
    const model = made?.getModel();
    if (!made || !model || !reveal) return;
    const read = readTree(model.getValue());
    const node = read.ok ? nodeAt(read.root, reveal) : undefined;
    if (!node) return;
    const position = model.getPositionAt(node.start);
    made.setPosition(position, "api");
    made.revealPositionInCenter(position);
  }, [reveal]);

  return <div ref={place} className={classes.editor} />;
}
