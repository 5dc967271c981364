import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { manualClock } from "../../../runtime/clock.ts";
import { FAULT_POINTS, type FaultPoint } from "../../../runtime/fault-points.ts";
import { openHost } from "../../../runtime/hosts/embedded.ts";
import { storedManualTime } from "../../../runtime/hosts/manual-time.ts";
import { violations } from "../../support/invariants.ts";
import { testConfig } from "../../support/test-runtime.ts";
import { hookServer, MortalServer } from "./mortal-server.ts";
import { seeded } from "./seeded.ts";
import { Workload } from "./workload.ts";

const LONG = process.env.RONDO_LONG === "1";
const START = Date.UTC(2026, 0, 5, 8);
const HOUR = 3_600_000;

let cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const one of cleanUp.reverse()) await one();
  cleanUp = [];
});

async function mortal() {
  const folder = await mkdtemp(join(tmpdir(), "rondo-crash-"));
  const hook = await hookServer();
  const server = new MortalServer(folder, hook.url);
  cleanUp.push(
    () => rm(folder, { recursive: true, force: true }),
    () => new Promise((done) => hook.server.close(done)),
    () => server.kill(),
  );
  return { folder, hook, server, load: new Workload(server) };
}

type World = Awaited<ReturnType<typeof mortal>>;

/** Lets everything end: late answers are asked for again, time passes, every effect is done. Then looks at what is there. */
async function settleAndCheck({ folder, hook, server, load }: World, runs: [string, number][], launches: string[]) {
  expect(await server.start()).toBe("ready");
  for (const [name, transfers] of runs) await load.run(name, transfers);
  for (const period of launches) await load.launch(period);
  await server.ask({ do: "settle" });
  for (let hour = 1; hour <= 8; hour++) {
    await server.ask({ do: "clock", to: START + hour * 24 * HOUR });
    await server.ask({ do: "settle" });
  }
  for (const [name, transfers] of runs) await load.run(name, transfers);
  await server.stop();
  const config = testConfig(folder);
  const host = await openHost(config, { clock: manualClock(START + 9 * 24 * HOUR) });
  try {
    await host.catalogue.refresh();
    await host.parameters.refresh();
    const open = await host.db.read<{ status: string; n: number }>(
      "SELECT status, count(*) AS n FROM outbox WHERE status <> 'done' GROUP BY status",
    );
    const [talks] = await host.db.read<{ questions: number; talks: number; records: number; good: number }>(
      `SELECT (SELECT count(*) FROM cases WHERE definition = 'question') AS questions,
              (SELECT count(*) FROM cases WHERE definition = 'talk') AS talks,
              (SELECT count(*) FROM records) AS records,
              (SELECT count(*) FROM cases WHERE definition = 'question' AND outcome = 'good') AS good`,
    );
    const { questions, ...each } = talks!;
    // Every case called the webhook (twice at most after a crash, with one id), wrote one record and had one child.
    expect(each).toEqual({ talks: questions, records: questions, good: questions });
    expect(new Set(hook.calls).size).toBe(questions);
    expect(open).toEqual([]);
    expect(await load.broken(host)).toEqual([]);
    expect(await violations(host)).toEqual([]);
    expect(await storedManualTime(host.db)).toBe(START + 8 * 24 * HOUR);
    return questions;
  } finally {
    await host.stop();
  }
}

describe("kill -9", () => {
  /** Publishing comes first: documents are only published once. */
  const nth: Record<FaultPoint, number> = {
    "before-publish": 2,
    "before-commit": 5,
    "after-commit": 5,
    "before-effect": 3,
    "after-effect": 2,
    "before-timers": 1,
    "before-launch-slice": 1,
    "after-launch-slice": 1,
  };

  it("R02, R03: at every named point, one after the other on the same files, loses nothing that was acknowledged and does nothing twice", async () => {
    expect(Object.keys(nth).sort()).toEqual([...FAULT_POINTS].sort());
    const world = await mortal();
    const { server, load } = world;
    const runs: [string, number][] = [];
    const launches: string[] = [];
    for (const [at, [point, count]] of Object.entries(nth).entries()) {
      const own = [6, 3, 0].map((transfers, n): [string, number] => [`${point}-${n}`, transfers]);
      runs.push(...own);
      launches.push(String(9001 + at));
      if ((await server.start(`${point as FaultPoint}:${count}`)) === "ready") {
        await Promise.all(own.map(([name, transfers]) => load.run(name, transfers)));
        await load.launch(launches.at(-1)!);
        await server.ask({ do: "settle" });
        await server.ask({ do: "clock", to: START + (at + 1) * 3 * HOUR });
        await server.ask({ do: "settle" });
      }
      // Every point is passed by now, and it is the point that killed it.
      expect([point, server.alive, server.kills]).toEqual([point, false, at + 1]);
    }
    expect(await settleAndCheck(world, runs, launches)).toBeGreaterThanOrEqual(runs.length + launches.length * 7);
  }, 120_000);

  it(
    "R01: at random moments of a launch and a thousand commands: no acknowledged command is lost, none applied twice, every effect once",
    async () => {
      const world = await mortal();
      const { server, load } = world;
      const cycles = LONG ? 200 : 6;
      const perCycle = LONG ? 5 : 4;
      const seed = Number(process.env.RONDO_SEED ?? 20260105);
      const random = seeded(seed);
      const runs: [string, number][] = [];
      const launches: string[] = [];
      for (let cycle = 0; cycle < cycles; cycle++) {
        await server.start();
        const own = Array.from({ length: perCycle }, (_, n): [string, number] => [`case-${seed}-${cycle}-${n}`, 24]);
        runs.push(...own);
        launches.push(String(9001 + (cycle % 900)));
        const busy = [...own.map(([name, transfers]) => load.run(name, transfers)), load.launch(launches.at(-1)!)];
        if (cycle % 3 === 2) busy.push(server.ask({ do: "clock", to: START + cycle * HOUR }).then(() => undefined));
        await new Promise((resolve) => setTimeout(resolve, 5 + random() * 120));
        await server.kill();
        await Promise.all(busy);
      }
      const questions = await settleAndCheck(world, runs, launches);
      const figures = {
        seed,
        kills: server.kills,
        requests: load.commands,
        applied: load.applied,
        cases: questions,
        calls: world.hook.calls.length,
      };
      console.info(
        `crash: ${JSON.stringify({ ...figures, slowestStartMs: Math.round(server.slowestStart), violations: 0 })}`,
      );
      expect(load.commands).toBeGreaterThan(LONG ? 10_000 : 600);
      // Cases whose time ran out meanwhile take no more; all others took all of theirs.
      expect(load.applied).toBeGreaterThan(runs.length * 12);
    },
    LONG ? 1_800_000 : 90_000,
  );
});
