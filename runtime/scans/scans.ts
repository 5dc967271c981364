import { Worker } from "node:worker_threads";
import { Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import type { FromThread, ScanAnswer, ScanName, ScanRequest, ThreadData, ToThread } from "./thread.ts";

/** How far a scan is. */
export interface Progress {
  done: number;
  total: number;
}

interface Running {
  resolve: (answer: ScanAnswer<ScanName>) => void;
  reject: (cause: unknown) => void;
  step: (progress: Progress) => void;
}

/** A thread that has had nothing to do for this long is let go, with the organisation that it keeps. */
const IDLE_MS = 10 * 60_000;

/** The scans of a runtime: started when first asked for, ended with it. */
export class Scans {
  readonly #runtime: Runtime;
  readonly #running = new Map<number, Running>();
  readonly #named = new Map<string, Progress>();
  readonly #organisations = new WeakMap<object, number>();
  #thread: Worker | null = null;
  #idle: NodeJS.Timeout | undefined;
  #runs = 0;
  #stamps = 0;
  #facts = 0;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
    runtime.events.listen(({ topic }) => {
      if (topic === "observations" || topic === "records") this.#facts += 1;
    });
    runtime.stopping.addEventListener(
      "abort",
      () => this.#letGo(new Refused("stopping", "The server is stopping. Ask again in a moment.")),
      {
        once: true,
      },
    );
  }

  /**
   * Runs a scan in the thread. `signal` ends it, and the promise then rejects with the signal's reason; `name` is what
   * `progress` can be asked by meanwhile.
   */
  async run<Name extends ScanName>(
    scan: Name,
    request: ScanRequest[Name],
    options: { signal?: AbortSignal | undefined; name?: string | undefined } = {},
  ): Promise<ScanAnswer<Name>> {
    const { signal, name } = options;
    const fresh = {
      catalogue: this.#runtime.catalogue.epoch,
      organisation: this.#stamp(await this.#runtime.organisation.directory()),
      facts: this.#facts,
    };
    signal?.throwIfAborted();
    const run = ++this.#runs;
    const { promise, resolve, reject } = Promise.withResolvers<ScanAnswer<ScanName>>();
    this.#running.set(run, {
      resolve,
      reject,
      step: (progress) => name !== undefined && this.#named.set(name, progress),
    });
    const cancel = () => {
      this.#send({ ask: "cancel", run });
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", cancel, { once: true });
    this.#send({ ask: "scan", run, scan, request, fresh });
    try {
      return (await promise) as ScanAnswer<Name>;
    } finally {
      signal?.removeEventListener("abort", cancel);
      this.#running.delete(run);
      if (name !== undefined) this.#named.delete(name);
      this.#rest();
    }
  }

  /** How far the scan of a name is; undefined where none is under way. */
  progress(name: string): Progress | undefined {
    return this.#named.get(name);
  }

  #stamp(directory: object): number {
    const known = this.#organisations.get(directory) ?? ++this.#stamps;
    this.#organisations.set(directory, known);
    return known;
  }

  #send(message: ToThread): void {
    clearTimeout(this.#idle);
    this.#thread ??= this.#open();
    this.#thread.postMessage(message);
  }

  #open(): Worker {
    const { db: url, dbToken: token } = this.#runtime.config;
    const data: ThreadData = { url, token };
    const thread = new Worker(new URL("./thread.ts", import.meta.url), { workerData: data });
    thread.unref();
    thread.on("message", (message: FromThread) => this.#hear(message));
    thread.on("error", (cause) => {
      if (this.#thread === thread) this.#letGo(cause);
    });
    return thread;
  }

  #hear(message: FromThread): void {
    const running = this.#running.get(message.run);
    if (message.of === "step") running?.step(message);
    else if (message.of === "answer") running?.resolve(message.answer);
    else if (message.of === "failure") running?.reject(message.cause);
  }

  /** Lets the thread go when nobody has asked anything of it for a while. */
  #rest(): void {
    if (this.#running.size > 0) return;
    this.#idle = setTimeout(() => this.#letGo(undefined), IDLE_MS);
    this.#idle.unref();
  }

  #letGo(cause: unknown): void {
    clearTimeout(this.#idle);
    void this.#thread?.terminate();
    this.#thread = null;
    for (const { reject } of this.#running.values()) reject(cause);
    this.#running.clear();
  }
}

const byRuntime = new WeakMap<Runtime, Scans>();

/** The scans of a runtime. */
export function scansOf(runtime: Runtime): Scans {
  const scans = byRuntime.get(runtime) ?? new Scans(runtime);
  byRuntime.set(runtime, scans);
  return scans;
}
