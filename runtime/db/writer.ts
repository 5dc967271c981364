import { Worker } from "node:worker_threads";
import { checkpoints, MOST_LOG_PAGES } from "./checkpoints.ts";
import {
  type Database,
  DatabaseBusyError,
  DatabaseError,
  type OpenOptions,
  type Statement,
  type Written,
} from "./client.ts";
import { endThread } from "./end-thread.ts";
import { fileDatabase } from "./file-database.ts";
import type { FromWriter, ToWriter, WriterData } from "./writer-thread.ts";

/**
 * A database file whose batches are written by a thread, while this one goes on: waiting for the disk and keeping the indexes
 * is half of what a command costs, and a disk that stalls stalls nobody who only reads. Reads are of this thread, by a
 * connection that cannot write. Resolves when both are open; throws as `fileDatabase` does.
 */
export async function withWriterThread(name: string, path: string, options: OpenOptions): Promise<Database> {
  const workerData: WriterData = { name, path, options, logPages: MOST_LOG_PAGES };
  const thread = new Worker(new URL("./writer-thread.ts", import.meta.url), { workerData });
  const waiting = new Map<number, PromiseWithResolvers<Written[]>>();
  let gone: Error | null = null;
  let log: ReturnType<typeof checkpoints> | undefined;
  let asked = 0;

  const ask = (statements: readonly Statement[]): Promise<Written[]> => {
    if (gone) return Promise.reject(gone);
    const answer = Promise.withResolvers<Written[]>();
    waiting.set(++asked, answer);
    thread.postMessage({ id: asked, statements } satisfies ToWriter);
    return answer.promise;
  };
  thread.on("message", (said: FromWriter) => {
    const answer = waiting.get(said.id);
    waiting.delete(said.id);
    if ("written" in said) {
      answer?.resolve(said.written);
      log?.written();
    } else answer?.reject(errorOf(said.failure));
  });
  // Without its writer a server must not go on as if it could write: this reads as a failed disk.
  const end = (cause: unknown) => {
    gone ??= new DatabaseError("SQLITE_IOERR", `the writing thread has ended: ${String(cause)}`, cause);
    for (const answer of waiting.values()) answer.reject(gone);
    waiting.clear();
  };
  thread.on("error", end);
  thread.on("exit", (code) => end(`exit ${code}`));

  // The first batch answers when the thread has opened the file and made it what it has to be.
  await ask([{ sql: "SELECT 1" }]);
  log = checkpoints(path);
  const reader = fileDatabase(name, path, { ...options, readOnly: true });
  return {
    url: name,
    read: reader.read,
    readMany: reader.readMany,
    write: async (statements: readonly Statement[]) => (statements.length === 0 ? [] : ask(statements)),
    close: async () => {
      await log?.end();
      if (!gone) await endThread(thread, null satisfies ToWriter);
      await reader.close();
    },
  };
}

function errorOf(failure: Extract<FromWriter, { failure: unknown }>["failure"]): unknown {
  if ("waitedMs" in failure) return new DatabaseBusyError(failure.waitedMs);
  if ("code" in failure) return new DatabaseError(failure.code, failure.message);
  return failure.other;
}
