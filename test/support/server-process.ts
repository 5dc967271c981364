import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const MAIN = join(import.meta.dirname, "../../runtime/main.ts");

/** A Rondo server as a process of its own, as a user runs it. */
export interface ServerProcess {
  url: string;
  folder: string;
  process: ChildProcess;
  /** What it printed so far. */
  output(): string;
  /** Kills it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Asks it to stop and waits until it has. */
  stop(): Promise<void>;
}

/**
 * Starts a server on a free port and on a database file in `folder` (a new temporary one where none is given), and resolves
 * when it listens. Rejects with what it printed when it ends before that.
 */
export async function startServer(
  env: Record<string, string> = {},
  folder = mkdtempSync(join(tmpdir(), "rondo-")),
): Promise<ServerProcess> {
  let printed = "";
  const child = spawn(process.execPath, [MAIN], {
    env: {
      ...process.env,
      PORT: "0",
      RONDO_DB: `file:${join(folder, "rondo.db")}`,
      RONDO_SECRET: "a secret that only tests know, long enough",
      RONDO_LOG: "error",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  child.stdout!.on("data", (chunk) => (printed += chunk));
  child.stderr!.on("data", (chunk) => (printed += chunk));
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    child.on("message", (message) => {
      const listening = (message as { listening?: number }).listening;
      if (listening) resolve(listening);
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code} before it listened:\n${printed}`)));
  });
  const kill = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    folder,
    process: child,
    output: () => printed,
    kill: () => kill("SIGKILL"),
    stop: () => kill("SIGTERM"),
  };
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
export function removeFolder(server: ServerProcess): void {
  rmSync(server.folder, { recursive: true, force: true });
}
