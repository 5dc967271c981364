import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { FaultPoint } from "../../../runtime/fault-points.ts";
import type { Request } from "./server-process.ts";

type WithoutId<T> = T extends { id: number } ? Omit<T, "id"> : never;

/** What came of a request: an answer, a refusal, or silence, because the server died before it said anything. */
export type Said = { answer: unknown } | { refused: string } | { failed: string } | { died: true };

/** A server process that can be killed and started again on the same files. */
export class MortalServer {
  readonly #folder: string;
  readonly #hook: string;
  #child: ChildProcess | null = null;
  #waiting = new Map<number, (said: Said) => void>();
  #last = 0;
  kills = 0;
  /** The slowest start so far, in milliseconds. */
  slowestStart = 0;

  constructor(folder: string, hook: string) {
    this.#folder = folder;
    this.#hook = hook;
  }

  /** Starts the process; resolves when it takes requests, or when the fault point has killed it before that. */
  async start(fault?: `${FaultPoint}:${number}`): Promise<"ready" | "died"> {
    const began = performance.now();
    const child = spawn(process.execPath, [join(import.meta.dirname, "server-process.ts"), this.#hook], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      env: {
        PATH: process.env.PATH,
        RONDO_DB: `file:${join(this.#folder, "rondo.db")}`,
        RONDO_CLOCK: "manual",
        RONDO_LOG: "error",
        ...(fault ? { RONDO_FAULT: fault } : {}),
      },
    });
    this.#child = child;
    const ready = new Promise<"ready" | "died">((resolve) => {
      child.on("message", (message: { ready?: true; id?: number } & Record<string, unknown>) => {
        if (message.ready) return resolve("ready");
        const { id, ...said } = message;
        this.#waiting.get(id!)?.(said as unknown as Said);
        this.#waiting.delete(id!);
      });
      child.on("exit", (_, signal) => {
        if (signal === "SIGKILL") this.kills += 1;
        this.#child = null;
        for (const tell of this.#waiting.values()) tell({ died: true });
        this.#waiting.clear();
        resolve("died");
      });
    });
    const how = await ready;
    if (how === "ready") this.slowestStart = Math.max(this.slowestStart, performance.now() - began);
    return how;
  }

  get alive(): boolean {
    return this.#child !== null;
  }

  /** Sends a request; a dead server says nothing. */
  ask(request: WithoutId<Request>): Promise<Said> {
    const child = this.#child;
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
    const child = this.#child;
    if (!child) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const gone = once(child, "exit");
    await this.ask({ do: "stop" });
    await gone;
  }
}

/** A web server that remembers which effects called it. */
export async function hookServer(): Promise<{ url: string; calls: string[]; server: Server }> {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(String(request.headers["webhook-id"]));
    request.resume().on("end", () => response.writeHead(200).end("{}"));
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, calls, server };
}
