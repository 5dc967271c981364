import { setImmediate as nextTurn } from "node:timers/promises";
import type { JournalEntry } from "#engine/execute/journal.ts";
import { replay } from "#engine/execute/replay.ts";
import type { CaseState } from "#engine/execute/state.ts";
import { canonical } from "#engine/words/json.ts";
import { LiveCatalogue } from "../commands/catalogue.ts";
import type { Database } from "../db/client.ts";
import { caseCells, entryHash, GENESIS } from "../store/case-lanes.ts";
import { CASE_COLUMNS, type CaseFact, readCaseFacts, readCaseIds, TASK_COLUMNS } from "../store/verify-read.ts";
import { CheckLog, type CheckResult } from "./report.ts";

/** Cases and journal entries looked at together: bounds memory and each statement. */
const SLICE_CASES = 200;
const SLICE_ENTRIES = 4_000;

/** What was verified of the cases. */
export interface CasesVerified {
  checks: CheckResult[];
  cases: number;
  entries: number;
}

/**
 * Follows each case's chain of hashes, folds its journal, and compares what that leads to with what is stored: snapshot, list
 * columns, timers, tasks. Goes through the cases in slices, each of one moment, so that it may run beside a server that writes.
 *
 * @param onProgress told how many cases are done
 */
export async function verifyCases(db: Database, onProgress: (cases: number) => void): Promise<CasesVerified> {
  const chain = new CheckLog("chain", "each case's chain of hashes");
  const fold = new CheckLog("replay", "each journal leads to the stored snapshot");
  const tables = new CheckLog("projection", "columns, timers and tasks say what the snapshot says");
  const catalogue = new LiveCatalogue(db);
  for (let after = 0; ; ) {
    const page = await readCaseIds(db, after, SLICE_CASES);
    if (page.length === 0) break;
    let ids: string[] = [];
    let entries = 0;
    const look = async () => {
      for (const fact of await readCaseFacts(db, ids)) {
        verifyChain(fact, chain);
        await verifyReplay(catalogue, fact, fold);
        verifyTables(fact, tables);
      }
      ids = [];
      entries = 0;
    };
    for (const { id, revision } of page) {
      ids.push(id);
      entries += revision;
      if (entries >= SLICE_ENTRIES) await look();
    }
    if (ids.length > 0) await look();
    after = page.at(-1)!.position;
    onProgress(fold.looked);
    await nextTurn();
  }
  return {
    checks: [chain.result(), fold.result(), tables.result()],
    cases: fold.looked,
    entries: chain.looked,
  };
}

const entryOf = (caseId: string, seq: number) => `journal entry ${seq} of case ${caseId}`;

/** Each row against its own hash, against the row before, and against the columns beside the hashed text. */
function verifyChain({ id, head, journal }: CaseFact, log: CheckLog): void {
  let previous = GENESIS;
  let seq = 0;
  for (const row of journal) {
    log.looked += 1;
    if (row.seq !== seq + 1) {
      log.found(entryOf(id, row.seq), `the entry before it is missing: the journal goes from ${seq} to ${row.seq}`);
    } else if (row.previous !== previous) {
      log.found(entryOf(id, row.seq), "it does not follow the entry before it: one of the two was changed");
    }
    if (entryHash(id, row.seq, row.previous, row.entry) !== row.hash) {
      log.found(entryOf(id, row.seq), "its text does not give its hash: it was changed");
    } else {
      const entry = parsed(row.entry);
      const said = entry && canonical([entry.at, entry.dueAt, entry.late ? 1 : 0, entry.by, entry.event.type]);
      if (said !== canonical([row.at, row.dueAt, row.late, row.by, row.type])) {
        log.found(entryOf(id, row.seq), "the columns beside its text say something else: they were changed");
      }
    }
    previous = row.hash;
    seq = row.seq;
  }
  if (previous !== head) {
    log.found(
      `case ${id}`,
      `its chain does not end where the case says: entries after ${seq} are missing, or its row was changed`,
    );
  }
}

