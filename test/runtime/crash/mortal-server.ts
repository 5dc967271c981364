import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { FaultPoint } from "../../../runtime/fault-points.ts";
import { type Spawned, spawnServer } from "../../support/server-process.ts";
import type { Request } from "./host-process.ts";

type WithoutId<T> = T extends { id: number } ? Omit<T, "id"> : never;

/** What came of a request: an answer, a refusal, or silence, because the server died before it said anything. */
export type Said = { answer: unknown } | { refused: string; possible?: string[] } | { failed: string } | { died: true };

/** A server process that can be killed and started again on the same files. */
export class MortalServer {
  readonly #folder: string;
  readonly #args: string[];
  readonly #under: readonly string[];
  readonly #env: Record<string, string>;
  #server: Spawned | null = null;
  #waiting = new Map<number, (said: Said) => void>();
  #last = 0;
  kills = 0;
  /** The slowest start so far, in milliseconds. */
  slowestStart = 0;

  /**
   * @param documents a module that makes other documents than the crash suite's
   * @param under a command that the server runs under
   * @param env more of its environment
   */
  constructor(
    folder: string,
    hook: string,
    documents?: string,
    under: readonly string[] = [],
    env: Record<string, string> = {},
  ) {
    this.#folder = folder;
    this.#env = env;
    this.#under = under;
    this.#args = documents === undefined ? [hook] : [hook, documents];
  }

  /** Starts the process; resolves when it takes requests, or when the fault point has killed it before that. */
  async start(fault?: `${FaultPoint}:${number}`): Promise<"ready" | "died"> {
    const began = performance.now();
    const server = spawnServer({
      folder: this.#folder,
      script: join(import.meta.dirname, "host-process.ts"),
      args: this.#args,
      under: this.#under,
      env: { RONDO_CLOCK: "manual", ...this.#env, ...(fault ? { RONDO_FAULT: fault } : {}) },
    });
    this.#server = server;
    server.process.on("message", ({ id, ...said }: { id?: number } & Record<string, unknown>) => {
      if (id === undefined) return;
      this.#waiting.get(id)?.(said as unknown as Said);
      this.#waiting.delete(id);
    });
    server.process.on("exit", (_, signal) => {
      if (signal === "SIGKILL") this.kills += 1;
      else if (server.output()) console.error(server.output());
      this.#server = null;
      for (const tell of this.#waiting.values()) tell({ died: true });
      this.#waiting.clear();
    });
    if ((await server.ready) === null) return "died";
    this.slowestStart = Math.max(this.slowestStart, performance.now() - began);
    return "ready";
  }

  get alive(): boolean {
    return this.#server !== null;
  }

  /** Sends a request; a dead server says nothing. */
  ask(request: WithoutId<Request>): Promise<Said> {
    const child = this.#server?.process;
    if (!child?.connected) return Promise.resolve({ died: true });
    const id = ++this.#last;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      child.send({ id, ...request }, (failed) => {
        if (!failed) return;
        this.#waiting.delete(id);
        resolve({ died: true });
      });
    });
  }

  async kill(): Promise<void> {
    await this.#server?.kill();
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    await this.ask({ do: "stop" });
    await server.ended;
  }
}

/** A web server that remembers which effects called it, and tells each time how many calls there were. */
export async function hookServer(
  onCall: (count: number) => void = () => undefined,
): Promise<{ url: string; calls: string[]; server: Server }> {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(String(request.headers["webhook-id"]));
    onCall(calls.length);
    request.resume().on("end", () => response.writeHead(200).end("{}"));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, calls, server };
}
