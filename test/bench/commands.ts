import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { command } from "../../runtime/commands/handle.ts";
import { SYSTEM } from "../../runtime/commands/runtime.ts";
import { startCase } from "../../runtime/commands/start-case.ts";
import { fdatasyncRate } from "./disk.ts";
import { drive, poster, type Rate } from "./drive.ts";
import { type Figure, figuresOf } from "./figure.ts";
import { hasRestate, restateNode } from "./restate-node.ts";
import { benchHost, benchPerson } from "./world.ts";

const CLIENTS = 64;
const SECONDS = 8;
const people = ["ana", "ben"] as const;

/** CPU of the server, user and system, per command: says the same on a busy machine. */
interface ServerRate extends Rate {
  cpuMicros: number;
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
    return await drive(clients, SECONDS, async (client, n) => {
      const caseId = ids[client]!;
      await command(host, SYSTEM, caseId, {
        command: { type: "transfer", task: `${caseId}/1/1`, to: people[n % 2]!, reason: "bench" },
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
    const { post, end } = poster(port, clients, { authorization: `Bearer ${key}` });
    const rate = await drive(clients, SECONDS, async (client, n) => {
      const caseId = ids[client]!;
      const body = {
        command: { type: "transfer", task: `${caseId}/1/1`, to: people[n % 2]!, reason: "bench" },
        key: `bench-key-${client}-${n}`,
      };
      await post(`/api/cases/${caseId}/commands`, JSON.stringify(body));
    });
    end();
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

/** The same machine as a virtual object of a Restate node with two partitions, over its ingress, with idempotency keys as ours. */
async function onRestate(clients: number): Promise<ServerRate> {
  const node = await restateNode();
  try {
    const { post, end } = poster(node.ingress, clients);
    for (let n = 0; n < clients; n++) await post(`/case/bench-${n}/begin`, JSON.stringify("ana"));
    const before = node.cpuMicros();
    const rate = await drive(clients, SECONDS, async (client, n) => {
      const body = { task: `bench-${client}/1/1`, to: people[n % 2]! };
      await post(`/case/bench-${client}/command`, JSON.stringify(body), { "idempotency-key": `bench-${client}-${n}` });
    });
    end();
    return { ...rate, cpuMicros: (node.cpuMicros() - before) / rate.sent };
  } finally {
    await node.end();
  }
}

/**
 * Durable commands with group commit against one transaction each on the same kind of file, against a Restate node, and beside
 * what the disk can do, in the same run.
 */
export async function bench(): Promise<Figure[]> {
  const { figures, figure } = figuresOf("commands");
  const disk = fdatasyncRate();
  const grouped = await inProcess(CLIENTS);
  const alone = await inProcess(CLIENTS, 1);
  const one = await inProcess(1);
  const http = await overHttp(CLIENTS);
  const httpAlone = await overHttp(CLIENTS, 1);
  const httpOne = await overHttp(1);
  const before = `${CLIENTS} connections over HTTP with an API key`;
  figure(
    `${CLIENTS} clients in process: group commit against one transaction each`,
    grouped.perSecond,
    alone.perSecond,
    "commands/s",
  );
  figure("1 client in process: beside a transaction each of 64", one.perSecond, alone.perSecond, "commands/s");
  figure(`${before}: group commit against one transaction each`, http.perSecond, httpAlone.perSecond, "commands/s");
  figure(`${before}: p50 against one transaction each`, http.p50, httpAlone.p50, "ms");
  figure(`${before}: p99 against one transaction each`, http.p99, httpAlone.p99, "ms");
  figure(`${before}: p99 against the budget`, http.p99, 30, "ms");
  figure(`${before}: CPU of the server for one command`, http.cpuMicros, httpAlone.cpuMicros, "µs");
  figure(`${before}: commands beside the disk's fdatasyncs`, http.perSecond, disk, "a second");
  figure("1 connection over HTTP: commands beside the disk's fdatasyncs", httpOne.perSecond, disk, "a second");
  if (hasRestate()) {
    const restate = await onRestate(CLIENTS);
    const restateOne = await onRestate(1);
    figure(`${before}: against a Restate node with two partitions`, http.perSecond, restate.perSecond, "commands/s");
    figure(`${before}: p50 against Restate`, http.p50, restate.p50, "ms");
    figure(`${before}: p99 against Restate`, http.p99, restate.p99, "ms");
    figure(`${before}: CPU for one command against Restate`, http.cpuMicros, restate.cpuMicros, "µs");
    figure("1 connection over HTTP: against Restate", httpOne.perSecond, restateOne.perSecond, "commands/s");
    figure("1 connection over HTTP: p50 against Restate", httpOne.p50, restateOne.p50, "ms");
    figure("1 connection over HTTP: p99 against Restate", httpOne.p99, restateOne.p99, "ms");
  } else process.stderr.write("Restate is not installed here; nothing is compared with it.\n");
  return figures;
}
