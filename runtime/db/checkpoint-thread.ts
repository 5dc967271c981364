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

port.on("message", (asked: ToCheckpoints) => {
  if (asked === "end") {
    // After a stop in order the file alone is the whole database: who copies it then copies everything.
    checkpoint("TRUNCATE");
    connection.close();
    return port.close();
  }
  // PASSIVE waits for nobody and stops nobody: what it cannot take yet, the next one takes.
  checkpoint("PASSIVE");
  port.postMessage("done");
});

function checkpoint(how: "PASSIVE" | "TRUNCATE"): void {
  try {
    connection.all(`PRAGMA wal_checkpoint(${how})`);
  } catch {
    // A full or failing disk shows at the next write, which is where somebody is told.
  }
}
