import type { Runtime } from "../commands/runtime.ts";
import type { Along } from "../commands/work.ts";

/** An effect as it is taken from the outbox. */
export interface EffectRow {
  id: string;
  caseId: string | null;
  kind: string;
  payload: unknown;
  /** Tries made before this one. */
  tries: number;
  createdAt: number;
}

/** Whom an effect that leaves goes to. Told how each try went, it is left alone for a while where it keeps failing. */
export interface Receiver {
  /** It answered, whatever it said. */
  answered(): Promise<void>;
  /** It did not answer, or answered that it cannot; `afterMs` where it said when to come back. */
  failed(reason: string, afterMs?: number): Promise<void>;
}

/**
 * One kind of effect. `run` resolves when the effect is done and written down as done, in one batch with what it wrote. It
 * throws `TryAgain` where a later try may succeed and `GiveUp` where none will; anything else counts as a mistake of ours
 * and is tried again.
 */
export interface EffectHandler {
  kind: string;
  /** Whether it leaves the process: such an effect may reach its receiver twice, always with the same id. */
  outside: boolean;
  run(runtime: Runtime, row: EffectRow, receiver: Receiver): Promise<void>;
}

/** It may work later: a server that does not answer, a lock. */
export class TryAgain extends Error {
  /** When the other side said so, the least time to wait. */
  readonly afterMs: number | undefined;
  constructor(message: string, afterMs?: number) {
    super(message);
    this.name = "TryAgain";
    this.afterMs = afterMs;
  }
}

/** It will never work: somebody has to look at it. The message says why. */
export class GiveUp extends Error {
  constructor(message: string) {
    super(message);
    this.name = "GiveUp";
  }
}

/** Writes an effect down as done, together with what it wrote. */
export function settle(runtime: Runtime, row: EffectRow, along: Along = {}): Promise<void> {
  const done = { ids: [row.id], at: runtime.clock.now() };
  return runtime.committer.submit(null, { ...along, done }, true).committed;
}
