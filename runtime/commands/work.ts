import type { JournalEntry } from "#engine/execute/journal.ts";
import type { Outcome } from "#engine/execute/outcome.ts";
import type { CaseState, Message } from "#engine/execute/state.ts";
import type { Statement } from "../db/client.ts";
import type { Cell } from "../db/versioned.ts";
import {
  appendJournal,
  type CaseFrame,
  caseCells,
  GENESIS,
  insertCases,
  journalRows,
  movingCells,
  timerCells,
  timerStatements,
  updateCases,
} from "../store/case-lanes.ts";
import { memberStatements } from "../store/case-members.ts";
import type { StoredCase } from "../store/cases-load.ts";
import { type Remembered, rememberKeys } from "../store/idempotency.ts";
import { membersStatement } from "../store/launches.ts";
import { effectsDone, inboxStatements, type OutboxRow, outboxStatements } from "../store/outbox-lanes.ts";
import { type TaskRow, type TaskWrite, taskRow, taskStatements } from "../store/task-lanes.ts";
import { currentTrace } from "../tracing.ts";

/** What is committed besides a case's own change, all of it or nothing. */
export interface Along {
  remember?: Remembered;
  outbox?: OutboxRow[];
  /** Effects that are done with this, at an instant. */
  done?: { ids: string[]; at: number };
  /** What became of members of a launch: `[job, seq, status, case, reason]`. */
  members?: Cell[][];
  statements?: Statement[];
}

/** A change of one case: where it stood, and the outcomes that moved it on, in order. */
export interface CaseChange {
  base: StoredCase | null;
  frame: CaseFrame;
  outcomes: Outcome[];
}

/** Everything that must reach the disk together: at most one case, and what goes along. Later changes of the case are added. */
export class Work {
  readonly caseId: string | null;
  readonly #mails: boolean;
  base: StoredCase | null = null;
  next: StoredCase | null = null;
  readonly #journal: Cell[][] = [];
  readonly #tasks = new Map<string, TaskRow>();
  readonly #messages: { caseId: string; at: number; message: Message }[] = [];
  readonly outbox: OutboxRow[] = [];
  readonly #done: { ids: string[]; at: number }[] = [];
  readonly #remember: Remembered[] = [];
  readonly #statements: Statement[] = [];
  readonly #members: Cell[][] = [];

  /** @param mails whether messages that ask for it are also sent by e-mail */
  constructor(caseId: string | null, mails: boolean) {
    this.caseId = caseId;
    this.#mails = mails;
  }

  /** Adds a change that was decided on `change.base`; answers where the case then stands. */
  add(change: CaseChange | null, along: Along): StoredCase | null {
    const before = this.outbox.length;
    const next = this.#add(change, along);
    // The batch is written on behalf of many: whose trace an effect belongs to is known only here.
    const trace = currentTrace();
    for (const row of this.outbox.slice(before)) row.trace ??= trace;
    return next;
  }

