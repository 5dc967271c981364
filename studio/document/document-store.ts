import { createStore, type StoreApi } from "zustand/vanilla";
import type { Json } from "#engine/words/json.ts";
import {
  type Command,
  type DocumentState,
  type Gesture,
  openText,
  redo,
  runCommand,
  typeText,
  undo,
} from "./document-state.ts";
import { keepLocally, type LocalShelf, restoreLocally } from "./local-shelf.ts";

/** How the draft stands with the server. */
export type SaveState =
  | { status: "saved" }
  | { status: "waiting" }
  | { status: "saving" }
  | { status: "failed"; message: string }
  /** Somebody else saved meanwhile: nothing is overwritten until the person chooses. */
  | { status: "conflict"; theirs: string; revision: number };

export interface OpenDocument extends DocumentState {
  kind: string;
  id: string;
  /** The revision that the text on the server has, and that text. */
  revision: number;
  savedText: string;
  save: SaveState;
  readOnly: boolean;
  run(command: Command, gesture: Omit<Gesture, "at">): void;
  type(text: string): void;
  undo(): string | null;
  redo(): string | null;
  select(ids: readonly string[]): void;
  /** The server's answer to a save, or what came by another road (someone else's save). */
  received(server: { source: string; revision: number }): void;
  setSave(save: SaveState): void;
  /** Ends a conflict: go on with mine over theirs, or take theirs (mine stays one undo away). */
  settle(choice: "mine" | "theirs"): void;
}

export type DocumentStore = StoreApi<OpenDocument>;

export interface OpenRequest {
  kind: string;
  id: string;
  source: string;
  revision: number;
  readOnly?: boolean;
  shelf?: LocalShelf;
  /** Puts writing to the shelf off to a quiet moment. */
  later?: (write: () => void) => void;
  now: () => number;
}

/**
 * The one store of an open definition. The text is the truth; all views read this and change it through `run` and `type`.
 * Work that was not saved, and the whole undo history, come back from the tab's own shelf after a reload (U04).
 */
export function createDocumentStore(request: OpenRequest): DocumentStore {
  const { kind, id, source, revision, shelf, now } = request;
  const restored = shelf && !request.readOnly ? restoreLocally(shelf, kind, id) : null;
  // Same revision: exactly where the person was. Otherwise only unsaved work is brought back, as a conflict to look at.
  const mine = restored && (restored.revision === revision || restored.text === source) ? restored : null;
  const stray = restored && !mine && restored.text !== restored.savedText ? restored : null;
  const start = openText(mine?.text ?? stray?.text ?? source);
  const store = createStore<OpenDocument>((set, get) => ({
    ...start,
    ...(mine ? { history: mine.history } : stray ? { history: stray.history } : {}),
    kind,
    id,
    revision: stray ? stray.revision : revision,
    savedText: stray ? stray.savedText : source,
    save: stray
      ? { status: "conflict", theirs: source, revision }
      : { status: start.text === source ? "saved" : "waiting" },
    readOnly: request.readOnly ?? false,

    run: (command, gesture) => {
      if (get().readOnly) return;
      set((state) => edited(state, runCommand(state, command, { ...gesture, at: now() })));
    },
    type: (text) => {
      if (get().readOnly) return;
      set((state) =>
        edited(state, typeText(state, text, { label: "Typing in the source", group: "source", at: now() })),
      );
    },
    undo: () => {
      const label = get().history.past.at(-1)?.label ?? null;
      if (label !== null) set((state) => edited(state, undo(state)));
      return label;
    },
    redo: () => {
      const label = get().history.future[0]?.label ?? null;
      if (label !== null) set((state) => edited(state, redo(state)));
      return label;
    },
    select: (ids) => {
      const current = get().selection;
      if (current.length === ids.length && ids.every((one, index) => one === current[index])) return;
      set({ selection: [...ids] });
    },
    received: (server) =>
      set((state) => {
        if (server.source === state.text)
          return { revision: server.revision, savedText: server.source, save: { status: "saved" } };
        if (server.revision <= state.revision) return {};
        // Nothing typed since the last save: simply follow. Otherwise both are kept and the person decides.
        if (state.text === state.savedText) return follow(state, server);
        return { save: { status: "conflict", theirs: server.source, revision: server.revision } };
      }),
    setSave: (save) => set({ save }),
    settle: (choice) =>
      set((state) => {
        if (state.save.status !== "conflict") return {};
        const { theirs, revision: newest } = state.save;
        if (choice === "mine") return { revision: newest, savedText: theirs, save: { status: "waiting" } };
        return follow(state, { source: theirs, revision: newest });
      }),
  }));
  const follow = (state: OpenDocument, server: { source: string; revision: number }): Partial<OpenDocument> => ({
    ...typeText(state, server.source, { label: "Changes of someone else", at: now() }),
    revision: server.revision,
    savedText: server.source,
    save: { status: "saved" },
  });
  if (shelf && !request.readOnly) keepLocally(shelf, store, request.later);
  return store;
}

function edited(state: OpenDocument, next: DocumentState): Partial<OpenDocument> {
  if (next.text === state.text) return next;
  if (state.save.status === "conflict") return next;
  return {
    ...next,
    save: { status: next.text === state.savedText && state.save.status !== "saving" ? "saved" : "waiting" },
  };
}

/** The value of a document's member, for selectors. */
export const documentOf = (state: OpenDocument): Json => state.document;
