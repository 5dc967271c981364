/**
 * Named places where a test may kill the process: `RONDO_FAULT=before-commit:3` sends SIGKILL to ourselves the third time
 * that point is passed. Without the variable a point is one comparison.
 */
export const FAULT_POINTS = [
  /** A batch is complete in memory and nothing of it is on disk. */
  "before-commit",
  /** The batch is on disk and nobody has been told. */
  "after-commit",
  /** An effect has been taken and nothing of it has been done. */
  "before-effect",
  /** An effect has been done outside and that is not yet written down. */
  "after-effect",
  /** Timers have been read as due and none has fired. */
  "before-timers",
  /** A slice of a launch has been prepared and not committed. */
  "before-launch-slice",
  /** A slice of a launch has been committed. */
  "after-launch-slice",
  /** A version is about to be published. */
  "before-publish",
] as const;
export type FaultPoint = (typeof FAULT_POINTS)[number];

const [armed, nth] = (process.env.RONDO_FAULT ?? "").split(":");
let left = Number(nth ?? 1);

/** Passes a named point: dies there when the test asked for it. */
export function faultPoint(name: FaultPoint): void {
  if (armed !== name) return;
  left -= 1;
  if (left <= 0) process.kill(process.pid, "SIGKILL");
}
