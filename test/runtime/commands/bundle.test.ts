import { afterEach, expect, it } from "vitest";
import { Forbidden } from "../../../runtime/access/forbidden.ts";
import { answerRows } from "../../../runtime/commands/answer-rows.ts";
import { send } from "../../../runtime/commands/handle.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { answerOwnRows } from "../../../runtime/http/routes/answer-own-rows.ts";
import { taskBriefs } from "../../../runtime/projections/task-briefs.ts";
import { taskView } from "../../../runtime/projections/task-view.ts";
import { tasksOfPerson } from "../../../runtime/store/tasks-read.ts";
import { violations } from "../../support/invariants.ts";
import { readerOf } from "../../support/reader.ts";
import { reviewForm } from "../../support/review.ts";
import { MONDAY, smallOrganisation } from "../../support/small-world.ts";
import { as, type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
afterEach(() => world.end());

const assessment = {
  kind: "workflow",
  schema: 1,
  id: "assessment",
  title: "Assessment",
  subject: "person",
  data: { gap: { type: "number" } },
  start: "explain",
  steps: {
    explain: {
      kind: "form",
      title: "Explain",
      form: "review",
      actor: { relation: "manager" },
      bundle: ["actor", "period"],
      on: { submitted: "end" },
    },
    end: { kind: "end", title: "End", outcome: "done", result: { rating: { fact: "step.explain.rating" } } },
  },
};

/** An organisation in which Mia has 99 reports. */
function wide() {
  const organisation = smallOrganisation();
  const ana = organisation.people.find(({ id }) => id === "ana")!;
  const works = organisation.assignments.find(({ person }) => person === "ana")!;
  const ids = Array.from({ length: 97 }, (_, n) => `p${n}`);
  organisation.people.push(...ids.map((id) => ({ ...ana, id, name: `Person ${id}`, email: `${id}@example.org` })));
  organisation.assignments.push(...ids.map((person) => ({ ...works, person })));
  return { organisation, ids: ["ana", "ben", ...ids] };
}
const open = () =>
  tasksOfPerson(world.host.db, "mia", { status: "open", limit: 50, now: MONDAY }).then(async (page) => ({
    total: page.total,
    items: await taskBriefs(world.host, page.tasks),
  }));

it("a manager with 99 exceptions has one task of 99 rows, answered one by one or all the same", async () => {
  const { organisation, ids } = wide();
  world = await testHost({ documents: [reviewForm, assessment], organisation });
  const { host } = world;
  const started = await Promise.all(
    ids.map((id) =>
      startCase(host, SYSTEM, {
        workflow: "assessment",
        subject: { kind: "person", id },
        period: "2026-02",
        with: { gap: -0.2 },
      }),
    ),
  );
  const reader = await readerOf(host, "mia");
  const page = await open();
  expect(page.total).toBe(1);
  expect(page.items).toMatchObject([{ title: "Explain", bundle: { rows: 99, overdue: 0 } }]);
  const messages = await host.db.read("SELECT * FROM inbox WHERE person = 'mia'");
  expect(messages).toHaveLength(1);

  const view = await taskView(host, reader, page.items[0]!.id);
  expect(view.rows).toHaveLength(99);
  expect(view.rows![0]).toMatchObject({
    caseData: [{ name: "gap", value: -0.2 }],
    because: expect.stringContaining("manager"),
  });

  const allow = async () => undefined;
  const [first, second, ...rest] = view.rows!;
  const one = await answerRows(
    host,
    as("mia"),
    view.task.id,
    { rows: [{ task: first!.id, outcome: "submitted", answers: { rating: 1 } }] },
    allow,
  );
  expect(one).toMatchObject({ done: 1 });
  expect((await open()).items).toMatchObject([{ bundle: { rows: 98 } }]);

  // A row whose case is cancelled goes away; answering it afterwards is said, and the others are done.
  await send(host, second!.caseId, { type: "cancel", reason: "left", by: null });
  expect((await open()).items).toMatchObject([{ bundle: { rows: 97 } }]);
  const key = "rows-of-february";
  const rows = [second!, ...rest].map(({ id }) => ({ task: id, outcome: "submitted", answers: { rating: 3 } }));
  const all = await answerRows(host, as("mia"), view.task.id, { rows, key }, allow);
  expect(all.done).toBe(97);
  expect(all.results.filter(({ ok }) => !ok)).toMatchObject([{ task: second!.id, code: "closed" }]);
  // Sent again it changes nothing and says the same.
  expect(await answerRows(host, as("mia"), view.task.id, { rows, key }, allow)).toEqual(all);
  expect((await open()).total).toBe(0);
  const ended = await host.db.read<{ status: string; n: number }>(
    "SELECT status, count(*) AS n FROM cases GROUP BY status ORDER BY status",
  );
  expect(ended).toMatchObject([
    { status: "cancelled", n: 1 },
    { status: "closed", n: 98 },
  ]);
  expect(started).toHaveLength(99);
  expect(await violations(host)).toEqual([]);
});

it("a row that was handed over meanwhile is refused for itself: the others are done; whose are none of them is shut out", async () => {
  const organisation = smallOrganisation();
  world = await testHost({ documents: [reviewForm, assessment], organisation });
  const { host } = world;
  for (const id of ["ana", "ben"])
    await startCase(host, SYSTEM, { workflow: "assessment", subject: { kind: "person", id }, period: "2026-02" });
  const mia = await readerOf(host, "mia");
  const [brief] = (await open()).items;
  const { rows = [] } = await taskView(host, mia, brief!.id);
  expect(rows).toHaveLength(2);
  const [kept, gone] = rows as [(typeof rows)[number], (typeof rows)[number]];
  await send(host, gone.caseId, { type: "transfer", task: gone.id, to: "rolf", reason: "knows them", by: "mia" });
  const request = { rows: rows.map(({ id }) => ({ task: id, outcome: "submitted", answers: { rating: 2 } })) };
  const answers = (reader: typeof mia) => answerOwnRows(host, reader, kept.id, request);
  await expect(answers(await readerOf(host, "ana"))).rejects.toBeInstanceOf(Forbidden);
  const { done, results } = await answers(mia);
  expect(done).toBe(1);
  expect(results.find(({ task }) => task === gone.id)).toMatchObject({ ok: false, code: "not-allowed" });
  expect(await violations(host)).toEqual([]);
});
