import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createSocketServer, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { EFFECTS } from "../../../runtime/effects/registry.ts";
import { readReceivers } from "../../../runtime/store/receivers.ts";
import { afterFailure } from "../../../runtime/worker/receivers.ts";
import { violations } from "../../support/invariants.ts";
import { HOUR, MONDAY } from "../../support/small-world.ts";
import { type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
let ends: (() => void)[] = [];
afterEach(async () => {
  await world?.end();
  for (const end of ends) end();
  ends = [];
});

/** Another system: what it answers to its nth call, and how many calls it had, in all and at once. */
async function system(answer: (response: ServerResponse, n: number) => void) {
  const seen = { calls: 0, now: 0, most: 0 };
  const server = createServer((request, response) => {
    seen.now += 1;
    seen.most = Math.max(seen.most, seen.now);
    response.on("close", () => {
      seen.now -= 1;
    });
    request.resume();
    answer(response, seen.calls++);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}

/** A case that does nothing but call. */
const calling = (id: string, url: string, retries = 20) => ({
  kind: "workflow",
  schema: 1,
  id,
  title: id,
  subject: "person",
  key: ["subject", "period"],
  start: "call",
  steps: {
    call: { kind: "call", title: "Call", url, retries, on: { done: "good", failed: "bad" } },
    good: { kind: "end", title: "Good", outcome: "good" },
    bad: { kind: "end", title: "Bad", outcome: "bad" },
  },
});

/** Starts `n` cases, each of a period of its own. */
const begin = (workflow: string, n: number, from = 2000) =>
  Promise.all(
    Array.from({ length: n }, (_, at) =>
      startCase(world.host, SYSTEM, { workflow, subject: { kind: "person", id: "ana" }, period: String(from + at) }),
    ),
  );
const ended = async (workflow: string, outcome = "good") =>
  (
    await world.host.db.read<{ n: number }>("SELECT count(*) AS n FROM cases WHERE definition = ? AND outcome = ?", [
      workflow,
      outcome,
    ])
  )[0]!.n;
const moveBy = (ms: number) => world.host.moveClock(world.host.clock.now() + ms);
const instantly = (response: ServerResponse) => void response.end("{}");

describe("R27: a system that effects go to", () => {
  it("and that fails is left alone after five failures, asked by one effect at a time, and gets the rest when it answers", async () => {
    let well = false;
    const down = await system((response) => void response.writeHead(well ? 200 : 500).end("{}"));
    const other = await system(instantly);
    world = await testHost({ documents: [calling("down", down.url), calling("other", other.url)], start: false });
    const { host } = world;
    await begin("down", 200);
    await begin("other", 20);
    await host.worker.settle();
    // Eight at once, and at most one more after each of the first four: then the others are not even tried, and cost no try.
    const begun = down.seen.calls;
    expect(down.seen.most).toBeLessThanOrEqual(8);
    expect(begun).toBeLessThanOrEqual(12);
    expect(await ended("other")).toBe(20);
    const [tried] = await host.db.read<{ n: number }>(
      "SELECT count(*) AS n FROM outbox WHERE tries > 0 AND status = 'waiting'",
    );
    expect(tried!.n).toBe(begun);
    expect(await readReceivers(host.db)).toMatchObject([
      { failures: begun, pauses: 1, pausedUntil: MONDAY + 10_000, reason: expect.stringContaining("answered 500") },
    ]);
    expect(
      await host.metrics.text(host.db, host.clock.now(), { queues: { commit: 0, decide: 0, effects: 0 } }),
    ).toContain("rondo_receivers_paused 1");

    // An hour: pauses of 10, 20, 40, 80, 160 seconds, then five minutes each, with one call after each.
    await moveBy(HOUR);
    const probes = down.seen.calls - begun;
    expect(probes).toBeGreaterThanOrEqual(14);
    expect(probes).toBeLessThanOrEqual(17);
    // A restart does not begin anew.
    await world.restart();
    await world.host.worker.settle();
    expect(down.seen.calls - begun).toBe(probes);

    well = true;
    await moveBy(HOUR);
    expect(await ended("down")).toBe(200);
    expect(await readReceivers(world.host.db)).toEqual([]);
    expect(await violations(world.host)).toEqual([]);
  });

  it("and that answers 429 with Retry-After is left alone for so long, whoever wants to call it, and for an hour at most", async () => {
    const says = ["120", new Date(Date.now() + 300_000).toUTCString(), "99999999"];
    const busy = await system((response, n) => {
      const after = says[n];
      if (after === undefined) response.end("{}");
      else response.writeHead(429, { "retry-after": after }).end();
    });
    world = await testHost({ documents: [calling("busy", busy.url)], start: false });
    await begin("busy", 1);
    await world.host.worker.settle();
    await begin("busy", 30, 3000);
    await moveBy(119_000);
    expect(busy.seen.calls).toBe(1);
    await moveBy(1_000);
    expect(busy.seen.calls).toBe(2);
    const [{ pausedUntil } = { pausedUntil: 0 }] = await readReceivers(world.host.db);
    expect(pausedUntil! - world.host.clock.now()).toBeGreaterThan(290_000);
    expect(pausedUntil! - world.host.clock.now()).toBeLessThanOrEqual(300_000);
    await moveBy(300_000);
    expect(busy.seen.calls).toBe(3);
    await moveBy(HOUR - 5_000);
    expect(busy.seen.calls).toBe(3);
    await moveBy(HOUR);
    expect(await ended("busy")).toBe(31);
    expect(busy.seen.calls).toBe(3 + 31);
  });

  it("and that answers byte by byte, or never, is given its time and no more, has eight of us at once, and holds up nobody else", async () => {
    const drip = await system((response, n) => {
      // Every second one never says anything; the others say a byte now and then, for ever.
      if (n % 2 === 1) return;
      response.writeHead(200, { "content-type": "application/json" });
      const dripping = setInterval(() => response.write("["), 50);
      response.on("close", () => clearInterval(dripping));
    });
    const other = await system(instantly);
    world = await testHost({
      documents: [calling("drip", drip.url), calling("other", other.url)],
      env: { RONDO_CALL_SECONDS: "1" },
      start: false,
    });
    await begin("drip", 40);
    await begin("other", 100);
    const began = performance.now();
    const settled = world.host.worker.settle();
    while ((await ended("other")) < 100 && performance.now() - began < 900) await new Promise((r) => setTimeout(r, 10));
    expect(await ended("other")).toBe(100);
    expect(drip.seen.now).toBe(8);
    await settled;
    // One second for the first eight, one more where one of the others began before the fifth failed.
    expect(performance.now() - began).toBeLessThan(3_500);
    expect(drip.seen.most).toBe(8);
    expect(drip.seen.calls).toBeLessThanOrEqual(12);
    const [trouble] = await readReceivers(world.host.db);
    expect(trouble).toMatchObject({
      failures: drip.seen.calls,
      reason: expect.stringContaining("did not answer within 1 seconds"),
    });
  });

  it("and that refuses is well: it is not left alone, and neither is one that fails now and then", async () => {
    const picky = await system((response, n) => void response.writeHead(n % 4 === 0 ? 422 : 503).end());
    world = await testHost({ documents: [calling("picky", picky.url, 50)], start: false });
    await begin("picky", 30);
    await moveBy(24 * HOUR);
    expect(await ended("picky", "bad")).toBe(30);
    expect((await readReceivers(world.host.db)).filter(({ pauses }) => pauses > 0)).toEqual([]);
  });

  it("each waits in a lane of its own: servers by their address, the mail server, and what stays inside", async () => {
    world = await testHost({ start: false });
    const { db } = world.host;
    const put = (id: string, kind: string, payload: object) =>
      db.write([
        {
          sql: `INSERT INTO outbox (id, kind, payload, status, tries, next_at, created_at) VALUES (?, ?, ?, 'waiting', 0, 0, 0)`,
          args: [id, kind, JSON.stringify(payload)],
        },
      ]);
    const urls = ["https://a.example/x/y", "https://a.example?q=1", "http://a.example:81/", "http://h", "https://h/z"];
    for (const url of urls) await put(url, "call", { url });
    for (const { kind } of EFFECTS) if (kind !== "call") await put(kind, kind, {});
    const rows = await db.read<{ id: string; lane: string }>("SELECT id, lane FROM outbox");
    const lanes = Object.fromEntries(rows.map(({ id, lane }) => [id, lane]));
    expect(urls.map((url) => lanes[url])).toEqual([
      "https://a.example",
      "https://a.example?q=1",
      "http://a.example:81",
      "http://h",
      "https://h",
    ]);
    for (const { kind, outside } of EFFECTS) {
      if (kind !== "call") expect([kind, lanes[kind] !== "inside"]).toEqual([kind, outside]);
    }
  });
});

describe("R27: a mail server", () => {
  it("that says a letter now and then is given its time and no more, and is counted as failing", async () => {
    const sockets = new Set<Socket>();
    const server = createSocketServer((socket) => {
      sockets.add(socket);
      const dripping = setInterval(() => socket.write("2"), 50);
      socket
        .on("error", () => undefined)
        .on("close", () => {
          sockets.delete(socket);
          clearInterval(dripping);
        });
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    ends.push(() => server.close());
    const note = {
      ...calling("note", "http://h"),
      steps: {
        call: {
          kind: "notify",
          title: "Tell",
          to: [{ relation: "subject" }],
          via: ["email"],
          message: "x",
          on: { done: "good" },
        },
        good: { kind: "end", title: "Good", outcome: "good" },
      },
    };
    world = await testHost({
      documents: [note],
      env: { RONDO_SMTP_URL: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, RONDO_CALL_SECONDS: "0.5" },
      start: false,
    });
    await begin("note", 4);
    const began = performance.now();
    await world.host.worker.settle();
    expect(performance.now() - began).toBeLessThan(4_000);
    expect(await readReceivers(world.host.db)).toMatchObject([{ lane: "email", failures: 4, pauses: 0 }]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(sockets.size).toBe(0);
  });
});

it("R27: what was on its way when a pause began does not make it longer; each new pause is twice the last, up to five minutes", () => {
  let now = 0;
  let known: ReturnType<typeof afterFailure> | undefined;
  const pauses: number[] = [];
  for (let n = 0; n < 4; n++) known = afterFailure(known, "https://h", now, "down");
  expect(known).toMatchObject({ failures: 4, pauses: 0, pausedUntil: null });
  for (let n = 0; n < 8; n++) {
    known = afterFailure(known, "https://h", now, "down");
    pauses.push(known.pausedUntil! - now);
    known = afterFailure(known, "https://h", now + 1, "down");
    expect(known.pausedUntil! - now).toBe(pauses.at(-1));
    now = known.pausedUntil!;
  }
  expect(pauses).toEqual([10, 20, 40, 80, 160, 300, 300, 300].map((seconds) => seconds * 1000));
});
