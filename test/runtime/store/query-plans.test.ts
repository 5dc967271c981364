import { afterEach, expect, it } from "vitest";
import { isManual } from "../../../runtime/clock.ts";
import { importContext } from "../../../runtime/commands/apply-import.ts";
import { command } from "../../../runtime/commands/handle.ts";
import { launch } from "../../../runtime/commands/launch.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import type { Database, Statement } from "../../../runtime/db/client.ts";
import { createImport } from "../../../runtime/ingest/import.ts";
import { readBacklog } from "../../../runtime/store/health-read.ts";
import { forgetKeys } from "../../../runtime/store/idempotency.ts";
import { HOUR } from "../../support/small-world.ts";
import { as, type TestHost, testHost } from "../../support/test-runtime.ts";
import { crashDocuments } from "../crash/documents.ts";
import { hookServer } from "../crash/mortal-server.ts";
import { payWorld } from "../payouts/pay-world.ts";

/** Tables that grow with what an organisation has ever done: nothing that runs per command or tick may read one from end to end. */
const BIG = [
  ...["cases", "journal", "timers", "tasks", "task_people", "inbox", "outbox", "idempotency", "incidents", "released"],
  ...["launch_members", "case_members", "observations", "records", "audit", "ledger", "payouts", "task_drafts"],
];

let cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const one of cleanUp.reverse()) await one();
  cleanUp = [];
});

/** Every statement that a database is asked for from now on, with one set of its arguments. */
function recorded(db: Database): Map<string, Statement> {
  const seen = new Map<string, Statement>();
  const note = (statement: Statement) => seen.set(statement.sql, seen.get(statement.sql) ?? statement);
  const { read, readMany, write } = db;
  Object.assign(db, {
    read: (sql: string, args?: Statement["args"]) => {
      note({ sql, ...(args === undefined ? {} : { args }) });
      return read(sql, args);
    },
    readMany: (statements: readonly Statement[]) => {
      statements.forEach(note);
      return readMany(statements);
    },
    write: (statements: readonly Statement[]) => {
      statements.forEach(note);
      return write(statements);
    },
  });
  return seen;
}

/** Names under which a statement speaks of a big table. */
function aliases(sql: string): Map<string, string> {
  const found = new Map(BIG.map((table) => [table, table]));
  for (const [, table, alias] of sql.matchAll(/\b(?:FROM|JOIN|INTO|UPDATE)\s+(\w+)\s+AS\s+(\w+)/gi))
    if (BIG.includes(table!)) found.set(alias!, table!);
  return found;
}

async function scans(world: TestHost, { sql, args }: Statement): Promise<string[]> {
  const plan = await world.host.db.read<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, args);
  const known = aliases(sql);
  return plan.flatMap(({ detail }) => {
    const table = /^SCAN (\w+)/.exec(detail)?.[1];
    const whole = table !== undefined && known.has(table) && !detail.includes("VIRTUAL TABLE");
    // The last of a log by its row number is read from the end.
    const last = /ORDER BY id DESC LIMIT 1$/.test(sql) && detail === `SCAN ${table}`;
    return whole && !last ? [`${detail}: ${sql.replaceAll(/\s+/g, " ").slice(0, 200)}`] : [];
  });
}

