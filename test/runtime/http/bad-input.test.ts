import { createHash } from "node:crypto";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CaseBrief } from "#engine/contract/views/cases.ts";
import { type Answer, type HttpWorld, httpWorld, type SendOptions } from "./world.ts";

const ADMIN = "gs-hr-admin";
/** What a look at the server may write: that somebody was refused. */
const NOTES = new Set(["audit"]);

interface Bad {
  what: string;
  request: (given: Given) => [method: string, path: string, options?: SendOptions];
  status: number;
  code?: string;
  /** What the words must name. */
  says?: RegExp;
}

interface Given {
  review: CaseBrief;
  task: string;
  revision: number;
  subject: string;
}

const json = (text: string): SendOptions => ({ body: text, headers: { "content-type": "application/json" } });
const csv = (text: string | Uint8Array): SendOptions => ({ body: text, headers: { "content-type": "text/csv" } });
const commands = ({ review }: Given) => `/api/cases/${review.id}/commands`;

/** Requests that are refused at the door or by the command; each says what is wrong and changes nothing. */
const BAD: Bad[] = [
  {
    what: "malformed JSON",
    request: () => ["POST", "/api/cases", json("{ not json")],
    status: 400,
    code: "malformed-json",
    says: /not JSON/,
  },
  { what: "an empty body", request: () => ["POST", "/api/cases", json("")], status: 400, code: "malformed-json" },
  {
    what: "text that is not UTF-8",
    request: () => [
      "POST",
      "/api/cases",
      { body: new Uint8Array([0x7b, 0xff, 0xfe]), headers: { "content-type": "application/json" } },
    ],
    status: 400,
    code: "malformed-json",
    says: /UTF-8/,
  },
  {
    what: "a wrong type",
    request: () => ["POST", "/api/cases", { body: { workflow: 7, subject: { kind: "person", id: "x" } } }],
    status: 400,
    code: "bad-input",
    says: /workflow/,
  },
  {
    what: "a missing member",
    request: () => ["POST", "/api/cases", { body: { workflow: "annual-review" } }],
    status: 400,
    code: "bad-input",
    says: /subject/,
  },
  {
    what: "an unknown member",
    request: ({ subject }) => [
      "POST",
      "/api/cases",
      { body: { workflow: "annual-review", subject: { kind: "person", id: subject }, admin: true } },
    ],
    status: 400,
    code: "bad-input",
    says: /"admin" is not known/,
  },
  {
    what: "a list in place of an object",
    request: () => ["POST", "/api/cases", { body: [] }],
    status: 400,
    code: "bad-input",
  },
  {
    what: "a wrong content type",
    request: () => [
      "POST",
      "/api/cases",
      { body: "workflow=x", headers: { "content-type": "application/x-www-form-urlencoded" } },
    ],
    status: 415,
    code: "unsupported-media-type",
  },
  {
    what: "no content type",
    request: () => ["POST", "/api/cases", { body: new Uint8Array([0x7b, 0x7d]) }],
    status: 415,
    code: "unsupported-media-type",
  },
  {
    what: "JSON where a CSV is due",
    request: () => ["POST", "/api/imports?kind=people", json("{}")],
    status: 415,
    code: "unsupported-media-type",
  },
  {
    what: "a wrong method",
    request: () => ["DELETE", "/api/cases"],
    status: 405,
    code: "method-not-allowed",
    says: /GET and POST/,
  },
  { what: "an unknown route", request: () => ["GET", "/api/nothing"], status: 404, code: "no-such-route" },
  {
    what: "a prototype key",
    request: ({ subject }) => [
      "POST",
      "/api/cases",
      json(
        `{"workflow":"annual-review","subject":{"kind":"person","id":"${subject}"},"with":{"__proto__":{"admin":true}}}`,
      ),
    ],
    status: 400,
    code: "bad-input",
    says: /__proto__/,
  },
  {
    what: "a constructor key, escaped",
    request: ({ subject }) => [
      "POST",
      "/api/cases",
      json(`{"workflow":"annual-review","subject":{"kind":"person","id":"${subject}"},"with":{"\\u005f_proto__":1}}`),
    ],
    status: 400,
    code: "bad-input",
  },
  {
    what: "a NUL byte in a text",
    request: (given) => ["POST", commands(given), { body: { command: { type: "cancel", reason: "a\0b" } } }],
    status: 400,
    code: "bad-input",
    says: /NUL/,
  },
  { what: "a NUL byte in an address", request: () => ["GET", "/api/people/x%00y"], status: 400, code: "bad-path" },
  {
    what: "a million brackets",
    request: () => ["POST", "/api/cases", json("[".repeat(400_000))],
    status: 400,
    code: "too-deep",
  },
  {
    what: "a body over a megabyte",
    request: () => ["POST", "/api/cases", { body: { workflow: "x".repeat(1_100_000) } }],
    status: 413,
    code: "too-large",
  },
  {
    what: "a huge id",
    request: () => ["GET", `/api/cases/${"x".repeat(5_000)}`],
    status: 400,
    code: "bad-input",
    says: /id/,
  },
  {
    what: "a negative limit",
    request: () => ["GET", "/api/cases?limit=-1"],
    status: 400,
    code: "bad-input",
    says: /limit/,
  },
  {
    what: "a limit that is no number",
    request: () => ["GET", "/api/people?limit=many"],
    status: 400,
    code: "bad-input",
    says: /limit/,
  },
  {
    what: "a cursor of somebody else's",
    request: () => ["GET", "/api/cases?cursor=abc"],
    status: 400,
    code: "unknown-cursor",
  },
  {
    what: "a cursor of another list",
    request: () => ["GET", `/api/people?cursor=${Buffer.from("[1,2]").toString("base64url")}`],
    status: 400,
    code: "unknown-cursor",
  },
  {
    what: "an unknown status",
    request: () => ["GET", "/api/cases?status=running"],
    status: 400,
    code: "bad-input",
    says: /status/,
  },
  { what: "a case that does not exist", request: () => ["GET", "/api/cases/nothing"], status: 404, code: "not-found" },
  {
    what: "an unknown workflow",
    request: ({ subject }) => [
      "POST",
      "/api/cases",
      { body: { workflow: "nothing", subject: { kind: "person", id: subject } } },
    ],
    status: 409,
    code: "not-live",
  },
  {
    what: "a subject that does not exist",
    request: () => [
      "POST",
      "/api/cases",
      { body: { workflow: "annual-review", subject: { kind: "person", id: "nobody" } } },
    ],
    status: 404,
    code: "not-found",
    says: /nobody/,
  },
  {
    what: "a period that is none",
    request: ({ subject }) => [
      "POST",
      "/api/cases",
      { body: { workflow: "annual-review", subject: { kind: "person", id: subject }, period: "2026-13" } },
    ],
    status: 400,
    code: "bad-input",
    says: /2026-Q3/,
  },
  {
    what: "an unknown command",
    request: (given) => ["POST", commands(given), { body: { command: { type: "delete" } } }],
    status: 400,
    code: "bad-input",
  },
  {
    what: "a task of another case",
    request: (given) => [
      "POST",
      commands(given),
      { as: given.subject, body: { command: { type: "complete", task: "other/1/1", outcome: "submitted" } } },
    ],
    status: 409,
    code: "no-such-task",
  },
  {
    what: "an event that the step does not know",
    request: (given) => ["POST", commands(given), { body: { command: { type: "event", event: "explode" } } }],
    status: 409,
    code: "not-possible",
  },
  {
    what: "an outcome that the step does not know",
    request: (given) => [
      "POST",
      commands(given),
      { as: given.subject, body: { command: { type: "complete", task: given.task, outcome: "exploded" } } },
    ],
    status: 409,
  },
  {
    what: "answers that do not fit the form",
    request: (given) => [
      "POST",
      commands(given),
      {
        as: given.subject,
        body: { command: { type: "complete", task: given.task, outcome: "submitted", answers: { results: 99 } } },
      },
    ],
    status: 422,
    code: "bad-answers",
  },
  {
    what: "a stale revision",
    request: (given) => [
      "POST",
      commands(given),
      {
        as: given.subject,
        body: {
          command: { type: "complete", task: given.task, outcome: "submitted", answers: { results: 4, growth: 4 } },
          expectedRevision: given.revision + 7,
        },
      },
    ],
    status: 409,
    code: "stale-revision",
    says: /moved on/,
  },
  {
    what: "a key that is too short",
    request: (given) => [
      "POST",
      commands(given),
      { body: { command: { type: "cancel", reason: "x" } }, headers: { "idempotency-key": "short" } },
    ],
    status: 400,
    code: "bad-input",
    says: /Idempotency-Key/,
  },
  {
    what: "a definition that is no JSON",
    request: () => ["POST", "/api/definitions", { body: { source: "{" } }],
    status: 422,
    code: "has-problems",
  },
  {
    what: "a definition of an unknown kind",
    request: () => ["POST", "/api/definitions", { body: { source: '{"kind":"spell","id":"x","title":"X"}' } }],
    status: 422,
    code: "has-problems",
  },
  {
    what: "a draft saved over a later one",
    request: () => [
      "PUT",
      "/api/definitions/workflow/annual-review/draft",
      { body: { source: "{}", expectedRevision: 99 } },
    ],
    status: 409,
    code: "stale-revision",
  },
  {
    what: "publishing without a draft",
    request: () => [
      "POST",
      "/api/definitions/escalation/late-review/publish",
      { body: { note: "x", expectedRevision: 1 } },
    ],
    status: 409,
  },
  {
    what: "a parameter out of bounds",
    request: () => [
      "PUT",
      "/api/parameters/workflow/annual-review/selfReviewDays",
      { body: { value: 999, scope: "new", reason: "x", expectedVersion: 0 } },
    ],
    status: 422,
    code: "out-of-bounds",
  },
  {
    what: "a parameter of another type",
    request: () => [
      "PUT",
      "/api/parameters/workflow/annual-review/selfReviewDays",
      { body: { value: "soon", scope: "new", reason: "x", expectedVersion: 0 } },
    ],
    status: 422,
    code: "out-of-bounds",
  },
  {
    what: "an unknown parameter",
    request: () => [
      "PUT",
      "/api/parameters/workflow/annual-review/constructor",
      { body: { value: 5, scope: "new", reason: "x", expectedVersion: 0 } },
    ],
    status: 404,
    code: "not-found",
  },
  {
    what: "a launch for an unknown unit",
    request: () => ["POST", "/api/definitions/workflow/annual-review/launch", { body: { unit: "atlantis" } }],
    status: 404,
    code: "not-found",
    says: /atlantis/,
  },
  {
    what: "a record with a date that does not exist",
    request: ({ subject }) => [
      "POST",
      "/api/records",
      { body: { type: "thank-you", fields: { customer: "ACME", about: subject, writtenOn: "2026-02-30" } } },
    ],
    status: 422,
    code: "has-problems",
  },
  {
    what: "a record of an unknown type",
    request: () => ["POST", "/api/records", { body: { type: "nothing", fields: {} } }],
    status: 409,
    code: "not-live",
  },
  {
    what: "a table that does not exist, in a search",
    request: () => ["GET", "/api/metrics/x'; DROP TABLE cases; --/series"],
    status: 404,
  },
  {
    what: "an import of an unknown kind",
    request: () => ["POST", "/api/imports?kind=spells", csv("a,b\n1,2\n")],
    status: 400,
    code: "bad-input",
    says: /kind/,
  },
  {
    what: "an import that does not exist",
    request: () => ["POST", "/api/imports/nothing/apply", { body: { skipRefused: false } }],
    status: 404,
  },
  {
    what: "a change from a page of another site",
    request: () => ["POST", "/api/me/view-as", { body: { person: null }, headers: { "sec-fetch-site": "cross-site" } }],
    status: 403,
    code: "cross-site",
  },
];

