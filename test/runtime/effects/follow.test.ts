import { afterEach, expect, it } from "vitest";
import { manualClock } from "../../../runtime/clock.ts";
import { applyImportJob, importContext } from "../../../runtime/commands/apply-import.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { createImport } from "../../../runtime/ingest/import.ts";
import { movedTasks } from "../../../runtime/projections/moved-tasks.ts";
import { loadCases } from "../../../runtime/store/cases-load.ts";
import { readJournal } from "../../../runtime/store/journal-read.ts";
import { tasksOfPerson } from "../../../runtime/store/tasks-read.ts";
import { violations } from "../../support/invariants.ts";
import { reviewForm } from "../../support/review.ts";
import { DAY } from "../../support/small-world.ts";
import { type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
afterEach(() => world.end());

const START = Date.UTC(2026, 0, 1, 8);
const flow = {
  kind: "workflow",
  schema: 1,
  id: "flow",
  title: "Flow",
  subject: "person",
  onMove: "majority",
  start: "review",
  steps: {
    review: {
      kind: "form",
      title: "Review",
      form: "review",
      actor: { relation: "manager" },
      deadline: { after: { days: 80 } },
      on: { submitted: "end" },
    },
    end: { kind: "end", title: "End" },
  },
};

it("RC9, IG1: an org move on day 40 of 90 with majority: the new manager owns the open task, the old one looks on, the due date stays, 0 tasks are with nobody", async () => {
  const clock = manualClock(START);
  world = await testHost({ documents: [reviewForm, flow], clock });
  const { host } = world;
  const { caseId } = await startCase(host, SYSTEM, {
    workflow: "flow",
    subject: { kind: "person", id: "ana" },
    period: "2026-Q1",
  });
  const other = await startCase(host, SYSTEM, {
    workflow: "flow",
    subject: { kind: "person", id: "ben" },
    period: "2026-Q1",
  });
  const taskOf = async (id: string) => Object.values((await loadCases(host.db, [id])).get(id)!.state.tasks)[0]!;
  const before = await taskOf(caseId);
  expect(before.assignees).toEqual(["mia"]);

  // The move is imported ten days ahead, as reorganisations are.
  clock.moveTo(START + 30 * DAY);
  const content = "id,name,email,unit,manager,valid from\nana,Ana Ruiz,ana@example.org,team-1,rolf,2026-02-10\n";
  const state = await createImport(
    host.db,
    { kind: "people", fileName: "moves.csv", content },
    importContext(host, SYSTEM),
  );
  expect(state.refused).toEqual([]);
  expect(await movedTasks(host, state)).toMatchObject([
    { severity: "info", message: "1 open task in 1 case will follow people who move or leave, as each workflow says." },
  ]);
  await applyImportJob(host, SYSTEM, state.id, { skipRefused: false });
  await host.idle();
  for (let n = 0; n < 4; n++) await host.worker.settle();
  expect((await taskOf(caseId)).assignees).toEqual(["mia"]);

  clock.moveTo(START + 40 * DAY);
  for (let n = 0; n < 4; n++) await host.worker.settle();
  expect(await taskOf(caseId)).toMatchObject({
    id: before.id,
    assignees: ["rolf"],
    contributors: ["mia"],
    dueAt: before.dueAt,
  });
  expect((await readJournal(host.db, caseId)).at(-1)!.entry).toMatchObject({ by: null, event: { type: "follow" } });
  expect(await readJournal(host.db, other.caseId)).toHaveLength(1);
  const open = (person: string) => tasksOfPerson(host.db, person, { status: "open", limit: 9, now: clock.now() });
  expect((await open("rolf")).tasks.map(({ id }) => id)).toEqual([before.id]);
  expect((await open("mia")).tasks.map(({ caseId: id }) => id)).toEqual([other.caseId]);
  const nobodys = await host.db.read(
    "SELECT 1 FROM tasks AS t WHERE t.status = 'open' AND NOT EXISTS (SELECT 1 FROM task_people AS p WHERE p.task = t.id AND p.open = 1)",
  );
  expect(nobodys).toEqual([]);
  expect(await violations(host)).toEqual([]);
});

it("RC9: the task of somebody's manager's manager follows when it is the manager who moves", async () => {
  const clock = manualClock(START);
  const step = { ...flow.steps.review, actor: { relation: "skip-manager" } };
  const skip = { ...flow, id: "skip", onMove: "move", steps: { ...flow.steps, review: step } };
  world = await testHost({ documents: [reviewForm, skip], clock });
  const { host } = world;
  const { caseId } = await startCase(host, SYSTEM, { workflow: "skip", subject: { kind: "person", id: "ana" } });
  const holders = async () =>
    Object.values((await loadCases(host.db, [caseId])).get(caseId)!.state.tasks).map(({ assignees }) => assignees);
  expect(await holders()).toEqual([["rolf"]]);
  clock.moveTo(START + DAY);
  const content = "id,name,unit,manager,valid from\nmia,Mia Stein,team-1,dora,2026-01-02\n";
  const upload = { kind: "people" as const, fileName: "moves.csv", content };
  const { id } = await createImport(host.db, upload, importContext(host, SYSTEM));
  await applyImportJob(host, SYSTEM, id, { skipRefused: false });
  await host.idle();
  for (let n = 0; n < 4; n++) await host.worker.settle();
  expect(await holders()).toEqual([["dora"]]);
  expect(await violations(host)).toEqual([]);
});

it("RC9: the tasks of somebody whose leaving was imported ahead of time follow on the day after their last", async () => {
  const clock = manualClock(START);
  world = await testHost({ documents: [reviewForm, { ...flow, onMove: "keep" }], clock });
  const { host } = world;
  const { caseId } = await startCase(host, SYSTEM, { workflow: "flow", subject: { kind: "person", id: "ana" } });
  const holders = async () =>
    Object.values((await loadCases(host.db, [caseId])).get(caseId)!.state.tasks).map(({ assignees }) => assignees);
  const load = async (content: string) => {
    const upload = { kind: "people" as const, fileName: "leaving.csv", content };
    const { id } = await createImport(host.db, upload, importContext(host, SYSTEM));
    await applyImportJob(host, SYSTEM, id, { skipRefused: false });
    await host.idle();
    for (let n = 0; n < 4; n++) await host.worker.settle();
  };
  await load(
    "id,name,unit,manager,valid from,end date\nmia,Mia Stein,team-1,rolf,2024-01-08,2026-01-10\nana,Ana Ruiz,team-1,rolf,2026-01-05,\n",
  );
  await host.moveClock(START + 9 * DAY);
  expect(await holders()).toEqual([["mia"]]);
  await host.moveClock(START + 10 * DAY);
  expect(await holders()).toEqual([["rolf"]]);
  expect(await violations(host)).toEqual([]);
});
