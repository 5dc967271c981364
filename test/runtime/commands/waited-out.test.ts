import { afterEach, describe, expect, it, vi } from "vitest";
import { launch } from "../../../runtime/commands/launch.ts";
import { moveCases } from "../../../runtime/commands/move-cases.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { DatabaseBusyError } from "../../../runtime/db/client.ts";
import { readJob } from "../../../runtime/store/jobs.ts";
import { question } from "../../bench/world.ts";
import { violations } from "../../support/invariants.ts";
import { smallOrganisation } from "../../support/small-world.ts";
import { type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
afterEach(() => world.end());

const flow = {
  ...question,
  onMove: "move",
  steps: { ...question.steps, ask: { ...question.steps.ask, actor: { relation: "manager" } } },
};
const PEOPLE = Array.from({ length: 250 }, (_, n) => `p${n}`);
async function crowd() {
  const organisation = smallOrganisation();
  const ana = organisation.people.find(({ id }) => id === "ana")!;
  const works = organisation.assignments.find(({ person }) => person === "ana")!;
  organisation.people.push(...PEOPLE.map((id) => ({ ...ana, id, name: `Person ${id}`, email: null })));
  organisation.assignments.push(...PEOPLE.map((person) => ({ ...works, person })));
  world = await testHost({ documents: [flow], organisation, start: false });
}
/** Another process holds the lock: the first of every so many batches fail, and what moves cases at least so often. */
function busy(times: number) {
  const { db } = world.host;
  const write = db.write.bind(db);
  const left = new Map([
    ["INTO cases", times],
    ["UPDATE cases", times],
    ["UPDATE jobs", 1],
    ["INTO launch_members", 1],
  ]);
  vi.spyOn(db, "write").mockImplementation((statements) => {
    const found = [...left].find(([what, n]) => n > 0 && statements.some(({ sql }) => sql.includes(what)));
    if (!found) return write(statements);
    left.set(found[0], found[1] - 1);
    return Promise.reject(new DatabaseBusyError(200));
  });
}
const count = async (sql: string) => (await world.host.db.read<{ n: number }>(sql))[0]!.n;

describe("bulk work while another process holds the database for a moment", () => {
  it("opens each case of a launch once, refuses none, and fails nothing", async () => {
    await crowd();
    const { id } = await launch(world.host, SYSTEM, "question", { people: PEOPLE, period: "2026" });
    busy(2);
    await world.host.idle();
    vi.restoreAllMocks();
    expect(await readJob(world.host.db, id)).toMatchObject({ status: "done", result: { opened: 250, refused: 0 } });
    expect(await count("SELECT count(*) AS n FROM cases")).toBe(250);
    expect(await violations(world.host)).toEqual([]);
  });

  it("moves each case of a bulk move once, and calls none of them refused", async () => {
    await crowd();
    await launch(world.host, SYSTEM, "question", { people: PEOPLE, period: "2026" });
    await world.host.idle();
    const cases = (await world.host.db.read<{ id: string }>("SELECT id FROM cases ORDER BY id")).map(({ id }) => id);
    busy(2);
    const command = { type: "move" as const, to: "good", reason: "closed down" };
    const { id } = await moveCases(world.host, SYSTEM, { cases, command }, cases);
    await world.host.idle();
    vi.restoreAllMocks();
    expect(await readJob(world.host.db, id)).toMatchObject({ status: "done", result: { done: 250, refused: 0 } });
    expect(await count("SELECT count(*) AS n FROM journal WHERE type = 'move'")).toBe(250);
    expect(await violations(world.host)).toEqual([]);
  });

  it("tells every case of people who moved, however often it takes", async () => {
    await crowd();
    await launch(world.host, SYSTEM, "question", { people: PEOPLE, period: "2026" });
    await world.host.idle();
    const { db, organisation, events, clock } = world.host;
    await db.write([
      { sql: "UPDATE assignments SET manager = 'rolf' WHERE person LIKE 'p%'" },
      {
        sql: "INSERT INTO outbox (id, kind, payload, status, tries, next_at, created_at) VALUES ('moved', 'follow', ?, 'waiting', 0, ?, ?)",
        args: [JSON.stringify({ people: PEOPLE, reason: "test" }), clock.now(), clock.now()],
      },
    ]);
    organisation.changed(events);
    busy(2);
    await world.host.worker.settle();
    vi.restoreAllMocks();
    const withRolf = "SELECT count(*) AS n FROM task_people WHERE person = 'rolf' AND open = 1";
    expect(await count(withRolf)).toBeLessThan(250);
    await world.host.moveClock(clock.now() + 60_000);
    expect(await count(withRolf)).toBe(250);
    expect(await count("SELECT count(*) AS n FROM outbox WHERE status <> 'done'")).toBe(0);
  });
});
