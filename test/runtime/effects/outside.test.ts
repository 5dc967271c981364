import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterEach, describe, expect, it } from "vitest";
import type { Command } from "#engine/contract/commands.ts";
import { manualClock } from "../../../runtime/clock.ts";
import { command } from "../../../runtime/commands/handle.ts";
import { retryEffect } from "../../../runtime/commands/retry-effect.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { signature } from "../../../runtime/effects/call.ts";
import { loadCases } from "../../../runtime/store/cases-load.ts";
import { listEffects } from "../../../runtime/store/outbox.ts";
import { violations } from "../../support/invariants.ts";
import { DAY, HOUR, MONDAY } from "../../support/small-world.ts";
import { type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
const servers: { close(done: () => void): unknown }[] = [];
afterEach(async () => {
  await world.end();
  for (const server of servers.splice(0)) await new Promise<void>((done) => server.close(() => done()));
});

interface Mail {
  to: string[];
  id: string;
  text: string;
}

/** A real mail server in this process; `accept` says what it answers to each mail. */
async function mailServer(accept: (mail: Mail, n: number) => Error | undefined = () => undefined) {
  const mails: Mail[] = [];
  let n = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const text = Buffer.concat(parts).toString("utf8");
        const id = /^Message-ID: (.+)$/im.exec(text)?.[1]?.trim() ?? "";
        const mail = { to: session.envelope.rcptTo.map(({ address }) => address), id, text };
        const refusal = accept(mail, n++);
        if (!refusal) mails.push(mail);
        done(refusal ?? null);
      });
    },
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", () => ready()));
  servers.push(server);
  const { port } = server.server.address() as AddressInfo;
  return { mails, url: `smtp://127.0.0.1:${port}` };
}

const note = {
  kind: "workflow",
  schema: 1,
  id: "note",
  title: "Note",
  subject: "person",
  start: "tell",
  steps: {
    tell: {
      kind: "notify",
      title: "Tell them",
      to: [{ relation: "subject" }, { relation: "manager" }],
      via: ["inbox", "email"],
      message: "Something has happened.",
      on: { done: "end" },
    },
    end: { kind: "end", title: "End", outcome: "told" },
  },
};

describe("e-mail", () => {
  it("reaches everybody who has an address once, by SMTP, and stands in the inbox too", async () => {
    const { mails, url } = await mailServer();
    world = await testHost({
      documents: [note],
      env: { RONDO_SMTP_URL: url, RONDO_MAIL_FROM: "Rondo <rondo@example.org>" },
    });
    const { host } = world;
    await startCase(host, SYSTEM, { workflow: "note", subject: { kind: "person", id: "ana" } });
    await host.worker.settle();
    await host.worker.settle();
    expect(mails.map(({ to }) => to[0]).sort()).toEqual(["ana@example.org", "mia@example.org"]);
    expect(new Set(mails.map(({ id }) => id)).size).toBe(2);
    expect(mails[0]!.text).toContain("From: Rondo <rondo@example.org>");
    const inbox = await host.db.read<{ person: string }>("SELECT person FROM inbox ORDER BY person");
    expect(inbox.map(({ person }) => person)).toEqual(["ana", "mia"]);
    expect(await violations(host)).toEqual([]);
  });

  it("R27: a server that is busy is asked again later, with the same Message-ID", async () => {
    const seen: string[] = [];
    const { mails, url } = await mailServer((mail, n) => {
      seen.push(mail.id);
      return n < 2 ? Object.assign(new Error("try again later"), { responseCode: 451 }) : undefined;
    });
    world = await testHost({
      documents: [{ ...note, steps: { ...note.steps, tell: { ...note.steps.tell, to: [{ relation: "subject" }] } } }],
      env: { RONDO_SMTP_URL: url },
    });
    await startCase(world.host, SYSTEM, { workflow: "note", subject: { kind: "person", id: "ana" } });
    await world.host.moveClock(MONDAY + HOUR);
    expect(seen).toHaveLength(3);
    expect(new Set(seen).size).toBe(1);
    expect(mails).toHaveLength(1);
  });

  it("that a server refuses for good is a dead letter with the reason, which an admin can send again", async () => {
    let refuse = true;
    const { mails, url } = await mailServer(() =>
      refuse ? Object.assign(new Error("no such mailbox"), { responseCode: 550 }) : undefined,
    );
    world = await testHost({
      documents: [{ ...note, steps: { ...note.steps, tell: { ...note.steps.tell, to: [{ relation: "subject" }] } } }],
      env: { RONDO_SMTP_URL: url },
    });
    const { host } = world;
    await startCase(host, SYSTEM, { workflow: "note", subject: { kind: "person", id: "ana" } });
    await host.worker.settle();
    const dead = await listEffects(host.db, { status: "dead" });
    expect(dead.items).toMatchObject([{ kind: "email", tries: 1, error: expect.stringContaining("no such mailbox") }]);
    refuse = false;
    await retryEffect(host, SYSTEM, dead.items[0]!.id);
    await host.worker.settle();
    expect(mails).toHaveLength(1);
    expect((await listEffects(host.db, { status: "dead" })).total).toBe(0);
  });
});

