import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { CommandAnswer } from "#engine/contract/commands.ts";
import type { JobView } from "#engine/contract/views/definitions.ts";
import { createApiKey } from "../../../runtime/access/keys.ts";
import { manualClock } from "../../../runtime/clock.ts";
import { openDatabase } from "../../../runtime/db/open.ts";
import { openHost } from "../../../runtime/hosts/embedded.ts";
import { violations } from "../../support/invariants.ts";
import { officeCalendar, smallOrganisation } from "../../support/small-world.ts";
import { publishDocuments, testConfig, writeOrganisation } from "../../support/test-runtime.ts";
import { crashDocuments } from "./documents.ts";
import { hookServer } from "./mortal-server.ts";
import { PatientClient } from "./patient-client.ts";
import { brokenPromises, figuresOf } from "./promises.ts";
import { seeded } from "./seeded.ts";

const LONG = process.env.RONDO_LONG === "1";
const SEED = Number(process.env.RONDO_SEED ?? 20260105);
const START = Date.UTC(2026, 0, 5, 8);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** People who are launched for, and clients at work side by side, each on a case of its own, with so many commands. */
const LAUNCHED = LONG ? 3_000 : 400;
const CLIENTS = 20;
const HAND_OVERS = LONG ? 499 : 49;
/** Kills while commands and the launch are under way, and while timers fire and effects go out. */
const KILLS = LONG ? { commands: 160, effects: 40 } : { commands: 4, effects: 2 };
const COMMANDS = CLIENTS * (HAND_OVERS + 2);

let cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const one of cleanUp.reverse()) await one();
  cleanUp = [];
});

const LAUNCH = "the-one-launch";
const employee = (n: number) => `p${String(n).padStart(5, "0")}`;

/** A database with people, documents and the key of an API user who is an HR administrator. */
async function prepared(folder: string, hook: string): Promise<string> {
  const organisation = smallOrganisation();
  const [model] = organisation.people;
  for (let n = 0; n < LAUNCHED; n++) {
    organisation.people.push({ ...model!, id: employee(n), name: `Person ${n}`, email: null });
    organisation.assignments.push({ ...organisation.assignments[0]!, person: employee(n) });
  }
  const host = await openHost(testConfig(folder), { clock: manualClock(START) });
  await writeOrganisation(host.db, organisation, START);
  await host.catalogue.refresh();
  await publishDocuments(host, [officeCalendar, ...crashDocuments(hook)]);
  const key = await createApiKey(host, { person: "hana", title: "crash test", by: null });
  await host.stop();
  return key;
}

