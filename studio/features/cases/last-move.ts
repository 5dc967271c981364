import { create } from "zustand";

/** For how long an admin's act can be taken back, in milliseconds; the engine decides, this only shows the offer. */
export const UNDO_MS = 10 * 60_000;

/** What this tab last did by hand to cases. */
export interface LastMove {
  /** The job that did it. */
  job: string;
  title: string;
  at: number;
  /** The cases, where they were named. */
  cases: readonly string[] | null;
}

const KEY = "rondo last move";

function stored(): LastMove | null {
  try {
    return JSON.parse(window.sessionStorage.getItem(KEY) ?? "null") as LastMove | null;
  } catch {
    return null;
  }
}

/** The last act, kept over a reload of the tab. */
export const useLastMove = create<{ last: LastMove | null; keep: (last: LastMove | null) => void }>((set) => ({
  last: stored(),
  keep: (last) => {
    if (last) window.sessionStorage.setItem(KEY, JSON.stringify(last));
    else window.sessionStorage.removeItem(KEY);
    set({ last });
  },
}));

/** Whether it can still be taken back at this moment. */
export const mayUndo = (last: LastMove | null, now: number): last is LastMove =>
  last !== null && now - last.at < UNDO_MS;
