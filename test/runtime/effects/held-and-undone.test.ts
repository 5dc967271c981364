import { afterEach, describe, expect, it } from "vitest";
import { createRecord } from "../../../runtime/commands/create-record.ts";
import { command } from "../../../runtime/commands/handle.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { loadCases } from "../../../runtime/store/cases-load.ts";
import { violations } from "../../support/invariants.ts";
import { DAY } from "../../support/small-world.ts";
import { as, type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
afterEach(() => world.end());

const ana = { kind: "person" as const, id: "ana" };
const note = {
  kind: "record-type",
  schema: 1,
  id: "note",
  title: "Note",
  fields: { about: { type: "person" }, text: { type: "text" } },
};
const stateOf = async (id: string) => (await loadCases(world.host.db, [id])).get(id)!.state;

/** A case that asks first and then waits for a note; `hold` says how long one that comes too early is kept. */
const waiting = (hold?: object) => ({
  kind: "workflow",
  schema: 1,
  id: "flow",
  title: "Flow",
  subject: "person",
  start: "first",
  steps: {
    first: {
      kind: "approval",
      title: "First",
      actor: { relation: "subject" },
      on: { approved: "wait", rejected: "wait" },
    },
    wait: {
      kind: "wait",
      title: "Wait",
      for: [{ on: "record.created", record: "note", ...(hold ? { hold } : {}) }],
      until: { after: { days: 60 } },
      on: { done: "came", due: "late" },
    },
    came: { kind: "end", title: "Came", outcome: "came" },
    late: { kind: "end", title: "Late", outcome: "late" },
  },
});
const written = async (text: string) => {
  await createRecord(world.host, SYSTEM, { type: "note", fields: { about: "ana", text } });
  await world.host.worker.settle();
};
const approve = async (caseId: string) => {
  const [task] = Object.keys((await stateOf(caseId)).tasks);
  return command(world.host, as("ana"), caseId, { command: { type: "complete", task: task!, outcome: "approved" } });
};

describe("R08, F13: a record that is written before the case waits for it", () => {
  it("is kept through a restart and ends the wait when the case comes to it", async () => {
    world = await testHost({ documents: [note, waiting({ days: 30 })] });
    const { caseId } = await startCase(world.host, SYSTEM, { workflow: "flow", subject: ana });
    await written("early");
    expect((await stateOf(caseId)).held).toMatchObject([{ step: "wait", data: { text: "early" } }]);
    await world.restart();
    expect(await approve(caseId)).toMatchObject({ status: "closed", outcome: "came" });
    expect(await violations(world.host)).toEqual([]);
  });

  it("is not kept for longer than the trigger says, nor where it says nothing, nor for a case that does not exist yet", async () => {
    for (const hold of [{ days: 2 }, undefined]) {
      world = await testHost({ documents: [note, waiting(hold)] });
      await written("before the case");
      const { caseId } = await startCase(world.host, SYSTEM, { workflow: "flow", subject: ana });
      if (hold) await written("early");
      else await written("not asked to be kept");
      expect((await stateOf(caseId)).held ?? []).toHaveLength(hold ? 1 : 0);
      await world.host.moveClock(world.host.clock.now() + 3 * DAY);
      expect(await approve(caseId)).toMatchObject({ status: "open", active: ["wait"] });
      await written("in time");
      expect((await stateOf(caseId)).outcome).toBe("came");
      expect(await violations(world.host)).toEqual([]);
      if (hold) await world.end();
    }
  });
});

describe("F12: a case that is cancelled after 3 of 5 steps", () => {
  it("undoes the three in reverse order, each once, though the server stops in between", async () => {
    const write = (text: string) => ({ write: [{ record: "note", fields: { about: { fact: "subject.id" }, text } }] });
    const flow = {
      kind: "workflow",
      schema: 1,
      id: "flow",
      title: "Flow",
      subject: "person",
      start: "do-1",
      steps: {
        ...Object.fromEntries(
          [1, 2, 3, 4, 5].flatMap((n) => [
            [
              `do-${n}`,
              {
                kind: "record",
                title: `Do ${n}`,
                ...write(`do ${n}`),
                undo: `undo-${n}`,
                on: { done: n === 3 ? "ask" : n < 5 ? `do-${n + 1}` : "end" },
              },
            ],
            [`undo-${n}`, { kind: "record", title: `Undo ${n}`, ...write(`undo ${n}`), on: {} }],
          ]),
        ),
        ask: {
          kind: "approval",
          title: "Ask",
          actor: { relation: "subject" },
          on: { approved: "do-4", rejected: "end" },
        },
        end: { kind: "end", title: "End", outcome: "completed" },
      },
    };
    world = await testHost({ documents: [note, flow], start: false });
    const { caseId } = await startCase(world.host, SYSTEM, { workflow: "flow", subject: ana });
    await command(world.host, as("hana"), caseId, { command: { type: "cancel", reason: "a mistake" } });
    const host = await world.restart();
    await host.worker.settle();
    await host.worker.settle();
    const rows = await host.db.read<{ payload: string; status: string }>(
      "SELECT payload, status FROM outbox WHERE kind = 'write-record' AND case_id = ? ORDER BY rowid",
      [caseId],
    );
    const texts = rows.map(({ payload }) => (JSON.parse(payload) as { fields: { text: string } }).fields.text);
    expect(texts).toEqual(["do 1", "do 2", "do 3", "undo 3", "undo 2", "undo 1"]);
    expect(rows.every(({ status }) => status === "done")).toBe(true);
    const written = await host.db.read<{ n: number }>("SELECT count(*) AS n FROM records WHERE type = 'note'");
    expect(written[0]!.n).toBe(6);
    expect((await stateOf(caseId)).status).toBe("cancelled");
    expect(await violations(host)).toEqual([]);
  });
});

describe("a case with a child that is cancelled and taken back at once", () => {
  it("has its child again, whose cancellation is no answer any more, however late the effects come", async () => {
    const asks = (to: string) => ({
      kind: "approval",
      title: "Ask",
      actor: { relation: "subject" },
      on: { approved: to, rejected: to },
    });
    const workflow = (id: string, start: string, steps: object) => ({
      kind: "workflow",
      schema: 1,
      id,
      title: id,
      subject: "person",
      start,
      steps,
    });
    const end = (outcome: string) => ({ kind: "end", title: outcome, outcome });
    const child = workflow("child", "ask", { ask: asks("done"), done: end("done") });
    const flow = workflow("flow", "next", {
      next: { kind: "subflow", title: "Next", workflow: "child", on: { done: "bye", failed: "stopped" } },
      bye: end("completed"),
      stopped: end("stopped"),
    });
    world = await testHost({ documents: [child, flow] });
    const { host } = world;
    const { caseId } = await startCase(host, SYSTEM, { workflow: "flow", subject: ana });
    await host.worker.settle();
    const [{ id }] = (await host.db.read<{ id: string }>("SELECT id FROM cases WHERE definition = 'child'")) as [
      { id: string },
    ];
    await command(host, as("hana"), caseId, { command: { type: "cancel", reason: "by mistake" } });
    await command(host, as("hana"), caseId, { command: { type: "undo", reason: "too hasty" } });
    await host.worker.settle();
    expect([(await stateOf(caseId)).status, (await stateOf(id)).status]).toEqual(["open", "open"]);
    const [task] = Object.keys((await stateOf(id)).tasks);
    await command(host, as("ana"), id, { command: { type: "complete", task: task!, outcome: "approved" } });
    await host.worker.settle();
    expect(await stateOf(caseId)).toMatchObject({ status: "closed", outcome: "completed" });
    expect(await violations(host)).toEqual([]);
  });
});
