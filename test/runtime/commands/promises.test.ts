import { afterEach, expect, it } from "vitest";
import { manualClock } from "../../../runtime/clock.ts";
import { send } from "../../../runtime/commands/handle.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { caseView, journalOf } from "../../../runtime/projections/case-view.ts";
import { taskView } from "../../../runtime/projections/task-view.ts";
import { readAudit } from "../../../runtime/store/audit.ts";
import { loadCases } from "../../../runtime/store/cases-load.ts";
import { violations } from "../../support/invariants.ts";
import { readerOf } from "../../support/reader.ts";
import { reviewForm } from "../../support/review.ts";
import { DAY, MONDAY, smallOrganisation } from "../../support/small-world.ts";
import { type TestHost, testHost, writeOrganisation } from "../../support/test-runtime.ts";

let world: TestHost;
afterEach(() => world.end());

const end = (outcome: string) => ({ kind: "end", title: outcome, outcome });
const stateOf = async (id: string) => (await loadCases(world.host.db, [id])).get(id)!.state;
const settle = async () => {
  for (let n = 0; n < 4; n++) await world.host.worker.settle();
};
const begin = (workflow: string, person = "ana", kind: "workflow" | "escalation" = "workflow") =>
  startCase(world.host, SYSTEM, { workflow, kind, subject: { kind: "person", id: person }, period: "2026" });
async function complete(id: string, outcome: string, answers: Record<string, never> | object = {}) {
  const [task] = Object.values((await stateOf(id)).tasks);
  const by = task!.assignees[0]!;
  await send(world.host, id, { type: "complete", task: task!.id, outcome, answers: answers as never, by });
  await settle();
}

const released = {
  kind: "workflow",
  schema: 1,
  id: "review",
  title: "Review",
  subject: "person",
  data: {
    rating: {
      type: "number",
      visibility: { audience: ["manager-chain", "hr-partner", "subject"], subjectAfter: "released" },
    },
  },
  start: "rate",
  steps: {
    rate: {
      kind: "form",
      title: "Rate",
      form: "review",
      actor: { relation: "manager" },
      on: { submitted: { to: "approve", set: { rating: { fact: "step.rate.rating" } } } },
    },
    approve: {
      kind: "approval",
      title: "Approve",
      actor: { role: "hr-partner" },
      outcomes: ["approved"],
      on: { approved: "release" },
    },
    release: { kind: "record", title: "Release", release: ["rating"], on: { done: "read" } },
    read: {
      kind: "approval",
      title: "Read it",
      actor: { relation: "subject" },
      outcomes: ["read", "again"],
      on: { read: "end", again: "release" },
    },
    end: end("completed"),
  },
};

it("RC13: before release the subject is denied everywhere; after it the audit has who and when; a second release changes nothing", async () => {
  world = await testHost({ documents: [reviewForm, released] });
  const { host } = world;
  const { caseId } = await begin("review");
  await complete(caseId, "submitted", { rating: 2 });
  const ana = await readerOf(host, "ana");
  const seen = async () => {
    const view = await caseView(host, ana, caseId);
    const tasks = await Promise.all(
      view.tasks
        .filter(({ assignees }) => assignees.some(({ id }) => id === "ana"))
        .map(({ id }) => taskView(host, ana, id)),
    );
    return JSON.stringify([
      view.data,
      view.tasks,
      await journalOf(host, ana, caseId),
      tasks.map(({ caseData, earlier }) => [caseData, earlier]),
    ]);
  };
  expect((await caseView(host, ana, caseId)).data).toMatchObject([{ name: "rating", value: null, hidden: true }]);
  expect(await seen()).not.toMatch(/"value":2\b/);
  const hana = await caseView(host, await readerOf(host, "hana"), caseId);
  expect(hana.data).toMatchObject([{ name: "rating", value: 2, hidden: false }]);

  await complete(caseId, "approved");
  expect((await caseView(host, ana, caseId)).data).toMatchObject([{ name: "rating", value: 2, hidden: false }]);
  const [entry] = await readAudit(host.db, null, 1);
  expect(entry).toMatchObject({
    by: "hana",
    at: MONDAY,
    what: "case.released",
    words: "Hana Kim released rating of Ana Ruiz.",
  });

  await complete(caseId, "again");
  expect((await readAudit(host.db, null, 1))[0]!.id).toBe(entry!.id);
  expect(await host.db.read("SELECT at FROM released WHERE case_id = ?", [caseId])).toMatchObject([{ at: MONDAY }]);
  expect(await violations(host)).toEqual([]);
});

