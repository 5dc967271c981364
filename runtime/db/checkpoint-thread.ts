import { parentPort, workerData } from "node:worker_threads";
import { Connection } from "./connection.ts";

/** How the thread is opened. */
export interface CheckpointData {
  path: string;
}

export type ToCheckpoints = "checkpoint" | "end";

const { path } = workerData as CheckpointData;
const connection = new Connection(path, { readOnly: false, waitMs: 0 });
const port = parentPort!;

// PASSIVE waits for nobody and stops nobody: what it cannot take yet, the next one takes.
port.on("message", (asked: ToCheckpoints) => {
  if (asked === "end") {
    connection.close();
    return port.close();
  }
  try {
    connection.all("PRAGMA wal_checkpoint(PASSIVE)");
  } catch {
    // A full or failing disk shows at the next write, which is where somebody is told.
  }
  port.postMessage("done");
});
