import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { serve } from "@hono/node-server";
import { afterEach, expect, it } from "vitest";
import { createApiKey } from "../../../runtime/access/keys.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { createApp } from "../../../runtime/http/app.ts";
import { question } from "../../bench/world.ts";
import { violations } from "../../support/invariants.ts";
import { type TestHost, testHost } from "../../support/test-runtime.ts";
import { seeded } from "../crash/seeded.ts";

const SEED = Number(process.env.RONDO_SEED ?? 20260105);
const CASES = 12;
const EACH = 15;

let world: TestHost;
let server: ReturnType<typeof serve>;
afterEach(async () => {
  if ("closeAllConnections" in server) server.closeAllConnections();
  server.close();
  await world.end();
});

/** A server with cases of which each has one open task, and what sends commands to them over sockets of its own. */
async function listening() {
  world = await testHost({ documents: [question] });
  const { host } = world;
  const token = await createApiKey(host, { person: "hana", title: "rough network", by: null });
  const cases: string[] = [];
  for (let n = 0; n < CASES; n++) {
    const subject = { kind: "person" as const, id: "ana" };
    cases.push((await startCase(host, SYSTEM, { workflow: "question", subject, period: String(2000 + n) })).caseId);
  }
  const port = await new Promise<number>((resolve) => {
    server = serve({ fetch: createApp(host).fetch, hostname: "127.0.0.1", port: 0 }, (info: AddressInfo) =>
      resolve(info.port),
    );
  });
  const textOf = (caseId: string, body: object) => {
    const text = JSON.stringify(body);
    return [
      `POST /api/cases/${caseId}/commands HTTP/1.1`,
      "host: 127.0.0.1",
      `authorization: Bearer ${token}`,
      "content-type: application/json",
      `content-length: ${Buffer.byteLength(text)}`,
      "connection: close",
      "",
      text,
    ].join("\r\n");
  };
  /** Sends a request, or only the first `cut` bytes of it and hangs up; with `deaf`, hangs up without waiting for an answer. */
  const send = (caseId: string, body: object, { cut, deaf }: { cut?: number; deaf?: boolean } = {}) =>
    new Promise<{ status: number; said: { revision?: number; code?: string } } | undefined>((resolve) => {
      let answer = "";
      const whole = textOf(caseId, body);
      const socket = connect(port, "127.0.0.1", () => {
        socket.write(whole.slice(0, cut), () => {
          if (cut !== undefined || deaf) socket.destroy();
        });
      });
      socket.setEncoding("utf8").on("data", (part: string) => {
        answer += part;
      });
      socket
        .on("error", () => undefined)
        .on("close", () => {
          const said = /\r\n\r\n(?:[0-9a-f]+\r\n)?(\{.*\})/s.exec(answer)?.[1];
          resolve(said === undefined ? undefined : { status: Number(answer.slice(9, 12)), said: JSON.parse(said) });
        });
    });
  return { host, cases, send, length: (caseId: string, body: object) => textOf(caseId, body).length };
}

it("IG3, R06: commands that come twice, again much later, in pieces, or whose sender hangs up: each is applied once, and its answer stays the same", async () => {
  const random = seeded(SEED);
  const { host, cases, send, length } = await listening();
  const people = ["ana", "ben", "mia", "rolf"];
  const commands = cases.flatMap((caseId, of) =>
    Array.from({ length: EACH }, (_, n) => {
      const key = `command-${of}-${n}`;
      const to = people[n % people.length];
      return { caseId, n, body: { command: { type: "transfer", task: `${caseId}/1/1`, to, reason: key }, key } };
    }),
  );
  let cutOff = 0;
  let unheard = 0;
  const first = new Map<string, string>();
  const ask = async ({ caseId, body }: (typeof commands)[number]) => {
    const answer = await send(caseId, body);
    expect(answer).toMatchObject({ status: 200 });
    const said = JSON.stringify(answer!.said);
    expect(first.get(body.key) ?? said).toBe(said);
    first.set(body.key, said);
  };
  // Of a case one after the other, of all cases side by side. Before, beside and after the command itself its echoes.
  await Promise.all(
    cases.map(async (caseId) => {
      const own = commands.filter((one) => one.caseId === caseId);
      for (const one of own) {
        const echoes: Promise<unknown>[] = [];
        if (random() < 0.5) {
          cutOff += 1;
          echoes.push(send(caseId, one.body, { cut: Math.floor(random() * length(caseId, one.body)) }));
        }
        if (random() < 0.5) {
          unheard += 1;
          echoes.push(send(caseId, one.body, { deaf: true }));
        }
        if (random() < 0.5) echoes.push(ask(one));
        // What was sent long ago arrives once more.
        if (one.n > 2 && random() < 0.5) echoes.push(ask(own[Math.floor(random() * (one.n - 1))]!));
        await ask(one);
        await Promise.all(echoes);
      }
    }),
  );
  for (const one of commands) await ask(one);
  const rows = await host.db.read<{ caseId: string; reason: string }>(
    "SELECT case_id AS caseId, json_extract(entry, '$.event.reason') AS reason FROM journal WHERE type = 'transfer' ORDER BY case_id, seq",
  );
  for (const caseId of cases) {
    const applied = rows.filter((row) => row.caseId === caseId).map(({ reason }) => reason);
    expect(applied).toEqual(commands.filter((one) => one.caseId === caseId).map(({ body }) => body.key));
  }
  expect(Math.min(cutOff, unheard)).toBeGreaterThan(40);
  expect(host.committer.waiting).toBe(0);
  expect(await violations(host)).toEqual([]);
});

it("R08: commands that overtake one another are refused where they say what they were decided on, and go through in their order", async () => {
  const { host, cases, send } = await listening();
  const [caseId] = cases as [string];
  const people = ["ben", "mia", "rolf", "ben", "mia"];
  const bodies = people.map((to, n) => ({
    command: { type: "transfer", task: `${caseId}/1/1`, to, reason: `number ${n}` },
    key: `in-order-${n}`,
    expectedRevision: n + 1,
  }));
  // All of them backwards, again and again: each time only the one whose turn it is goes through.
  for (let round = 0; round < bodies.length; round++) {
    const answers = [];
    for (const body of bodies.toReversed()) answers.unshift(await send(caseId, body));
    expect(answers.map((answer) => answer!.status)).toEqual(bodies.map((_, n) => (n <= round ? 200 : 409)));
    for (const answer of answers.slice(round + 1)) expect(answer!.said.code).toBe("stale-revision");
  }
  const rows = await host.db.read<{ reason: string }>(
    "SELECT json_extract(entry, '$.event.reason') AS reason FROM journal WHERE type = 'transfer' ORDER BY seq",
  );
  expect(rows.map(({ reason }) => reason)).toEqual(bodies.map((_, n) => `number ${n}`));
});
