import { randomUUID } from "node:crypto";
import { type Clock, isManual, manualClock, systemClock, wallNow } from "../clock.ts";
import { endInterruptedImport } from "../commands/apply-import.ts";
import { CaseDesk } from "../commands/case-desk.ts";
import { LiveCatalogue } from "../commands/catalogue.ts";
import { Committer } from "../commands/commit.ts";
import { Events } from "../commands/events.ts";
import { finishJob, resumable } from "../commands/jobs.ts";
import { Keys } from "../commands/keys.ts";
import { runLaunch } from "../commands/launch.ts";
import { runMoves } from "../commands/move-cases.ts";
import { OrganisationDesk } from "../commands/organisation-desk.ts";
import { ParameterDesk } from "../commands/parameter-desk.ts";
import { runPayouts } from "../commands/run-plan.ts";
import type { Runtime } from "../commands/runtime.ts";
import { StoredFacts } from "../commands/stored-facts.ts";
import { Worlds } from "../commands/worlds.ts";
import type { Config } from "../config.ts";
import type { Database } from "../db/client.ts";
import { migrate } from "../db/migrate.ts";
import { openDatabase } from "../db/open.ts";
import { recoverImports } from "../ingest/apply.ts";
import { createLog, type Logger } from "../log.ts";
import { Metrics } from "../observe/metrics.ts";
import { Audit } from "../store/audit.ts";
import { unfinishedJobs } from "../store/jobs.ts";
import { LONGEST_SLEEP_MS, Worker } from "../worker/loop.ts";
import { type Lock, leaseDatabase, lockFile } from "./lock.ts";
import { moveClock, storedManualTime } from "./manual-time.ts";

/** Where a manual clock begins when nobody says: Monday 5 January 2026, 08:00 UTC. */
const MANUAL_START = Date.UTC(2026, 0, 5, 8);
/** How long a stop waits for work under way. */
const DRAIN_MS = 20_000;

/** One process that runs everything on one database: commands, timers, effects, cadences. */
export interface EmbeddedHost extends Runtime {
  /** Number of the newest migration in the database. */
  readonly schema: number;
  readonly worker: Worker;
  /** Goes on with what an earlier process left, then works by itself. */
  start(): Promise<void>;
  /** Takes no more, finishes what is under way, and lets go of the database. */
  stop(): Promise<void>;
  /** Moves the manual clock, due instant by due instant. Throws a RangeError where the clock is the system's. */
  moveClock(to: number): Promise<{ now: number; fired: number }>;
}

/** What a test may put in place of the real thing. */
export interface HostOptions {
  clock?: Clock;
  log?: Logger;
  /** Rows of a batch, roughly: 1 takes group commit away. */
  batchRows?: number;
  /** Without it the batches are written by this thread: what a test wants that opens hundreds of hosts. */
  writerThread?: boolean;
}

/**
 * Opens the database (which no other server may hold), brings its schema up to date, and wires the runtime. Nothing runs by
 * itself until `start`. Throws DatabaseInUseError, MigrationError, or what keeps the file from being opened.
 */
export async function openHost(config: Config, options: HostOptions = {}): Promise<EmbeddedHost> {
  const log = options.log ?? createLog(config.log);
  const isFile = config.db.startsWith("file:");
  const lock = isFile ? await lockFile(config.db) : undefined;
  let db: Database;
  try {
    db = await openDatabase(config.db, {
      ...(config.dbToken === undefined ? {} : { token: config.dbToken }),
      writerThread: options.writerThread ?? true,
    });
  } catch (cause) {
    await lock?.release();
    throw cause;
  }
  try {
    const { version } = await migrate(db, wallNow());
    const stopping = new AbortController();
    if (lock) return await wire(config, options, log, db, lock, version, stopping);
    const lease = await leaseDatabase(db, randomUUID(), wallNow, () => {
      log.fatal("another server has taken the database; this one stops writing");
      stopping.abort();
    });
    return await wire(config, options, log, lease.db, lease, version, stopping);
  } catch (cause) {
    await db.close();
    await lock?.release();
    throw cause;
  }
}

