import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { violations } from "../../support/invariants.ts";
import { isoDay } from "../../support/iso-day.ts";
import { reviewForm } from "../../support/review.ts";
import { DAY, officeCalendar, smallOrganisation } from "../../support/small-world.ts";
import { publishDocuments, writeOrganisation } from "../../support/test-runtime.ts";
import { type HttpWorld, httpWorld, NOW } from "./world.ts";

const end = (outcome: string) => ({ kind: "end", title: "End", outcome });
const flow = (id: string, step: object, on: object) => ({
  kind: "workflow",
  schema: 1,
  id,
  title: id,
  subject: "person",
  key: ["subject", "period"],
  start: "plan",
  steps: {
    plan: {
      kind: "form",
      title: "Plan",
      form: "review",
      actors: [{ relation: "subject" }, { relation: "manager" }],
      on,
      ...step,
    },
    done: end("completed"),
    ...("due" in on ? { late: end("late") } : {}),
  },
});
const DOCUMENTS = [
  officeCalendar,
  reviewForm,
  flow(
    "turns",
    { mode: "iterative", deadline: { after: { days: 10 }, pause: ["on-leave"] } },
    { submitted: "done", due: "late" },
  ),
  flow("together", { mode: "collaborative" }, { submitted: "done" }),
  flow(
    "dated",
    {
      actors: [{ relation: "subject" }],
      deadline: { after: { days: 60 }, start: isoDay(NOW + 2 * DAY), exit: isoDay(NOW + 4 * DAY) },
    },
    { submitted: "done" },
  ),
];

let world: HttpWorld;
beforeAll(async () => {
  world = await httpWorld({ empty: true });
  await writeOrganisation(world.runtime.db, smallOrganisation(), NOW);
  world.runtime.organisation.changed(world.runtime.events);
  await publishDocuments(world.runtime, DOCUMENTS);
}, 30_000);
afterAll(() => world?.close());

async function start(workflow: string, subject: string) {
  const body = { workflow, subject: { kind: "person", id: subject } };
  const { caseId } = await world.ask("hana", "startCase", { body });
  const view = await world.ask("hana", "case", { params: { id: caseId } });
  return { caseId, task: view.tasks[0]!.id };
}
const tell = (as: string, caseId: string, command: object) =>
  world.send("POST", `/api/cases/${caseId}/commands`, { as, body: { command } });
const look = (as: string, task: string) => world.ask(as, "task", { params: { id: task } });
const draft = (as: string, task: string, answers: object, expectedRevision = 0) =>
  world.send("PUT", `/api/tasks/${encodeURIComponent(task)}/draft`, { as, body: { answers, expectedRevision } });
const toDay = (at: number) => world.ask("hana", "clock", { body: { to: at } });

describe("RC2: a form in turns and a form together, over the API", () => {
  it("is passed to and fro with what was written, and handed in by the exit actor alone", async () => {
    const { caseId, task } = await start("turns", "ana");
    expect((await draft("ana", task, { why: "draft" })).status).toBe(200);
    expect(
      (await tell("ana", caseId, { type: "complete", task, outcome: "submitted", answers: { rating: 3 } })).status,
    ).toBe(403);
    expect((await tell("mia", caseId, { type: "pass", task })).status).toBe(403);
    expect(
      (await tell("ana", caseId, { type: "pass", task, answers: { rating: 2 }, comment: "your turn" })).status,
    ).toBe(200);
    expect((await world.send("GET", `/api/tasks/${encodeURIComponent(task)}`, { as: "ana" })).status).toBe(403);
    expect((await draft("ana", task, { why: "mine" }, 1)).status).toBe(403);
    const hers = await look("mia", task);
    expect(hers).toMatchObject({ answers: { rating: 2 }, draft: { answers: { why: "draft" } }, mayHandIn: true });
    expect(hers.together).toMatchObject({
      mode: "iterative",
      passes: 1,
      handsIn: [{ id: "mia" }],
      others: [{ id: "ana" }],
    });
    expect((await tell("mia", caseId, { type: "pass", task })).status).toBe(200);
    expect(await look("ana", task)).toMatchObject({ mayHandIn: false, mayAct: true });
    expect((await tell("ana", caseId, { type: "pass", task, answers: { why: "agreed" } })).status).toBe(200);
    const done = await tell("mia", caseId, { type: "complete", task, outcome: "submitted" });
    expect(done.json).toMatchObject({ status: "closed", outcome: "completed" });
    const words = (await world.ask("hana", "journal", { params: { id: caseId } })).items.map((item) => item.words);
    expect(words).toContain("Ana Ruiz passed “Plan” on.");
  });

  it("is written in by all at once, in one draft, and handed in by the exit actor", async () => {
    const { caseId, task } = await start("together", "ana");
    expect((await draft("ana", task, { rating: 3 })).json).toMatchObject({ revision: 1 });
    expect((await look("mia", task)).draft).toMatchObject({ answers: { rating: 3 }, revision: 1 });
    expect((await draft("mia", task, { rating: 4 }, 1)).json).toMatchObject({ revision: 2 });
    expect((await draft("ana", task, { rating: 1 }, 1)).status).toBe(409);
    const answers = { rating: 4 };
    const refused = await tell("ana", caseId, { type: "complete", task, outcome: "submitted", answers });
    expect([refused.status, refused.json.title]).toEqual([
      403,
      "“Plan” is handed in by Mia Stein.".replaceAll(/[“”]/g, '"'),
    ]);
    expect((await tell("mia", caseId, { type: "complete", task, outcome: "submitted", answers })).json.status).toBe(
      "closed",
    );
  });
});

