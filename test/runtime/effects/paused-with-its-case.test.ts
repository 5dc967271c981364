import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { standstill } from "#engine/execute/standstill.ts";
import { command } from "../../../runtime/commands/handle.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { listCases } from "../../../runtime/projections/case-briefs.ts";
import { taskBriefs } from "../../../runtime/projections/task-briefs.ts";
import { loadCases } from "../../../runtime/store/cases-load.ts";
import { tasksOfPerson } from "../../../runtime/store/tasks-read.ts";
import { violations } from "../../support/invariants.ts";
import { readerOf } from "../../support/reader.ts";
import { DAY } from "../../support/small-world.ts";
import { as, type TestHost, testHost } from "../../support/test-runtime.ts";

const end = (outcome: string) => ({ kind: "end", title: outcome, outcome });
const asks = (to: string) => ({
  kind: "approval",
  title: "Ask",
  actor: { relation: "subject" },
  deadline: { after: { days: 5 } },
  on: { approved: to, rejected: to },
});
const workflow = (id: string, start: string, steps: object) => ({
  kind: "workflow",
  schema: 1,
  id,
  title: id,
  subject: "person",
  start,
  steps: { ...steps, done: end("done") },
});
const DOCUMENTS = [
  workflow("child", "ask", { ask: asks("done") }),
  workflow("top", "under", {
    under: { kind: "subflow", title: "Under", workflow: "child", on: { done: "done", failed: "done" } },
  }),
];

let world: TestHost;
beforeAll(async () => {
  world = await testHost({ documents: DOCUMENTS, start: false });
});
afterAll(() => world.end());

const begin = async (subject: string) =>
  (await startCase(world.host, SYSTEM, { workflow: "top", subject: { kind: "person", id: subject } })).caseId;
const say = (id: string, type: "pause" | "resume") =>
  command(world.host, as("hana"), id, { command: { type, reason: "works council" } });
const childOf = async (id: string) => {
  const [row] = await world.host.db.read<{ id: string }>("SELECT id FROM cases WHERE parent = ?", [id]);
  return (await loadCases(world.host.db, [row!.id])).get(row!.id)!.state;
};
const timersOf = async (id: string) =>
  (await world.host.db.read("SELECT 1 FROM timers WHERE case_id = ?", [id])).length;

describe("F54: a case that is paused, and the work under it", () => {
  it("stands still and goes on with it, though the server is restarted before any of it is told", async () => {
    const top = await begin("ana");
    await world.host.worker.settle();
    await say(top, "pause");
    await world.restart();
    await world.host.worker.settle();
    const child = await childOf(top);
    expect([standstill(child)?.reason, await timersOf(child.id)]).toEqual(["works council", 0]);
    const [task] = Object.keys(child.tasks);
    const complete = { type: "complete" as const, task: task!, outcome: "approved" };
    await expect(command(world.host, as("ana"), child.id, { command: complete })).rejects.toMatchObject({
      code: "paused",
    });
    expect(await violations(world.host)).toEqual([]);
    await say(top, "resume");
    await world.restart();
    await world.host.worker.settle();
    expect([standstill(await childOf(top)), await timersOf(child.id)]).toEqual([undefined, 1]);
    await command(world.host, as("ana"), child.id, { command: complete });
    await world.host.worker.settle();
    expect((await loadCases(world.host.db, [top])).get(top)!.state.status).toBe("closed");
    expect(await violations(world.host)).toEqual([]);
  });

  it("begins standing still, however late the effect that begins it is carried out", async () => {
    const top = await begin("ben");
    // The effect was given up, and is tried again by an admin long after the case was paused.
    await world.host.db.write([
      { sql: "UPDATE outbox SET status = 'dead' WHERE case_id = ? AND kind = 'start-case'", args: [top] },
    ]);
    await say(top, "pause");
    await world.host.worker.settle();
    await world.host.db.write([
      { sql: "UPDATE outbox SET status = 'waiting' WHERE case_id = ? AND kind = 'start-case'", args: [top] },
    ]);
    await world.host.worker.settle();
    const child = await childOf(top);
    expect([standstill(child)?.reason, await timersOf(child.id)]).toEqual(["works council", 0]);
    await say(top, "resume");
    await world.host.worker.settle();
    expect(standstill(await childOf(top))).toBeUndefined();
    expect(await violations(world.host)).toEqual([]);
  });

  it("is shown as paused and not as late, in the lists of cases and in the inbox of whoever has the task", async () => {
    const top = await begin("lone");
    await world.host.worker.settle();
    await world.host.moveClock(world.host.clock.now() + 6 * DAY);
    const admin = readerOf(world.host, "hana");
    const late = async () => {
      const { items } = await listCases(world.host, await admin, { late: true, subject: "lone" }, { limit: 10 });
      return items.map(({ definition }) => definition.id);
    };
    const inbox = async () => {
      const page = await tasksOfPerson(world.host.db, "lone", {
        status: "open",
        limit: 10,
        now: world.host.clock.now(),
      });
      const [brief] = await taskBriefs(world.host, page.tasks);
      return { late: page.tasks[0]!.late, overdue: brief!.overdue, paused: brief!.paused };
    };
    expect(await late()).toEqual(["child"]);
    expect(await inbox()).toEqual({ late: 1, overdue: true, paused: false });
    await say(top, "pause");
    await world.host.worker.settle();
    expect(await late()).toEqual([]);
    expect(await inbox()).toEqual({ late: 0, overdue: false, paused: true });
    const { items } = await listCases(world.host, await admin, { subject: "lone" }, { limit: 10 });
    expect(items.map(({ paused, overdue, dueAt }) => [paused, overdue, dueAt])).toEqual([
      [true, false, null],
      [true, false, null],
    ]);
    await say(top, "resume");
    await world.host.worker.settle();
    expect(await late()).toEqual(["child"]);
    expect(await inbox()).toEqual({ late: 1, overdue: true, paused: false });
  });
});