async function wire(
  config: Config,
  options: HostOptions,
  log: Logger,
  db: Database,
  lock: Lock,
  schema: number,
  stopping: AbortController,
): Promise<EmbeddedHost> {
  await recoverImports(db);
  const clock = options.clock ?? (await clockOf(config, db));
  const events = new Events((cause) => log.error({ err: cause }, "a listener failed"));
  const metrics = new Metrics();
  const committer = new Committer(
    db,
    events,
    (works) => {
      metrics.batch(works.length);
      // What is due later than the worker's longest sleep it finds by itself.
      const soon = clock.now() + LONGEST_SLEEP_MS;
      if (works.some((work) => work.outbox.length > 0 || work.hasTimerBy(soon))) worker.wake();
    },
    config.smtpUrl !== undefined,
    options.batchRows,
  );
  const catalogue = new LiveCatalogue(db);
  const parameters = new ParameterDesk(db, catalogue);
  const organisation = new OrganisationDesk(db, catalogue, events);
  const facts = new StoredFacts(db, catalogue, organisation);
  const background = new Set<Promise<void>>();
  let stopped = false;
  const host: EmbeddedHost = {
    config,
    db,
    clock,
    log,
    metrics,
    events,
    committer,
    desk: new CaseDesk(db, committer),
    catalogue,
    parameters,
    organisation,
    facts,
    worlds: new Worlds(catalogue, organisation, parameters, facts),
    keys: new Keys(db),
    audit: new Audit(db),
    stopping: stopping.signal,
    schema,
    track: (work) => {
      background.add(work);
      work.finally(() => background.delete(work)).catch(() => undefined);
    },
    idle: async () => {
      while (background.size > 0) await Promise.allSettled(background);
    },
    effectsBusy: () => worker.outbox.busy,
    get worker() {
      return worker;
    },
    start: async () => {
      await catalogue.refresh();
      await parameters.refresh();
      for (const reason of await catalogue.warm()) log.error({ reason }, "the cases of a definition stand still");
      await goOn(host);
      worker.start();
    },
    stop: async () => {
      if (stopped) return;
      stopped = true;
      stopping.abort();
      const drained = Promise.all([worker.stopped(), host.idle(), committer.drained()]);
      await Promise.race([drained, new Promise((resolve) => setTimeout(resolve, DRAIN_MS).unref())]);
      await lock.release(() => db.close());
    },
    moveClock: async (to) => {
      if (!isManual(clock))
        throw new RangeError("The clock is the system's; start the server with RONDO_CLOCK=manual.");
      return moveClock(db, clock, worker, to);
    },
  };
  const worker = new Worker(host);
  events.listen(({ topic }) => {
    if (topic === "effects" || topic === "definition") worker.wake();
  });
  return host;
}

async function clockOf(config: Config, db: Database): Promise<Clock> {
  if (config.clock === "system") return systemClock;
  return manualClock((await storedManualTime(db)) ?? config.clockStart ?? MANUAL_START);
}

/** Goes on with the long work that a stop interrupted. */
async function goOn(runtime: Runtime): Promise<void> {
  for (const job of await unfinishedJobs(runtime.db)) {
    if (job.kind === "launch") resumable(runtime, job.id, (row) => runLaunch(runtime, row));
    else if (job.kind === "move") resumable(runtime, job.id, (row) => runMoves(runtime, row));
    else if (job.kind === "payout") resumable(runtime, job.id, (row) => runPayouts(runtime, row));
    else if (job.kind === "import") await endInterruptedImport(runtime, job);
    else {
      const why =
        job.kind === "fix" ? "What was put right by then stays; do it again for the rest." : "Begin it again.";
      await finishJob(runtime, job.id, "failed", `The server was stopped while this was under way. ${why}`, null);
    }
  }
}
