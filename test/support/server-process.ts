import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const MAIN = join(import.meta.dirname, "../../runtime/main.ts");

/** How a process ended. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A Rondo process on files of its own, from its first moment to its last. */
export interface Spawned {
  folder: string;
  process: ChildProcess;
  /** What it says when it is ready (`runtime/main.ts`: the port it listens on); null when it ended before that. */
  ready: Promise<Record<string, unknown> | null>;
  ended: Promise<Ended>;
  /** What it printed so far. */
  output(): string;
  /** Kills it at once, as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
  /** Asks it to stop and waits until it has. */
  stop(): Promise<void>;
}

export interface SpawnOptions {
  env?: Record<string, string>;
  /** Where its database lies; a new temporary folder where none is given. */
  folder?: string;
  /** What runs; the server that users start where nothing else is given. */
  script?: string;
  args?: readonly string[];
  /** A command that it runs under. */
  under?: readonly string[];
}

/**
 * Starts a process on a database file of its own: the one way in which tests do. Of our own environment it gets nothing that
 * configures a server, so that a test means the same on every machine.
 */
export function spawnServer({ env = {}, folder, script = MAIN, args = [], under = [] }: SpawnOptions = {}): Spawned {
  const home = folder ?? mkdtempSync(join(tmpdir(), "rondo-"));
  let printed = "";
  const [program, ...before] = [...under, process.execPath];
  const child = spawn(program!, [...before, script, ...args], {
    env: {
      ...inherited(),
      PORT: "0",
      RONDO_DB: `file:${join(home, "rondo.db")}`,
      RONDO_SECRET: "a secret that only tests know, long enough",
      RONDO_LOG: "error",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding("utf8").on("data", (part: string) => {
      printed += part;
    });
  }
  const ended = new Promise<Ended>((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));
  const ready = new Promise<Record<string, unknown> | null>((resolve) => {
    child.once("message", (message) => resolve(message as Record<string, unknown>));
    child.once("exit", () => resolve(null));
  });
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  return {
    folder: home,
    process: child,
    ready,
    ended,
    output: () => printed,
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
}

/** A Rondo server that listens, as a user runs it. */
export interface ServerProcess extends Spawned {
  url: string;
}

/**
 * Starts a server on a free port and on a database file in `folder`, and resolves when it listens. Rejects with what it
 * printed when it ends before that.
 */
export async function startServer(
  env: Record<string, string> = {},
  folder?: string,
  under: readonly string[] = [],
): Promise<ServerProcess> {
  const server = spawnServer({ env, under, ...(folder === undefined ? {} : { folder }) });
  const said = await server.ready;
  if (said === null) {
    const { code, signal } = await server.ended;
    throw new Error(`the server ended with ${signal ?? code} before it listened:\n${server.output()}`);
  }
  return { ...server, url: `http://127.0.0.1:${said.listening}` };
}

/** Waits until the demo organisation is there. */
export async function demoReady(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const health = (await (await fetch(`${url}/api/health`)).json()) as { status: string; demo: unknown };
    if (health.status === "ok") return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the demo organisation was not there within a minute");
}

/** Removes the folder of a server that has stopped. */
export function removeFolder(server: { folder: string }): void {
  rmSync(server.folder, { recursive: true, force: true });
}

function inherited(): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("RONDO_") && name !== "PORT" && name !== "HOST"),
  );
}
