import { EMPTY_HISTORY, type History } from "./history.ts";

/** Where a tab keeps its work: `sessionStorage`, or a map in a test. */
export interface LocalShelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** What is kept of an open definition. */
export interface Kept {
  text: string;
  savedText: string;
  revision: number;
  history: History;
}

const keyOf = (kind: string, id: string) => `rondo document ${kind} ${id}`;
/** Characters of one entry; a tab's storage holds about five million in all. */
const ROOM = 1_200_000;

/** What the tab kept of a definition; null where there is nothing or it cannot be read. */
export function restoreLocally(shelf: LocalShelf, kind: string, id: string): Kept | null {
  try {
    const kept = JSON.parse(shelf.getItem(keyOf(kind, id)) ?? "null") as Kept | null;
    if (!kept || typeof kept.text !== "string" || typeof kept.savedText !== "string") return null;
    const usable = Array.isArray(kept.history?.past) && Array.isArray(kept.history?.future);
    return { ...kept, history: usable ? kept.history : EMPTY_HISTORY };
  } catch {
    return null;
  }
}

/**
 * Keeps text and history after every change; the oldest steps are let go where there is no room for them. `later` may put
 * the writing off to a quiet moment (each call replaces the one before).
 */
export function keepLocally(
  shelf: LocalShelf,
  store: {
    getState(): Kept & { kind: string; id: string };
    subscribe(listener: (state: Kept & { kind: string; id: string }, before: Kept) => void): () => void;
  },
  later: (write: () => void) => void = (write) => write(),
): () => void {
  return store.subscribe((state, before) => {
    if (state.text === before.text && state.history === before.history && state.revision === before.revision) return;
    later(() => write(shelf, store.getState()));
  });
}

function write(shelf: LocalShelf, state: Kept & { kind: string; id: string }): void {
  for (let keep = state.history.past.length; ; keep = Math.floor(keep / 2)) {
    const history = {
      past: keep === 0 ? [] : state.history.past.slice(-keep),
      future: state.history.future.slice(0, keep),
    };
    const kept: Kept = { text: state.text, savedText: state.savedText, revision: state.revision, history };
    const entry = JSON.stringify(kept);
    if (entry.length > ROOM && keep > 0) continue;
    try {
      shelf.setItem(keyOf(state.kind, state.id), entry);
      return;
    } catch {
      if (keep === 0) return;
    }
  }
}