  #add(change: CaseChange | null, along: Along): StoredCase | null {
    this.outbox.push(...(along.outbox ?? []));
    this.#statements.push(...(along.statements ?? []));
    this.#members.push(...(along.members ?? []));
    if (along.done) this.#done.push(along.done);
    if (along.remember) this.#remember.push(along.remember);
    if (!change || change.outcomes.length === 0) return this.next;
    if (this.next === null) this.base = change.base;
    const last = change.outcomes.at(-1)!;
    const { rows, head } = journalRows(
      last.state.id,
      change.outcomes.map((outcome): JournalEntry => outcome.entry),
      change.base?.head ?? GENESIS,
    );
    this.#journal.push(...rows);
    for (const outcome of change.outcomes) this.#addOutcome(outcome);
    this.next = { state: last.state, frame: change.frame, head, active: last.entry.active };
    return this.next;
  }

  #addOutcome({ entry, state, tasks, messages, effects }: Outcome): void {
    for (const task of tasks) this.#tasks.set(task.task.id, taskRow(state.id, task, entry.at));
    for (const message of messages) {
      this.#messages.push({ caseId: state.id, at: entry.at, message });
      if (!this.#mails || !message.via.includes("email")) continue;
      for (const person of message.to) {
        const id = `${message.id}/email/${person}`;
        this.outbox.push({ id, caseId: state.id, kind: "email", payload: { id, person, message }, at: entry.at });
      }
    }
    for (const effect of effects) {
      this.outbox.push({ id: effect.id, caseId: state.id, kind: effect.kind, payload: effect, at: entry.at });
    }
  }

  /** Roughly how many rows it writes: a batch is cut before it takes too long. */
  get weight(): number {
    return 1 + this.#journal.length + this.#tasks.size + this.#messages.length + this.outbox.length;
  }

  get tasks(): readonly TaskRow[] {
    return [...this.#tasks.values()];
  }
  /** Of a case that begins no task can be there; one that the case has not now may have been closed before. */
  #taskWrites(): TaskWrite[] {
    const { base } = this;
    return this.tasks.map((row) => ({ row, before: base === null ? null : base.state.tasks[row.task.id] }));
  }
  get readers(): ReadonlySet<string> {
    return new Set(this.#messages.flatMap(({ message }) => message.to));
  }
  /** Whether a timer of the case is due by an instant. */
  hasTimerBy(instant: number): boolean {
    return this.next !== null && Object.values(this.next.state.timers).some(({ dueAt }) => dueAt <= instant);
  }

  /** The statements of many works as one batch: a few statements a table, however many cases. */
  static statements(works: readonly Work[]): Statement[] {
    const inserts: Cell[][] = [];
    const staying: Cell[][] = [];
    const turning: Cell[][] = [];
    const gone: Cell[][] = [];
    const armed: Cell[][] = [];
    for (const { base, next } of works) {
      if (!next) continue;
      if (base) {
        const rows = base.state.status === next.state.status ? staying : turning;
        rows.push([next.state.id, base.state.revision, ...movingCells(next.state, next.active, next.head)]);
      } else inserts.push(caseCells(next.state, next.frame, next.active, next.head));
      timerChanges(base?.state, next.state, gone, armed);
    }
    const all = <T>(pick: (work: Work) => readonly T[]) => works.flatMap(pick);
    const journal = all((work) => work.#journal);
    const outbox = all((work) => work.outbox);
    const messages = all((work) => work.#messages);
    const remember = all((work) => work.#remember);
    const done = all((work) => work.#done);
    const members = all((work) => work.#members);
    return [
      ...insertCases(inserts),
      ...updateCases(staying, turning),
      ...appendJournal(journal),
      ...timerStatements(gone, armed),
      ...memberStatements(works.flatMap(({ base, next }) => (next ? [{ base: base?.state, next: next.state }] : []))),
      ...taskStatements(all((work) => work.#taskWrites())),
      ...inboxStatements(messages),
      ...outboxStatements(outbox),
      ...doneStatements(done),
      ...(members.length > 0 ? [membersStatement(members)] : []),
      ...rememberKeys(remember),
      ...all((work) => work.#statements),
    ];
  }
}

/** Timers as the difference of two snapshots, so that the table can never disagree with them. */
function timerChanges(base: CaseState | undefined, next: CaseState, gone: Cell[][], armed: Cell[][]): void {
  for (const timer of Object.values(base?.timers ?? {})) {
    if (next.timers[timer.id]?.generation !== timer.generation || next.timers[timer.id]?.dueAt !== timer.dueAt) {
      gone.push([next.id, timer.id, timer.generation]);
    }
  }
  for (const timer of Object.values(next.timers)) {
    const before = base?.timers[timer.id];
    if (before?.generation !== timer.generation || before.dueAt !== timer.dueAt) armed.push(timerCells(next.id, timer));
  }
}

function doneStatements(done: readonly { ids: string[]; at: number }[]): Statement[] {
  const byInstant = new Map<number, string[]>();
  for (const { ids, at } of done) byInstant.set(at, [...(byInstant.get(at) ?? []), ...ids]);
  return [...byInstant].map(([at, ids]) => effectsDone(ids, at));
}
