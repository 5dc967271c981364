import { nextTurn } from "../commands/commit.ts";
import { Conflict, Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { type EffectHandler, GiveUp, TryAgain } from "../effects/effect.ts";
import { EFFECTS } from "../effects/registry.ts";
import { faultPoint } from "../fault-points.ts";
import {
  dueEffects,
  effectDead,
  effectLater,
  effectsSending,
  type OutboxItem,
  unknownEffects,
} from "../store/outbox.ts";
import { span } from "../tracing.ts";

/** Tries before an effect is given up; a call says its own number. */
const MOST_TRIES = 12;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 3_600_000;

/** A group of kinds with its own queue, so that a mail server that hangs does not hold up children of cases. */
interface Lane {
  kinds: readonly string[];
  outside: boolean;
  /** Effects under way at once. */
  width: number;
  /** Read and not yet begun. */
  queue: OutboxItem[];
  busy: Set<string>;
}

const HANDLERS = new Map(EFFECTS.map((handler) => [handler.kind, handler]));

/** Takes effects from the outbox and carries them out, each lane by itself. */
export class OutboxWorker {
  readonly #runtime: Runtime;
  readonly #onRoom: () => void;
  readonly #lanes: Lane[];
  readonly #running = new Set<Promise<void>>();
  #swept = false;

  /** @param onRoom told when a lane that was full, or has more at hand, has room again */
  constructor(runtime: Runtime, onRoom: () => void) {
    this.#runtime = runtime;
    this.#onRoom = onRoom;
    const lane = (kinds: string[], outside: boolean, width: number): Lane => ({
      kinds,
      outside,
      width,
      queue: [],
      busy: new Set(),
    });
    this.#lanes = [
      lane(
        EFFECTS.filter(({ outside }) => !outside).map(({ kind }) => kind),
        false,
        64,
      ),
      ...EFFECTS.filter(({ outside }) => outside).map(({ kind }) => lane([kind], true, 16)),
    ];
  }

  /** Effects under way. */
  get busy(): number {
    return this.#running.size;
  }

  /**
   * Takes what is due, as long as there is something to take and room for it. With `settled`, resolves only when everything
   * due is done, dead or put off; else as soon as each lane is full.
   */
  async work(settled = false): Promise<number> {
    let taken = 0;
    if (!this.#swept) {
      // What another version asked for and this one does not know: no lane would ever take it.
      const { db, clock } = this.#runtime;
      await db.write([unknownEffects([...HANDLERS.keys()], clock.now())]);
      this.#swept = true;
    }
    for (;;) {
      let found = 0;
      for (const lane of this.#lanes) found += await this.#take(lane);
      taken += found;
      if (this.#runtime.stopping.aborted) return taken;
      if (found === 0) {
        if (!settled || this.#running.size === 0) return taken;
        await Promise.race(this.#running);
      }
      await nextTurn();
    }
  }

  /** Resolves when nothing is under way. */
  async drained(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  /** Starts effects of a lane up to its width; reads the next ones when none is at hand. */
  async #take(lane: Lane): Promise<number> {
    if (this.#runtime.stopping.aborted || lane.busy.size >= lane.width) return 0;
    if (lane.queue.length === 0) await this.#fetch(lane);
    const items = lane.queue.splice(0, lane.width - lane.busy.size);
    for (const item of items) {
      lane.busy.add(item.id);
      const running = this.#carryOut(item).finally(() => {
        const wasFull = lane.busy.size >= lane.width;
        lane.busy.delete(item.id);
        this.#running.delete(running);
        if (wasFull || lane.queue.length > 0) this.#onRoom();
      });
      this.#running.add(running);
    }
    return items.length;
  }

  async #fetch(lane: Lane): Promise<void> {
    const { db, clock } = this.#runtime;
    lane.queue = await dueEffects(db, clock.now(), lane.kinds, [...lane.busy], lane.width * 4);
    if (lane.outside && lane.queue.length > 0) await db.write([effectsSending(lane.queue.map(({ id }) => id))]);
  }

  async #carryOut(item: OutboxItem): Promise<void> {
    const handler = HANDLERS.get(item.kind);
    try {
      faultPoint("before-effect");
      if (!handler) throw new GiveUp(`This server does not know effects of the kind "${item.kind}".`);
      const about = { "effect.id": item.id, "case.id": item.caseId ?? "", "effect.try": item.tries + 1 };
      await span(`effect ${item.kind}`, about, () => handler.run(this.#runtime, item), item.trace);
      this.#runtime.metrics.effect(item.kind, "done");
    } catch (cause) {
      await this.#end(item, handler, cause).catch((failure) => {
        // The disk or the lock: the effect stays as it was and is taken again.
        this.#runtime.log.error({ effect: item.id, err: failure }, "an effect's end could not be written down");
      });
    }
  }

  async #end(item: OutboxItem, handler: EffectHandler | undefined, cause: unknown): Promise<void> {
    const { clock, db, events, log, metrics } = this.#runtime;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const tries = item.tries + 1;
    const expected =
      cause instanceof TryAgain || cause instanceof GiveUp || cause instanceof Refused || cause instanceof Conflict;
    if (!expected) log.error({ effect: item.id, kind: item.kind, err: cause }, "an effect failed unexpectedly");
    if (cause instanceof GiveUp || (tries >= MOST_TRIES && handler?.kind !== "call" && handler?.kind !== "imported")) {
      await db.write([effectDead(item.id, clock.now(), reason)]);
      metrics.effect(item.kind, "dead");
      log.warn({ effect: item.id, kind: item.kind, caseId: item.caseId, tries }, "an effect was given up");
    } else {
      const wait = (cause instanceof TryAgain ? cause.afterMs : undefined) ?? backOff(item.id, tries);
      await db.write([effectLater(item.id, clock.now() + wait, reason)]);
      metrics.effect(item.kind, "later");
    }
    events.emit({ topic: "effects", id: item.id, revision: tries });
  }
}

/**
 * How long to wait before the next try: doubling from a second to an hour, spread by up to a quarter so that what failed
 * together does not come back together. The spread comes from the id: the same effect always waits the same.
 */
export function backOff(id: string, tries: number): number {
  const base = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
  let spread = 0;
  for (const letter of `${id}/${tries}`) spread = (spread * 31 + letter.charCodeAt(0)) % 1000;
  return Math.round(base * (1 + spread / 4000));
}