describe("killing the server with SIGKILL", () => {
  it(
    "R01, R02, R03: Killing the server with SIGKILL at random moments during a launch and during 1,000 commands: what was acknowledged is there once, every effect happened once, the journals replay",
    async () => {
      const random = seeded(SEED);
      const folder = await mkdtemp(join(tmpdir(), "rondo-killed-"));
      cleanUp.push(() => rm(folder, { recursive: true, force: true }));
      let onCall: (count: number) => void = () => undefined;
      const hook = await hookServer((count) => onCall(count));
      cleanUp.push(() => new Promise((done) => hook.server.close(done)));
      const token = await prepared(folder, hook.url);
      const client = new PatientClient(folder, token, {
        RONDO_DEMO: "none",
        RONDO_CLOCK: "manual",
        RONDO_CLOCK_START: new Date(START).toISOString(),
      });
      cleanUp.push(() => client.end());

      let duringLaunch = 0;
      const look = async () => {
        const db = await openDatabase(`file:${join(folder, "rondo.db")}`);
        const [left] = await db.read<{ n: number }>(
          "SELECT count(*) AS n FROM jobs WHERE status IN ('waiting', 'running')",
        );
        db.close();
        duringLaunch += left!.n;
      };
      // The kills fall after so many answers, and some milliseconds later: at no place in particular, on any machine.
      const killing: Promise<void>[] = [];
      const killAt = (moments: number[]) => {
        moments.sort((a, b) => a - b);
        return (count: number, key?: string) => {
          if (key === LAUNCH) moments.unshift(count);
          if (count < (moments[0] ?? Number.POSITIVE_INFINITY)) return;
          moments.shift();
          killing.push(new Promise<void>((r) => setTimeout(r, random() * 20)).then(() => client.killAndRestart(look)));
        };
      };
      client.onAnswer = killAt(
        Array.from({ length: KILLS.commands }, () => 5 + Math.floor(random() * (COMMANDS - 10))),
      );

      const begunAt = performance.now();
      const launching = client.post<JobView>("/api/definitions/workflow/question/launch", {
        people: Array.from({ length: LAUNCHED }, (_, n) => employee(n)),
        period: "2026",
        key: LAUNCH,
      });
      await Promise.all([
        launching,
        ...Array.from({ length: CLIENTS }, (_, n) => work(client, n)),
        passingTime(client),
      ]);
      await Promise.all(killing);
      let job = await launching;
      while (job.status === "waiting" || job.status === "running") job = await client.ask("GET", `/api/jobs/${job.id}`);
      expect(job).toMatchObject({ status: "done", done: LAUNCHED, total: LAUNCHED });

      // Now every deadline passes: timers fire, webhooks are called, records written, children begin, rest and end.
      const calls = hook.calls.length;
      onCall = killAt(Array.from({ length: KILLS.effects }, () => calls + 5 + Math.floor(random() * (LAUNCHED - 10))));
      for (let hour = 1; hour <= 12; hour++) await client.ask("POST", "/api/clock", { to: START + hour * HOUR });
      onCall = () => undefined;
      await Promise.all(killing);
      for (let hour = 13; hour <= 24; hour++) await client.ask("POST", "/api/clock", { to: START + hour * HOUR });

      // Whoever asks again with the same key, days later, gets the same answer.
      for (const { path, body } of [...client.answered.values()]) {
        if (!path.endsWith("/launch")) await client.post(path, body);
      }
      await client.stop();
      const seconds = (performance.now() - begunAt) / 1000;

      const host = await openHost(testConfig(folder), { clock: manualClock(START + 24 * HOUR) });
      try {
        await host.catalogue.refresh();
        await host.parameters.refresh();
        const broken = [
          ...client.violations,
          ...(await brokenPromises(host.db, client, hook.calls)),
          ...(await violations(host)),
        ];
        const figures = await figuresOf(host.db);
        console.info(
          JSON.stringify({
            killed: "over HTTP",
            seed: SEED,
            seconds: Math.round(seconds * 10) / 10,
            kills: client.kills,
            duringLaunch,
            slowestStartMs: Math.round(client.slowestStartMs),
            requests: client.requests,
            acknowledged: client.answered.size,
            retried: client.retried,
            ...figures,
            calls: hook.calls.length,
            violations: broken.length,
          }),
        );
        expect(broken).toEqual([]);
        expect(client.kills).toBe(1 + KILLS.commands + KILLS.effects);
        expect(duringLaunch).toBeGreaterThan(0);
        expect(client.retried).toBeGreaterThan(0);
        expect(client.answered.size).toBe(COMMANDS + 1);
        expect(COMMANDS).toBeGreaterThanOrEqual(1_000);
        expect(figures).toMatchObject({
          transfers: CLIENTS * HAND_OVERS,
          completed: CLIENTS,
          questions: LAUNCHED + CLIENTS,
          closed: 2 * (LAUNCHED + CLIENTS),
          children: LAUNCHED + CLIENTS,
          records: LAUNCHED + CLIENTS,
        });
      } finally {
        await host.stop();
      }
    },
    LONG ? 3_600_000 : 120_000,
  );
});

/** One client: starts a case, hands its task to and fro, at last to the administrator, who approves. Every request has a key. */
async function work(client: PatientClient, n: number): Promise<void> {
  const { caseId } = await client.post<CommandAnswer>("/api/cases", {
    workflow: "question",
    subject: { kind: "person", id: employee(n) },
    period: "2025",
    key: `start-of-client-${n}`,
  });
  const task = `${caseId}/1/1`;
  const send = (key: string, command: object) => client.post(`/api/cases/${caseId}/commands`, { command, key });
  const people = ["ana", "ben", "mia", "rolf"];
  for (let at = 0; at < HAND_OVERS; at++) {
    const to = at === HAND_OVERS - 1 ? "hana" : people[at % people.length];
    const reason = `transfer-${n}-${at}`;
    await send(reason, { type: "transfer", task, to, reason });
  }
  await send(`complete-${n}`, { type: "complete", task, outcome: "approved", comment: `complete-${n}` });
}

/** Minutes pass while people work, so that deadlines fall at many instants; all of them after the work is done. */
async function passingTime(client: PatientClient): Promise<void> {
  for (let minute = 5; minute <= 40; minute += 5) {
    await client.ask("POST", "/api/clock", { to: START + minute * MINUTE });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
