import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiKey } from "../../../runtime/access/keys.ts";
import { manualClock } from "../../../runtime/clock.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { openHost } from "../../../runtime/hosts/embedded.ts";
import { quantile, question } from "../../bench/world.ts";
import { canInject, childOf, injecting } from "../../support/broken-machine.ts";
import { violations } from "../../support/invariants.ts";
import { removeFolder, type ServerProcess, startServer } from "../../support/server-process.ts";
import { MONDAY } from "../../support/small-world.ts";
import { testConfig, testHost } from "../../support/test-runtime.ts";

const LONG = process.env.RONDO_LONG === "1";
/** How long one sync takes, and how many commands come meanwhile: fewer than one account may have under way. */
const STALL_MS = LONG ? 30_000 : 1_200;
const MEANWHILE = 200;
const CASES = 230;

/** A disk whose tenth sync, and only that, does not come back for a while. It needs strace, and the right to trace. */
describe.skipIf(!canInject())("R39: a disk that stalls", () => {
  let server: ServerProcess;
  let token = "";
  const cases: string[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

  beforeAll(async () => {
    const world = await testHost({ documents: [question], start: false });
    const { host, folder } = world;
    token = await createApiKey(host, { person: "hana", title: "stalled disk", by: null });
    const subject = { kind: "person" as const, id: "ana" };
    for (let n = 0; n < CASES; n++) {
      const period = String(1000 + n);
      cases.push((await startCase(host, SYSTEM, { workflow: "question", subject, period })).caseId);
    }
    await host.stop();
    const env = { RONDO_DEMO: "none", RONDO_CLOCK: "manual", RONDO_CLOCK_START: new Date(MONDAY).toISOString() };
    server = await startServer(env, folder, injecting("fdatasync,fsync", `delay_enter=${STALL_MS * 1000}:when=10`));
  });
  afterAll(async () => {
    agent.destroy();
    if (!server) return;
    // Killing strace would leave what it traces running.
    if (server.process.exitCode === null) process.kill(childOf(server.process.pid!), "SIGKILL");
    await server.ended;
    removeFolder(server);
  });

  interface Said {
    status: number;
    ms: number;
  }
  const ask = (method: string, path: string, body?: object): Promise<Said> =>
    new Promise((resolve, reject) => {
      const begun = performance.now();
      const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
      const asking = request(server.url + path, { method, agent, headers }, (answer) => {
        answer.resume().on("end", () =>
          resolve({
            status: answer.statusCode!,
            ms: performance.now() - begun,
          }),
        );
      });
      asking.on("error", reject).end(body && JSON.stringify(body));
    });
  let sent = 0;
  const send = () => {
    const n = sent++;
    // Each case is asked every so often only: what overtakes another on its way would hand over to whom it is with.
    const of = cases[n % cases.length]!;
    const to = ["ben", "ana"][Math.floor(n / cases.length) % 2];
    const command = { type: "transfer", task: `${of}/1/1`, to, reason: `transfer ${n}` };
    return ask("POST", `/api/cases/${of}/commands`, { command, key: `command-${n}` });
  };
  const memory = () => {
    const status = readFileSync(`/proc/${childOf(server.process.pid!)}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024;
  };

  it("commands wait, whoever reads is answered, memory stays, and all of them go through afterwards, each once", async () => {
    const before = memory();
    const answers: Said[] = [];
    // One after the other, until one does not come back.
    let stalled: Promise<Said> | undefined;
    while (!stalled) {
      const next = send();
      const slow = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 250));
      const said = await Promise.race([next, slow]);
      if (said) answers.push(said);
      else stalled = next;
      expect(answers.length).toBeLessThan(60);
    }
    const begun = performance.now();
    const meanwhile = Array.from({ length: MEANWHILE }, send);
    const reads: number[] = [];
    for (let n = 0; n < 10; n++) {
      const [live, look] = await Promise.all([ask("GET", "/api/health/live"), ask("GET", `/api/cases/${cases[0]}`)]);
      expect([live.status, look.status]).toEqual([200, 200]);
      reads.push(live.ms, look.ms);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const readWhile = performance.now() - begun;
    answers.push(await stalled, ...(await Promise.all(meanwhile)));
    const grown = memory() - before;
    const refused = answers.filter(({ status }) => status !== 200);
    console.info(
      JSON.stringify({
        stalledMs: STALL_MS,
        commands: answers.length,
        refused: refused.length,
        slowestMs: Math.round(Math.max(...answers.map(({ ms }) => ms))),
        slowestReadMs: Math.round(Math.max(...reads)),
        readP50: Math.round(quantile(reads, 0.5)),
        grownMb: Math.round(grown),
      }),
    );
    if (!LONG) expect(readWhile).toBeLessThan(STALL_MS);
    expect(Math.max(...answers.map(({ ms }) => ms))).toBeGreaterThan(STALL_MS * 0.9);
    expect(refused).toEqual([]);
    expect(grown).toBeLessThan(120);
    const after = await send();
    expect(after.status).toBe(200);
    expect(after.ms).toBeLessThan(1_000);

    const accepted = answers.length - refused.length + 1;
    process.kill(childOf(server.process.pid!), "SIGTERM");
    await server.ended;
    const host = await openHost(testConfig(server.folder), { clock: manualClock(MONDAY) });
    try {
      await host.catalogue.refresh();
      await host.parameters.refresh();
      const [row] = await host.db.read<{ n: number; times: number }>(
        `SELECT count(DISTINCT json_extract(entry, '$.event.reason')) AS n, count(*) AS times FROM journal WHERE type = 'transfer'`,
      );
      expect(row).toEqual({ n: accepted, times: accepted });
      expect(await violations(host)).toEqual([]);
    } finally {
      await host.stop();
    }
  }, 180_000);
});