const calling = {
  kind: "workflow",
  schema: 1,
  id: "calling",
  title: "Calling",
  subject: "person",
  start: "call",
  steps: {
    call: {
      kind: "call",
      title: "Call out",
      url: "http://127.0.0.1:1/",
      body: { who: { fact: "subject.id" } },
      answer: { ticket: "text" },
      retries: 3,
      on: { done: "good", failed: "bad" },
    },
    good: { kind: "end", title: "Good", outcome: "good", result: { ticket: { fact: "step.call.ticket" } } },
    bad: { kind: "end", title: "Bad", outcome: "bad" },
  },
};

interface Received {
  id: string;
  signed: boolean;
  body: string;
}

/** A real web server in this process. */
async function hook(answer: (n: number) => { status: number; body?: string; hang?: boolean }) {
  const received: Received[] = [];
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = Buffer.concat(parts).toString("utf8");
      const id = String(request.headers["webhook-id"]);
      const timestamp = String(request.headers["webhook-timestamp"]);
      const expected = `v1,${signature(world.host.config.secret, id, timestamp, body)}`;
      const n = received.push({ id, signed: request.headers["webhook-signature"] === expected, body }) - 1;
      const { status, body: said, hang } = answer(n);
      if (hang) return void request.socket.destroy();
      response.writeHead(status, { "content-type": "application/json" }).end(said ?? "");
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  servers.push(server);
  const { port } = server.address() as AddressInfo;
  const document = {
    ...calling,
    steps: { ...calling.steps, call: { ...calling.steps.call, url: `http://127.0.0.1:${port}/hook` } },
  };
  return { received, document };
}

const outcomeOf = async (caseId: string) => {
  const [row] = await world.host.db.read<{ outcome: string; state: string }>(
    "SELECT outcome, state FROM cases WHERE id = ?",
    [caseId],
  );
  return { outcome: row!.outcome, result: JSON.parse(row!.state).result as unknown };
};

describe("a webhook", () => {
  it("is called once with a signature over its id, and its answer goes on with the case", async () => {
    const { received, document } = await hook(() => ({ status: 200, body: '{"ticket":"T-1"}' }));
    world = await testHost({ documents: [document] });
    const { caseId } = await startCase(world.host, SYSTEM, {
      workflow: "calling",
      subject: { kind: "person", id: "ana" },
    });
    await world.host.worker.settle();
    expect(received).toMatchObject([{ signed: true, body: '{"who":"ana"}' }]);
    expect(await outcomeOf(caseId)).toEqual({ outcome: "good", result: { ticket: "T-1" } });
    expect(await violations(world.host)).toEqual([]);
  });

  it("R27: that fails or breaks off is called again with back-off and the same id, and after the last try the case goes on by failed", async () => {
    const { received, document } = await hook((n) => (n % 2 === 0 ? { status: 503 } : { status: 0, hang: true }));
    world = await testHost({ documents: [document] });
    const { caseId } = await startCase(world.host, SYSTEM, {
      workflow: "calling",
      subject: { kind: "person", id: "ana" },
    });
    await world.host.moveClock(MONDAY + DAY);
    expect(received).toHaveLength(4);
    expect(new Set(received.map(({ id }) => id)).size).toBe(1);
    expect((await outcomeOf(caseId)).outcome).toBe("bad");
    expect(await violations(world.host)).toEqual([]);
  });

  it("that says no is not called again", async () => {
    const { received, document } = await hook(() => ({ status: 422 }));
    world = await testHost({ documents: [document], clock: manualClock(MONDAY) });
    const { caseId } = await startCase(world.host, SYSTEM, {
      workflow: "calling",
      subject: { kind: "person", id: "ana" },
    });
    await world.host.moveClock(MONDAY + DAY);
    expect(received).toHaveLength(1);
    expect((await outcomeOf(caseId)).outcome).toBe("bad");
  });

  it("that a case had stopped waiting for is made once more under the same id when that is taken back, and nothing is forgotten", async () => {
    const { received, document } = await hook(() => ({ status: 200, body: '{"ticket":"T-7"}' }));
    world = await testHost({
      documents: [
        {
          ...document,
          start: "ask",
          steps: {
            ...document.steps,
            ask: {
              kind: "approval",
              title: "Ask",
              actor: { relation: "subject" },
              on: { approved: "call", rejected: "call" },
            },
          },
        },
      ],
      start: false,
    });
    const { host } = world;
    const { caseId } = await startCase(host, SYSTEM, { workflow: "calling", subject: { kind: "person", id: "ana" } });
    const say = (body: Command) => command(host, SYSTEM, caseId, { command: body });
    await say({ type: "complete", task: `${caseId}/1/1`, outcome: "approved" });
    await say({ type: "move", to: "ask", reason: "too early" });
    await host.worker.settle();
    expect(received).toHaveLength(1);
    await say({ type: "undo", reason: "not too early after all" });
    await host.worker.settle();
    expect(new Set(received.map(({ id }) => id)).size).toBe(1);
    const state = (await loadCases(host.db, [caseId])).get(caseId)!.state;
    expect(state).toMatchObject({ status: "closed", outcome: "good", result: { ticket: "T-7" } });
    expect(await violations(host)).toEqual([]);
  });
});
