import { setImmediate as nextTurn } from "node:timers/promises";
import type { Database } from "../db/client.ts";
import { DatabaseBusyError } from "../db/client.ts";
import { faultPoint } from "../fault-points.ts";
import type { StoredCase } from "../store/cases-load.ts";
import type { Events } from "./events.ts";
import { Conflict, Refused } from "./refused.ts";
import { type Along, type CaseChange, Work } from "./work.ts";

/** Rows of one batch, roughly: keeps a batch under 20 ms. */
const BATCH_ROWS = 1_500;

/**
 * How long a batch waits for commands that are being decided on, in turns of the event loop: a batch costs as much as many
 * commands, and those on their way are one or two turns off. Somebody who is alone waits for nobody.
 */
const MOST_TURNS = 6;
/** So many works make a batch worth writing: the next ones are decided on meanwhile. */
const ENOUGH = 24;

/** Figures about what was committed, for health and metrics. */
export interface CommitFigures {
  batches: number;
  works: number;
  alone: number;
}

interface Pending {
  work: Work;
  bulk: boolean;
  settled: PromiseWithResolvers<void>;
}

/**
 * The one place that writes case work. Whatever arrives in the same turn of the event loop shares one batch, hence one
 * fsync: an acknowledged command is on disk, and a hundred at once cost hardly more than one. Where a batch fails, its
 * works are committed one by one, and only the one at fault is refused.
 */
export class Committer {
  readonly #db: Database;
  readonly #events: Events;
  readonly #mails: boolean;
  readonly #batchRows: number;
  readonly #onCommitted: (works: readonly Work[]) => void;
  readonly #open = new Map<string, Pending>();
  #interactive: Pending[] = [];
  #bulk: Pending[] = [];
  #running: Promise<void> | null = null;
  #broken: Refused | null = null;
  #trouble: Refused | null = null;
  #coming = 0;
  readonly figures: CommitFigures = { batches: 0, works: 0, alone: 0 };

  /**
   * @param mails whether a mail server is there; without one no e-mail is ever put into the outbox
   * @param batchRows how many rows a batch may have, roughly; 1 commits each work alone, which is what benches compare with
   */
  constructor(
    db: Database,
    events: Events,
    onCommitted: (works: readonly Work[]) => void,
    mails: boolean,
    batchRows = BATCH_ROWS,
  ) {
    this.#batchRows = batchRows;
    this.#db = db;
    this.#mails = mails;
    this.#events = events;
    this.#onCommitted = onCommitted;
  }

  /** How much waits to be written. */
  get depth(): number {
    return this.#interactive.length + this.#bulk.length;
  }

  /** How much is on its way to the disk: commands that came in and are being decided on, and what waits to be written. */
  get waiting(): number {
    return this.depth + this.#coming;
  }

  /** Says that a command has come in and will be submitted soon; the answer says that it has been, or will not be. */
  expect(): () => void {
    this.#coming += 1;
    let here = false;
    return () => {
      if (!here) this.#coming -= 1;
      here = true;
    };
  }

  /** What keeps this server from writing, once the disk has failed under it. */
  get broken(): Refused | null {
    return this.#broken;
  }

  /** Why the last batch could not be written; null where it could. */
  get trouble(): Refused | null {
    return this.#trouble;
  }

