/** One change of a text: at `start`, `removed` was replaced by `inserted`. */
export interface TextPatch {
  start: number;
  removed: string;
  inserted: string;
}

/** One step of undo: what changed, in words for the toast, and what was selected before and after. */
export interface HistoryStep {
  label: string;
  patch: TextPatch;
  before: readonly string[];
  after: readonly string[];
  /** Edits of the same group within a pause of each other are one step (typing in one field). */
  group: string | null;
  at: number;
}

export interface History {
  past: readonly HistoryStep[];
  future: readonly HistoryStep[];
}

export const EMPTY_HISTORY: History = { past: [], future: [] };

/** The most steps kept; more than anybody walks back. */
const LIMIT = 2_000;
/** Typing goes on as one step until the typist pauses this long (milliseconds). */
export const TYPING_PAUSE = 900;

/** Characters that are compared at once before the single ones are looked at: a long text is mostly unchanged. */
const STRIDE = 4_096;

/** The smallest single patch that leads from one text to another; null where they are the same. */
export function patchBetween(from: string, to: string): TextPatch | null {
  if (from === to) return null;
  const most = Math.min(from.length, to.length);
  let start = 0;
  while (start + STRIDE <= most && from.slice(start, start + STRIDE) === to.slice(start, start + STRIDE))
    start += STRIDE;
  while (start < most && from.charCodeAt(start) === to.charCodeAt(start)) start += 1;
  const [end, ends] = [from.length, to.length];
  let tail = 0;
  while (
    tail + STRIDE <= most - start &&
    from.slice(end - tail - STRIDE, end - tail) === to.slice(ends - tail - STRIDE, ends - tail)
  )
    tail += STRIDE;
  while (tail < most - start && from.charCodeAt(end - 1 - tail) === to.charCodeAt(ends - 1 - tail)) tail += 1;
  return { start, removed: from.slice(start, end - tail), inserted: to.slice(start, ends - tail) };
}

/** The text with a patch applied, or taken back. */
export function applyPatch(text: string, patch: TextPatch): string {
  return text.slice(0, patch.start) + patch.inserted + text.slice(patch.start + patch.removed.length);
}
export function revertPatch(text: string, patch: TextPatch): string {
  return text.slice(0, patch.start) + patch.removed + text.slice(patch.start + patch.inserted.length);
}

/**
 * The history after a step. A step of the same group as the last one, soon after it, becomes part of it: `textBefore` is
 * the text before the whole group, from which the joined patch is computed. Any new step forgets what was undone.
 */
export function pushStep(history: History, step: HistoryStep, text: { before: string; after: string }): History {
  const last = history.past.at(-1);
  if (last && step.group !== null && last.group === step.group && step.at - last.at <= TYPING_PAUSE) {
    const origin = revertPatch(text.before, last.patch);
    const joined = patchBetween(origin, text.after);
    const rest = history.past.slice(0, -1);
    return { past: joined ? [...rest, { ...step, patch: joined, before: last.before }] : rest, future: [] };
  }
  return { past: [...history.past, step].slice(-LIMIT), future: [] };
}