it("F11: the failure of a child surfaces on the step of its parent, with a link to the child", async () => {
  const child = {
    kind: "workflow",
    schema: 1,
    id: "child",
    title: "Child",
    subject: "person",
    start: "ask",
    steps: {
      ask: { kind: "approval", title: "Ask", actor: { relation: "manager" }, outcomes: ["yes"], on: { yes: "end" } },
      end: end("done"),
    },
  };
  const parent = {
    ...child,
    id: "parent",
    title: "Parent",
    start: "sub",
    steps: { sub: { kind: "subflow", title: "Sub", workflow: "child", on: { done: "end" } }, end: end("done") },
  };
  world = await testHost({ documents: [child, parent] });
  const { host } = world;
  const { caseId } = await begin("parent");
  await settle();
  const [row] = await host.db.read<{ id: string }>("SELECT id FROM cases WHERE definition = 'child'");
  await send(host, row!.id, { type: "cancel", reason: "asked by mistake", by: "hana" });
  await settle();
  const view = await caseView(host, await readerOf(host, "hana"), caseId);
  expect(view.case.status).toBe("blocked");
  expect(view.blocked).toMatchObject([{ step: "sub", code: "no-way", caseId: row!.id }]);
  expect(view.related).toContainEqual(
    expect.objectContaining({ caseId: row!.id, relation: "child", status: "cancelled" }),
  );
  expect(await violations(host)).toEqual([]);
});

const ladder = {
  kind: "escalation",
  schema: 1,
  id: "ladder",
  title: "Ladder",
  subject: "person",
  levels: [
    { id: "team", title: "Team", after: { hours: 0 }, notify: [{ role: "hr-partner" }], via: ["inbox"] },
    {
      id: "boss",
      title: "Manager",
      after: { days: 5 },
      notify: [{ relation: "manager", else: { relation: "skip-manager" } }],
      via: ["inbox", "email"],
    },
  ],
};

it("ES3: the manager changed on day 3 and the level fires on day 5: the new manager gets it", async () => {
  const clock = manualClock(MONDAY);
  world = await testHost({ documents: [ladder], clock });
  const { host } = world;
  const { caseId } = await begin("ladder", "ana", "escalation");
  clock.moveTo(MONDAY + 3 * DAY);
  const organisation = smallOrganisation();
  const line = organisation.assignments.find(({ person }) => person === "ana")!;
  const [was] = await host.db.read<{ from: string }>(
    "SELECT valid_from AS 'from' FROM assignments WHERE person = 'ana' AND superseded_at IS NULL",
  );
  expect(was).toMatchObject({ from: line.validFrom });
  await host.db.write([
    { sql: "UPDATE assignments SET valid_to = '2026-03-05' WHERE person = 'ana' AND superseded_at IS NULL", args: [] },
  ]);
  await writeOrganisation(
    host.db,
    {
      ...organisation,
      people: [],
      units: [],
      grants: [],
      assignments: [{ ...line, manager: "rolf", validFrom: "2026-03-05" }],
    },
    clock.now(),
  );
  host.organisation.changed(host.events);
  clock.moveTo(MONDAY + 5 * DAY + 60_000);
  await settle();
  expect(Object.values((await stateOf(caseId)).tasks)).toMatchObject([{ step: "boss", assignees: ["rolf"] }]);
  expect(await violations(host)).toEqual([]);
});

it("ES12: where the manager is whom the case is about, the level goes to the one above; the mail says no rating", async () => {
  const clock = manualClock(MONDAY);
  const about = structuredClone(ladder) as { levels: { notify: object[] }[] };
  about.levels[1]!.notify = [{ unitRole: "head", level: "team", else: { unitRole: "head", level: "region" } }];
  world = await testHost({ documents: [about], clock });
  // Mia heads her own team: the case is about her, so that it goes to the head of the region.
  const { caseId } = await begin("ladder", "mia", "escalation");
  clock.moveTo(MONDAY + 5 * DAY + 60_000);
  await settle();
  const tasks = Object.values((await stateOf(caseId)).tasks);
  expect(tasks).toMatchObject([{ step: "boss", assignees: ["rolf"] }]);
  const told = await world.host.db.read<{ person: string; body: string }>("SELECT person, body FROM inbox");
  expect(told.some(({ person }) => person === "mia")).toBe(false);
  for (const { body } of told) expect(body).not.toMatch(/rating|score|pay/i);
});
