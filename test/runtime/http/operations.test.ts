import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JobView } from "#engine/contract/views/definitions.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { auditTrouble } from "../../../runtime/store/audit.ts";
import { dropInvitation } from "../../../runtime/store/invitations.ts";
import { beginUpkeep } from "../../../runtime/upkeep/begin.ts";
import { importAll } from "../../../runtime/upkeep/import.ts";
import { violations } from "../../support/invariants.ts";
import { publishDocuments } from "../../support/test-runtime.ts";
import { type HttpWorld, httpWorld, NOW } from "./world.ts";

let world: HttpWorld;
let admin: string;
let worker: string;
let hook: Awaited<ReturnType<typeof hookServer>>;
beforeAll(async () => {
  hook = await hookServer();
  world = await httpWorld({ env: { RONDO_METRICS_TOKEN: "a-token-for-prometheus" } });
  const [row] = await world.runtime.db.read<{ person: string }>(
    "SELECT person FROM grants WHERE role = 'hr-admin' AND superseded_at IS NULL LIMIT 1",
  );
  admin = row!.person;
  worker = (
    await world.runtime.db.read<{ person: string }>(
      "SELECT person FROM profiles WHERE role = 'sales' ORDER BY person LIMIT 1",
    )
  )[0]!.person;
  await publishDocuments(world.runtime, [calling(hook.url), needsManager]);
  // Whoever opens a demo on its own machine is a tour guide who may do everything: here nobody is.
  await world.runtime.db.write([{ sql: "UPDATE organisation SET demo = 0" }]);
  world.runtime.organisation.changed(world.runtime.events);
});
afterAll(async () => {
  await world.close();
  await new Promise((resolve) => hook.server.close(resolve));
});