describe("RC3: the dates of a step, over the API", () => {
  it("can only be read before its start; may be worked on and not handed in before its exit", async () => {
    const { caseId, task } = await start("dated", "ben");
    const complete = { type: "complete", task, outcome: "submitted", answers: { rating: 3 } };
    const early = await draft("ben", task, { rating: 3 });
    expect([early.status, early.json.title]).toEqual([409, expect.stringContaining("until then it can only be read")]);
    expect((await tell("ben", caseId, complete)).status).toBe(409);
    expect((await look("ben", task)).opensAt).toBeGreaterThan(NOW);
    await toDay(NOW + 2 * DAY);
    expect((await draft("ben", task, { rating: 3 })).status).toBe(200);
    expect((await tell("ben", caseId, complete)).status).toBe(409);
    await toDay(NOW + 4 * DAY);
    expect((await tell("ben", caseId, complete)).json.status).toBe("closed");
  });
});

describe("F54, ES5: a case and a clock that stand still, over the API", () => {
  it("paused by an admin with a reason: no timer fires or is lost, no task can be done, and it goes on with what was left", async () => {
    const { caseId, task } = await start("turns", "ben");
    const timers = () => world.runtime.db.read("SELECT id FROM timers WHERE case_id = ?", [caseId]);
    const { dueAt } = (await world.ask("hana", "case", { params: { id: caseId } })).timers[0]!;
    expect((await tell("ben", caseId, { type: "pause", reason: "mine" })).status).toBe(403);
    expect((await tell("hana", caseId, { type: "pause", reason: "" })).status).toBe(400);
    expect((await tell("hana", caseId, { type: "pause", reason: "works council" })).status).toBe(200);
    const refused = await tell("ben", caseId, { type: "pass", task });
    expect([refused.status, refused.json.title]).toEqual([409, expect.stringContaining("works council")]);
    expect((await draft("ben", task, { rating: 3 })).status).toBe(409);
    expect(await timers()).toEqual([]);
    const since = world.runtime.clock.now();
    const left = dueAt - since;
    await toDay(since + 50 * DAY);
    const view = await world.ask("hana", "case", { params: { id: caseId } });
    expect(view.paused).toMatchObject({ reason: "works council", since, by: { id: "hana" } });
    expect(view.standing).toEqual([{ step: "plan", title: "Plan", since, because: "The case is paused" }]);
    expect(await violations(world.runtime)).toEqual([]);
    expect((await tell("hana", caseId, { type: "resume", reason: "agreed" })).status).toBe(200);
    // DG8: an admin's hand on a case has who, when, before and after.
    const { items } = await world.ask("hana", "audit", {});
    expect(items.slice(0, 2)).toMatchObject([
      { what: "case.resume", by: "hana", at: since + 50 * DAY, details: { case: caseId, reason: "agreed" } },
      {
        what: "case.pause",
        by: "hana",
        at: since,
        details: { before: { status: "open", active: ["plan"] }, after: { status: "open", active: ["plan"] } },
      },
    ]);
    expect(await timers()).toHaveLength(1);
    await toDay(since + 50 * DAY + left - 1);
    expect((await world.ask("hana", "case", { params: { id: caseId } })).case.status).toBe("open");
    await toDay(since + 50 * DAY + left);
    expect((await world.ask("hana", "case", { params: { id: caseId } })).case).toMatchObject({
      status: "closed",
      outcome: "late",
    });
  });

  it("a leave that is reported pauses the clock, and coming back lets it go on", async () => {
    const { caseId } = await start("turns", "lone").catch(() => start("turns", "mia"));
    const since = world.runtime.clock.now();
    expect((await tell("hana", caseId, { type: "event", event: "on-leave" })).status).toBe(200);
    const paused = await world.ask("hana", "case", { params: { id: caseId } });
    expect([paused.timers, paused.standing?.[0]?.because]).toEqual([[], "“on leave” was reported"]);
    await toDay(since + 30 * DAY);
    expect((await tell("hana", caseId, { type: "event", event: "resumed" })).status).toBe(200);
    const back = await world.ask("hana", "case", { params: { id: caseId } });
    expect(back.timers.map(({ dueAt }) => dueAt)).toEqual([since + 40 * DAY]);
    expect(await violations(world.runtime)).toEqual([]);
  });
});
