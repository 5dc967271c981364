import { canonical } from "#engine/words/json.ts";
import { type ServerProcess, startServer } from "../../support/server-process.ts";

/** A body with the key that makes it safe to send again. */
export interface Keyed {
  key: string;
  [name: string]: unknown;
}

/** What an answered request was: sent again later, it must be answered the same. */
interface Answered {
  path: string;
  body: Keyed;
  answer: string;
}

/**
 * Clients of a server that dies: each request carries a key and is sent, with the same key, until it is answered, however
 * often the server is killed and started again in between.
 */
export class PatientClient {
  readonly #env: Record<string, string>;
  readonly #folder: string;
  readonly #token: string;
  #server: Promise<ServerProcess>;
  /** By key. */
  readonly answered = new Map<string, Answered>();
  /** What must not be: refusals, and other answers to the same key. */
  readonly violations: string[] = [];
  kills = 0;
  requests = 0;
  /** Requests that were sent again because nothing, or only half an answer, came back. */
  retried = 0;
  slowestStartMs = 0;
  /** Told after each first answer. */
  onAnswer: (count: number, key: string) => void = () => undefined;

  constructor(folder: string, token: string, env: Record<string, string>) {
    this.#folder = folder;
    this.#token = token;
    this.#env = env;
    this.#server = this.#start();
  }

  /** Kills the server at once, looks at what it left, and starts another on the same files. Requests wait for it. */
  async killAndRestart(look: () => Promise<void>): Promise<void> {
    const old = this.#server;
    this.#server = old.then(async (server) => {
      await server.kill();
      this.kills += 1;
      await look();
      return this.#start();
    });
    await this.#server;
  }

  async stop(): Promise<void> {
    const { code } = await (await this.#server.then(async (server) => server.stop().then(() => server))).ended;
    if (code !== 0) this.violations.push(`the last server ended with ${code}`);
  }

  /** The process that runs now. */
  async pid(): Promise<number> {
    return (await this.#server).process.pid!;
  }

  /** Kills whatever runs. */
  async end(): Promise<void> {
    await (await this.#server).kill();
  }

  /** Posts a request that has a key until it is answered; answers what was said. */
  async post<Answer>(path: string, body: Keyed): Promise<Answer> {
    const said = await this.#untilAnswered("POST", path, body);
    const known = this.answered.get(body.key);
    if (known && known.answer !== canonical(said)) {
      this.violations.push(`${body.key} was answered ${known.answer} and then ${canonical(said)}`);
    }
    if (!known) {
      this.answered.set(body.key, { path, body, answer: canonical(said) });
      this.onAnswer(this.answered.size, body.key);
    }
    return said as Answer;
  }

  /** Reads, or posts what may be said twice; tried until it is answered. */
  ask<Answer>(method: "GET" | "POST", path: string, body?: object): Promise<Answer> {
    return this.#untilAnswered(method, path, body) as Promise<Answer>;
  }

  async #untilAnswered(method: string, path: string, body?: object): Promise<unknown> {
    for (;;) {
      const { url } = await this.#server;
      this.requests += 1;
      const said = await this.#once(url + path, method, body);
      if (said === undefined) {
        this.retried += 1;
        await new Promise((resolve) => setTimeout(resolve, 5));
        continue;
      }
      if (said.status !== 200) {
        const words = `${method} ${path} ${JSON.stringify(body)} was refused: ${said.status} ${said.text}`;
        this.violations.push(words);
        throw new Error(words);
      }
      return JSON.parse(said.text);
    }
  }

  /** Undefined where the server died before all of the answer was here, or said that it is going down. */
  async #once(url: string, method: string, body?: object): Promise<{ status: number; text: string } | undefined> {
    try {
      const response = await fetch(url, {
        method,
        headers: { authorization: `Bearer ${this.#token}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return response.status === 503 ? undefined : { status: response.status, text };
    } catch {
      return undefined;
    }
  }

  async #start(): Promise<ServerProcess> {
    const began = performance.now();
    const server = await startServer(this.#env, this.#folder);
    this.slowestStartMs = Math.max(this.slowestStartMs, performance.now() - began);
    return server;
  }
}
