import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { command } from "../../runtime/commands/handle.ts";
import { SYSTEM } from "../../runtime/commands/runtime.ts";
import { startCase } from "../../runtime/commands/start-case.ts";
import type { Figure } from "./figure.ts";
import { benchHost, benchPerson, quantile } from "./world.ts";

const CLIENTS = 64;
const SECONDS = 4;

interface Rate {
  perSecond: number;
  p50: number;
  p99: number;
  /** All that were sent, warm-up included. */
  sent: number;
}

/** CPU of the server, user and system, per command: says the same on a busy machine. */
interface ServerRate extends Rate {
  cpuMicros: number;
}

/** As many clients as asked for, each sending its next command when the last is answered. */
async function drive(clients: number, send: (client: number, n: number) => Promise<void>): Promise<Rate> {
  const waits: number[] = [];
  let sent = 0;
  let measuring = false;
  const end = performance.now() + 1_000 + SECONDS * 1_000;
  setTimeout(() => {
    measuring = true;
  }, 1_000).unref();
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let n = 0; performance.now() < end; n++) {
        const asked = performance.now();
        await send(client, n);
        sent += 1;
        if (measuring) waits.push(performance.now() - asked);
      }
    }),
  );
  return { perSecond: waits.length / SECONDS, p50: quantile(waits, 0.5), p99: quantile(waits, 0.99), sent };
}

/** In one process: the whole road of a command without the HTTP door. */
async function inProcess(clients: number, batchRows?: number): Promise<Rate> {
  const { host, end } = await benchHost(CLIENTS, batchRows === undefined ? {} : { batchRows });
  try {
    const ids: string[] = [];
    for (let n = 0; n < CLIENTS; n++) {
      const subject = { kind: "person" as const, id: benchPerson(n) };
      ids.push((await startCase(host, SYSTEM, { workflow: "question", subject, period: "2026" })).caseId);
    }
    return await drive(clients, async (client, n) => {
      const caseId = ids[client]!;
      await command(host, SYSTEM, caseId, {
        command: { type: "transfer", task: `${caseId}/1/1`, to: n % 2 === 0 ? "ana" : "ben", reason: "bench" },
        key: `bench-key-${client}-${n}`,
      });
    });
  } finally {
    await end();
  }
}

/** Over HTTP with an API key, every client on a connection of its own. */
async function overHttp(clients: number, batchRows?: number): Promise<ServerRate> {
  const args = [
    join(import.meta.dirname, "server-process.ts"),
    String(CLIENTS),
    ...(batchRows === undefined ? [] : [String(batchRows)]),
  ];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  try {
    const [{ port, key, ids }] = (await once(child, "message")) as [{ port: number; key: string; ids: string[] }];
    const agent = new Agent({ keepAlive: true, maxSockets: clients });
    const post = (path: string, body: string) =>
      new Promise<void>((resolve, reject) => {
        const sent = request(
          {
            agent,
            port,
            host: "127.0.0.1",
            method: "POST",
            path,
            headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
          },
          (response) => {
            let said = "";
            response.setEncoding("utf8").on("data", (part: string) => {
              said += part;
            });
            response.on("end", () =>
              response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode} ${said}`)),
            );
          },
        );
        sent.on("error", reject).end(body);
      });
    const rate = await drive(clients, (client, n) => {
      const caseId = ids[client]!;
      const to = n % 2 === 0 ? "ana" : "ben";
      const body = {
        command: { type: "transfer", task: `${caseId}/1/1`, to, reason: "bench" },
        key: `bench-key-${client}-${n}`,
      };
      return post(`/api/cases/${caseId}/commands`, JSON.stringify(body));
    });
    agent.destroy();
    const gone = once(child, "exit");
    const told = once(child, "message");
    child.send("end");
    const [{ cpuMicros }] = (await told) as [{ cpuMicros: number }];
    await gone;
    return { ...rate, cpuMicros: cpuMicros / rate.sent };
  } finally {
    child.kill("SIGKILL");
  }
}

/** Durable commands with group commit against one transaction each, on the same kind of file, in the same run. */
export async function bench(): Promise<Figure[]> {
  const figures: Figure[] = [];
  const figure = (name: string, ours: number, theirs: number, unit: string, better: "more" | "less") =>
    figures.push({
      bench: "commands",
      name,
      ours: Math.round(ours * 100) / 100,
      theirs: Math.round(theirs * 100) / 100,
      ratio: Math.round((better === "more" ? ours / theirs : theirs / ours) * 100) / 100,
      unit,
    });
  const grouped = await inProcess(CLIENTS);
  const alone = await inProcess(CLIENTS, 1);
  figure(
    `${CLIENTS} clients in process: group commit against one transaction each`,
    grouped.perSecond,
    alone.perSecond,
    "commands/s",
    "more",
  );
  const one = await inProcess(1);
  figure("1 client in process: beside a transaction each of 64", one.perSecond, alone.perSecond, "commands/s", "more");
  const http = await overHttp(CLIENTS);
  const httpAlone = await overHttp(CLIENTS, 1);
  figure(
    `${CLIENTS} connections over HTTP with an API key: group commit against one transaction each`,
    http.perSecond,
    httpAlone.perSecond,
    "commands/s",
    "more",
  );
  figure(`${CLIENTS} connections over HTTP: p50`, http.p50, httpAlone.p50, "ms", "less");
  figure(`${CLIENTS} connections over HTTP: p99`, http.p99, httpAlone.p99, "ms", "less");
  figure(
    `${CLIENTS} connections over HTTP: CPU of the server for one command`,
    http.cpuMicros,
    httpAlone.cpuMicros,
    "µs",
    "less",
  );
  return figures;
}
