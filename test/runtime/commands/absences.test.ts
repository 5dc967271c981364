import { afterEach, expect, it } from "vitest";
import { Forbidden } from "../../../runtime/access/forbidden.ts";
import { declare, withdraw } from "../../../runtime/commands/absences.ts";
import { send } from "../../../runtime/commands/handle.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { absences } from "../../../runtime/http/routes/absences.ts";
import { journalOf } from "../../../runtime/projections/case-view.ts";
import { readAudit } from "../../../runtime/store/audit.ts";
import { loadCases } from "../../../runtime/store/cases-load.ts";
import { readJournal } from "../../../runtime/store/journal-read.ts";
import { violations } from "../../support/invariants.ts";
import { readerOf } from "../../support/reader.ts";
import { reviewForm } from "../../support/review.ts";
import { as, type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
afterEach(() => world.end());

const flow = {
  kind: "workflow",
  schema: 1,
  id: "flow",
  title: "Flow",
  subject: "person",
  start: "review",
  steps: {
    review: {
      kind: "form",
      title: "Review",
      form: "review",
      actor: { relation: "manager" },
      on: { submitted: "end" },
    },
    end: { kind: "end", title: "End" },
  },
};
const begin = async (person: string) => {
  const { caseId } = await startCase(world.host, SYSTEM, { workflow: "flow", subject: { kind: "person", id: person } });
  const stored = (await loadCases(world.host.db, [caseId])).get(caseId)!;
  return { caseId, task: Object.values(stored.state.tasks)[0]! };
};
const away = { from: "2026-03-01", to: "2026-03-20" };

it("ES6: A on leave, B on leave: C gets it, and the audit shows that C acted for A", async () => {
  world = await testHost({ documents: [reviewForm, flow] });
  const { host } = world;
  await declare(host, as("mia"), "mia", { ...away, delegate: "hana" });
  await declare(host, as("hana"), "hana", { ...away, delegate: "dora" });
  const { caseId, task } = await begin("ana");
  expect(task).toMatchObject({ assignees: ["dora"], onBehalf: [{ person: "dora", of: "mia" }] });
  await send(host, caseId, {
    type: "complete",
    task: task.id,
    outcome: "submitted",
    answers: { rating: 3 },
    by: "dora",
  });
  expect((await readJournal(host.db, caseId)).at(-1)!.entry).toMatchObject({ by: "dora", onBehalf: "mia" });
  const told = await journalOf(host, await readerOf(host, "hana"), caseId);
  expect(told.at(-1)!.words).toContain("Dora Lang (for Mia Stein) submitted");
  expect(await violations(host)).toEqual([]);
});

it("ES6: A for B for A falls to A's manager; once A is back, or took the absence back, it is A's again", async () => {
  world = await testHost({ documents: [reviewForm, flow] });
  const { host } = world;
  const declared = await declare(host, as("mia"), "mia", { ...away, delegate: "hana" });
  await declare(host, as("hana"), "hana", { ...away, delegate: "mia" });
  expect((await begin("ana")).task.assignees).toEqual(["rolf"]);
  await withdraw(host, as("mia"), "mia", declared.id);
  expect((await begin("ben")).task).toMatchObject({ assignees: ["mia"] });
  expect((await readAudit(host.db, null, 3)).map(({ what }) => what)).toEqual([
    "absence.withdrawn",
    "absence.declared",
    "absence.declared",
  ]);
});

it("one says for oneself, or for those whom one administers, when one is away; what makes no sense is refused by name", async () => {
  world = await testHost({ documents: [reviewForm, flow] });
  const runtime = world.host;
  const ask = async (by: string, person: string, body: object) =>
    absences.declareAbsence({ params: { id: person }, query: {}, body: body as never }, {
      runtime,
      reader: await readerOf(runtime, by),
      now: 0,
      key: undefined,
    } as never);
  expect(await ask("mia", "mia", { ...away, delegate: "rolf" })).toMatchObject({ delegate: { name: "Rolf Adler" } });
  await expect(ask("ana", "mia", away)).rejects.toBeInstanceOf(Forbidden);
  expect(await ask("hana", "ana", away)).toMatchObject({ delegate: null });
  await expect(ask("mia", "mia", away)).rejects.toMatchObject({ code: "already-exists" });
  await expect(ask("ben", "ben", { ...away, delegate: "ben" })).rejects.toMatchObject({ code: "bad-input" });
  await expect(ask("ben", "ben", { ...away, delegate: "nobody" })).rejects.toMatchObject({ code: "bad-input" });
});
