import { hash } from "node:crypto";
import type { JournalEntry } from "#engine/execute/journal.ts";
import { standstill } from "#engine/execute/standstill.ts";
import type { CaseState, Timer } from "#engine/execute/state.ts";
import { canonical } from "#engine/words/json.ts";
import type { Statement } from "../db/client.ts";
import { inPieces, insertRows, placeholders } from "../db/many-rows.ts";
import type { Cell } from "../db/versioned.ts";

/** What stands beside the snapshot in a case's row and is not part of it. */
export interface CaseFrame {
  /** Which bundle of documents the case runs: see definitions. */
  bundle: string;
  /** The effect that started it, and the case behind it if there is one, whether or not an answer is waited for. */
  parent: { caseId: string | null; effect: string } | null;
}

/** The first previous hash of every chain. */
export const GENESIS = "0".repeat(64);

/** The hash of a journal entry: SHA-256 over canonical JSON (RFC 8785) of case, seq, previous hash and entry. */
export function entryHash(caseId: string, seq: number, previous: string, entry: string): string {
  const head = `{"case":${JSON.stringify(caseId)},"entry":`;
  return hash("sha256", `${head}${entry},"previous":"${previous}","seq":${seq}}`, "hex");
}

/** Entries as rows, chained from the hash before them; `head` is the last hash. */
export function journalRows(
  caseId: string,
  entries: readonly JournalEntry[],
  previous: string,
): { rows: Cell[][]; head: string } {
  let head = previous;
  const rows = entries.map((entry) => {
    const text = canonical(entry);
    const hash = entryHash(caseId, entry.seq, head, text);
    const row: Cell[] = [
      caseId,
      entry.seq,
      entry.at,
      entry.dueAt,
      entry.late ? 1 : 0,
      entry.by,
      entry.event.type,
      text,
      head,
      hash,
    ];
    head = hash;
    return row;
  });
  return { rows, head };
}

/** Statements that append journal rows; they fail where a seq is there already: a second writer can never fork a chain. */
export function appendJournal(rows: readonly Cell[][]): Statement[] {
  return insertRows("INSERT INTO journal (case_id, seq, at, due_at, late, by, type, entry, previous, hash)", 10, rows);
}

const COLUMNS = [
  "id",
  "kind",
  "definition",
  "version",
  "bundle",
  "subject_kind",
  "subject",
  "subject_type",
  "period",
  "key",
  "parent",
  "parent_effect",
  "opened_at",
] as const;
/** What changes while a case runs, in the order of the cells of `movingCells`; what indexes are over comes last. */
const MOVING = ["revision", "outcome", "active", "closed_at", "due_at", "overdue", "head", "state", "status"] as const;
const INDEXED = 1;

/** A case as the cells of an insert. */
export function caseCells(state: CaseState, frame: CaseFrame, active: readonly string[], head: string): Cell[] {
  return [
    state.id,
    state.definition.kind,
    state.definition.id,
    state.definition.version,
    frame.bundle,
    state.subject.kind,
    state.subject.id,
    state.subject.type ?? null,
    state.period,
    state.key,
    frame.parent?.caseId ?? null,
    frame.parent?.effect ?? null,
    state.openedAt,
    ...movingCells(state, active, head),
  ];
}

/** What an update of a case writes. */
export function movingCells(state: CaseState, active: readonly string[], head: string): Cell[] {
  // What stands still is not late: nobody can do its tasks.
  const tasks = standstill(state) ? [] : Object.values(state.tasks);
  const due = tasks.flatMap((task) => (task.dueAt === null ? [] : [task.dueAt]));
  return [
    state.revision,
    state.outcome,
    JSON.stringify(active),
    state.closedAt,
    due.length === 0 ? null : Math.min(...due),
    tasks.some((task) => task.overdue) ? 1 : 0,
    head,
    JSON.stringify(state),
    state.status,
  ];
}

/** Statements that open cases; they fail on an open case with the same key. */
export function insertCases(rows: readonly Cell[][]): Statement[] {
  return insertRows(`INSERT INTO cases (${[...COLUMNS, ...MOVING].join(", ")})`, COLUMNS.length + MOVING.length, rows);
}

/**
 * Statements that move cases on: rows are `[id, expected revision, ...movingCells]`. Every second statement fails the whole
 * batch unless every row of the one before found its case at the expected revision.
 *
 * @param staying cases whose status is what it was: a column that is set has its index entries written anew even where its
 *   value stays, and each of them is a page of its own among a million cases
 * @param turning cases whose status is another one now
 */
export function updateCases(staying: readonly Cell[][], turning: readonly Cell[][]): Statement[] {
  return [...updates(MOVING.slice(0, -INDEXED), staying), ...updates(MOVING, turning)];
}

function updates(columns: readonly string[], rows: readonly Cell[][]): Statement[] {
  const set = columns.map((column, i) => `${column} = j.column${i + 3}`).join(", ");
  const width = columns.length + 2;
  return inPieces(rows).flatMap((piece) => [
    {
      sql: `UPDATE cases SET ${set} FROM (VALUES ${placeholders(width, piece.length)}) AS j WHERE cases.id = j.column1 AND cases.revision = j.column2`,
      args: piece.flatMap((cells) => (cells.length === width ? cells : cells.slice(0, width))),
    },
    // There is no way to look between the statements of a batch: a text that is no JSON stops it from within.
    {
      sql: "SELECT CASE WHEN changes() = ? THEN 1 ELSE json('a case has been changed by another writer') END AS met",
      args: [piece.length],
    },
  ]);
}

/** Statements that keep the table of timers equal to the timers of the snapshots. */
export function timerStatements(gone: readonly Cell[][], armed: readonly Cell[][]): Statement[] {
  const statements: Statement[] = [];
  if (gone.length > 0) {
    statements.push({
      sql: `DELETE FROM timers WHERE rowid IN (SELECT t.rowid FROM json_each(?) AS j CROSS JOIN timers AS t
            WHERE t.case_id = j.value ->> 0 AND t.id = j.value ->> 1 AND t.generation = j.value ->> 2)`,
      args: [JSON.stringify(gone)],
    });
  }
  if (armed.length > 0) {
    statements.push(
      ...insertRows("INSERT INTO timers (case_id, id, generation, due_at, seq, step, title, armed_at)", 8, armed),
    );
  }
  return statements;
}

/** A timer as cells of an insert. */
export const timerCells = (caseId: string, timer: Timer): Cell[] => [
  caseId,
  timer.id,
  timer.generation,
  timer.dueAt,
  timer.seq,
  timer.step,
  timer.title,
  timer.armedAt,
];