/** A webhook that answers what the test says. */
async function hookServer() {
  const one = {
    server: createServer(),
    url: "",
    answers: 400,
    signed: [] as { id: string; timestamp: string; signature: string; text: string }[],
  };
  one.server.on("request", async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const header = (name: string) => String(request.headers[`webhook-${name}`]);
    const text = Buffer.concat(parts).toString("utf8");
    one.signed.push({ id: header("id"), timestamp: header("timestamp"), signature: header("signature"), text });
    response.writeHead(one.answers, { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((ready) => one.server.listen(0, "127.0.0.1", ready));
  one.url = `http://127.0.0.1:${(one.server.address() as AddressInfo).port}/hook`;
  return one;
}

const calling = (url: string) => ({
  kind: "workflow",
  schema: 1,
  id: "calling",
  title: "Calling",
  subject: "person",
  start: "call",
  steps: {
    call: { kind: "call", title: "Call the payroll", url, retries: 0, on: { done: "end", failed: "look" } },
    look: { kind: "approval", title: "Look at it", actor: { relation: "subject" }, on: { approved: "end" } },
    end: { kind: "end", title: "End", outcome: "done" },
  },
});
const needsManager = {
  kind: "workflow",
  schema: 1,
  id: "needs-manager",
  title: "Needs a manager",
  subject: "person",
  start: "ask",
  steps: {
    ask: { kind: "approval", title: "Ask the manager", actor: { relation: "manager" }, on: { approved: "end" } },
    end: { kind: "end", title: "End", outcome: "done" },
  },
};

async function finished(job: JobView): Promise<JobView> {
  for (;;) {
    const now = await world.ask(admin, "job", { params: { id: job.id } });
    if (!["waiting", "running"].includes(now.status)) return now;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const begin = (workflow: string, id: string) =>
  startCase(world.runtime, SYSTEM, { workflow, subject: { kind: "person", id } });
const fix = async (ids: string[], action: "retry" | "discard" | "cancel") =>
  finished(await world.ask(admin, "fixTroubles", { body: { ids, action, reason: "put right" } }));
const activeOf = async (caseId: string) => {
  const [row] = await world.runtime.db.read<{ active: string }>("SELECT active FROM cases WHERE id = ?", [caseId]);
  return JSON.parse(row!.active) as string[];
};

describe("health", () => {
  it("is live, is ready, and says every cause where it is not", async () => {
    expect((await world.send("GET", "/api/health/live")).json).toEqual({ status: "live" });
    expect((await world.send("GET", "/api/health/ready")).json).toEqual({ status: "ready" });
    const { db, clock } = world.runtime;
    await db.write([
      {
        sql: "INSERT INTO timers VALUES ('nobody', 'late', 1, ?, 1, 's', 'Late', 0, NULL)",
        args: [clock.now() - 600_000],
      },
    ]);
    const late = await world.send("GET", "/api/health/ready");
    expect(late.status).toBe(503);
    expect(late.headers.get("retry-after")).not.toBeNull();
    expect(late.json).toMatchObject({
      code: "not-ready",
      issues: [{ code: "lag", message: expect.stringContaining("600 seconds late") }],
    });
    await db.write([{ sql: "DELETE FROM timers WHERE case_id = 'nobody'" }]);
    expect((await world.send("GET", "/api/health/ready")).status).toBe(200);
  });

  it("R21: says that the disk is full, and is ready again by itself when there is room", async () => {
    const { db } = world.runtime;
    const [pages] = await db.read<{ page_count: number }>("PRAGMA page_count");
    await db.read(`PRAGMA max_page_count = ${pages!.page_count}`);
    let room = true;
    for (let n = 0; room; n++) {
      const piece = { sql: "INSERT INTO import_content VALUES (99, ?, zeroblob(3000))", args: [n] };
      room = await db.write([piece]).then(
        () => true,
        () => false,
      );
    }
    // What is left within pages takes some cases more; the first that does not fit is refused.
    let code: string | null = null;
    const people = await db.read<{ person: string }>(
      "SELECT person FROM profiles WHERE role = 'sales' ORDER BY person DESC",
    );
    for (let n = 0; code === null && n < people.length; n++) {
      code = await begin("needs-manager", people[n]!.person).then(
        () => null,
        (cause: { code: string }) => cause.code,
      );
    }
    expect(code).toBe("storage-full");
    const large = JSON.stringify({ ...needsManager, id: "large", description: "long ".repeat(30_000) });
    const refused = await world.send("POST", "/api/definitions", { as: admin, body: { source: large } });
    expect(refused).toMatchObject({ status: 507, json: { code: "storage-full" } });
    const full = await world.send("GET", "/api/health/ready");
    expect(full.status).toBe(503);
    expect(full.json.issues).toMatchObject([{ code: "disk-full" }]);
    await db.read("PRAGMA max_page_count = 1073741823");
    await db.write([{ sql: "DELETE FROM import_content WHERE import_no = 99" }]);
    expect((await world.send("GET", "/api/health/ready")).status).toBe(200);
  });
});

describe("GET /metrics", () => {
  it("is the studio's list of metrics for a browser that loads it", async () => {
    const address = (path: string) =>
      world.send("GET", path, { as: admin, headers: { accept: "text/html,*/*;q=0.8" } });
    const [page, other] = [await address("/metrics"), await address("/people")];
    expect([page.status, page.headers.get("content-type")]).toEqual([other.status, other.headers.get("content-type")]);
    expect(page.text).not.toContain("rondo_queue_depth");
  });

  it("F61: gives Prometheus the figures, to the bearer of the token or an administrator's key, and to nobody else", async () => {
    expect((await world.send("GET", "/metrics")).status).toBe(401);
    expect((await world.send("GET", "/metrics", { headers: { authorization: "Bearer not-the-token" } })).status).toBe(
      401,
    );
    expect((await world.send("GET", "/metrics", { as: worker })).status).toBe(403);
    expect((await world.send("GET", "/metrics", { as: admin })).status).toBe(200);
    await begin("needs-manager", worker);
    await world.send("GET", "/api/cases/none", { as: admin });
    const { text, headers } = await world.send("GET", "/metrics", {
      headers: { authorization: "Bearer a-token-for-prometheus" },
    });
    expect(headers.get("content-type")).toContain("text/plain");
    const value = (name: string) =>
      Number(new RegExp(`^${name.replaceAll(/[{}"]/g, "\\$&")} (\\S+)$`, "m").exec(text)?.[1]);
    for (const name of [
      'rondo_queue_depth{queue="commit"}',
      'rondo_outbox{status="waiting"}',
      "rondo_outbox_lag_seconds",
      "rondo_timer_lag_seconds",
      "rondo_timers",
      "rondo_incidents_open",
      "rondo_dead_letters",
      "rondo_blocked_cases",
      "rondo_nodejs_eventloop_lag_seconds",
      "rondo_commit_batch_works_count",
    ]) {
      expect(value(name), name).toBeGreaterThanOrEqual(0);
    }
    expect(value("rondo_commit_batch_works_count")).toBeGreaterThan(0);
    expect(value('rondo_refusals_total{code="not-found"}')).toBeGreaterThan(0);
    expect(text).not.toContain(worker);
  });
});

describe("troubles", () => {
  it("F51: an effect that was given up says why, is tried again with success, and the case goes on from there", async () => {
    hook.answers = 400;
    const started = await begin("calling", worker);
    await world.runtime.worker.settle();
    // A call that fails for good is answered to its case; an effect that this server does not know is a dead letter.
    expect(await activeOf(started.caseId)).toEqual(["look"]);
    await world.runtime.db.write([
      {
        sql: "INSERT INTO outbox (id, case_id, kind, payload, status, tries, next_at, error, created_at, finished_at) VALUES ('dead-1', NULL, 'announce', '{\"on\":\"nothing\",\"about\":null,\"data\":{}}', 'dead', 12, 0, 'the receiver was away', ?, ?)",
        args: [NOW, NOW],
      },
    ]);
    const list = await world.ask(admin, "troubles", { query: { kind: "dead-letter" } });
    expect(list.items).toMatchObject([
      { id: "effect:dead-1", why: "the receiver was away", tries: 12, can: ["retry", "discard"] },
    ]);
    expect(await fix(["effect:dead-1"], "retry")).toMatchObject({ status: "done", message: "1 tried again" });
    await world.runtime.worker.settle();
    expect((await world.ask(admin, "troubles", { query: { kind: "dead-letter" } })).items).toEqual([]);
    const audit = await world.ask(admin, "audit", { query: { limit: 500 } });
    expect(audit.items.find(({ what }) => what === "effect.retried")).toMatchObject({
      by: admin,
      details: { reason: "put right" },
    });
  });

  it("F51: discarded, a case that waits for it goes on as failed and is not forgotten; many at once are told one by one", async () => {
    const started = await begin("calling", worker);
    const [effect] = await world.runtime.db.read<{ id: string }>("SELECT id FROM outbox WHERE case_id = ?", [
      started.caseId,
    ]);
    await world.runtime.db.write([
      { sql: "UPDATE outbox SET status = 'dead', error = 'gone' WHERE id = ?", args: [effect!.id] },
    ]);
    const done = await fix([`effect:${effect!.id}`, "effect:unknown"], "discard");
    expect(done).toMatchObject({
      status: "done",
      message: expect.stringMatching(/^1 discarded, 1 refused: There is no effect/),
    });
    expect(await activeOf(started.caseId)).toEqual(["look"]);
    expect(await violations(world.runtime)).toEqual([]);
  });

  it("F52: a blocked case says why and what helps; with the data put right it goes on from the same point, and both attempts stay", async () => {
    const lonely = "nobody-over-me";
    await world.runtime.db.write([
      { sql: "INSERT INTO people (id, created_at) VALUES (?, 1)", args: [lonely] },
      {
        sql: "INSERT INTO profiles (person, name, status, fte, fields, search, recorded_at) VALUES (?, 'Lonely Larry', 'active', '1', '{}', 'lonely', 1)",
        args: [lonely],
      },
    ]);
    world.runtime.organisation.changed(world.runtime.events);
    const started = await begin("needs-manager", lonely);
    const { items } = await world.ask(admin, "troubles", { query: { kind: "blocked" } });
    expect(items.find(({ caseId }) => caseId === started.caseId)).toMatchObject({
      kind: "blocked",
      title: "Needs a manager: Lonely Larry",
      step: "Ask the manager",
      hint: expect.stringContaining("then try again"),
      can: ["retry", "cancel"],
    });
    await fix([`case:${started.caseId}`], "retry");
    expect((await world.ask(admin, "case", { params: { id: started.caseId } })).case.status).toBe("blocked");
    await world.runtime.db.write([
      {
        sql: "INSERT INTO assignments (person, unit, manager, kind, weight, valid_from, recorded_at) SELECT ?, unit, ?, 'primary', '1', '2024-01-01', 1 FROM assignments LIMIT 1",
        args: [lonely, admin],
      },
    ]);
    world.runtime.organisation.changed(world.runtime.events);
    expect(await fix([`case:${started.caseId}`], "retry")).toMatchObject({ status: "done" });
    expect(await activeOf(started.caseId)).toEqual(["ask"]);
    const view = await world.ask(admin, "case", { params: { id: started.caseId } });
    expect(view.case.status).toBe("open");
    const journal = await world.runtime.db.read<{ type: string; by: string }>(
      "SELECT type, by FROM journal WHERE case_id = ? ORDER BY seq",
      [started.caseId],
    );
    expect(journal).toEqual([
      { type: "start", by: null },
      { type: "retry", by: admin },
      { type: "retry", by: admin },
    ]);
  });

  it("F52: an incident may be discarded only where something else moves the case on", async () => {
    const started = await begin("needs-manager", worker);
    const other = (
      await world.runtime.db.read<{ person: string }>(
        "SELECT person FROM profiles WHERE role = 'sales' ORDER BY person LIMIT 1 OFFSET 3",
      )
    )[0]!.person;
    await world.runtime.db.write([
      {
        sql: "INSERT INTO incidents (case_id, what, message, at) VALUES (?, 'timer Reminder', 'its calendar is gone', ?)",
        args: [started.caseId, NOW],
      },
    ]);
    const { items } = await world.ask(admin, "troubles", { query: { kind: "incident" } });
    expect(items[0]).toMatchObject({
      why: "its calendar is gone",
      step: "timer Reminder",
      tries: 1,
      caseId: started.caseId,
    });
    expect(await fix([items[0]!.id], "discard")).toMatchObject({ status: "done" });
    const alone = await begin("calling", other);
    await world.runtime.db.write([
      { sql: "DELETE FROM outbox WHERE case_id = ?", args: [alone.caseId] },
      {
        sql: "INSERT INTO incidents (id, case_id, what, message, at) VALUES (9000, ?, 'call', 'x', ?)",
        args: [alone.caseId, NOW],
      },
    ]);
    expect(await fix(["incident:9000"], "discard")).toMatchObject({
      status: "failed",
      message: expect.stringContaining("Nothing else would move this case on"),
    });
    expect(await fix(["incident:9000"], "cancel")).toMatchObject({ status: "done" });
  });

  it("are an administrator's, and a reason is asked for", async () => {
    expect((await world.send("GET", "/api/troubles?kind=blocked", { as: worker })).status).toBe(403);
    expect(
      (
        await world.send("POST", "/api/troubles/fix", {
          as: worker,
          body: { ids: ["case:x"], action: "retry", reason: "because" },
        })
      ).status,
    ).toBe(403);
    expect(
      (
        await world.send("POST", "/api/troubles/fix", {
          as: admin,
          body: { ids: ["case:x"], action: "retry", reason: " " },
        })
      ).status,
    ).toBe(400);
  });
});

describe("IG3: webhooks and events", () => {
  it("the same request twice starts one case and calls once; the call is signed as Standard Webhooks say, by a key that receivers can have", async () => {
    hook.answers = 200;
    hook.signed.length = 0;
    const people = await world.runtime.db.read<{ person: string }>(
      "SELECT person FROM profiles WHERE role = 'sales' ORDER BY person LIMIT 1 OFFSET 7",
    );
    const body = {
      workflow: "calling",
      subject: { kind: "person", id: people[0]!.person },
      key: "event-4711-from-crm",
    };
    const first = await world.ask(admin, "startCase", { body });
    const again = await Promise.all([1, 2, 3].map(() => world.ask(admin, "startCase", { body })));
    expect(new Set([first, ...again].map(({ caseId }) => caseId)).size).toBe(1);
    await world.runtime.worker.settle();
    expect(hook.signed).toHaveLength(1);
    const { key } = await world.ask(admin, "webhookKey", { body: undefined });
    const [{ id, timestamp, signature, text }] = hook.signed as [(typeof hook.signed)[number]];
    const secret = Buffer.from(key.replace(/^whsec_/, ""), "base64");
    expect(signature).toBe(`v1,${createHmac("sha256", secret).update(`${id}.${timestamp}.${text}`).digest("base64")}`);
    expect((await world.send("POST", "/api/keys/webhook", { as: worker })).status).toBe(403);
  });

  it("DG8: who looked at another's pay, and through whose eyes, is in the audit, and its chain verifies", async () => {
    await world.ask(admin, "person", { params: { id: worker } });
    await world.ask(admin, "person", { params: { id: worker } });
    await world.ask(worker, "person", { params: { id: worker } });
    const { items } = await world.ask(admin, "audit", { query: { limit: 500 } });
    const reads = items.filter(
      ({ what, details }) => what === "person.pay-read" && (details as { person: string }).person === worker,
    );
    expect(reads).toMatchObject([{ by: admin, at: NOW }]);
    await world.runtime.db.write([{ sql: "UPDATE organisation SET demo = 1" }]);
    world.runtime.organisation.changed(world.runtime.events);
    expect((await world.send("POST", "/api/me/view-as", { body: { person: worker } })).status).toBe(200);
    await world.runtime.db.write([{ sql: "UPDATE organisation SET demo = 0" }]);
    world.runtime.organisation.changed(world.runtime.events);
    const after = await world.ask(admin, "audit", {});
    expect(after.items.find(({ what }) => what === "access.viewed-as")).toMatchObject({
      details: { before: null, after: worker },
    });
    expect((await auditTrouble(world.runtime.db)).broken).toEqual([]);
  });
});

describe("the system page", () => {
  it("verifies, backs up and exports on a thread of its own, and says when that was last done", async () => {
    expect((await world.send("GET", "/api/system", { as: worker })).status).toBe(403);
    const before = await world.ask(admin, "system", {});
    expect(before).toMatchObject({ backup: null, verify: null, export: null, orphans: 0, causes: [], canCopy: true });
    const verified = await finished(await world.ask(admin, "beginUpkeep", { body: { kind: "verify" } }));
    expect(verified).toMatchObject({ status: "done", message: expect.stringMatching(/are whole$/) });
    expect(await finished(await world.ask(admin, "beginUpkeep", { body: { kind: "backup" } }))).toMatchObject({
      status: "done",
    });
    const after = await world.ask(admin, "system", {});
    expect(after.verify).toMatchObject({ ok: true, words: verified.message });
    expect(after.backup).toMatchObject({ ok: true });
    expect(after.wallNow - after.backup!.at).toBeLessThan(60_000);
  });

  it("ends with the server: a stop does not wait for a verification that is under way", async () => {
    const other = await httpWorld({ empty: true });
    const job = await beginUpkeep(other.runtime, SYSTEM, "verify");
    const begun = performance.now();
    await other.runtime.stop();
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(["waiting", "running"]).toContain(job.status);
    await other.close();
  });

  it("IG6: an administrator downloads everything over HTTP, and it fills an empty system with equal hashes", async () => {
    const job = await finished(await world.ask(admin, "beginUpkeep", { body: { kind: "export" } }));
    expect(job).toMatchObject({ status: "done" });
    expect((await world.send("GET", `/api/exports/${job.id}`, { as: worker })).status).toBe(403);
    expect((await world.send("GET", "/api/exports/none", { as: admin })).status).toBe(404);
    const answer = await fetch(`${world.origin}/api/exports/${job.id}`, {
      headers: { authorization: `Bearer ${await world.keyOf(admin)}` },
    });
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="rondo-export-.*\.tar\.gz"$/);
    const folder = mkdtempSync(join(tmpdir(), "rondo-download-"));
    try {
      writeFileSync(join(folder, "export.tar.gz"), new Uint8Array(await answer.arrayBuffer()));
      execFileSync("tar", ["xzf", "export.tar.gz", "--strip-components=1", "--one-top-level=export"], { cwd: folder });
      const done = await importAll(join(folder, "export"), `file:${join(folder, "rondo.db")}`, { now: () => NOW });
      expect(done).toMatchObject({ hash: (job.result as { hash: string }).hash, report: { ok: true } });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    const audit = await world.ask(admin, "audit", { query: { limit: 500 } });
    expect(audit.items.map(({ what }) => what)).toEqual(
      expect.arrayContaining(["data.exported", "upkeep.export", "upkeep.backup"]),
    );
  });
});

describe("keys and accounts", () => {
  it("a key is shown once, only looks where it is made so, and ends at once", async () => {
    const { key, view } = await world.ask(admin, "createApiKey", {
      body: { person: admin, title: "Data warehouse", scope: "read" },
    });
    const headers = { authorization: `Bearer ${key}` };
    expect((await world.send("GET", "/api/people", { headers })).status).toBe(200);
    const changed = await world.send("POST", "/api/system/upkeep", { headers, body: { kind: "verify" } });
    expect(changed).toMatchObject({ status: 403, json: { title: expect.stringContaining("only look") } });
    const listed = await world.send("GET", "/api/keys", { as: admin });
    expect(listed.json.items.find(({ id }: { id: string }) => id === view.id)).toMatchObject({
      title: "Data warehouse",
      scope: "read",
      revokedAt: null,
    });
    expect(listed.text).not.toContain(key);
    await world.ask(admin, "revokeApiKey", { params: { id: view.id } });
    expect((await world.send("GET", "/api/people", { headers })).status).toBe(401);
    expect((await world.send("GET", "/api/keys", { as: worker })).status).toBe(403);
    expect(
      (await world.send("POST", "/api/keys", { as: admin, body: { person: "nobody", title: "x", scope: "full" } }))
        .status,
    ).toBe(404);
  });

  it("a person is invited, signs in with a password of their own by a link that works once, and can be shut out", async () => {
    const { link } = await world.ask(admin, "invite", { body: { person: worker } });
    const token = new URL(link).searchParams.get("token")!;
    const [row] = await world.runtime.db.read<{ email: string }>(
      "SELECT email FROM profiles WHERE person = ? AND superseded_at IS NULL",
      [worker],
    );
    expect((await world.send("GET", `/api/accounts/invitations/${token}`)).json).toMatchObject({
      email: row!.email.toLowerCase(),
    });
    expect((await world.ask(admin, "accounts", {})).items).toMatchObject([
      { person: { id: worker }, status: "invited" },
    ]);
    const accept = () => world.send("POST", "/api/accounts/accept", { body: { token, password: "a long password" } });
    expect((await accept()).status).toBe(200);
    expect((await accept()).status).toBe(404);
    const signedIn = await world.send("POST", "/api/auth/sign-in/email", {
      body: { email: row!.email, password: "a long password" },
    });
    expect(signedIn.status).toBe(200);
    const cookie = signedIn.headers.get("set-cookie")!.split(";")[0]!;
    expect((await world.send("GET", "/api/me", { headers: { cookie } })).json.person).toMatchObject({ id: worker });
    expect((await world.ask(admin, "accounts", {})).items).toMatchObject([
      { person: { id: worker }, status: "active" },
    ]);
    expect(
      (await world.send("POST", "/api/accounts/invitations", { as: admin, body: { person: worker } })).status,
    ).toBe(409);
    await world.ask(admin, "removeAccount", { params: { person: worker } });
    expect((await world.send("GET", "/api/tasks", { headers: { cookie } })).status).toBe(401);
    expect((await world.ask(admin, "accounts", {})).items).toEqual([]);
  });

  it("an invitation that was taken back opens nothing", async () => {
    const { link } = await world.ask(admin, "invite", { body: { person: worker } });
    await world.runtime.db.write([dropInvitation(worker)]);
    expect(
      (await world.send("GET", `/api/accounts/invitations/${new URL(link).searchParams.get("token")}`)).status,
    ).toBe(404);
  });
});