describe("bad input", () => {
  let world: HttpWorld;
  let given: Given;

  beforeAll(async () => {
    world = await httpWorld();
    const directory = await world.runtime.organisation.directory();
    const subject = directory.people().find(({ role }) => role === "sales")?.id ?? "gs-r-0001";
    const started = await world.ask(ADMIN, "startCase", {
      body: { workflow: "annual-review", subject: { kind: "person", id: subject }, period: "2026" },
    });
    const review = (await world.ask(ADMIN, "cases")).items[0]!;
    const { items } = await world.ask(subject, "tasks");
    given = { review, task: items[0]!.id, revision: started.revision, subject };
  });
  afterAll(() => world.close());

  /** Every table with a hash of its rows. */
  const tables = async (): Promise<Record<string, string>> => {
    const { db } = world.runtime;
    const names = await db.read<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
    const found: Record<string, string> = {};
    for (const { name } of names) {
      if (NOTES.has(name)) continue;
      const rows = await db.read(`SELECT * FROM "${name}"`);
      found[name] = createHash("sha256").update(JSON.stringify(rows)).digest("hex");
    }
    return found;
  };

  it(`says what is wrong and changes nothing, in ${BAD.length} ways`, async () => {
    const before = await tables();
    for (const { what, request, status, code, says } of BAD) {
      const [method, path, options] = request(given);
      const answer = await world.send(method, path, { as: ADMIN, ...options });
      const seen = `${what}: ${answer.text.slice(0, 300)}`;
      expect(answer.status, seen).toBe(status);
      expect(answer.headers.get("content-type"), seen).toBe("application/problem+json");
      expect(answer.json.requestId, seen).toBe(answer.headers.get("x-request-id"));
      expect(answer.json.title.length, seen).toBeGreaterThan(5);
      if (code) expect(answer.json.code, seen).toBe(code);
      if (says) expect(`${answer.json.title} ${JSON.stringify(answer.json.issues ?? [])}`, seen).toMatch(says);
      expect(answer.text, seen).not.toMatch(/node_modules|at \w+ \(|SQLITE/);
    }
    expect(await tables()).toEqual(before);
  });

  it("names the place of each problem by a pointer, all of them at once", async () => {
    const answer = await world.send("POST", "/api/cases", {
      as: ADMIN,
      body: { workflow: 7, subject: { kind: "ghost", id: "" } },
    });
    expect(answer.json.issues.map(({ path }: { path: string }) => path).sort()).toEqual([
      "/body/subject/id",
      "/body/subject/kind",
      "/body/workflow",
    ]);
  });

  it("names each answer that does not fit, in its place", async () => {
    const answer = await world.send("POST", commands(given), {
      as: given.subject,
      body: { command: { type: "complete", task: given.task, outcome: "submitted", answers: { results: 99 } } },
    });
    expect(answer.json.issues.map(({ path }: { path: string }) => path)).toEqual([
      "/body/command/answers/results",
      "/body/command/answers/growth",
    ]);
  });

  it("says what is possible instead of a command that is not", async () => {
    const answer = await world.send("POST", commands(given), {
      as: ADMIN,
      body: { command: { type: "event", event: "explode" } },
    });
    expect(answer.json.possible).toContain("Self review: submitted");
  });

  it("answers the same for the same key, and refuses the key for another body", async () => {
    const cancel = (reason: string) => ({
      as: ADMIN,
      body: { command: { type: "event", event: "nudge" }, key: undefined },
      headers: { "idempotency-key": `a-key-of-mine-${reason}` },
    });
    const save = (title: string, key: string) =>
      world.send("POST", "/api/records", {
        as: ADMIN,
        headers: { "idempotency-key": key },
        body: { type: "thank-you", fields: { customer: title, about: given.subject, writtenOn: "2026-03-10" } },
      });
    const first = await save("Thank you", "a-key-of-mine-1");
    expect(first.status, first.text).toBe(200);
    const again = await save("Thank you", "a-key-of-mine-1");
    expect(again.json.id).toBe(first.json.id);
    const other = await save("Something else", "a-key-of-mine-1");
    expect(other.status).toBe(422);
    expect(other.json.code).toBe("key-reused");
    expect((await world.send("POST", commands(given), cancel("x"))).status).toBe(409);
  });

  it("keeps a script in a name as text, and never as markup", async () => {
    const name = '<script>alert("x")</script>';
    const file = `id,name,email,unit,manager\nscript-1,"${name.replaceAll('"', '""')}",x@example.com,${await someUnit()},\n`;
    const state = await upload("people", file);
    const job = await world.ask(ADMIN, "applyImport", { params: { id: state.id }, body: { skipRefused: false } });
    await world.runtime.idle();
    expect((await world.ask(ADMIN, "job", { params: { id: job.id } })).status).toBe("done");
    const answer = await world.send("GET", "/api/people/script-1", { as: ADMIN });
    expect(answer.json.person.name).toBe(name);
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("content-security-policy")).toContain("script-src 'self' 'unsafe-eval';");
  });

  it("refuses files row by row with reasons: a circle of managers, doubles, dates that do not exist, a wrong separator, a BOM", async () => {
    const unit = await someUnit();
    const head = "id,name,email,unit,manager,hire date";
    const before = await tables();
    const circle = await upload(
      "people",
      `${head}\nloop-1,A,a@example.com,${unit},loop-2,2020-01-01\nloop-2,B,b@example.com,${unit},loop-1,2020-01-01\n`,
    );
    expect(circle.refused.map(({ reason }) => reason).join(" ")).toMatch(/circle|cycle|report/i);
    const doubles = await upload(
      "people",
      `${head}\ntwin,A,a@example.com,${unit},,2020-01-01\ntwin,B,b@example.com,${unit},,2020-01-01\n`,
    );
    expect(doubles.counts.refused).toBeGreaterThan(0);
    const dates = await upload("people", `${head}\nfeb,A,a@example.com,${unit},,2026-02-30\n`);
    expect(dates.refused[0]?.reason).toMatch(/2026-02-30/);
    const semicolons = await upload(
      "people",
      `${head.replaceAll(",", ";")}\nsemi;A;a@example.com;${unit};;2020-01-01\n`,
    );
    expect(semicolons.separator).toBe(";");
    const bom = await upload("people", `\uFEFF${head}\nbom,A,a@example.com,${unit},,2020-01-01\n`);
    expect(bom.columns[0]?.header).toBe("id");
    const after = await tables();
    // Only the uploads themselves are kept; nothing of what is in them has been applied.
    const { imports: _imports, import_content: _content, sqlite_sequence: _sequence, ...rest } = after;
    const { imports: _was, import_content: _had, sqlite_sequence: _seq, ...kept } = before;
    expect(rest).toEqual(kept);
  });

  it("refuses a file of more than 100 MB without reading it, said beforehand or found out on the way", async () => {
    const said = await rawRequest(world.origin, await world.keyOf(ADMIN), "content-length: 104857601", 1);
    expect(said).toMatch(/^HTTP\/1\.1 413 /);
    const found = await rawRequest(world.origin, await world.keyOf(ADMIN), "transfer-encoding: chunked", 101);
    expect(found).toMatch(/^HTTP\/1\.1 413 /);
    expect((await world.send("GET", "/api/health")).status).toBe(200);
  });

  it("refuses addresses that try to leave the folder of the studio", async () => {
    for (const path of [
      "/..%2f..%2fpackage.json",
      "/%2e%2e/%2e%2e/package.json",
      "/assets/..%5c..%5cpackage.json",
      "//etc/passwd",
    ]) {
      const answer = await rawGet(world.origin, path);
      expect(answer, path).toMatch(/^HTTP\/1\.1 40[04] /);
      expect(answer, path).not.toContain("devDependencies");
    }
    expect(await rawGet(world.origin, "/../../package.json")).not.toContain("devDependencies");
    expect((await world.send("GET", "/nothing.js")).status).toBe(404);
  });

  it("asks whoever is slow to come back when too much waits to be written", async () => {
    const { committer } = world.runtime;
    const depth = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(committer), "depth")!;
    Object.defineProperty(committer, "depth", { configurable: true, get: () => 1_000_000 });
    const answer: Answer = await world.send("POST", commands(given), {
      as: ADMIN,
      body: { command: { type: "cancel", reason: "x" } },
    });
    Object.defineProperty(committer, "depth", depth);
    expect(answer.status).toBe(503);
    expect(answer.json.code).toBe("busy");
    expect(answer.headers.get("retry-after")).toBe("2");
  });

  const upload = async (kind: string, content: string) =>
    world.ask(ADMIN, "createImport", { query: { kind, name: "test.csv" }, body: content });
  const someUnit = async () => (await world.runtime.organisation.directory()).unitOf(given.subject, "2026-03-16");
});

