import type { StoredCase } from "../store/cases-load.ts";

const MOST = 256;

/**
 * The cases that were written last, as they are on disk: who claims a task completes it next, and an effect answers the case
 * that asked for it. This process is the only writer of cases, so what it wrote last is what is there; the guard on the
 * revision of every update would find it if not.
 */
export class RecentCases {
  readonly #cases = new Map<string, StoredCase>();

  get(id: string): StoredCase | undefined {
    return this.#cases.get(id);
  }

  /** Keeps a case as it was just written. Of two of its revisions the later one stays, whichever is told first. */
  keep(stored: StoredCase): void {
    const { id, revision } = stored.state;
    const known = this.#cases.get(id);
    if (known && known.state.revision > revision) return;
    this.#cases.delete(id);
    this.#cases.set(id, stored);
    if (this.#cases.size > MOST) this.#cases.delete(this.#cases.keys().next().value!);
  }

  /** What is known of a case is no longer sure. */
  forget(id: string): void {
    this.#cases.delete(id);
  }
}
