import { setTimeout as sleep } from "node:timers/promises";
import { v7 } from "uuid";
import type { JobView } from "#engine/contract/views/definitions.ts";
import type { Json } from "#engine/words/json.ts";
import type { Statement } from "../db/client.ts";
import {
  endJob,
  insertJob,
  isStoppable,
  type JobKind,
  type JobRow,
  jobOnce,
  jobProgress,
  readJob,
  stopJob,
} from "../store/jobs.ts";
import { isPassing, Refused } from "./refused.ts";
import type { Principal, Runtime } from "./runtime.ts";

/** What a new job needs to say. */
export interface NewJob {
  kind: JobKind;
  title: string;
  total: number;
  input: Json;
  by: string | null;
  /** Work that must not begin twice: the job with the same text is answered instead. */
  once?: string;
  /** What is written in the same batch, given the id of the job: a stop in between leaves no half of it. */
  along?: (id: string) => Statement[];
}

/** Writes a job down, or finds the one that does the same; `isNew` says which. */
export async function createJob(runtime: Runtime, job: NewJob): Promise<{ job: JobRow; isNew: boolean }> {
  const row: JobRow = {
    id: v7({ msecs: runtime.clock.now() }),
    kind: job.kind,
    title: job.title,
    status: "waiting",
    done: 0,
    total: job.total,
    startedAt: runtime.clock.now(),
    finishedAt: null,
    message: "Waiting to begin",
    result: null,
    input: job.input,
    by: job.by,
  };
  const [written] = await runtime.db.write([insertJob(row, job.once ?? null), ...(job.along?.(row.id) ?? [])]);
  if (written!.rows.length === 1) {
    tell(runtime, row.id, 0);
    return { job: row, isNew: true };
  }
  const known = job.once === undefined ? undefined : await jobOnce(runtime.db, job.once);
  if (!known) throw new Error(`the job ${row.id} could not be written`);
  return { job: known, isNew: false };
}

/** Says how far a job is. */
export async function reportJob(
  runtime: Runtime,
  id: string,
  done: number,
  total: number,
  message: string,
): Promise<void> {
  await runtime.db.write([jobProgress(id, "running", done, total, message)]);
  tell(runtime, id, done);
}

/** Ends a job with a sentence for people and a result. */
export async function finishJob(
  runtime: Runtime,
  id: string,
  status: "done" | "failed" | "cancelled",
  message: string,
  result: Json,
): Promise<void> {
  await runtime.db.write([endJob(id, status, message, result, runtime.clock.now())]);
  tell(runtime, id, Number.MAX_SAFE_INTEGER);
}

/** A job as the API shows it. Throws `Refused` where there is none. */
export async function jobView(runtime: Runtime, id: string): Promise<JobView> {
  const job = await readJob(runtime.db, id);
  if (!job) throw new Refused("not-found", "There is no such job.");
  return viewOf(job);
}

/** What of a job is shown. */
export function viewOf({ input: _input, by: _by, ...view }: JobRow): JobView {
  return { ...view, mayCancel: isStoppable(view) };
}

/** Stops a job at its next slice. What it has done stays. Throws `Refused` where it has ended, or does its last step. */
export async function cancelJob(runtime: Runtime, principal: Principal, id: string): Promise<JobView> {
  const job = await readJob(runtime.db, id);
  if (!job) throw new Refused("not-found", "There is no such job.");
  const at = runtime.clock.now();
  const message = job.total > 0 ? `Cancelled after ${job.done} of ${job.total}` : "Cancelled before it began";
  const [stopped] = await runtime.db.write([stopJob(id, message, at)]);
  if (stopped?.rows.length !== 1) {
    const now = await jobView(runtime, id);
    const why =
      now.status === "waiting" || now.status === "running"
        ? `"${job.title}" cannot be stopped any more; it ends in a moment.`
        : `"${job.title}" has ended already: ${now.message}`;
    throw new Refused("not-possible", why);
  }
  await runtime.audit.write({
    at,
    by: principal.personId,
    what: "job.cancelled",
    words: `cancelled "${job.title}": ${message.toLowerCase()}`,
    details: { job: id, kind: job.kind, done: job.done, total: job.total },
  });
  tell(runtime, id, Number.MAX_SAFE_INTEGER);
  return jobView(runtime, id);
}

/** How long a job waits before it goes on after a failure that passes, at first and at most. */
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 30_000;

/**
 * Runs a job that goes on from wherever it stands, in the background. What fails only for the moment (a lock, a full disk) is
 * waited out, with the reason on the job; nothing is taken for refused because of it.
 */
export function resumable(runtime: Runtime, id: string, work: (job: JobRow) => Promise<void>): void {
  inBackground(runtime, id, async () => {
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
      const job = await readJob(runtime.db, id);
      if (job?.status !== "waiting" && job?.status !== "running") return;
      try {
        return await work(job);
      } catch (cause) {
        if (!isPassing(cause)) throw cause;
        // A disk that has failed stays so until the next start, at which the job goes on.
        if (runtime.stopping.aborted || runtime.committer.broken) return;
        runtime.log.warn({ job: id, err: cause }, "a job waits for the database");
        const why = cause instanceof Error ? cause.message : String(cause);
        const says = jobProgress(id, job.status, job.done, job.total, `Waiting: ${why}`);
        await runtime.db.write([says]).catch(() => undefined);
        await sleep(wait, undefined, { signal: runtime.stopping }).catch(() => undefined);
        if (runtime.stopping.aborted) return;
      }
    }
  });
}

/**
 * Runs work in the background and keeps the promise so that a stop waits for it. A failure ends the job with its reason;
 * a stop leaves it as it is, to go on at the next start.
 */
export function inBackground(runtime: Runtime, job: string, work: () => Promise<void>): void {
  runtime.track(
    work().catch(async (cause) => {
      if (runtime.stopping.aborted) return;
      runtime.log.error({ job, err: cause }, "a job failed");
      const message = cause instanceof Refused ? cause.message : "It failed unexpectedly; see the server's log.";
      await finishJob(runtime, job, "failed", message, null);
    }),
  );
}

function tell(runtime: Runtime, id: string, revision: number): void {
  runtime.events.emit({ topic: "job", id, revision });
}
