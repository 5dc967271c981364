import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { command } from "../../../runtime/commands/handle.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { saveTaskDraft } from "../../../runtime/commands/save-task-draft.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { caseView, journalOf } from "../../../runtime/projections/case-view.ts";
import { exportAll } from "../../../runtime/upkeep/export.ts";
import { readerOf } from "../../support/reader.ts";
import { MONDAY } from "../../support/small-world.ts";
import { as, type TestHost, testHost } from "../../support/test-runtime.ts";

const low = { all: [{ fact: "answer.rating", operator: "lessThanInclusive", value: 2 }] };
const form = {
  kind: "form",
  schema: 1,
  id: "review",
  title: "Review",
  sections: [
    {
      id: "main",
      title: "Main",
      questions: [
        { id: "rating", type: "rating", title: "Rating", required: true },
        { id: "plan", type: "text", title: "What will help", showWhen: low, required: true },
      ],
    },
  ],
};
const review = {
  kind: "workflow",
  schema: 1,
  id: "annual-review",
  title: "Annual review",
  subject: "person",
  data: { rating: { type: "number" }, plan: { type: "text" } },
  start: "rate",
  steps: {
    rate: {
      kind: "form",
      title: "Rate",
      form: "review",
      actor: { relation: "manager" },
      on: {
        submitted: { to: "end", set: { rating: { fact: "step.rate.rating" }, plan: { fact: "step.rate.plan" } } },
      },
    },
    end: { kind: "end", title: "End", outcome: "completed" },
  },
};
const HIDDEN = "words that were typed and then hidden";
const SHOWN = "words that everybody was shown";

let world: TestHost;
beforeAll(async () => {
  world = await testHost({ documents: [form, review] });
});
afterAll(() => world.end());

/** Mia types a low rating with a plan, thinks better of it, and sends. */
async function rate(person: string, rating: number, plan: string): Promise<string> {
  const { host } = world;
  const { caseId } = await startCase(host, SYSTEM, {
    workflow: "annual-review",
    subject: { kind: "person", id: person },
    period: "2026",
  });
  const task = (await host.desk.read(caseId))!.state.tasks;
  const id = Object.keys(task)[0]!;
  await saveTaskDraft(host, as("mia"), id, { answers: { rating: 2, plan }, expectedRevision: 0 });
  const sent = { type: "complete" as const, task: id, outcome: "submitted", answers: { rating, plan } };
  await command(host, as("mia"), caseId, { command: sent });
  await host.worker.settle();
  return caseId;
}

it("FM3: a hidden answer is in no journal, no case view and no export, neither as JSON nor as CSV", async () => {
  const { host, folder } = world;
  const [hidden, shown] = [await rate("ana", 4, HIDDEN), await rate("ben", 2, SHOWN)];
  const hana = await readerOf(host, "hana");
  const told = async (id: string) => JSON.stringify([await caseView(host, hana, id), await journalOf(host, hana, id)]);
  expect((await caseView(host, hana, hidden)).data).toMatchObject([
    { name: "rating", value: 4 },
    { name: "plan", value: null },
  ]);
  expect(await told(hidden)).not.toContain(HIDDEN);
  expect(await told(shown)).toContain(SHOWN);

  const out = join(folder, "export");
  await exportAll(`file:${join(folder, "rondo.db")}`, out, { now: () => MONDAY, withAccounts: true });
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const holding = (words: string) =>
    files
      .filter((file) => readFileSync(join(file.parentPath, file.name), "utf8").includes(words))
      .map(({ name }) => name);
  expect(files.some(({ name }) => name.endsWith(".csv"))).toBe(true);
  expect(holding(SHOWN)).toContain("journal.jsonl");
  expect(holding(HIDDEN)).toEqual([]);
});
