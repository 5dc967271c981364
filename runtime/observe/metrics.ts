import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Database } from "../db/client.ts";
import { readFigures } from "../store/figures-read.ts";

/** What is asked when somebody looks, beside the tables. */
export interface LiveFigures {
  /** Works waiting to be written, cases being decided on, effects under way. */
  queues: { commit: number; decide: number; effects: number };
}

const SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** The figures of one server, in a registry of its own. Names begin with `rondo_`; labels are bounded, and never content. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #batches: Histogram;
  readonly #commands: Histogram<"outcome">;
  readonly #requests: Counter<"route" | "outcome">;
  readonly #refusals: Counter<"code">;
  readonly #effects: Counter<"kind" | "ended">;
  readonly #gauges = new Map<string, Gauge>();
  #system = false;
  /** Orphans as the last housekeeping counted them; null: not yet. */
  orphans: number | null = null;

  constructor() {
    const registers = [this.#registry];
    this.#batches = new Histogram({
      name: "rondo_commit_batch_works",
      help: "Works written by one batch, hence by one fsync",
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
      registers,
    });
    this.#commands = new Histogram({
      name: "rondo_command_seconds",
      help: "From a command's arrival to its answer, which is after it is on disk",
      labelNames: ["outcome"],
      buckets: SECONDS,
      registers,
    });
    this.#requests = new Counter({
      name: "rondo_http_requests_total",
      help: "Requests by route, and whether they were accepted or refused (rondo_refusals_total says why)",
      labelNames: ["route", "outcome"],
      registers,
    });
    this.#refusals = new Counter({
      name: "rondo_refusals_total",
      help: "Requests that were refused, by code",
      labelNames: ["code"],
      registers,
    });
    this.#effects = new Counter({
      name: "rondo_effects_total",
      help: "Tries of effects by kind and how they ended: done, later, dead",
      labelNames: ["kind", "ended"],
      registers,
    });
  }

  /** A batch is on disk. */
  batch(works: number): void {
    this.#batches.observe(works);
  }
  command(seconds: number, outcome: "accepted" | "refused"): void {
    this.#commands.observe({ outcome }, seconds);
  }
  request(route: string, accepted: boolean): void {
    this.#requests.inc({ route, outcome: accepted ? "accepted" : "refused" });
  }
  refused(code: string): void {
    this.#refusals.inc({ code });
  }
  effect(kind: string, ended: "done" | "later" | "dead"): void {
    this.#effects.inc({ kind, ended });
  }

  /** Everything as Prometheus reads it (text format), with what the tables say now. */
  async text(db: Database, now: number, live: LiveFigures): Promise<string> {
    // Node's own figures (memory, event-loop lag, garbage collection) cost a little: only where somebody reads them.
    if (!this.#system) collectDefaultMetrics({ register: this.#registry, prefix: "rondo_" });
    this.#system = true;
    const figures = await readFigures(db, now);
    this.#set("rondo_queue_depth", "What waits in memory", "queue", live.queues);
    this.#set("rondo_cases", "Cases by status", "status", figures.cases);
    this.#set("rondo_outbox", "Effects in the outbox by status", "status", figures.outbox);
    this.#set("rondo_jobs", "Long work by status", "status", figures.jobs);
    this.#one(
      "rondo_outbox_lag_seconds",
      "How long the effect that has waited longest past its time waits",
      figures.outboxLagMs / 1000,
    );
    this.#one("rondo_timers", "Armed timers", figures.timers);
    this.#one("rondo_timers_overdue", "Armed timers past their time", figures.timersOverdue);
    this.#one("rondo_timer_lag_seconds", "How late the timer is that is overdue longest", figures.timerLagMs / 1000);
    this.#one("rondo_timers_parked", "Timers set aside after a failure", figures.timersParked);
    this.#one(
      "rondo_receivers_paused",
      "Servers that effects go to and that are left alone for a while, because they keep failing",
      figures.receiversPaused,
    );
    this.#one("rondo_incidents_open", "What could not be carried out and waits for a person", figures.incidents);
    this.#one("rondo_dead_letters", "Effects that were given up", figures.outbox.dead ?? 0);
    this.#one("rondo_blocked_cases", "Cases that nobody can go on with", figures.cases.blocked ?? 0);
    if (this.orphans !== null)
      this.#one("rondo_orphans", "Open cases that nothing and nobody moves on: 0, or a mistake of ours", this.orphans);
    return this.#registry.metrics();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  #one(name: string, help: string, value: number): void {
    this.#gauge(name, help, []).set(value);
  }

  #set(name: string, help: string, label: string, values: Readonly<Record<string, number>>): void {
    const gauge = this.#gauge(name, help, [label]);
    gauge.reset();
    for (const [of, value] of Object.entries(values)) gauge.set({ [label]: of }, value);
  }

  #gauge(name: string, help: string, labelNames: string[]): Gauge {
    const known = this.#gauges.get(name) ?? new Gauge({ name, help, labelNames, registers: [this.#registry] });
    this.#gauges.set(name, known);
    return known;
  }
}