async function verifyReplay(
  catalogue: LiveCatalogue,
  { id, bundle, state, journal }: CaseFact,
  log: CheckLog,
): Promise<void> {
  log.looked += 1;
  try {
    const { compiled } = await catalogue.pinned(bundle);
    const folded = replay(
      compiled,
      journal.map(({ entry }) => JSON.parse(entry) as JournalEntry),
    );
    if (canonical(folded) !== canonical(JSON.parse(state))) {
      log.found(`case ${id}`, "its journal leads to another state than the one stored: its row was changed");
    }
  } catch (cause) {
    log.found(
      `case ${id}`,
      `its journal cannot be replayed: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
}

function verifyTables(fact: CaseFact, log: CheckLog): void {
  log.looked += 1;
  const state = parsed(fact.state) as unknown as CaseState | undefined;
  if (!state?.timers || !state.tasks) {
    log.found(`case ${fact.id}`, "its stored state cannot be read");
    return;
  }
  const last = parsed(fact.journal.at(-1)?.entry ?? "");
  const frame = {
    bundle: fact.bundle,
    parent: fact.parentEffect === null ? null : { caseId: fact.parent, effect: fact.parentEffect },
  };
  const cells = caseCells(state, frame, last?.active ?? [], fact.head);
  CASE_COLUMNS.forEach((column, i) => {
    const should = column === "state" ? null : (cells[i] ?? null);
    const is = column === "state" ? null : (fact.columns[column] ?? null);
    if (should !== is)
      log.found(`case ${fact.id}`, `its column "${column}" is ${said(is)} and should be ${said(should)}`);
  });
  const armed = Object.values(state.timers).map(
    ({ id, generation, dueAt, seq, step, title }) => `${id}/${generation} due ${dueAt} (${seq}) at ${step}: ${title}`,
  );
  compare(fact.id, "timer", armed, fact.timers, log);
  verifyTasks(fact, state, log);
  for (const effect of fact.unheard)
    log.found(`case ${fact.id}`, `it waits for ${effect}, and nothing is there that would answer`);
}

/** Open tasks as the snapshot has them, with their people; done ones as the journal says that they were done. */
function verifyTasks(fact: CaseFact, state: CaseState, log: CheckLog): void {
  const tasks = new Map(fact.tasks.map((task) => [task.id, task]));
  const open = fact.tasks.filter(({ status }) => status === "open");
  compare(
    fact.id,
    "open task",
    Object.keys(state.tasks),
    open.map(({ id }) => id),
    log,
  );
  for (const { id, cells, outcome, closedAt, closedBy } of open) {
    const ended = [outcome, closedAt, closedBy].filter((one) => one !== null).length;
    const task = state.tasks[id];
    if (!task) continue;
    const should = [
      ...[task.step, task.kind, task.title, task.form, task.bundle ?? null],
      ...[JSON.stringify(task.outcomes), JSON.stringify(task.assignees), task.claimedBy, task.because],
      ...[task.openedAt, task.dueAt, task.overdue ? 1 : 0],
    ];
    if (ended !== 0) log.found(`task ${id}`, "it is open, and the table says how it ended");
    TASK_COLUMNS.forEach((column, i) => {
      if (should[i] !== cells[i])
        log.found(`task ${id}`, `its column "${column}" is ${said(cells[i])} and should be ${said(should[i])}`);
    });
  }
  const people = Object.values(state.tasks).flatMap(({ id, assignees, contributors = [] }) => [
    ...assignees.map((person) => `${id} of ${person}, to do`),
    ...contributors.filter((person) => !assignees.includes(person)).map((person) => `${id} of ${person}, to look at`),
  ]);
  compare(fact.id, "task", people, fact.people, log);
  for (const row of fact.journal) {
    if (row.type !== "complete") continue;
    const { event, by } = parsed(row.entry) ?? {};
    if (event?.type !== "complete") continue;
    const done = tasks.get(event.task);
    const says = canonical([
      done?.status ?? null,
      done?.outcome ?? null,
      done?.closedBy ?? null,
      done?.closedAt ?? null,
    ]);
    if (says !== canonical(["done", event.outcome, by ?? null, row.at]))
      log.found(
        entryOf(fact.id, row.seq),
        `it says how the task ${event.task} was done, and the table says something else`,
      );
  }
}

function compare(id: string, what: string, should: readonly string[], is: readonly string[], log: CheckLog): void {
  const wanted = new Set(should);
  const there = new Set(is);
  for (const one of wanted) if (!there.has(one)) log.found(`case ${id}`, `its ${what} ${one} is not in the table`);
  for (const one of there)
    if (!wanted.has(one)) log.found(`case ${id}`, `the table has the ${what} ${one}, the snapshot has not`);
}

const said = (value: unknown) => (value === null || value === undefined ? "empty" : JSON.stringify(value).slice(0, 60));

function parsed(text: string): JournalEntry | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === "object" ? (value as JournalEntry) : undefined;
  } catch {
    return undefined;
  }
}
