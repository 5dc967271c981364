import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { wallNow } from "../clock.ts";
import { openDatabase } from "../db/open.ts";
import { type BackupNote, backUp } from "./backup.ts";
import { exportAll } from "./export.ts";
import type { Manifest } from "./manifest.ts";
import type { VerifyReport } from "./report.ts";
import { UpkeepError } from "./upkeep-error.ts";
import { verify } from "./verify.ts";

/** What a thread of its own does, so that the server answers meanwhile. */
export type UpkeepTask =
  | { kind: "verify"; url: string; token: string | undefined }
  | { kind: "backup"; url: string; to: string }
  | { kind: "export"; url: string; to: string };
export interface UpkeepResults {
  verify: VerifyReport;
  backup: BackupNote;
  export: Manifest;
}

type Said =
  | { progress: [done: number, total: number] }
  | { done: UpkeepResults[keyof UpkeepResults] }
  | { failed: string; known: boolean };

/**
 * Does a task on a thread of its own, with its own connection. Rejects with UpkeepError for what it refuses.
 *
 * @param stopping ends the thread at once where the server goes down: what it was making has another name until it is whole
 */
export function onThread<Kind extends UpkeepTask["kind"]>(
  task: Extract<UpkeepTask, { kind: Kind }>,
  onProgress: (done: number, total: number) => void,
  stopping: AbortSignal,
): Promise<UpkeepResults[Kind]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: task });
    const end = () => void worker.terminate();
    stopping.addEventListener("abort", end, { once: true });
    worker.on("message", (said: Said) => {
      if ("progress" in said) onProgress(...said.progress);
      else if ("done" in said) resolve(said.done as UpkeepResults[Kind]);
      else reject(said.known ? new UpkeepError(said.failed) : new Error(said.failed));
    });
    worker.on("error", reject);
    worker.on("exit", (code) => {
      stopping.removeEventListener("abort", end);
      reject(new Error(`the thread ended with ${code} and said nothing`));
    });
  });
}

async function run(task: UpkeepTask): Promise<UpkeepResults[keyof UpkeepResults]> {
  let last = 0;
  const options = {
    now: wallNow,
    onProgress: (done: number, total: number) => {
      if (performance.now() - last < 200) return;
      last = performance.now();
      parentPort?.postMessage({ progress: [done, total] } satisfies Said);
    },
  };
  if (task.kind === "backup") return backUp(task.url, task.to, options);
  if (task.kind === "export") return exportAll(task.url, task.to, { ...options, withAccounts: false });
  const db = await openDatabase(task.url, { readOnly: true, ...(task.token ? { token: task.token } : {}) });
  try {
    return await verify(db, options);
  } finally {
    await db.close();
  }
}

if (!isMainThread && parentPort && (workerData as UpkeepTask | null)?.kind) {
  run(workerData as UpkeepTask).then(
    (done) => parentPort!.postMessage({ done } satisfies Said),
    (cause: unknown) =>
      parentPort!.postMessage({
        failed: cause instanceof Error ? cause.message : String(cause),
        known: cause instanceof UpkeepError,
      } satisfies Said),
  );
}
