import { Worker } from "node:worker_threads";
import type { CheckpointData, ToCheckpoints } from "./checkpoint-thread.ts";
import { endThread } from "./end-thread.ts";

/** How long after a checkpoint the next one may begin, in milliseconds. */
const PAUSE_MS = 500;

/** Pages of the log at which the writer itself does what the thread has left of it: far past what comes in one pause. */
export const MOST_LOG_PAGES = 16_000;

/**
 * Brings what is in the write-ahead log into the file, in a thread with a connection of its own: a writer that does it itself
 * keeps everybody waiting for as long. `written` says that there is something; how often it is said does not matter.
 */
export function checkpoints(path: string): { written(): void; end(): Promise<void> } {
  const thread = new Worker(new URL("./checkpoint-thread.ts", import.meta.url), {
    workerData: { path } satisfies CheckpointData,
  });
  thread.unref();
  let state: "resting" | "waiting" | "running" | "ended" = "resting";
  let again = false;
  let timer: NodeJS.Timeout | undefined;

  const soon = () => {
    state = "waiting";
    again = false;
    timer = setTimeout(() => {
      state = "running";
      thread.postMessage("checkpoint" satisfies ToCheckpoints);
    }, PAUSE_MS);
    timer.unref();
  };
  thread.on("message", () => {
    if (state !== "running") return;
    state = "resting";
    if (again) soon();
  });
  // Without the thread the writer does it all at its own bound: slower for a moment, and nothing is lost.
  const ended = () => {
    state = "ended";
    clearTimeout(timer);
  };
  thread.on("error", ended);
  thread.on("exit", ended);
  return {
    written: () => {
      if (state === "resting") soon();
      else again = true;
    },
    end: async () => {
      if (state === "ended") return;
      ended();
      await endThread(thread, "end" satisfies ToCheckpoints);
    },
  };
}
