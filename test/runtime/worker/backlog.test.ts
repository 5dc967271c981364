import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterEach, expect, it } from "vitest";
import { manualClock } from "../../../runtime/clock.ts";
import { command } from "../../../runtime/commands/handle.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import type { Database } from "../../../runtime/db/client.ts";
import { openHost } from "../../../runtime/hosts/embedded.ts";
import { createLog } from "../../../runtime/log.ts";
import { readBacklog } from "../../../runtime/store/health-read.ts";
import { quantile, question } from "../../bench/world.ts";
import { DAY, HOUR, MONDAY } from "../../support/small-world.ts";
import { type TestHost, testConfig, testHost } from "../../support/test-runtime.ts";

const LONG = process.env.RONDO_LONG === "1";
/** Deadlines that have passed while nobody was there, and effects that wait; RONDO_BACKLOG says others. */
const TIMERS = Number(process.env.RONDO_BACKLOG ?? (LONG ? 1_000_000 : 4_000));
const EFFECTS = LONG ? 100_000 : 4_000;
const SLICE = 20_000;

let world: TestHost;
afterEach(() => world.end());

/** Copies a case with everything it has `size` times, the nth due `n` milliseconds after the first: launching a million takes too long. */
async function copied(db: Database, caseId: string, due: number, size: number): Promise<void> {
  const own = { cases: "id", journal: "case_id", timers: "case_id", tasks: "case_id", task_people: "task" };
  for (let at = 0; at < size; at += SLICE) {
    const statements = [];
    for (const [table, column] of Object.entries(own)) {
      const columns = (await db.read<{ name: string }>("SELECT name FROM pragma_table_info(?)", [table])).map(
        ({ name }) => name,
      );
      const of = (name: string) => {
        if (table === "cases" && name === "key") return "'copy ' || n.i";
        if (name === "due_at") return `t.due_at + n.i * (t.due_at = ${due})`;
        const moved = `replace(t."${name}", '${caseId}', substr('${caseId}', 1, 24) || printf('%012d', n.i))`;
        return name === "state"
          ? `replace(${moved}, '${due}', '' || (${due} + n.i))`
          : `iif(typeof(t."${name}") = 'text', ${moved}, t."${name}")`;
      };
      const names = columns.map((name) => `"${name}"`).join(", ");
      statements.push({
        sql: `WITH RECURSIVE n (i) AS (SELECT ${at + 1} UNION ALL SELECT i + 1 FROM n WHERE i < ${Math.min(size, at + SLICE)})
              INSERT INTO ${table} (${names}) SELECT ${columns.map(of).join(", ")} FROM n CROSS JOIN (SELECT * FROM ${table} WHERE ${column} BETWEEN '${caseId}' AND '${caseId}~') AS t ORDER BY n.i`,
      });
    }
    await db.write(statements);
  }
}

it("R15: after days of standstill a server is there within seconds, fires all that is overdue in its order, and serves people meanwhile", async () => {
  world = await testHost({ documents: [question], start: false });
  const subject = { kind: "person" as const, id: "ana" };
  const { caseId } = await startCase(world.host, SYSTEM, { workflow: "question", subject, period: "2026" });
  const [{ at: due } = { at: 0 }] = await world.host.db.read<{ at: number }>("SELECT due_at AS at FROM timers");
  await copied(world.host.db, caseId, due, TIMERS);
  for (let at = 0; at < EFFECTS; at += SLICE) {
    await world.host.db.write([
      {
        sql: `WITH RECURSIVE n (i) AS (SELECT ? UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?)
              INSERT INTO outbox (id, case_id, kind, payload, status, tries, next_at, created_at)
              SELECT 'waiting/' || i, NULL, 'announce', '{"on":"nothing.happened","about":null,"data":{}}', 'waiting', 0, ?, ? FROM n`,
        args: [at, Math.min(EFFECTS, at + SLICE), MONDAY, MONDAY],
      },
    ]);
  }
  await world.host.stop();

  const clock = manualClock(MONDAY + 3 * DAY);
  const begun = performance.now();
  const host = await openHost(testConfig(world.folder), { clock, log: createLog("silent") });
  world.host = host;
  await host.start();
  const backlog = await readBacklog(host.db, clock.now());
  const readyMs = performance.now() - begun;
  expect(readyMs).toBeLessThan(5_000);
  expect(backlog.outbox).toBeGreaterThan(0);

  // Somebody works meanwhile, on a case that began after the standstill.
  const mine = await startCase(host, SYSTEM, { workflow: "question", subject, period: "2027" });
  const startedMs = performance.now() - begun;
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const heap = process.memoryUsage().rss;
  let over = false;
  const drained = host.worker.settle().finally(() => {
    over = true;
  });
  const waits: number[] = [];
  let highest = 0;
  for (let n = 0; !over; n++) {
    const asked = performance.now();
    const to = n % 2 === 0 ? "ben" : "ana";
    await command(host, SYSTEM, mine.caseId, {
      command: { type: "transfer", task: `${mine.caseId}/1/1`, to, reason: "meanwhile" },
    });
    waits.push(performance.now() - asked);
    highest = Math.max(highest, process.memoryUsage().rss);
    await new Promise((resolve) => setTimeout(resolve, LONG ? 50 : 5));
  }
  await drained;
  const drainedMs = performance.now() - begun;

  const fired = await host.db.read<{ caseId: string; due: number; late: number }>(
    "SELECT case_id AS caseId, due_at AS due, late FROM journal WHERE type = 'timer' ORDER BY rowid",
  );
  expect(new Set(fired.map(({ caseId: id }) => id)).size).toBe(TIMERS + 1);
  expect(fired).toHaveLength(TIMERS + 1);
  expect(fired.every(({ late }) => late === 1)).toBe(true);
  // In due order but for those of one slice, which fire side by side.
  expect(Math.max(...fired.slice(0, 100_000).map(({ due: at }, n) => Math.abs(at - due - n)))).toBeLessThan(256);
  const [left] = await host.db.read<{ timers: number; effects: number }>(
    `SELECT (SELECT count(*) FROM timers WHERE due_at <= :now) AS timers,
            (SELECT count(*) FROM outbox WHERE status <> 'done') AS effects`,
    { now: clock.now() },
  );
  expect(left).toEqual({ timers: 0, effects: 0 });
  const figures = {
    overdue: TIMERS,
    effects: EFFECTS,
    readyMs: Math.round(readyMs),
    firstCaseMs: Math.round(startedMs),
    drainedMs: Math.round(drainedMs),
    timersPerSecond: Math.round(TIMERS / (drainedMs / 1000)),
    commands: waits.length,
    commandP99Ms: Math.round(quantile(waits, 0.99)),
    slowestCommandMs: Math.round(Math.max(...waits)),
    loopDelayMaxMs: Math.round(delay.max / 1e6),
    grownMb: Math.round((highest - heap) / 1_048_576),
  };
  console.info(`backlog: ${JSON.stringify(figures)}`);
  expect(quantile(waits, 0.99)).toBeLessThan(1_000);
  expect(figures.grownMb).toBeLessThan(600);
  expect(clock.now()).toBeGreaterThan(due + HOUR);
}, 3_600_000);
