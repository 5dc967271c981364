import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { systemClock } from "../../../runtime/clock.ts";
import { command } from "../../../runtime/commands/handle.ts";
import { Refused } from "../../../runtime/commands/refused.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { quantile } from "../../bench/world.ts";
import { type TestHost, testHost } from "../../support/test-runtime.ts";
import { crashDocuments } from "../crash/documents.ts";

const SIZE = 100_000;
let world: TestHost;
let server: Server;
afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  await world?.end();
});

/** A webhook that takes its time: how many calls it has at once, and how many it ever had. */
async function slowHook(ms: number) {
  const seen = { now: 0, most: 0, calls: 0 };
  server = createServer((request, response) => {
    seen.calls += 1;
    seen.now += 1;
    seen.most = Math.max(seen.most, seen.now);
    request.resume();
    setTimeout(() => {
      seen.now -= 1;
      response.writeHead(200).end("{}");
    }, ms);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

it("R27, R39: a hundred thousand effects for a slow target take no memory, and hold up neither commands nor other effects", async () => {
  const { seen, url } = await slowHook(100);
  world = await testHost({ documents: crashDocuments(url), clock: systemClock });
  const { host } = world;
  const now = Date.now();
  for (let at = 0; at < SIZE; at += 20_000) {
    await host.db.write([
      {
        sql: `WITH RECURSIVE n (i) AS (SELECT ? UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)
              INSERT INTO outbox (id, case_id, kind, payload, status, tries, next_at, created_at)
              SELECT 'burst/' || i, NULL, 'call', json_object('id', 'burst/' || i, 'kind', 'call', 'step', 'call', 'url', ?,
                'body', json_object('text', ?), 'retries', 3), 'waiting', 0, ?, ? FROM n`,
        args: [at, at + 20_000, url, "x".repeat(500), now - 1_000, now - 1_000],
      },
    ]);
  }
  const heap = process.memoryUsage().heapUsed;
  host.worker.wake();
  const { caseId } = await startCase(host, SYSTEM, {
    workflow: "question",
    subject: { kind: "person", id: "ana" },
    period: "2026",
  });
  const waits: number[] = [];
  const end = performance.now() + 2_000;
  for (let n = 0; performance.now() < end; n++) {
    const asked = performance.now();
    await command(host, SYSTEM, caseId, {
      command: { type: "transfer", task: `${caseId}/1/1`, to: n % 2 === 0 ? "ben" : "ana", reason: "meanwhile" },
    });
    waits.push(performance.now() - asked);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  // An effect inside Rondo, asked for after all of them, does not wait for them.
  const asked = Date.now();
  await host.db.write([
    {
      sql: `INSERT INTO outbox (id, case_id, kind, payload, status, tries, next_at, created_at)
            VALUES ('inside/1', NULL, 'write-record', ?, 'waiting', 0, ?, ?)`,
      args: [
        JSON.stringify({
          id: "inside/1",
          kind: "write-record",
          step: "write",
          type: "answer",
          fields: { about: "ana" },
        }),
        asked,
        asked,
      ],
    },
  ]);
  host.worker.wake();
  const inside = async () =>
    (await host.db.read<{ status: string }>("SELECT status FROM outbox WHERE id = 'inside/1'"))[0]!.status;
  while ((await inside()) === "waiting" && Date.now() - asked < 5_000) await new Promise((r) => setTimeout(r, 10));
  expect(await inside()).toBe("done");
  expect(seen.most).toBeLessThanOrEqual(16);
  expect(seen.calls).toBeGreaterThan(50);
  expect(waits.length).toBeGreaterThan(50);
  expect((process.memoryUsage().heapUsed - heap) / 1_048_576).toBeLessThan(100);
  console.info(`${SIZE} effects waiting: ${seen.calls} sent, p99 of a command ${Math.round(quantile(waits, 0.99))} ms`);
});

it("R39: past the bound a command is refused with busy, those before it are carried out, and memory stays what it is", async () => {
  const { url } = await slowHook(0);
  world = await testHost({ documents: crashDocuments(url) });
  const { host } = world;
  const { caseId } = await startCase(host, SYSTEM, {
    workflow: "question",
    subject: { kind: "person", id: "ana" },
    period: "2026",
  });
  // All of them in one turn of the loop: nobody can be served in between.
  const sent = Array.from({ length: 21_000 }, () =>
    command(host, SYSTEM, caseId, { command: { type: "event", event: "nothing-of-the-kind" } }).then(
      () => "accepted",
      (cause: unknown) => (cause instanceof Refused ? cause.code : String(cause)),
    ),
  );
  const answers = await Promise.all(sent);
  const busy = answers.filter((answer) => answer === "busy").length;
  expect(busy).toBeGreaterThan(500);
  expect(busy).toBeLessThan(2_000);
  expect(answers.slice(0, 1_000)).not.toContain("busy");
  expect(host.committer.waiting).toBe(0);
  const { revision } = await command(host, SYSTEM, caseId, {
    command: { type: "transfer", task: `${caseId}/1/1`, to: "ben", reason: "afterwards" },
  });
  expect(revision).toBe(2);
});
