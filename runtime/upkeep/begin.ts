import { existsSync } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { JobView } from "#engine/contract/views/definitions.ts";
import { wallNow } from "../clock.ts";
import { createJob, finishJob, inBackground, reportJob, viewOf } from "../commands/jobs.ts";
import { Refused } from "../commands/refused.ts";
import type { Principal, Runtime } from "../commands/runtime.ts";
import { databasePath } from "../config.ts";
import { type UpkeepKind, type UpkeepRow, upkeepStatements } from "../store/upkeep.ts";
import { backupName } from "./backup.ts";
import { verifiedWords } from "./report.ts";
import { onThread } from "./thread.ts";
import { UpkeepError } from "./upkeep-error.ts";

const TITLES: Record<UpkeepKind, string> = {
  verify: "Verification of everything",
  backup: "Backup",
  export: "Export of everything",
};
/** How long an export waits to be downloaded. */
const EXPORT_LIFE_MS = 86_400_000;

/** Where the exports of a server lie until they are downloaded: a folder a job, beside the database. */
export const exportFolder = (url: string, job: string): string => join(dirname(databasePath(url)), "exports", job);

/**
 * Verifies, backs up or exports everything on a thread of its own; answers the job. One of each kind at a time: whoever asks
 * meanwhile gets the one under way. What came of it is noted for the system page.
 */
export async function beginUpkeep(
  runtime: Runtime,
  principal: Principal,
  kind: UpkeepKind,
  key?: string,
): Promise<JobView> {
  const { db } = runtime.config;
  if (kind !== "verify" && !db.startsWith("file:")) {
    throw new Refused("not-possible", "A libSQL server is backed up and copied by its own means.");
  }
  const { job, isNew } = await createJob(runtime, {
    kind,
    title: TITLES[kind],
    total: 1,
    input: {},
    by: principal.personId,
    ...(key === undefined ? {} : { once: `${kind} ${principal.account ?? principal.personId} ${key}` }),
  });
  if (!isNew) return viewOf(job);
  await runtime.audit.write({
    at: runtime.clock.now(),
    by: principal.personId,
    what: `upkeep.${kind}`,
    words: { verify: "began a verification", backup: "began a backup", export: "began an export of everything" }[kind],
    details: { job: job.id },
  });
  inBackground(runtime, job.id, async () => {
    try {
      const noted = await carryOut(runtime, kind, job.id);
      await runtime.db.write(upkeepStatements(noted));
      await finishJob(runtime, job.id, noted.ok ? "done" : "failed", noted.words, noted.details);
    } catch (cause) {
      if (!(cause instanceof UpkeepError)) throw cause;
      const { message } = cause;
      await runtime.db.write(upkeepStatements({ kind, at: wallNow(), ok: false, words: message, details: {} }));
      await finishJob(runtime, job.id, "failed", message, null);
    }
  });
  return viewOf(job);
}

async function carryOut(runtime: Runtime, kind: UpkeepKind, job: string): Promise<UpkeepRow> {
  const { db: url, dbToken: token } = runtime.config;
  const onProgress = (done: number, total: number) => {
    if (!runtime.stopping.aborted)
      void reportJob(runtime, job, done, Math.max(1, total), "Looking at everything").catch(() => undefined);
  };
  if (kind === "verify") {
    const report = await onThread<"verify">({ kind, url, token }, onProgress, runtime.stopping);
    return {
      kind,
      at: report.at,
      ok: report.ok,
      words: verifiedWords(report),
      details: { report: { ...report } as never },
    };
  }
  if (kind === "backup") {
    const to = backupName(url, wallNow());
    const { madeAt, bytes, sha256, report } = await onThread<"backup">({ kind, url, to }, onProgress, runtime.stopping);
    const words = `${(bytes / 1e6).toFixed(1)} MB; ${verifiedWords(report)}`;
    return { kind, at: madeAt, ok: true, words, details: { path: to, bytes, sha256 } };
  }
  await forgetOldExports(url);
  const made = await onThread<"export">({ kind, url, to: exportFolder(url, job) }, onProgress, runtime.stopping);
  const words = `${made.tables.length} tables with ${made.rows.toLocaleString("en")} rows`;
  return { kind, at: made.madeAt, ok: true, words, details: { job, hash: made.hash } };
}

async function forgetOldExports(url: string): Promise<void> {
  const folder = dirname(exportFolder(url, "any"));
  if (!existsSync(folder)) return;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if ((await stat(path)).mtimeMs < wallNow() - EXPORT_LIFE_MS) await rm(path, { recursive: true, force: true });
  }
}
