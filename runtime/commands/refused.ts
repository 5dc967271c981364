import type { Issue } from "#engine/words/issue.ts";
import { DatabaseBusyError } from "../db/client.ts";

/** Why a command was not carried out. `http/problem.ts` alone knows which status each one is. */
export type RefusalCode =
  | "not-found"
  | "bad-input"
  | "has-problems"
  | "already-exists"
  | "already-open"
  | "nothing-to-publish"
  | "not-live"
  | "out-of-bounds"
  | "stale-revision"
  | "conflict"
  | "key-reused"
  | "key-too-old"
  | "closed"
  | "not-possible"
  | "no-such-task"
  | "not-yours"
  | "already-claimed"
  | "too-early"
  | "stale-timer"
  | "paused"
  | "incident"
  | "bad-answers"
  | "not-allowed"
  | "busy"
  | "storage-full"
  | "storage-failed"
  | "stopping";

/** A command that was understood and not accepted; nothing changed. The caller is told what is possible instead. */
export class Refused extends Error {
  readonly code: RefusalCode;
  readonly possible: string[];
  readonly issues: Issue[];
  constructor(code: RefusalCode, message: string, more: { possible?: string[]; issues?: Issue[] } = {}) {
    super(message);
    this.name = "Refused";
    this.code = code;
    this.possible = more.possible ?? [];
    this.issues = more.issues ?? [];
  }
}

const PASSING: ReadonlySet<RefusalCode> = new Set(["busy", "stopping", "storage-full", "storage-failed", "conflict"]);

/** Whether a failure says nothing about what was asked, only about the moment: load, the disk, another writer. The same may work later. */
export const isPassing = (cause: unknown): boolean =>
  cause instanceof Refused ? PASSING.has(cause.code) : cause instanceof Conflict || cause instanceof DatabaseBusyError;

/** Somebody else wrote first: the command is decided again on what stands now. */
export class Conflict extends Error {
  constructor(cause: unknown) {
    super("The case has changed meanwhile.", { cause });
    this.name = "Conflict";
  }
}
