import type { Command, CommandAnswer } from "#engine/contract/commands.ts";
import type { JournalEntry } from "#engine/execute/journal.ts";
import type { CaseState } from "#engine/execute/state.ts";

/** A command as a client of a host sends it. */
export interface Sent {
  command: Command;
  key?: string;
  expectedRevision?: number;
  /** By whom; without it by the system, which may do everything. */
  as?: string;
  /** The host's clock stands at this instant when the command comes in, and nothing that was due until then has fired yet. */
  at?: number;
}

/** Why a host refused: the code of the refusal and what is possible instead. */
export class HostRefusal extends Error {
  readonly code: string;
  readonly possible: string[];
  constructor(code: string, possible: string[] = []) {
    super(`${code}: ${possible.join(", ")}`);
    this.code = code;
    this.possible = possible;
  }
}

/**
 * A host as the conformance suite knows it: whatever runs cases durably, on a virtual clock of its own that begins at `START`, with
 * the small organisation and the documents of `documents.ts`. Commands reject with `HostRefusal`.
 */
export interface ConformingHost {
  start(input: { workflow: string; subject: string; period: string; key?: string }): Promise<CommandAnswer>;
  command(caseId: string, sent: Sent): Promise<CommandAnswer>;
  /** The snapshot and the journal of a case; null where there is none. */
  look(caseId: string): Promise<{ state: CaseState; journal: JournalEntry[] } | null>;
  /** Lets time pass until an instant; answers when all that was due, and what followed from it, has happened. */
  advanceTo(at: number): Promise<void>;
  /** Ids of the effects that the webhook received, in order, repetitions included. */
  calls(): readonly string[];
  /** Kills it without a warning and starts it again on what it left. */
  crash(): Promise<void>;
  /** The next call that the webhook receives kills the host before it hears the answer; resolves when it is there again. */
  crashAtNextCall(): Promise<void>;
  /** Stops it in order and answers what in its store contradicts itself. Nothing may be asked of it afterwards. */
  violations(): Promise<string[]>;
  /** Removes whatever is left of it. */
  end(): Promise<void>;
}

/** A kind of host, to be put through the suite. */
export interface HostKind {
  name: string;
  open(): Promise<ConformingHost>;
}

/** Monday 5 January 2026, 08:00 UTC. */
export const START = Date.UTC(2026, 0, 5, 8);
export const HOUR = 3_600_000;