/** Sends a CSV by hand, `megabytes` of it, and answers what comes back first. */
function rawRequest(origin: string, key: string, length: string, megabytes: number): Promise<string> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let answered = false;
    socket.on("data", (data) => {
      answered = true;
      resolve(data.toString());
      socket.destroy();
    });
    socket.on("error", (cause) => (answered ? undefined : reject(cause)));
    socket.on("close", () => (answered ? undefined : reject(new Error("closed without an answer"))));
    socket.write(
      `POST /api/imports?kind=people HTTP/1.1\r\nhost: ${hostname}:${port}\r\nauthorization: Bearer ${key}\r\ncontent-type: text/csv\r\n${length}\r\n\r\n`,
    );
    const piece = Buffer.alloc(1_048_576, "a,b\n");
    const chunked = length.startsWith("transfer");
    const send = (left: number) => {
      if (left === 0 || answered || socket.destroyed) return;
      if (chunked) socket.write(`${piece.length.toString(16)}\r\n`);
      socket.write(piece);
      if (chunked) socket.write("\r\n");
      if (socket.writableLength > 4_000_000) socket.once("drain", () => send(left - 1));
      else setImmediate(() => send(left - 1));
    };
    send(megabytes);
  });
}

/** A GET whose address no client has tidied. */
function rawGet(origin: string, path: string): Promise<string> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let text = "";
    socket.on("data", (data) => {
      text += data.toString();
    });
    socket.on("close", () => resolve(text));
    socket.on("error", reject);
    socket.write(`GET ${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\nconnection: close\r\n\r\n`);
  });
}
