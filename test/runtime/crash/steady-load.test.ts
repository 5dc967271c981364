import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createApiKey } from "../../../runtime/access/keys.ts";
import { systemClock } from "../../../runtime/clock.ts";
import { openHost } from "../../../runtime/hosts/embedded.ts";
import { violations } from "../../support/invariants.ts";
import { officeCalendar, smallOrganisation } from "../../support/small-world.ts";
import { publishDocuments, testConfig, writeOrganisation } from "../../support/test-runtime.ts";
import { Model } from "./model.ts";
import { hookServer } from "./mortal-server.ts";
import { PatientClient } from "./patient-client.ts";
import { seeded } from "./seeded.ts";
import { errand, steadyLoad } from "./steady-load.ts";

const LONG = process.env.RONDO_LONG === "1";
const SEED = Number(process.env.RONDO_SEED ?? 20260105);
/** Minutes of the long runs: of the kills, and of the soak. */
const KILLED_MINUTES = Number(process.env.RONDO_MINUTES ?? 5);
const SOAK_MINUTES = Number(process.env.RONDO_MINUTES ?? 20);

let cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const one of cleanUp.reverse()) await one();
  cleanUp = [];
});

/** A server on the system's clock with one document, and a client that does not give up. */
async function running(restMinutes: number, env: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "rondo-steady-"));
  cleanUp.push(() => rm(folder, { recursive: true, force: true }));
  const hook = await hookServer();
  cleanUp.push(() => new Promise((done) => hook.server.close(done)));
  const host = await openHost(testConfig(folder), { clock: systemClock });
  await writeOrganisation(host.db, smallOrganisation(), Date.now());
  await host.catalogue.refresh();
  await publishDocuments(host, [officeCalendar, errand(hook.url, restMinutes)]);
  const token = await createApiKey(host, { person: "hana", title: "steady load", by: null });
  await host.stop();
  const client = new PatientClient(folder, token, { RONDO_DEMO: "none", ...env });
  cleanUp.push(() => client.end());
  return { folder, hook, client };
}

/** Waits until every case is closed, then stops the server and holds its store against the model. */
async function settledAndChecked({ folder, hook, client }: Awaited<ReturnType<typeof running>>, model: Model) {
  for (let tries = 0; tries < 1_200; tries++) {
    const health = await client.ask<{ queues?: unknown }>("GET", "/api/health");
    expect(health).toBeDefined();
    if (new Set(hook.calls).size >= model.cases.length) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  await client.stop();
  const host = await openHost(testConfig(folder), { clock: systemClock });
  try {
    await host.catalogue.refresh();
    await host.parameters.refresh();
    const broken = [...client.violations, ...(await model.differences(host.db)), ...(await violations(host))];
    const [counts] = await host.db.read<Record<string, number>>(
      `SELECT (SELECT count(*) FROM cases) AS cases, (SELECT count(*) FROM journal) AS entries,
              (SELECT count(*) FROM journal WHERE type = 'timer') AS timers,
              (SELECT count(*) FROM outbox WHERE status <> 'done') AS undone`,
    );
    if (counts!.undone !== 0) broken.push(`${counts!.undone} effects are not done`);
    const effects = new Set(hook.calls).size;
    if (effects !== model.cases.length) broken.push(`${effects} effects of ${model.cases.length} cases were received`);
    return { broken, figures: { ...counts, commands: client.answered.size, effects, calls: hook.calls.length } };
  } finally {
    await host.stop();
  }
}

describe("a steady load", () => {
  it(
    "R01, R30: on a server with little memory that is killed at random, again and again: the store is what an independent model makes of the acknowledged answers",
    async () => {
      const random = seeded(SEED);
      const world = await running(0, { NODE_OPTIONS: "--max-old-space-size=128" });
      const { client } = world;
      const model = new Model();
      const seconds = LONG ? KILLED_MINUTES * 60 : 5;
      let over = false;
      const loading = steadyLoad(client, model, { clients: 16, perSecond: 400, seconds, random }).finally(() => {
        over = true;
      });
      // A kill every one to three seconds after the server is up again; it may hit a start as well.
      const killing = (async () => {
        while (!over) {
          await new Promise((resolve) => setTimeout(resolve, 1000 + random() * 2000));
          if (!over) await client.killAndRestart(async () => undefined);
        }
      })();
      await loading;
      await killing;
      const { broken, figures } = await settledAndChecked(world, model);
      console.info(
        `random kills: ${JSON.stringify({ seed: SEED, seconds, kills: client.kills, retried: client.retried, slowestStartMs: Math.round(client.slowestStartMs), ...figures, violations: broken.length })}`,
      );
      expect(broken).toEqual([]);
      expect(client.kills).toBeGreaterThanOrEqual(LONG ? KILLED_MINUTES * 4 : 1);
      expect(figures.commands).toBeGreaterThan(LONG ? 1_000 : 40);
    },
    LONG ? (KILLED_MINUTES + 10) * 60_000 : 60_000,
  );

  it.runIf(LONG)(
    `for ${SOAK_MINUTES} minutes: memory and latency stay flat, nothing is lost`,
    async () => {
      const random = seeded(SEED);
      const world = await running(1);
      const { client } = world;
      const model = new Model();
      const windows: { p50: number; p99: number; answers: number; rssMb: number }[] = [];
      let waits: number[] = [];
      const pid = await client.pid();
      const seconds = SOAK_MINUTES * 60;
      const windowSeconds = seconds / 20;
      const look = () => {
        const sorted = waits.toSorted((a, b) => a - b);
        waits = [];
        const at = (share: number) => Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10;
        windows.push({ p50: at(0.5), p99: at(0.99), answers: sorted.length, rssMb: residentMb(pid) });
        console.info(`soak: ${JSON.stringify(windows.at(-1))}`);
      };
      const watching = setInterval(look, windowSeconds * 1000);
      await steadyLoad(client, model, { clients: 16, perSecond: 100, seconds, random }, (ms) => waits.push(ms));
      clearInterval(watching);
      const { broken, figures } = await settledAndChecked(world, model);
      const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
      // The first quarter warms up: the second is held against the last.
      const quarter = (n: number) =>
        windows.slice(Math.floor((windows.length * n) / 4), Math.floor((windows.length * (n + 1)) / 4));
      const before = quarter(1);
      const after = quarter(3);
      const rss = [median(before.map(({ rssMb }) => rssMb)), median(after.map(({ rssMb }) => rssMb))] as const;
      const p50 = [median(before.map(({ p50 }) => p50)), median(after.map(({ p50 }) => p50))] as const;
      const p99 = [median(before.map(({ p99 }) => p99)), median(after.map(({ p99 }) => p99))] as const;
      console.info(
        `soak: ${JSON.stringify({ minutes: SOAK_MINUTES, ...figures, rss, p50, p99, violations: broken.length })}`,
      );
      expect(broken).toEqual([]);
      expect(rss[1]).toBeLessThan(rss[0] * 1.25 + 20);
      expect(p50[1]).toBeLessThan(p50[0] * 1.5 + 2);
    },
    (SOAK_MINUTES + 15) * 60_000,
  );
});

/** Resident memory of a process. */
function residentMb(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round(Number(kilobytes ?? 0) / 1024);
}
