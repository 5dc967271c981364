import type { DocumentStore } from "./document-store.ts";

/** What saving a draft may answer. */
export type SaveAnswer =
  | { ok: true; source: string; revision: number }
  | { ok: false; conflict: true; source: string; revision: number }
  | { ok: false; conflict: false; message: string };

export interface Saver {
  save(source: string, expectedRevision: number): Promise<SaveAnswer>;
  wait(run: () => void, milliseconds: number): unknown;
  cancel(handle: unknown): void;
}

/** Quiet time after the last edit before the draft is saved, and the pause before a failed save is tried again. */
const PAUSE = 700;
const RETRY = 5_000;

/**
 * Saves the draft a moment after the last edit, one save at a time, always naming the revision it builds on. A conflict
 * stops saving until the person has settled it; a failure is tried again. Returns `flush` (save now) and `stop`.
 */
export function autosave(store: DocumentStore, saver: Saver): { flush(): Promise<void>; stop(): void } {
  let timer: unknown;
  let running: Promise<void> | null = null;
  let stopped = false;

  const saveOnce = async () => {
    const { text, revision, savedText, save, readOnly, problem } = store.getState();
    // Text that is not JSON is kept in the tab; the server takes it again once it can be read.
    if (readOnly || problem || save.status === "conflict" || text === savedText) return;
    store.getState().setSave({ status: "saving" });
    const answer = await saver.save(text, revision);
    if (answer.ok) {
      store.setState((state) => ({
        revision: answer.revision,
        savedText: answer.source,
        save: { status: state.text === answer.source ? "saved" : "waiting" },
      }));
    } else if (answer.conflict) {
      store.getState().setSave({ status: "conflict", theirs: answer.source, revision: answer.revision });
    } else {
      store.getState().setSave({ status: "failed", message: answer.message });
      if (!stopped) plan(RETRY);
    }
  };
  const run = (): Promise<void> => {
    running ??= saveOnce().finally(() => {
      running = null;
      const { text, savedText, save, problem } = store.getState();
      if (!stopped && !problem && text !== savedText && save.status === "waiting") plan(PAUSE);
    });
    return running;
  };
  const plan = (milliseconds: number) => {
    saver.cancel(timer);
    timer = saver.wait(() => void run(), milliseconds);
  };
  const unsubscribe = store.subscribe((state, before) => {
    if (state.text !== before.text || (state.save !== before.save && state.save.status === "waiting")) plan(PAUSE);
  });
  if (store.getState().save.status === "waiting") plan(PAUSE);
  return {
    flush: async () => {
      saver.cancel(timer);
      await run();
      const { text, savedText, save } = store.getState();
      if (text !== savedText && save.status !== "conflict" && save.status !== "failed") await run();
    },
    stop: () => {
      stopped = true;
      saver.cancel(timer);
      unsubscribe();
    },
  };
}