  /**
   * Takes a change of a case, or rows without a case. Answers where the case stands in memory, and a promise that resolves
   * when all of it is on disk. Throws nothing: a refusal comes by the promise.
   */
  submit(change: CaseChange | null, along: Along, bulk = false): { next: StoredCase | null; committed: Promise<void> } {
    if (this.#broken) return { next: null, committed: Promise.reject(this.#broken) };
    const caseId = change?.outcomes.at(-1)?.state.id ?? null;
    const open = caseId === null ? undefined : this.#open.get(caseId);
    const pending = open ?? { work: new Work(caseId, this.#mails), bulk, settled: Promise.withResolvers<void>() };
    const next = pending.work.add(change, along);
    if (!open) {
      (bulk ? this.#bulk : this.#interactive).push(pending);
      if (caseId !== null) this.#open.set(caseId, pending);
      this.#running ??= this.#run();
    }
    return { next, committed: pending.settled.promise };
  }

  /** Resolves when nothing is left to write. */
  async drained(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    // Everything that arrives in this turn of the loop joins; then batch after batch, letting others run in between.
    await this.#gathered();
    while (this.depth > 0) {
      await this.#flush(this.#take());
      await this.#gathered();
    }
    this.#running = null;
    if (this.depth > 0) this.#running = this.#run();
  }

  async #gathered(): Promise<void> {
    await nextTurn();
    for (let turns = 1; turns < MOST_TURNS && this.#coming > 0 && this.depth < ENOUGH; turns++) await nextTurn();
  }

  /** The next batch: people's commands first, then bulk work. A case leaves the table of open works with it. */
  #take(): Pending[] {
    const taken: Pending[] = [];
    let rows = 0;
    for (const queue of [this.#interactive, this.#bulk]) {
      let count = 0;
      while (count < queue.length && rows < this.#batchRows) rows += queue[count++]!.work.weight;
      taken.push(...queue.splice(0, count));
    }
    for (const { work } of taken) if (work.caseId !== null) this.#open.delete(work.caseId);
    return taken;
  }

  async #flush(batch: Pending[]): Promise<void> {
    try {
      await this.#write(batch);
    } catch (cause) {
      const storage = storageFailure(cause);
      if (storage) {
        this.#trouble = storage;
        if (storage.code === "storage-failed") this.#broken = storage;
        for (const pending of batch) pending.settled.reject(storage);
      } else if (batch.length === 1) batch[0]!.settled.reject(refusalOf(cause));
      else await this.#oneByOne(batch);
    }
  }

  async #oneByOne(batch: Pending[]): Promise<void> {
    for (const pending of batch) {
      this.figures.alone += 1;
      await this.#flush([pending]);
      await nextTurn();
    }
  }

  async #write(batch: Pending[]): Promise<void> {
    const works = batch.map(({ work }) => work);
    const statements = Work.statements(works);
    faultPoint("before-commit");
    await this.#db.write(statements);
    faultPoint("after-commit");
    this.#trouble = null;
    this.figures.batches += 1;
    this.figures.works += works.length;
    for (const pending of batch) pending.settled.resolve();
    this.#tell(works);
    this.#onCommitted(works);
  }

  #tell(works: readonly Work[]): void {
    for (const work of works) {
      if (!work.next) continue;
      const { id, revision } = work.next.state;
      this.#events.emit({ topic: "case", id, revision });
      for (const { task } of work.tasks) this.#events.emit({ topic: "task", id: task.id, revision });
      for (const person of work.readers) this.#events.emit({ topic: "inbox", id: person, revision });
    }
  }
}

/** A failure of the disk or of the lock, which has nothing to do with what was written. */
export function storageFailure(cause: unknown): Refused | undefined {
  if (cause instanceof DatabaseBusyError) return new Refused("busy", cause.message);
  const message = cause instanceof Error ? cause.message : String(cause);
  if (/SERVER_UNREACHABLE/.test(message)) {
    return new Refused("busy", "The database server does not answer. Ask again in a moment, with the same key.");
  }
  if (/SQLITE_FULL|disk is full/.test(message)) {
    return new Refused("storage-full", "The disk is full; nothing was written. Make room and try again.");
  }
  if (/SQLITE_IOERR|SQLITE_CORRUPT|SQLITE_NOTADB|SQLITE_READONLY|disk I\/O error|malformed disk image/.test(message)) {
    return new Refused(
      "storage-failed",
      `The database cannot be written: ${message}. Restart the server after repairing it.`,
    );
  }
  return undefined;
}

function refusalOf(cause: unknown): Error {
  const message = cause instanceof Error ? cause.message : String(cause);
  if (/cases_open_key|cases\.definition, cases\.key/.test(message)) {
    return new Refused("already-open", "There is an open case with the same key.");
  }
  if (/malformed JSON|journal\.case_id|cases\.id|cases\.parent_effect|UNIQUE constraint/.test(message))
    return new Conflict(cause);
  return cause instanceof Error ? cause : new Error(message);
}
