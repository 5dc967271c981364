import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { manualClock } from "../../../runtime/clock.ts";
import { openHost } from "../../../runtime/hosts/embedded.ts";
import { verify } from "../../../runtime/upkeep/verify.ts";
import { canInject } from "../../support/broken-machine.ts";
import { violations } from "../../support/invariants.ts";
import { testConfig } from "../../support/test-runtime.ts";
import { type DiskEvent, ForgetfulDisk, type Kept, readRecording, recording } from "../../support/traced-disk.ts";
import { hookServer, MortalServer } from "./mortal-server.ts";
import { seeded } from "./seeded.ts";
import { Workload } from "./workload.ts";

const LONG = process.env.RONDO_LONG === "1";
const SEED = Number(process.env.RONDO_SEED ?? 20260105);
const MOMENTS = Number(process.env.RONDO_MOMENTS ?? (LONG ? 400 : 6));
const START = Date.UTC(2026, 0, 5, 8);
const HOUR = 3_600_000;

/** What is said to the outside at an event: entries of journals that are acknowledged, and effects that are sent. */
function promisesOf(event: DiskEvent): { entries: string[]; effects: string[] } {
  if (event.kind !== "said") return { entries: [], effects: [] };
  const answers = event.text.matchAll(/"answer":\{"caseId":"([^"]+)","revision":(\d+)/g);
  const calls = event.text.matchAll(/webhook-id: (\S+)/g);
  return {
    entries: [...answers].map(([, caseId, revision]) => `${caseId}/${revision}`),
    effects: [...calls].map(([, id]) => id!),
  };
}

/**
 * One server works under strace, which writes down what it does to its files and what it says. From that the disk is made as the
 * power could have left it at any moment: what was synced is there, of all else some writes, or some sectors of them.
 */
describe.skipIf(!canInject())("R24: the power goes", () => {
  let folder = "";
  let events: DiskEvent[] = [];
  let asked = 0;
  /** Hash of each entry, as the server that lived on had it. */
  const entries = new Map<string, string>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "rondo-power-"));
    const lived = join(folder, "lived");
    const trace = join(folder, "trace");
    await mkdir(lived);
    const hook = await hookServer();
    const server = new MortalServer(lived, hook.url, undefined, recording(trace));
    const load = new Workload(server);
    await server.start();
    const names = LONG ? Array.from({ length: 12 }, (_, n) => `case-${n}`) : ["a", "b", "c", "d"];
    await Promise.all(names.map((name) => load.run(name, 84)));
    await server.ask({ do: "clock", to: START + 3 * HOUR });
    await server.ask({ do: "settle" });
    await Promise.all(names.map((name) => load.run(`${name}-later`, 9)));
    asked = load.commands;
    await server.stop();
    hook.server.close();
    expect(load.violations).toEqual([]);
    events = await readRecording(trace, lived);
    const host = await openHost(testConfig(lived), { clock: manualClock(START) });
    for (const row of await host.db.read<{ id: string; hash: string }>(
      "SELECT case_id || '/' || seq AS id, hash FROM journal",
    ))
      entries.set(row.id, row.hash);
    await host.stop();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** What is wrong with the files when somebody starts on them again. */
  async function wrong(
    files: Map<string, Buffer>,
    promised: { entries: string[]; effects: string[] },
  ): Promise<string[]> {
    const found: string[] = [];
    const place = await mkdtemp(join(folder, "found-"));
    for (const [name, bytes] of files) {
      if (name !== "rondo.db-shm" && !name.includes(".lock")) await writeFile(join(place, name), bytes);
    }
    // Nobody waits for the disk here, and a thread for each of hundreds of looks costs more than the look.
    const host = await openHost(testConfig(place), { clock: manualClock(START + 24 * HOUR), writerThread: false });
    try {
      await host.catalogue.refresh();
      await host.parameters.refresh();
      const stored = new Map(
        (await host.db.read<{ id: string; hash: string }>("SELECT case_id || '/' || seq AS id, hash FROM journal")).map(
          ({ id, hash }) => [id, hash],
        ),
      );
      for (const id of promised.entries)
        if (stored.get(id) !== entries.get(id)) found.push(`${id} was acknowledged and is lost`);
      const effects = new Set((await host.db.read<{ id: string }>("SELECT id FROM outbox")).map(({ id }) => id));
      for (const id of promised.effects) if (!effects.has(id)) found.push(`${id} was sent and nothing knows of it`);
      found.push(...(await violations(host)));
      const report = await verify(host.db, { now: () => START + 24 * HOUR });
      for (const { title, found: n } of report.checks) if (n > 0) found.push(`${n} found by the check of ${title}`);
    } finally {
      await host.stop();
      await rm(place, { recursive: true, force: true });
    }
    return found;
  }

  it(
    "at any moment, with what was not synced lost, kept, or torn: all that was acknowledged is there, the store verifies, nobody is forgotten",
    async () => {
      const random = seeded(SEED);
      const ways: Kept[] = ["some sectors", "some writes", "nothing", "everything"];
      const first = events.findIndex((event) => promisesOf(event).entries.length > 0);
      const moments = Array.from({ length: MOMENTS }, (_, n) =>
        // One in six before anybody was answered: while the database is made.
        n % 4 === 3 ? Math.floor(random() * first) : first + Math.floor(random() * (events.length - first)),
      ).sort((a, b) => a - b);
      const disk = new ForgetfulDisk();
      const promised = { entries: [] as string[], effects: [] as string[] };
      const found: string[] = [];
      let lost = 0;
      for (const [at, event] of events.entries()) {
        disk.apply(event);
        const { entries: more, effects } = promisesOf(event);
        promised.entries.push(...more);
        promised.effects.push(...effects);
        for (; moments[0] === at; moments.shift()) {
          const kept = ways[(MOMENTS - moments.length) % ways.length]!;
          const files = disk.afterPowerLoss(kept, random);
          if (kept !== "everything") lost += 1;
          found.push(...(await wrong(files, promised)).map((what) => `event ${at}, kept ${kept}: ${what}`));
        }
      }
      const syncs = events.filter(({ kind }) => kind === "sync").length;
      const checkpoints = events.filter((event) => event.kind === "sync" && event.file === "rondo.db").length;
      console.info(
        JSON.stringify({
          powerLost: MOMENTS,
          seed: SEED,
          events: events.length,
          writes: events.filter(({ kind }) => kind === "write").length,
          syncs,
          checkpoints,
          requests: asked,
          acknowledged: promised.entries.length,
          effectsSent: promised.effects.length,
          violations: found.length,
        }),
      );
      expect(found).toEqual([]);
      expect(lost).toBeGreaterThan(MOMENTS / 2);
      expect(new Set(promised.entries).size).toBeGreaterThan(150);
      expect(promised.effects.length).toBeGreaterThan(3);
    },
    LONG ? 1_800_000 : 60_000,
  );

  it("a disk that says it has synced and has not is found out, so that this test is one", async () => {
    const disk = new ForgetfulDisk();
    const promised = { entries: [] as string[], effects: [] as string[] };
    for (const event of events) {
      disk.apply(event);
      const { entries: more, effects } = promisesOf(event);
      promised.entries.push(...more);
      promised.effects.push(...effects);
      if (promised.entries.length > 20) disk.lies = true;
    }
    const found = await wrong(disk.afterPowerLoss("nothing", seeded(SEED)), promised);
    expect(found.filter((what) => what.includes("was acknowledged and is lost")).length).toBeGreaterThan(20);
  });
});
