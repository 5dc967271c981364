import type { Clock } from "../clock.ts";
import type { Database } from "../db/client.ts";
import { readReceivers, receiverTroubled, receiverWell, type TroubledReceiver } from "../store/receivers.ts";

/** Failures in a row after which a receiver is left alone. */
const TOLERATED = 5;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 300_000;

/**
 * How the servers do that effects go to (a circuit breaker for each). One that has failed five times in a row, or has said when
 * to come back, is left alone: nothing is sent, nothing counts as a try. Then one effect at a time finds out whether it
 * answers; where it does, all goes on, where not, the next pause is twice as long, up to five minutes. Kept in the database: a
 * restart does not run into a dead server anew.
 */
export class Receivers {
  readonly #db: Database;
  readonly #clock: Clock;
  #known: Promise<Map<string, TroubledReceiver>> | null = null;

  constructor(db: Database, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /** How many effects may be on their way to a receiver at once, of at most `width`: none, one that finds out, or all. */
  async room(lane: string, width: number): Promise<number> {
    const trouble = (await this.#load()).get(lane);
    if (!trouble || trouble.pauses === 0) return width;
    return (trouble.pausedUntil ?? 0) > this.#clock.now() ? 0 : 1;
  }

  /** It did not answer, or answered that it cannot. `afterMs`: when it asked to be left alone for so long. Answers how it stands. */
  async failed(lane: string, reason: string, afterMs?: number): Promise<TroubledReceiver> {
    const known = await this.#load();
    const next = afterFailure(known.get(lane), lane, this.#clock.now(), reason, afterMs);
    known.set(lane, next);
    await this.#db.write([receiverTroubled(next)]);
    return next;
  }

  /** It answered, whatever it said. */
  async answered(lane: string): Promise<void> {
    if ((await this.#load()).delete(lane)) await this.#db.write([receiverWell(lane)]);
  }

  #load(): Promise<Map<string, TroubledReceiver>> {
    this.#known ??= readReceivers(this.#db).then(
      (rows) => new Map(rows.map((row) => [row.lane, row])),
      (cause) => {
        this.#known = null;
        throw cause;
      },
    );
    return this.#known;
  }
}

/** How a receiver stands after one more failure. What was on its way when a pause began does not make it longer. */
export function afterFailure(
  known: TroubledReceiver | undefined,
  lane: string,
  now: number,
  reason: string,
  afterMs?: number,
): TroubledReceiver {
  const { failures, pauses, pausedUntil, since } = known ?? { failures: 0, pauses: 0, pausedUntil: null, since: now };
  const next: TroubledReceiver = { lane, failures: failures + 1, pauses, pausedUntil, reason, since };
  if (pausedUntil !== null && pausedUntil > now) {
    next.pausedUntil = Math.max(pausedUntil, now + (afterMs ?? 0));
  } else if (afterMs !== undefined || next.failures >= TOLERATED) {
    next.pauses = pauses + 1;
    next.pausedUntil = now + (afterMs ?? Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** pauses));
  }
  return next;
}
