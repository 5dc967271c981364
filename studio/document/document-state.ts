import type { Json } from "#engine/words/json.ts";
import {
  applyPatch,
  EMPTY_HISTORY,
  type History,
  type HistoryStep,
  patchBetween,
  pushStep,
  revertPatch,
} from "./history.ts";
import { patchText } from "./json-patch-text.ts";
import { readTree, type SyntaxProblem } from "./json-tree.ts";
import { same, shareParts } from "./json-value.ts";

/**
 * A document being edited. `text` is the one source of truth: the author's own JSON. `document` is what it says, or what
 * it said when it last was JSON; while `problem` is set the two differ and the canvas shows the last valid document.
 */
export interface DocumentState {
  text: string;
  document: Json;
  problem: SyntaxProblem | null;
  /** Ids of the selected parts (steps, levels, components), the last one leading. */
  selection: readonly string[];
  history: History;
}

/** An edit as a pure function from document to document; the same document back means nothing changed. */
export type Command = (document: Json) => Json;

export interface Gesture {
  label: string;
  /** Joins with the last step when it has the same group and comes soon after: typing in one field. */
  group?: string;
  /** What is selected afterwards; unchanged where absent. */
  select?: readonly string[];
  /** Milliseconds; passed in so that the state stays a pure function of its inputs. */
  at: number;
}

/** The state of a freshly loaded text. */
export function openText(text: string): DocumentState {
  const read = readTree(text);
  return {
    text,
    document: read.ok ? (JSON.parse(text) as Json) : {},
    problem: read.ok ? null : read.problem,
    selection: [],
    history: EMPTY_HISTORY,
  };
}

/** Runs a command: the text changes only where the document does. Refused (same state) while the text is not JSON. */
export function runCommand(state: DocumentState, command: Command, gesture: Gesture): DocumentState {
  if (state.problem) return state;
  const next = command(state.document);
  const selection = gesture.select ?? state.selection;
  if (next === state.document || same(next, state.document))
    return selection === state.selection ? state : { ...state, selection };
  const text = patchText(state.text, state.document, next);
  return { ...step(state, text, selection, gesture), document: shareParts(state.document, next), problem: null };
}

/** Takes over a text typed in the source editor. Text that is not JSON is kept, and the last valid document with it. */
export function typeText(state: DocumentState, text: string, gesture: Gesture): DocumentState {
  if (text === state.text) return state;
  return reread(step(state, text, gesture.select ?? state.selection, gesture));
}

/** One step back; the same state where there is none. */
export function undo(state: DocumentState): DocumentState {
  const last = state.history.past.at(-1);
  if (!last) return state;
  const history = { past: state.history.past.slice(0, -1), future: [last, ...state.history.future] };
  return reread({ ...state, text: revertPatch(state.text, last.patch), selection: last.before, history });
}

/** One step forward again. */
export function redo(state: DocumentState): DocumentState {
  const [next, ...future] = state.history.future;
  if (!next) return state;
  const history = { past: [...state.history.past, next], future };
  return reread({ ...state, text: applyPatch(state.text, next.patch), selection: next.after, history });
}

function step(state: DocumentState, text: string, selection: readonly string[], gesture: Gesture): DocumentState {
  const patch = patchBetween(state.text, text);
  if (!patch) return state;
  const entry: HistoryStep = {
    label: gesture.label,
    patch,
    before: state.selection,
    after: selection,
    group: gesture.group ?? null,
    at: gesture.at,
  };
  return { ...state, text, selection, history: pushStep(state.history, entry, { before: state.text, after: text }) };
}

function reread(state: DocumentState): DocumentState {
  const read = readTree(state.text);
  if (!read.ok) return { ...state, problem: read.problem };
  return { ...state, problem: null, document: shareParts(state.document, JSON.parse(state.text) as Json) };
}
