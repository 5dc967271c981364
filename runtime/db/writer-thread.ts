import { parentPort, workerData } from "node:worker_threads";
import { DatabaseBusyError, DatabaseError, type OpenOptions, type Statement, type Written } from "./client.ts";
import { fileDatabase } from "./file-database.ts";

/** How the thread is opened. */
export interface WriterData {
  name: string;
  path: string;
  options: OpenOptions;
  /** Pages of the write-ahead log at which a commit also brings them into the file. */
  logPages: number;
}

/** What is asked of the thread: a batch, or null: let go of the file and end. */
export type ToWriter = { id: number; statements: readonly Statement[] } | null;

export type FromWriter =
  | { id: number; written: Written[] }
  | { id: number; failure: { code: string; message: string } | { waitedMs: number } | { other: unknown } };

const { name, path, options, logPages } = workerData as WriterData;
const db = fileDatabase(name, path, { ...options, logPages });
const port = parentPort!;

port.on("message", (asked: ToWriter) => {
  // Without its port the thread has nothing left to do and ends by itself.
  if (asked === null) return void db.close().then(() => port.close());
  const { id, statements } = asked;
  db.write(statements).then(
    (written) => port.postMessage({ id, written } satisfies FromWriter),
    (cause) => port.postMessage({ id, failure: told(cause) } satisfies FromWriter),
  );
});

/** An error as a message can carry it: what a message clones of an Error is not of its class. */
function told(cause: unknown): Extract<FromWriter, { failure: unknown }>["failure"] {
  if (cause instanceof DatabaseBusyError) return { waitedMs: cause.waitedMs };
  if (cause instanceof DatabaseError) {
    return { code: cause.code, message: cause.message.slice(`${cause.code}: `.length) };
  }
  return { other: cause };
}
