import type { Outcome } from "#engine/execute/outcome.ts";
import type { Database } from "../db/client.ts";
import type { CaseFrame } from "../store/case-lanes.ts";
import { loadCases, type StoredCase } from "../store/cases-load.ts";
import { span } from "../tracing.ts";
import type { Committer } from "./commit.ts";
import { Gather } from "./gather.ts";
import { RecentCases } from "./recent-cases.ts";
import { Conflict } from "./refused.ts";
import type { Along } from "./work.ts";

/** What was decided about a case: the outcomes to commit in order, what goes along, and the answer once it is on disk. */
export interface Decision<Answer> {
  outcomes: Outcome[];
  /** For a case that begins. */
  frame?: CaseFrame;
  along?: Along;
  answer: Answer;
}

interface Slot {
  tail: Promise<unknown>;
  /** Where the case stands in memory: ahead of the disk by what is being written. */
  current: StoredCase | null | undefined;
  users: number;
}

/** How often a decision is made again on what another writer left. */
const TRIES = 4;

/**
 * One case at a time: decisions about a case are made one after the other, each on the snapshot that the one before left,
 * without waiting for the disk in between. A case nobody asks about costs no memory; the few that were written last are kept.
 */
export class CaseDesk {
  readonly #cases: Gather<StoredCase>;
  readonly #committer: Committer;
  readonly #slots = new Map<string, Slot>();
  readonly #recent = new RecentCases();

  constructor(db: Database, committer: Committer) {
    this.#cases = new Gather((ids) => loadCases(db, ids));
    this.#committer = committer;
  }

  /** How many cases are being decided on. */
  get busy(): number {
    return this.#slots.size;
  }

  /**
   * Where a case stands, for a question that decides nothing (who may act): read together with whatever else is asked in
   * this turn of the loop. Null where there is no such case.
   */
  async read(caseId: string): Promise<StoredCase | null> {
    return this.#recent.get(caseId) ?? (await this.#cases.ask(caseId)) ?? null;
  }

  /**
   * Decides on a case and resolves with the answer when everything decided is on disk. `decide` is called again when
   * another writer was faster; what it throws reaches the caller, and nothing has changed.
   */
  async decide<Answer>(
    caseId: string,
    decide: (current: StoredCase | null) => Promise<Decision<Answer>> | Decision<Answer>,
    options: { bulk?: boolean; isNew?: boolean } = {},
  ): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await span("case.transition", { "case.id": caseId }, () => this.#once(caseId, decide, options));
      } catch (cause) {
        if (!(cause instanceof Conflict) || attempt >= TRIES) throw cause;
      }
    }
  }

  async #once<Answer>(
    caseId: string,
    decide: (current: StoredCase | null) => Promise<Decision<Answer>> | Decision<Answer>,
    options: { bulk?: boolean; isNew?: boolean },
  ): Promise<Answer> {
    const slot = this.#slots.get(caseId) ?? {
      tail: Promise.resolve(),
      current: options.isNew ? null : undefined,
      users: 0,
    };
    this.#slots.set(caseId, slot);
    slot.users += 1;
    try {
      const decided = slot.tail.then(async () => {
        if (slot.current === undefined) slot.current = await this.read(caseId);
        const decision = await decide(slot.current);
        const frame = decision.frame ?? slot.current?.frame;
        const change =
          decision.outcomes.length > 0 && frame ? { base: slot.current, frame, outcomes: decision.outcomes } : null;
        const { next, committed } = this.#committer.submit(change, decision.along ?? {}, options.bulk);
        if (change) slot.current = next;
        // Whoever waits gets the failure; this only keeps it from being called unhandled before they do.
        committed.catch(() => undefined);
        return { committed, next: change ? next : null, answer: decision.answer };
      });
      slot.tail = decided.catch(() => undefined);
      const { committed, next, answer } = await decided;
      await committed.catch((cause) => {
        slot.current = undefined;
        this.#recent.forget(caseId);
        throw cause;
      });
      // Bulk work passes over thousands of cases once: it would only push out what is worked on.
      if (options.bulk) this.#recent.forget(caseId);
      else if (next) this.#recent.keep(next);
      return answer;
    } finally {
      slot.users -= 1;
      if (slot.users === 0) this.#slots.delete(caseId);
    }
  }
}
