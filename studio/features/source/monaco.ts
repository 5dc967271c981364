import * as monaco from "monaco-editor/editor/editor.api";
// The JSON mode brings every editor feature with it when it first loads. They have to be here before: a feature that
// registers its services after the first editor was made fails, in the background, in the next one.
import "monaco-editor/internal/common/workers";
import "monaco-editor/features/codicon/register";
import EditorWorker from "monaco-editor/editor/editor.worker?worker";
import JsonWorker from "monaco-editor/language/json/json.worker?worker";
import { jsonDefaults } from "monaco-editor/languages/features/json/register";
import { KIND_NAMES, type Kind } from "#engine/definition/definition.ts";
import { jsonSchemaOf } from "#engine/definition/json-schema.ts";

/*
 * Monaco with JSON only, its workers bundled: nothing comes from the network. Its own validation is off, since markers come
 * from parse and lint; completion and hover come from the JSON Schemas of the document kinds.
 */
self.MonacoEnvironment = { getWorker: (_id, label) => (label === "json" ? new JsonWorker() : new EditorWorker()) };

/** The address of a document's model; its last part chooses the schema. */
export const modelUri = (kind: string, id: string) => monaco.Uri.parse(`rondo://documents/${id}.${kind}.json`);

jsonDefaults.setDiagnosticsOptions({
  validate: false,
  allowComments: false,
  enableSchemaRequest: false,
  schemas: KIND_NAMES.map((kind: Kind) => ({
    uri: `rondo://schema/${kind}.json`,
    fileMatch: [`*.${kind}.json`],
    schema: jsonSchemaOf(kind),
  })),
});
jsonDefaults.setModeConfiguration({
  documentFormattingEdits: true,
  documentRangeFormattingEdits: true,
  completionItems: true,
  hovers: true,
  documentSymbols: true,
  tokens: true,
  colors: false,
  foldingRanges: true,
  diagnostics: false,
  selectionRanges: true,
});

/** A colour of the page's tokens as Monaco wants it: six hex digits. */
function token(name: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const [r = 0, g = 0, b = 0] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).map(Number);
  probe.remove();
  return `#${[r, g, b].map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

/** Defines the editor's theme from the page's tokens; called again when the colour scheme changes. */
export function applyTokensAsTheme(dark: boolean): void {
  const rule = (name: string, colour: string) => ({ token: name, foreground: token(colour).slice(1) });
  monaco.editor.defineTheme("rondo", {
    base: dark ? "vs-dark" : "vs",
    inherit: true,
    rules: [
      rule("string.key.json", "--ink"),
      rule("string.value.json", "--accent"),
      rule("number.json", "--step-calibration"),
      rule("keyword.json", "--attention"),
      rule("delimiter", "--quiet"),
    ],
    colors: {
      "editor.background": token("--panel"),
      "editor.foreground": token("--ink"),
      "editorLineNumber.foreground": token("--quiet"),
      "editorLineNumber.activeForeground": token("--ink"),
      "editorGutter.background": token("--panel"),
      "editor.lineHighlightBackground": token("--raised"),
      "editor.lineHighlightBorder": token("--raised"),
      "editorIndentGuide.background1": token("--line"),
      "editorWidget.background": token("--panel"),
      "editorWidget.border": token("--line-strong"),
      "editorError.foreground": token("--bad"),
      "editorWarning.foreground": token("--attention"),
      focusBorder: token("--accent"),
    },
  });
  monaco.editor.setTheme("rondo");
}

export { monaco };
