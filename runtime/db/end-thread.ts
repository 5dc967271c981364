import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Worker } from "node:worker_threads";

/** How long a thread may take to let go of its file. */
const LONGEST_MS = 5_000;

/**
 * Ends a thread in order: told to, it closes its connection and its port. By force only where it does not, which a disk that
 * stands still can cause: a thread that is cut off in the middle of the driver's native code may take the process with it.
 */
export async function endThread(thread: Worker, told: unknown): Promise<void> {
  const ended = once(thread, "exit");
  thread.postMessage(told);
  const late = Symbol("late");
  if ((await Promise.race([ended, sleep(LONGEST_MS, late, { ref: false })])) === late) void thread.terminate();
}
