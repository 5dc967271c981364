import type { SystemView } from "#engine/contract/routes/operations.ts";
import { wallNow } from "../clock.ts";
import type { Runtime } from "../commands/runtime.ts";
import type { Cause } from "../observe/readiness.ts";
import { readFigures } from "../store/figures-read.ts";
import { readBacklog } from "../store/health-read.ts";
import { countOrphans } from "../store/orphans.ts";
import { readReceivers, receiverName } from "../store/receivers.ts";
import { lastUpkeep } from "../store/upkeep.ts";

/** How the server does, in figures. Orphans are counted here where housekeeping has not come to it yet. */
export async function systemView(
  runtime: Runtime,
  measured: { version: string; causes: readonly Cause[]; eventLoopMs: number },
): Promise<SystemView> {
  const { db, config, committer, metrics } = runtime;
  const now = runtime.clock.now();
  const figures = await readFigures(db, now);
  const { schema } = await readBacklog(db, now);
  const last = await lastUpkeep(db);
  metrics.orphans ??= await countOrphans(db);
  return {
    version: measured.version,
    schema,
    database: config.db.startsWith("file:") ? "a file on this machine" : "a libSQL server",
    now,
    wallNow: wallNow(),
    uptimeSeconds: Math.round(process.uptime()),
    causes: measured.causes.map(({ code, words }) => ({ code, words })),
    troubles: {
      deadLetters: figures.outbox.dead ?? 0,
      blocked: figures.cases.blocked ?? 0,
      incidents: figures.incidents,
    },
    orphans: metrics.orphans,
    openCases: figures.cases.open ?? 0,
    timers: { armed: figures.timers, overdue: figures.timersOverdue, lagMs: figures.timerLagMs },
    outbox: { waiting: figures.outbox.waiting ?? 0, sending: figures.outbox.sending ?? 0, lagMs: figures.outboxLagMs },
    receivers: (await readReceivers(db)).map(({ lane, failures, reason, since, pausedUntil }) => ({
      name: receiverName(lane),
      failures,
      reason,
      since,
      pausedUntil: pausedUntil !== null && pausedUntil > now ? pausedUntil : null,
    })),
    memoryMb: Math.round(process.memoryUsage().rss / 1e6),
    eventLoopMs: measured.eventLoopMs,
    batches: { count: committer.figures.batches, works: committer.figures.works },
    backup: last.get("backup") ?? null,
    verify: last.get("verify") ?? null,
    export: last.get("export") ?? null,
    canCopy: config.db.startsWith("file:"),
  };
}
