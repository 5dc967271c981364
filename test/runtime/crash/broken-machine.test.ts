import { writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { createApiKey } from "../../../runtime/access/keys.ts";
import { manualClock } from "../../../runtime/clock.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { openHost } from "../../../runtime/hosts/embedded.ts";
import { question } from "../../bench/world.ts";
import { canInject, childOf, injecting, type SmallDisk, smallDisk } from "../../support/broken-machine.ts";
import { violations } from "../../support/invariants.ts";
import { type ServerProcess, startServer } from "../../support/server-process.ts";
import { MONDAY, officeCalendar, smallOrganisation } from "../../support/small-world.ts";
import { publishDocuments, testConfig, writeOrganisation } from "../../support/test-runtime.ts";

/**
 * One server on a small disk of its own, and a machine that fails it in every way there is, one after the other. Where mounting or
 * strace is not allowed, the tests that need it say so and are counted as skipped.
 */
describe("a machine that breaks", () => {
  let disk: SmallDisk | undefined;
  let server: ServerProcess;
  let token = "";
  let caseId = "";
  const env = { RONDO_DEMO: "none", RONDO_CLOCK: "manual", RONDO_CLOCK_START: new Date(MONDAY).toISOString() };
  const injects = canInject();
  /** Keys of commands that were acknowledged. */
  const acknowledged = new Set<string>();
  let last = 0;

  beforeAll(async () => {
    disk = smallDisk(24);
    if (!disk) return;
    const host = await openHost(testConfig(disk.folder), { clock: manualClock(MONDAY) });
    await writeOrganisation(host.db, smallOrganisation(), MONDAY);
    await host.catalogue.refresh();
    await publishDocuments(host, [officeCalendar, question]);
    token = await createApiKey(host, { person: "hana", title: "broken machine", by: null });
    const subject = { kind: "person" as const, id: "ana" };
    caseId = (await startCase(host, SYSTEM, { workflow: "question", subject, period: "2026" })).caseId;
    await host.stop();
    server = await startServer(env, disk.folder);
  });
  afterAll(async () => {
    await server?.kill();
    disk?.remove();
  });

  const need = (context: TestContext, strace = false) => {
    if (!disk || (strace && !injects)) context.skip();
  };
  const send = async (key: string) => {
    const response = await fetch(`${server.url}/api/cases/${caseId}/commands`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({
        command: {
          type: "transfer",
          task: `${caseId}/1/1`,
          to: ["ana", "ben"][last++ % 2],
          reason: `${key} ${"x".repeat(1_500)}`,
        },
        key,
      }),
    });
    const text = await response.text();
    if (response.ok) acknowledged.add(key);
    return { status: response.status, text, retryAfter: response.headers.get("retry-after") };
  };
  const look = async () =>
    (await fetch(`${server.url}/api/cases/${caseId}`, { headers: { authorization: `Bearer ${token}` } })).status;

  const loopDelay = async () => {
    const { lag } = (await (await fetch(`${server.url}/api/health`)).json()) as { lag: { eventLoopMs: number } };
    return lag.eventLoopMs;
  };

  it("R21: on a disk that is full a command is answered 507, reading goes on, and room is all that it takes", async (context) => {
    need(context);
    const junk = join(disk!.folder, "junk");
    expect((await send("before-full")).status).toBe(200);
    for (let size = 24; size > 0; size--) {
      try {
        writeFileSync(`${junk}-${size}`, Buffer.alloc(1_000_000));
      } catch {
        break;
      }
    }
    const answers = [];
    for (let n = 0; n < 200 && answers.at(-1)?.status !== 507; n++) answers.push(await send(`until-full-${n}`));
    const reading = await look();
    for (let size = 24; size > 0; size--) await rm(`${junk}-${size}`, { force: true });
    expect(answers.filter(({ status }) => status !== 200 && status !== 507)).toEqual([]);
    expect(answers.at(-1)).toMatchObject({ status: 507, text: expect.stringContaining("disk is full") });
    expect(reading).toBe(200);
    expect((await send("after-full")).status).toBe(200);
  });

  it("R31, R10: a server that stands still for two seconds is late and loses nothing, and nobody else may write meanwhile", async (context) => {
    need(context);
    // The delay is measured from one question to the next.
    await loopDelay();
    await new Promise((resolve) => setTimeout(resolve, 60));
    server.process.kill("SIGSTOP");
    // A connection that was kept may be gone when the server wakes up: whoever hears nothing asks again, with the same key.
    const patient = (key: string): ReturnType<typeof send> => send(key).catch(() => patient(key));
    const waiting = [1, 2, 3].map((n) => patient(`asleep-${n}`));
    const second = await startServer(env, disk!.folder).then(
      async (other) => {
        await other.kill();
        return "it started";
      },
      (cause: Error) => cause.message,
    );
    expect(second).toMatch(/in use by another/);
    await new Promise((resolve) => setTimeout(resolve, 500));
    server.process.kill("SIGCONT");
    expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await loopDelay()).toBeGreaterThan(500);
    expect(await loopDelay()).toBeLessThan(500);
  });

  it("R22: after an fsync that failed nothing is acknowledged any more, even when the disk says it is well again", async (context) => {
    need(context, true);
    await server.kill();
    // Three in a row fail, somewhere among the commands; those after them would succeed.
    server = await startServer(env, disk!.folder, injecting("fdatasync,fsync", "error=EIO:when=40..42"));
    let failed = await send("before-eio");
    for (let n = 0; n < 100 && failed.status === 200; n++) failed = await send(`before-eio-${n}`);
    expect(failed.status).toBe(503);
    expect(failed.text).toContain("cannot be written");
    for (let n = 0; n < 8; n++) expect((await send(`after-eio-${n}`)).status).toBe(503);
    expect(await look()).toBe(200);
    process.kill(childOf(server.process.pid!), "SIGKILL");
    await server.ended;
  });

  it("what was acknowledged through all of it is there, once, and the store agrees with itself", async (context) => {
    need(context);
    await server.kill();
    // What was being written when the fsync failed may be there or not; it was refused, and is sent again with its key.
    const host = await openHost(testConfig(disk!.folder), { clock: manualClock(MONDAY) });
    try {
      await host.catalogue.refresh();
      await host.parameters.refresh();
      const rows = await host.db.read<{ reason: string }>(
        "SELECT json_extract(entry, '$.event.reason') AS reason FROM journal WHERE type = 'transfer'",
      );
      const stored = rows.map(({ reason }) => reason.split(" ")[0]!);
      expect(new Set(stored).size).toBe(stored.length);
      expect([...acknowledged].filter((key) => !stored.includes(key))).toEqual([]);
      expect(await violations(host)).toEqual([]);
    } finally {
      await host.stop();
    }
  });

  it("R21: on a disk that cannot be written a server does not start, says why, and starts again when it can", async (context) => {
    need(context);
    const refused = await startServer(env, disk!.readOnlyView()).then(
      () => "it started",
      (cause: Error) => cause.message,
    );
    expect(refused).toContain("cannot be written: it is read-only");
    expect(refused).not.toContain("    at ");
    server = await startServer(env, disk!.folder);
    expect((await send("after-read-only")).status).toBe(200);
  });
});