it("no statement of a command or of the worker's tick reads a big table from end to end", async () => {
  const hook = await hookServer();
  cleanUp.push(() => new Promise((done) => hook.server.close(done)));
  const world = await testHost({ documents: crashDocuments(hook.url) });
  cleanUp.push(() => world.end());
  const { host } = world;
  const { db, clock } = host;
  // What is done once at a start is no part of a tick.
  await host.worker.settle();
  const seen = recorded(db);
  const begin = (subject: string) =>
    startCase(host, SYSTEM, {
      workflow: "question",
      subject: { kind: "person", id: subject },
      period: "2026",
      key: `begin ${subject}`,
    });

  // Everything that a case may live through, with everything that follows by itself.
  const [one, two, three] = await Promise.all(["ana", "ben", "mia"].map(begin));
  const task = `${one!.caseId}/1/1`;
  await command(host, SYSTEM, one!.caseId, {
    command: { type: "transfer", task, to: "ben", reason: "plan" },
    key: "a transfer",
  });
  await command(host, as("ben"), one!.caseId, { command: { type: "claim", task } });
  await command(host, as("ben"), one!.caseId, {
    command: { type: "complete", task, outcome: "approved" },
    key: "an approval",
  });
  await command(host, SYSTEM, two!.caseId, { command: { type: "cancel", reason: "plan" } });
  await command(host, SYSTEM, three!.caseId, { command: { type: "retry", reason: "plan" } });
  await launch(host, SYSTEM, "question", { period: "2027" });
  await host.idle();
  await host.worker.settle();
  if (!isManual(clock)) throw new Error("the clock has to be moved");
  for (let hour = 0; hour < 6; hour++) {
    clock.moveTo(clock.now() + HOUR);
    await host.worker.settle();
  }
  await host.worker.nextDueAt();
  await readBacklog(db, clock.now());
  await db.write([forgetKeys(clock.now())]);

  const statements = [...seen.values()];
  const words = statements.map(({ sql }) => sql).join("\n");
  for (const table of ["cases", "journal", "timers", "tasks", "inbox", "outbox", "idempotency"])
    expect(words, table).toMatch(new RegExp(`(FROM|INTO|UPDATE) ${table}`));
  const found: string[] = [];
  for (const statement of statements) found.push(...(await scans(world, statement)));
  expect(found).toEqual([]);
  expect(statements.length).toBeGreaterThan(30);
});

it("an import of figures looks its people up by the person: it costs no more however much is stored of the metric", async () => {
  const world = await payWorld();
  cleanUp.push(() => world.end());
  const seen = recorded(world.host.db);
  const content =
    "metric,subjectKind,subject,from,to,value,target\nlaptops-sold,person,ana,2025-10-01,2025-11-01,90,100";
  const upload = { kind: "observations" as const, fileName: "sold.csv", content };
  await createImport(world.host.db, upload, importContext(world.host, SYSTEM));
  const looking = [...seen.values()].filter(({ sql }) => /observations AS t/.test(sql) && /json_each/.test(sql));
  expect(looking).toHaveLength(1);
  const plan = await world.host.db.read<{ detail: string }>(`EXPLAIN QUERY PLAN ${looking[0]!.sql}`, looking[0]!.args);
  expect(plan.map(({ detail }) => detail).join("\n")).toMatch(
    /SEARCH t USING INDEX observations_by_subject \(subject=\? AND metric=\?/,
  );
});

it("handing a task over touches no index of cases and of tasks: a million of them cost it no page more", async () => {
  const world = await testHost({ documents: crashDocuments("http://127.0.0.1:9") });
  cleanUp.push(() => world.end());
  const { host } = world;
  const subject = { kind: "person" as const, id: "ana" };
  const { caseId } = await startCase(host, SYSTEM, { workflow: "question", subject, period: "2026" });
  const seen = recorded(host.db);
  await command(host, SYSTEM, caseId, {
    command: { type: "transfer", task: `${caseId}/1/1`, to: "ben", reason: "plan" },
  });
  const touched = async (text: RegExp) => {
    const found: number[] = [];
    for (const { sql, args } of seen.values()) {
      if (!text.test(sql)) continue;
      const steps = await host.db.read<{ opcode: string }>(`EXPLAIN ${sql}`, args);
      found.push(steps.filter(({ opcode }) => opcode === "IdxDelete").length);
    }
    return found;
  };
  expect(await touched(/^UPDATE cases/)).toEqual([0]);
  expect(await touched(/^(UPDATE|INSERT INTO) tasks/)).toEqual([0]);
  // The people do change, and with them the two indexes over them.
  expect(Math.max(...(await touched(/^DELETE FROM task_people/)))).toBe(2);
});
