import { afterEach, describe, expect, it } from "vitest";
import { applyImportJob, importContext } from "../../../runtime/commands/apply-import.ts";
import { createRecord } from "../../../runtime/commands/create-record.ts";
import { command } from "../../../runtime/commands/handle.ts";
import { jobView } from "../../../runtime/commands/jobs.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { createImport } from "../../../runtime/ingest/import.ts";
import { listEffects } from "../../../runtime/store/outbox.ts";
import { violations } from "../../support/invariants.ts";
import { DAY, MONDAY } from "../../support/small-world.ts";
import { as, type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
afterEach(() => world.end());

const child = {
  kind: "workflow",
  schema: 1,
  id: "talk",
  title: "Talk",
  subject: "person",
  data: { topic: { type: "text" } },
  start: "ask",
  steps: {
    ask: {
      kind: "approval",
      title: "Ask",
      actor: { relation: "manager" },
      outcomes: ["fine", "not-fine"],
      on: { fine: "fine", "not-fine": "not-fine" },
    },
    fine: { kind: "end", title: "Fine", outcome: "fine", result: { topic: { fact: "case.topic" } } },
    "not-fine": { kind: "end", title: "Not fine", outcome: "not-fine" },
  },
};
const parent = {
  kind: "workflow",
  schema: 1,
  id: "year",
  title: "Year",
  subject: "person",
  start: "talk",
  steps: {
    talk: {
      kind: "subflow",
      title: "A talk",
      workflow: "talk",
      with: { topic: "goals" },
      on: { fine: "write", "not-fine": "sad", failed: "sad" },
    },
    write: {
      kind: "record",
      title: "Write it down",
      write: [
        { to: "person.lastTalk", value: "goals" },
        { metric: "mood", value: 5 },
        { record: "note", fields: { about: { fact: "subject.id" }, text: "went well" } },
      ],
      on: { done: "happy" },
    },
    happy: { kind: "end", title: "Happy", outcome: "happy" },
    sad: { kind: "end", title: "Sad", outcome: "sad" },
  },
};
const mood = {
  kind: "metric",
  schema: 1,
  id: "mood",
  title: "Mood",
  unit: "points",
  scale: 0,
  direction: "higher",
  grain: "year",
  aggregate: "mean",
};
const noteType = {
  kind: "record-type",
  schema: 1,
  id: "note",
  title: "Note",
  fields: { about: { type: "person" }, text: { type: "text", required: true } },
};

const begin = (subject = "ana") =>
  startCase(world.host, SYSTEM, { workflow: "year", subject: { kind: "person", id: subject }, period: "2026" });
const rows = <Row>(sql: string, ...args: string[]) => world.host.db.read<Row>(sql, args);

describe("effects that stay inside", () => {
  it("start a child once, take its answer back to the parent, and write down what the record step says, each once", async () => {
    world = await testHost({ documents: [mood, noteType, child, parent] });
    const { host } = world;
    const { caseId } = await begin();
    await host.worker.settle();
    await host.worker.settle();
    const children = await rows<{ id: string }>("SELECT id FROM cases WHERE parent = ?", caseId);
    expect(children).toHaveLength(1);
    const [task] = await rows<{ id: string }>("SELECT id FROM tasks WHERE status = 'open'");
    await command(host, as("mia"), children[0]!.id, { command: { type: "complete", task: task!.id, outcome: "fine" } });
    await host.worker.settle();
    expect(await rows("SELECT status, outcome FROM cases WHERE id = ?", caseId)).toEqual([
      { status: "closed", outcome: "happy" },
    ]);
    const directory = await host.organisation.directory();
    expect(directory.person("ana")?.fields.lastTalk).toBe("goals");
    expect(await rows("SELECT subject, value, period_from AS f FROM observations WHERE superseded_at IS NULL")).toEqual(
      [{ subject: "ana", value: "5", f: "2026-01-01" }],
    );
    expect(await rows("SELECT type, about FROM records")).toEqual([{ type: "note", about: "ana" }]);
    const open = await rows("SELECT id FROM outbox WHERE status <> 'done'");
    expect(open).toEqual([]);
    expect(await violations(host)).toEqual([]);
  });

  it("that cannot begin a child tell the parent, so that it does not wait for ever", async () => {
    world = await testHost({ documents: [mood, noteType, child, parent] });
    const { host } = world;
    await host.db.write([{ sql: "DELETE FROM definitions WHERE kind = 'workflow' AND id = 'talk'" }]);
    await host.catalogue.refresh();
    const { caseId } = await begin();
    await host.worker.settle();
    expect(await rows("SELECT status, outcome FROM cases WHERE id = ?", caseId)).toEqual([
      { status: "closed", outcome: "sad" },
    ]);
    expect(await rows("SELECT id FROM outbox WHERE status <> 'done'")).toEqual([]);
    expect(await violations(host)).toEqual([]);
  });

  it("that fail for good become dead letters that an admin sees", async () => {
    const { talk: _talk, ...rest } = parent.steps;
    const { sad: _sad, ...steps } = rest;
    world = await testHost({ documents: [mood, noteType, { ...parent, start: "write", steps }] });
    const { host } = world;
    await host.db.write([{ sql: "DELETE FROM definitions WHERE kind = 'record-type'" }]);
    await host.catalogue.refresh();
    await begin();
    await host.worker.settle();
    const dead = await listEffects(host.db, { status: "dead" });
    expect(dead.items).toMatchObject([
      { kind: "write-record", error: expect.stringContaining('no published record type "note"') },
    ]);
  });
});

const ladder = {
  kind: "escalation",
  schema: 1,
  id: "complaint-ladder",
  title: "Complaint",
  subject: "complaint",
  trigger: {
    on: "record.created",
    record: "complaint",
    when: { all: [{ fact: "complaint.category", operator: "equal", value: "broken" }] },
  },
  levels: [
    { id: "first", title: "First", after: { hours: 0 }, notify: [{ role: "hr-admin" }] },
    { id: "second", title: "Second", after: { workingDays: 2 }, notify: [{ role: "hr-partner" }] },
  ],
};
const complaint = {
  kind: "record-type",
  schema: 1,
  id: "complaint",
  title: "Complaint",
  fields: {
    category: { type: "choice", of: ["broken", "late"], required: true },
    about: { type: "person" },
    complainedAt: { type: "date-time" },
  },
};

describe("triggers", () => {
  it("open a case for a record that meets the conditions, once, and none for one that does not", async () => {
    world = await testHost({ documents: [complaint, ladder] });
    const { host } = world;
    await createRecord(host, SYSTEM, { id: "c-1", type: "complaint", fields: { category: "broken", about: "ana" } });
    await createRecord(host, SYSTEM, { id: "c-2", type: "complaint", fields: { category: "late", about: "ana" } });
    await host.worker.settle();
    await host.worker.settle();
    const cases = await rows<{ subject: string; subject_type: string }>("SELECT subject, subject_type FROM cases");
    expect(cases).toEqual([{ subject: "c-1", subject_type: "complaint" }]);
    const bad = createRecord(host, SYSTEM, { type: "complaint", fields: { category: "odd", size: 3 } });
    await expect(bad).rejects.toMatchObject({
      code: "has-problems",
      issues: [{ path: "/fields/size" }, { path: "/fields/category" }],
    });
    expect(await violations(host)).toEqual([]);
  });

  it("see the records of an import when it is applied, each once", async () => {
    world = await testHost({ documents: [complaint, ladder] });
    const { host } = world;
    const lines = Array.from({ length: 30 }, (_, n) => `i-${n},${n % 3 === 0 ? "broken" : "late"},ana,2026-03-01`);
    const state = await createImport(
      host.db,
      {
        kind: "records",
        recordType: "complaint",
        fileName: "c.csv",
        content: `id,category,about,complainedAt\n${lines.join("\n")}\n`,
      },
      importContext(host, SYSTEM),
    );
    const job = await applyImportJob(host, SYSTEM, state.id, { skipRefused: false });
    await host.idle();
    expect(await jobView(host, job.id)).toMatchObject({ status: "done" });
    await host.worker.settle();
    await host.worker.settle();
    const [row] = await rows<{ n: number }>("SELECT count(*) AS n FROM cases");
    expect(row!.n).toBe(10);
  });

  it("a wait ends when what it waits for happens to its subject", async () => {
    const waiting = {
      kind: "workflow",
      schema: 1,
      id: "waiting",
      title: "Waiting",
      subject: "person",
      start: "wait",
      steps: {
        wait: {
          kind: "wait",
          title: "For a note",
          for: [{ on: "record.created", record: "note" }],
          until: { after: { days: 30 } },
          on: { done: "came", due: "never" },
        },
        came: { kind: "end", title: "Came", outcome: "came" },
        never: { kind: "end", title: "Never", outcome: "never" },
      },
    };
    world = await testHost({ documents: [noteType, waiting] });
    const { host } = world;
    for (const id of ["ana", "ben"])
      await startCase(host, SYSTEM, { workflow: "waiting", subject: { kind: "person", id } });
    await createRecord(host, SYSTEM, { type: "note", fields: { about: "ana", text: "here" } });
    await host.worker.settle();
    await host.moveClock(MONDAY + 40 * DAY);
    expect(await rows("SELECT subject, outcome FROM cases ORDER BY subject")).toEqual([
      { subject: "ana", outcome: "came" },
      { subject: "ben", outcome: "never" },
    ]);
    expect(await violations(host)).toEqual([]);
  });
});
