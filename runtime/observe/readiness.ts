import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { databasePath } from "../config.ts";
import type { Database } from "../db/client.ts";
import { readBacklog } from "../store/health-read.ts";
import { probeStatements } from "../store/upkeep.ts";

/** Why a server should get no traffic now. */
export interface Cause {
  code: "stopping" | "storage" | "disk-full" | "recovering" | "lag";
  words: string;
}

/** What is asked of a server. */
export interface Readiness {
  db: Database;
  now: number;
  stopping: boolean;
  /** Why the last write failed, where it did. */
  storage: { code: string; message: string } | null;
  eventLoopMs: number;
}

/** Below this much room a write may fail at any moment: a batch, its log, and a checkpoint must fit. */
const LEAST_ROOM = 32 * 1024 * 1024;
const TIMERS_LATE_MS = 60_000;
const LOOP_LATE_MS = 1_000;

/** Everything that keeps a server from being ready; nothing where it is. */
export async function notReady({ db, now, stopping, storage, eventLoopMs }: Readiness): Promise<Cause[]> {
  const causes: Cause[] = [];
  if (stopping) causes.push({ code: "stopping", words: "The server is going down." });
  const failure = await storageCause(db, storage);
  if (failure) causes.push(failure);
  const room = await roomOf(db.url);
  if (room !== null && room < LEAST_ROOM) {
    causes.push({
      code: "disk-full",
      words: `The disk of the database has ${Math.floor(room / 1_000_000)} MB left. Make room.`,
    });
  }
  const { oldestDueAt, demo } = await readBacklog(db, now);
  if (demo)
    causes.push({ code: "recovering", words: `The organisation is being loaded: ${demo.done} of ${demo.total}.` });
  const late = oldestDueAt === null ? 0 : now - oldestDueAt;
  if (late > TIMERS_LATE_MS) {
    causes.push({
      code: "lag",
      words: `Timers are ${Math.round(late / 1000)} seconds late; the server is catching up.`,
    });
  }
  if (eventLoopMs > LOOP_LATE_MS) {
    causes.push({ code: "lag", words: `The server answers ${Math.round(eventLoopMs)} ms late: it is busy.` });
  }
  return causes;
}

/**
 * Whether the disk takes writes. After a write that found it full, a probe says whether there is room again: nobody else may
 * write while this server gets no traffic.
 */
async function storageCause(db: Database, storage: Readiness["storage"]): Promise<Cause | undefined> {
  if (!storage) return undefined;
  if (storage.code !== "storage-full") return { code: "storage", words: storage.message };
  try {
    await db.write(probeStatements());
    return undefined;
  } catch (cause) {
    return {
      code: "disk-full",
      words: `The disk takes nothing more (${cause instanceof Error ? cause.message : String(cause)}). Make room.`,
    };
  }
}

/** Bytes left on the disk of a database file; null for a database server, or where the system does not say. */
async function roomOf(url: string): Promise<number | null> {
  if (!url.startsWith("file:")) return null;
  try {
    const { bavail, bsize } = await statfs(dirname(databasePath(url)) || ".");
    return bavail * bsize;
  } catch {
    return null;
  }
}
