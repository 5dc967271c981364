import { setImmediate as nextTurn } from "node:timers/promises";
import type { JobView } from "#engine/contract/views/definitions.ts";
import type { BulkCommand, MoveRequest } from "#engine/contract/views/moves.ts";
import type { CaseEvent } from "#engine/execute/journal.ts";
import type { CaseState } from "#engine/execute/state.ts";
import { type JobRow, jobStatus, readJob } from "../store/jobs.ts";
import {
  casesByFilter,
  insertMoves,
  type MoveMember,
  moveCounts,
  movedCases,
  moveEnded,
  waitingMoves,
} from "../store/moves.ts";
import { allEnded } from "./all-ended.ts";
import { refuseWhenOverloaded, send } from "./handle.ts";
import { createJob, finishJob, reportJob, resumable, viewOf } from "./jobs.ts";
import { isPassing, Refused } from "./refused.ts";
import type { Principal, Runtime } from "./runtime.ts";

/** Cases moved side by side: they share batches, and others get their turn in between. */
const SLICE = 100;
/** At most as many in one move. */
const MOST = 10_000;

/** What the cases of a job are told. */
type Order = BulkCommand | { type: "undo"; reason: string };

/** A move of many as its job keeps it. */
interface MovePlan {
  command: Order;
  by: string | null;
}

/** Ids of the cases that a request means. Throws `Refused` where it finds none. */
export async function casesToMove(runtime: Runtime, { cases, filter }: MoveRequest): Promise<string[]> {
  const found = cases ?? (filter ? await casesByFilter(runtime.db, cleaned(filter), MOST) : []);
  if (found.length === 0) throw new Refused("not-found", "There is no case there to move.");
  return [...new Set(found)];
}

function cleaned(filter: NonNullable<MoveRequest["filter"]>) {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

/** Begins a move of many cases, as a job; sent again with the same key the first one's job is answered. */
export async function moveCases(
  runtime: Runtime,
  principal: Principal,
  request: MoveRequest,
  cases: readonly string[],
): Promise<JobView> {
  const { command, key } = request;
  const who = principal.account ?? principal.personId ?? "nobody";
  return begin(
    runtime,
    { command, by: principal.personId },
    cases.map((caseId, seq) => ({ seq, caseId, revision: null })),
    `${WORDS[command.type]} of ${cases.length} ${cases.length === 1 ? "case" : "cases"}: ${command.reason}`,
    key === undefined ? undefined : `move ${who} ${key}`,
  );
}

const WORDS: Record<Order["type"], string> = {
  move: "Move",
  reopen: "Reopening",
  cancel: "Cancellation",
  "set-data": "Correction",
  transfer: "Hand-over",
  undo: "Taking back",
};

/** Takes a move of many back: each case that nothing else has happened to since. Throws `Refused` where there is no such move. */
export async function undoMoves(
  runtime: Runtime,
  principal: Principal,
  id: string,
  reason: string,
  may: (cases: readonly string[]) => Promise<void>,
): Promise<JobView> {
  const job = await readJob(runtime.db, id);
  if (job?.kind !== "move") throw new Refused("not-found", "There is no such move of cases.");
  if (job.status === "waiting" || job.status === "running")
    throw new Refused("not-possible", "The move is still under way. Cancel it first, or wait for its end.");
  const moved = await movedCases(runtime.db, id);
  if (moved.length === 0) throw new Refused("not-possible", "No case was moved, so nothing can be taken back.");
  await may(moved.map(({ caseId }) => caseId));
  return begin(
    runtime,
    { command: { type: "undo", reason }, by: principal.personId },
    moved.map(({ caseId, revision }, seq) => ({ seq, caseId, revision })),
    `${WORDS.undo} of ${moved.length} ${moved.length === 1 ? "case" : "cases"}: ${reason}`,
    `undo ${id}`,
  );
}

async function begin(
  runtime: Runtime,
  plan: MovePlan,
  members: readonly MoveMember[],
  title: string,
  once: string | undefined,
): Promise<JobView> {
  refuseWhenOverloaded(runtime);
  const { job, isNew } = await createJob(runtime, {
    kind: "move",
    title: title.slice(0, 200),
    total: members.length,
    input: { ...plan },
    by: plan.by,
    along: (id) => [insertMoves(id, members)],
    ...(once === undefined ? {} : { once }),
  });
  if (!isNew) return viewOf(job);
  const { type, reason } = plan.command;
  await runtime.audit.write({
    at: runtime.clock.now(),
    by: plan.by,
    what: `cases.${type}`,
    words: title,
    details: { job: job.id, cases: members.length, reason },
  });
  resumable(runtime, job.id, (row) => runMoves(runtime, row));
  return viewOf(job);
}

/** Runs a move from wherever it stands to its end. Each case is told once, whatever stops in between. */
export async function runMoves(runtime: Runtime, job: JobRow): Promise<void> {
  const { command, by } = job.input as unknown as MovePlan;
  const before = await moveCounts(runtime.db, job.id);
  let done = before.done + before.refused;
  for (let after = -1; ; ) {
    if (runtime.stopping.aborted) return;
    const members = await waitingMoves(runtime.db, job.id, after, SLICE);
    if (members.length === 0) break;
    if ((await jobStatus(runtime.db, job.id)) === "cancelled") return;
    await allEnded(members.map((member) => tellOne(runtime, job.id, member, command, by)));
    after = members.at(-1)!.seq;
    done += members.length;
    await reportJob(runtime, job.id, done, job.total, "Moving cases");
    await nextTurn();
  }
  const counts = await moveCounts(runtime.db, job.id);
  const message = `${counts.done} of ${job.total} done${counts.refused > 0 ? `, ${counts.refused} refused` : ""}`;
  await finishJob(runtime, job.id, "done", message, {
    done: counts.done,
    refused: counts.refused,
    refusals: counts.refusals,
  });
}

/** Tells one case; what it answers is written down in the batch in which the case changes. */
async function tellOne(
  runtime: Runtime,
  job: string,
  { seq, caseId, revision }: MoveMember,
  command: Order,
  by: string | null,
): Promise<void> {
  try {
    const stored = await runtime.desk.read(caseId);
    if (!stored) throw new Refused("not-found", "There is no such case.");
    const events = eventsOf(command, stored.state, by, job);
    if (events.length === 0) throw new Refused("not-possible", "There is nothing of theirs to hand over here.");
    for (const [position, event] of events.entries()) {
      await send(runtime, caseId, event, {
        bulk: true,
        ...(revision === null ? {} : { expectedRevision: revision }),
        ...(position === events.length - 1
          ? { along: (state) => ({ statements: [moveEnded(job, seq, "done", state.revision, null)] }) }
          : {}),
      });
    }
  } catch (cause) {
    if (!(cause instanceof Refused) || isPassing(cause)) throw cause;
    await runtime.db.write([moveEnded(job, seq, "refused", null, cause.message)]);
  }
}

/** What a case is told. A hand-over is told task by task, and is one act all the same. */
export function eventsOf(command: Order, state: CaseState, by: string | null, act: string): CaseEvent[] {
  if (command.type !== "transfer") return [{ ...command, by }];
  const { from, to, reason } = command;
  return Object.values(state.tasks)
    .filter(({ assignees }) => assignees.includes(from))
    .map(({ id }) => ({ type: "transfer", task: id, to, reason, by, act }));
}
