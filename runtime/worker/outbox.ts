import { setImmediate as nextTurn } from "node:timers/promises";
import { Conflict, Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { type EffectHandler, GiveUp, type Receiver, TryAgain } from "../effects/effect.ts";
import { EFFECTS } from "../effects/registry.ts";
import { faultPoint } from "../fault-points.ts";
import {
  dueEffects,
  dueLanes,
  effectDead,
  effectLater,
  effectsSending,
  type OutboxItem,
  unknownEffects,
} from "../store/outbox.ts";
import { receiverName } from "../store/receivers.ts";
import { span } from "../tracing.ts";
import { Receivers } from "./receivers.ts";

/** Tries before an effect is given up; a call says its own number. */
const MOST_TRIES = 12;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 3_600_000;

/** Effects under way at once: inside Rondo, to the mail server, to one other server, and to all others together. */
const WIDTH = { inside: 64, email: 16, server: 8 };
const MOST_OUTSIDE = 64;

/** The queue of one receiver, so that a server that hangs holds up neither other servers nor what stays inside. */
interface Lane {
  name: string;
  /** Read and not yet begun. */
  queue: OutboxItem[];
  busy: Set<string>;
}

const HANDLERS = new Map(EFFECTS.map((handler) => [handler.kind, handler]));

/** Takes effects from the outbox and carries them out, each lane by itself. */
export class OutboxWorker {
  readonly #runtime: Runtime;
  readonly #onRoom: () => void;
  readonly #lanes = new Map<string, Lane>();
  readonly #receivers: Receivers;
  readonly #running = new Set<Promise<void>>();
  #swept = false;

  /** @param onRoom told when a lane that was full, or has more at hand, has room again */
  constructor(runtime: Runtime, onRoom: () => void) {
    this.#runtime = runtime;
    this.#onRoom = onRoom;
    this.#receivers = new Receivers(runtime.db, runtime.clock);
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
      for (const lane of await this.#due()) found += await this.#take(lane);
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

  /** The lanes with something to do; those with the least under way first, so that none is always the last. */
  async #due(): Promise<Lane[]> {
    for (const [name, { queue, busy }] of this.#lanes) if (queue.length + busy.size === 0) this.#lanes.delete(name);
    for (const name of await dueLanes(this.#runtime.db, this.#runtime.clock.now()))
      if (!this.#lanes.has(name)) this.#lanes.set(name, { name, queue: [], busy: new Set() });
    return [...this.#lanes.values()].sort((a, b) => a.busy.size - b.busy.size);
  }

  /** How many more a lane may begin now. */
  async #room({ name, busy }: Lane): Promise<number> {
    if (this.#runtime.stopping.aborted) return 0;
    if (name === "inside") return WIDTH.inside - busy.size;
    const width = await this.#receivers.room(name, name === "email" ? WIDTH.email : WIDTH.server);
    let outside = 0;
    for (const lane of this.#lanes.values()) if (lane.name !== "inside") outside += lane.busy.size;
    return Math.min(width - busy.size, MOST_OUTSIDE - outside);
  }

  /** Starts effects of a lane as far as there is room; reads the next ones when none is at hand. */
  async #take(lane: Lane): Promise<number> {
    const room = await this.#room(lane);
    if (room <= 0) return 0;
    if (lane.queue.length === 0) await this.#fetch(lane, room);
    const items = lane.queue.splice(0, room);
    for (const item of items) {
      lane.busy.add(item.id);
      const running = this.#carryOut(item).finally(() => {
        const wasFull = lane.busy.size >= room;
        lane.busy.delete(item.id);
        this.#running.delete(running);
        if (wasFull || lane.queue.length > 0) this.#onRoom();
      });
      this.#running.add(running);
    }
    return items.length;
  }

  async #fetch(lane: Lane, room: number): Promise<void> {
    const { db, clock } = this.#runtime;
    lane.queue = await dueEffects(db, clock.now(), lane.name, [...lane.busy], room * 4);
    if (lane.name !== "inside" && lane.queue.length > 0)
      await db.write([effectsSending(lane.queue.map(({ id }) => id))]);
  }

  async #carryOut(item: OutboxItem): Promise<void> {
    const handler = HANDLERS.get(item.kind);
    try {
      faultPoint("before-effect");
      if (!handler) throw new GiveUp(`This server does not know effects of the kind "${item.kind}".`);
      const about = { "effect.id": item.id, "case.id": item.caseId ?? "", "effect.try": item.tries + 1 };
      await span(
        `effect ${item.kind}`,
        about,
        () => handler.run(this.#runtime, item, this.#receiver(item.lane)),
        item.trace,
      );
      this.#runtime.metrics.effect(item.kind, "done");
    } catch (cause) {
      await this.#end(item, handler, cause).catch((failure) => {
        // The disk or the lock: the effect stays as it was and is taken again.
        this.#runtime.log.error({ effect: item.id, err: failure }, "an effect's end could not be written down");
      });
    }
  }

  /** Who is told how a try went; where it is left alone from now on, what was read for it is let go. */
  #receiver(lane: string): Receiver {
    return {
      answered: () => this.#receivers.answered(lane),
      failed: async (reason, afterMs) => {
        const { pauses, pausedUntil, failures } = await this.#receivers.failed(lane, reason, afterMs);
        if (pauses === 0) return;
        this.#lanes.get(lane)?.queue.splice(0);
        const about = { receiver: receiverName(lane), failures, pauses, pausedUntil };
        this.#runtime.log.warn(about, "a receiver keeps failing and is left alone");
      },
    };
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
