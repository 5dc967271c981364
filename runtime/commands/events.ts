/** What changed, for listeners that fetch it again: nothing of the content. */
export interface Change {
  topic:
    | "case"
    | "task"
    | "inbox"
    | "definition"
    | "parameter"
    | "job"
    | "organisation"
    | "observations"
    | "records"
    | "payouts"
    | "effects"
    | "clock";
  /** Of the thing that changed; for `inbox` the person. */
  id: string;
  revision: number;
}

/** Told after a commit, never before. A listener that throws is reported and does not stop the others. */
export class Events {
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #report: (cause: unknown) => void;

  constructor(report: (cause: unknown) => void) {
    this.#report = report;
  }

  /** Listens until the returned function is called. */
  listen(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(change: Change): void {
    for (const listener of this.#listeners) {
      try {
        listener(change);
      } catch (cause) {
        this.#report(cause);
      }
    }
  }
}
