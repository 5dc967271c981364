import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../support/free-port.ts";

const BINARY = join(
  import.meta.dirname,
  `../../node_modules/@restatedev/restate-server-${process.platform}-${process.arch}/bin/restate-server`,
);

/** Whether the server of Restate is installed for this machine. */
export const hasRestate = (): boolean => existsSync(BINARY);

/** A node that runs. */
export interface RestateNode {
  /** Port of its ingress. */
  ingress: number;
  /** CPU that the node and its service have used so far, in microseconds. */
  cpuMicros(): number;
  end(): Promise<void>;
}

/** A single Restate node with two partitions and the service of `restate-service.ts` on it, all on ports of their own. */
export async function restateNode(): Promise<RestateNode> {
  const folder = await mkdtemp(join(tmpdir(), "rondo-restate-"));
  const [node, ingress, admin, service] = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
  const processes: ChildProcess[] = [];
  const end = async () => {
    for (const child of processes) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    // The binary itself and not its wrapper, so that a kill hits it.
    const server = spawn(BINARY, ["--no-logo", "--base-dir", folder, "--listen-mode", "tcp"], {
      stdio: ["ignore", "ignore", "pipe"],
      env: {
        PATH: process.env.PATH,
        RESTATE_DISABLE_TELEMETRY: "true",
        RESTATE_LOG_FILTER: "error",
        RESTATE_DEFAULT_NUM_PARTITIONS: "2",
        RESTATE_BIND_IP: "127.0.0.1",
        RESTATE_ADVERTISED_HOST: "127.0.0.1",
        RESTATE_BIND_PORT: String(node),
        RESTATE_INGRESS__BIND_PORT: String(ingress),
        RESTATE_ADMIN__BIND_PORT: String(admin),
      },
    });
    let said = "";
    server.stderr!.setEncoding("utf8").on("data", (part: string) => {
      said = (said + part).slice(-4_000);
    });
    processes.push(server);
    const worker = spawn(process.execPath, [join(import.meta.dirname, "restate-service.ts"), String(service)], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      env: { ...process.env, RESTATE_LOGGING: "ERROR" },
    });
    processes.push(worker);
    await once(worker, "message");
    await untilOk(`http://127.0.0.1:${admin}/health`, undefined, () => said);
    await untilOk(`http://127.0.0.1:${admin}/deployments`, { uri: `http://127.0.0.1:${service}` }, () => said);
    return { ingress, cpuMicros: () => cpuOf(server.pid!) + cpuOf(worker.pid!), end };
  } catch (cause) {
    await end();
    throw cause;
  }
}

/** User and system time of a process; the kernel counts in hundredths of a second. */
function cpuOf(pid: number): number {
  const [, , ...fields] = readFileSync(`/proc/${pid}/stat`, "utf8").split(/\) | /);
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

async function untilOk(url: string, body: object | undefined, said: () => string): Promise<void> {
  let last = "";
  for (let tries = 0; tries < 150; tries++) {
    try {
      const response = await fetch(
        url,
        body ? { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) } : {},
      );
      if (response.ok) return;
      last = `${response.status} ${await response.text()}`;
    } catch (cause) {
      last = String(cause);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`Restate did not answer at ${url}: ${last}\n${said()}`);
}
