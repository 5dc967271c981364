import { performance } from "node:perf_hooks";
import type { Runtime } from "../commands/runtime.ts";
import { nextEffectAt } from "../store/outbox.ts";
import { Cadences } from "./cadences.ts";
import { Freshness } from "./freshness.ts";
import { housekeeping } from "./housekeeping.ts";
import { OutboxWorker } from "./outbox.ts";
import { fireTimers, nextTimer } from "./timers.ts";

/** The longest sleep: what nobody woke us for is found after this. */
export const LONGEST_SLEEP_MS = 1_000;
/** Cases whose timers fire before effects have their turn again. */
const MOST_TIMERS = 2_000;

/**
 * The worker: timers, effects, cadences, housekeeping, again and again. It sleeps until the next thing is due or somebody
 * wakes it. With a manual clock it sleeps until it is told to look (`settle`).
 */
export class Worker {
  readonly #runtime: Runtime;
  readonly outbox: OutboxWorker;
  readonly #cadences: Cadences;
  readonly #freshness: Freshness;
  #wake: () => void = () => undefined;
  #woken = false;
  #running: Promise<void> | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
    this.outbox = new OutboxWorker(runtime, () => this.wake());
    this.#cadences = new Cadences(runtime);
    this.#freshness = new Freshness(runtime);
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Says that there may be something to do. */
  wake(): void {
    this.#woken = true;
    this.#wake();
  }

  /** Resolves when the worker has stopped; the runtime's `stopping` says when that is. */
  async stopped(): Promise<void> {
    this.wake();
    await this.#running;
    await this.outbox.drained();
  }

  /** Does everything that is due now, until nothing is left. Answers how many timers' cases and effects that were. */
  settle(): Promise<number> {
    const turn = this.#turn.then(async () => {
      let count = 0;
      for (;;) {
        const found =
          (await this.#cadences.run()) +
          (await this.#freshness.run()) +
          (await fireTimers(this.#runtime)) +
          (await this.outbox.work(true));
        count += found;
        await this.#runtime.idle();
        if (found === 0 || this.#runtime.stopping.aborted) return count;
      }
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** When the next timer, effect or occurrence of a cadence is due. */
  async nextDueAt(): Promise<number | undefined> {
    const times = [
      await nextTimer(this.#runtime),
      await nextEffectAt(this.#runtime.db),
      await this.#cadences.nextAt(),
      await this.#freshness.nextAt(),
    ].filter((at) => at !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  async #run(): Promise<void> {
    const { stopping, clock, log } = this.#runtime;
    let lastLook = Number.NEGATIVE_INFINITY;
    while (!stopping.aborted) {
      this.#woken = false;
      let sleep = LONGEST_SLEEP_MS;
      try {
        if (clock.kind === "manual") await this.settle();
        else {
          await this.#cadences.run();
          await this.#freshness.run();
          const fired = await fireTimers(this.#runtime, MOST_TIMERS);
          await this.outbox.work();
          const next = await this.nextDueAt();
          if (next !== undefined) sleep = Math.min(sleep, Math.max(1, next - clock.now()));
          // What waits only for room in its lane wakes us when there is room: looking for it would find nothing new.
          if (next !== undefined && next <= clock.now() && this.outbox.busy > 0) sleep = LONGEST_SLEEP_MS;
          if (fired >= MOST_TIMERS) sleep = 0;
        }
        if (performance.now() - lastLook > 60_000) {
          lastLook = performance.now();
          await housekeeping(this.#runtime);
        }
      } catch (cause) {
        if (stopping.aborted) return;
        log.error({ err: cause }, "the worker stumbled and goes on");
      }
      await this.#sleep(sleep);
    }
  }

  #sleep(ms: number): Promise<void> {
    if (this.#woken || this.#runtime.stopping.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      function done() {
        clearTimeout(timer);
        resolve();
      }
      this.#wake = done;
    });
  }
}
