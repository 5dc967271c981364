import { afterEach, describe, expect, it, vi } from "vitest";
import { manualClock } from "../../../runtime/clock.ts";
import { command, send } from "../../../runtime/commands/handle.ts";
import { casesToMove, moveCases, undoMoves } from "../../../runtime/commands/move-cases.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { previewMoves } from "../../../runtime/projections/move-preview.ts";
import { readAudit } from "../../../runtime/store/audit.ts";
import { loadCases } from "../../../runtime/store/cases-load.ts";
import { readJob } from "../../../runtime/store/jobs.ts";
import { readJournal } from "../../../runtime/store/journal-read.ts";
import { violations } from "../../support/invariants.ts";
import { reviewForm } from "../../support/review.ts";
import { MONDAY, smallOrganisation } from "../../support/small-world.ts";
import { as, type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
let clock: ReturnType<typeof manualClock>;
afterEach(() => world.end());

const asks = (title: string, relation: string, to: string) => ({
  kind: "form",
  title,
  form: "review",
  actor: { relation },
  deadline: { after: { days: 5 } },
  on: { submitted: to },
});
const flow = {
  kind: "workflow",
  schema: 1,
  id: "flow",
  title: "Flow",
  subject: "person",
  data: { rating: { type: "integer", min: 1, max: 5 } },
  start: "self",
  steps: {
    self: {
      ...asks("Self", "subject", "manager"),
      on: { submitted: { to: "manager", set: { rating: { fact: "step.self.rating" } } } },
    },
    manager: asks("Manager", "manager", "bye"),
    bye: { kind: "end", title: "Bye", outcome: "completed" },
  },
};

/** Two hundred cases, all at the manager's step. */
async function twoHundred() {
  const organisation = smallOrganisation();
  const ana = organisation.people.find(({ id }) => id === "ana")!;
  const works = organisation.assignments.find(({ person }) => person === "ana")!;
  const ids = Array.from({ length: 200 }, (_, n) => `p${n}`);
  organisation.people.push(...ids.map((id) => ({ ...ana, id, name: `Person ${id}`, email: null })));
  organisation.assignments.push(...ids.map((person) => ({ ...works, person })));
  clock = manualClock(MONDAY);
  world = await testHost({ documents: [reviewForm, flow], organisation, clock });
  const started = await Promise.all(
    ids.map((id) =>
      startCase(world.host, SYSTEM, { workflow: "flow", subject: { kind: "person", id }, period: "2026" }),
    ),
  );
  const cases = started.map(({ caseId }) => caseId);
  await Promise.all(
    cases.map(async (id, n) => {
      const [task] = Object.keys((await loadCases(world.host.db, [id])).get(id)!.state.tasks);
      await send(world.host, id, {
        type: "complete",
        task: task!,
        outcome: "submitted",
        answers: { rating: (n % 5) + 1 },
        by: `p${n}`,
      });
    }),
  );
  return cases;
}
const statesOf = async (cases: string[]) => {
  const found = await loadCases(world.host.db, cases);
  return cases.map((id) => found.get(id)!.state);
};
const ended = async (id: string) => {
  for (;;) {
    const job = (await readJob(world.host.db, id))!;
    if (job.status !== "waiting" && job.status !== "running") return job;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
const bare = (state: object) =>
  Object.fromEntries(
    Object.entries(state).filter(([key]) => !["revision", "undo", "timers", "generations", "timerSeq"].includes(key)),
  );

describe("moving many cases by hand", () => {
  it("RC11: a bulk return of 200 to `self` puts all 200 there, data intact, reason on each; undo within 10 minutes restores", async () => {
    const cases = await twoHundred();
    const { host } = world;
    const before = await statesOf(cases);
    const request = {
      command: { type: "move" as const, to: "self", reason: "The form was wrong" },
      filter: { definition: "flow" },
    };
    const chosen = await casesToMove(host, request);
    const preview = await previewMoves(host, request, chosen);
    expect(preview).toMatchObject({
      total: 200,
      refused: 0,
      tasksCancelled: 200,
      timersCancelled: 200,
      tasksOpened: 200,
    });
    expect(preview.rows[0]).toMatchObject({ from: ["Manager"], tasksCancelled: ["Manager"], tasksOpened: ["Self"] });
    expect(await statesOf(cases)).toEqual(before);

    const job = await ended((await moveCases(host, as("hana"), request, chosen)).id);
    expect(job).toMatchObject({ status: "done", done: 200, total: 200, message: "200 of 200 done" });
    const moved = await statesOf(cases);
    moved.forEach((state, n) => {
      expect(Object.values(state.tasks).map(({ step }) => step)).toEqual(["self"]);
      expect((state.machine as { context: { data: object } }).context.data).toEqual({ rating: (n % 5) + 1 });
    });
    for (const id of cases) {
      const journal = await readJournal(host.db, id);
      expect(journal.at(-1)!.entry).toMatchObject({
        by: "hana",
        event: { type: "move", reason: "The form was wrong" },
      });
    }
    expect((await readAudit(host.db, null, 1))[0]).toMatchObject({ by: "hana", what: "cases.move" });

    clock.moveTo(MONDAY + 9 * 60_000);
    // One of them has gone on: it alone is not taken back.
    const [task] = Object.keys(moved[7]!.tasks);
    await send(host, cases[7]!, {
      type: "complete",
      task: task!,
      outcome: "submitted",
      answers: { rating: 2 },
      by: "p7",
    });
    const undone = await ended(
      (await undoMoves(host, as("hana"), job.id, "It was right after all", async () => undefined)).id,
    );
    expect(undone).toMatchObject({
      message: "199 of 200 done, 1 refused",
      result: { refusals: [{ caseId: cases[7] }] },
    });
    const after = await statesOf(cases);
    after.forEach((state, n) => {
      if (n !== 7) expect(bare(state)).toEqual(bare(before[n]!));
    });
    expect(await violations(host)).toEqual([]);
  }, 30_000);

  it("RC11: an undo after ten minutes is refused, case by case and with the reason", async () => {
    const [id] = await (async () => {
      clock = manualClock(MONDAY);
      world = await testHost({ documents: [reviewForm, flow], clock });
      return [
        (await startCase(world.host, SYSTEM, { workflow: "flow", subject: { kind: "person", id: "ana" } })).caseId,
      ];
    })();
    const request = { command: { type: "cancel" as const, reason: "launched twice" }, cases: [id!] };
    const job = await ended((await moveCases(world.host, as("hana"), request, request.cases)).id);
    clock.moveTo(MONDAY + 10 * 60_000 + 1);
    const undone = await ended((await undoMoves(world.host, as("hana"), job.id, "no", async () => undefined)).id);
    expect(undone).toMatchObject({
      message: "0 of 1 done, 1 refused",
      result: { refusals: [{ reason: expect.stringContaining("10 minutes") }] },
    });
    await command(world.host, as("hana"), id!, {
      command: { type: "reopen", to: "manager", reason: "needed after all" },
    });
    const [state] = await statesOf([id!]);
    expect(state).toMatchObject({ status: "open", outcome: null });
    expect((await readAudit(world.host.db, null, 1))[0]).toMatchObject({ by: "hana", what: "case.reopen" });
    const all = { command: { type: "transfer" as const, from: "mia", to: "rolf", reason: "long leave" }, cases: [id!] };
    expect((await ended((await moveCases(world.host, as("hana"), all, [id!])).id)).message).toBe("1 of 1 done");
    expect(Object.values((await statesOf([id!]))[0]!.tasks)).toMatchObject([{ assignees: ["rolf"] }]);
    expect(await violations(world.host)).toEqual([]);
  });

  it("RC11: a hand-over of several tasks of one case is one act, and is taken back whole", async () => {
    const branch = (id: string) => ({
      start: id,
      steps: { [id]: asks(id, "manager", `${id}-end`), [`${id}-end`]: { kind: "end", title: "End", outcome: "done" } },
    });
    const steps = {
      both: {
        kind: "parallel",
        title: "Both",
        branches: { left: branch("l"), right: branch("r") },
        on: { done: "bye" },
      },
      bye: flow.steps.bye,
    };
    clock = manualClock(MONDAY);
    world = await testHost({ documents: [reviewForm, { ...flow, start: "both", steps }], clock });
    const { host } = world;
    const { caseId } = await startCase(host, SYSTEM, { workflow: "flow", subject: { kind: "person", id: "ana" } });
    const [before] = await statesOf([caseId]);
    const command = { type: "transfer" as const, from: "mia", to: "rolf", reason: "long leave" };
    const job = await ended((await moveCases(host, as("hana"), { command, cases: [caseId] }, [caseId])).id);
    const holders = async () => Object.values((await statesOf([caseId]))[0]!.tasks).flatMap((task) => task.assignees);
    expect(await holders()).toEqual(["rolf", "rolf"]);
    await ended((await undoMoves(host, as("hana"), job.id, "back already", async () => undefined)).id);
    expect(await holders()).toEqual(["mia", "mia"]);
    expect(bare((await statesOf([caseId]))[0]!)).toEqual(bare(before!));
    expect(await violations(host)).toEqual([]);
  });

  it("a move of many and its cases are written down together: a stop in between leaves nothing to be answered by", async () => {
    clock = manualClock(MONDAY);
    world = await testHost({ documents: [reviewForm, flow], clock });
    const { host } = world;
    const { caseId } = await startCase(host, SYSTEM, { workflow: "flow", subject: { kind: "person", id: "ana" } });
    const request = {
      command: { type: "cancel" as const, reason: "launched twice" },
      cases: [caseId],
      key: "a-key-of-ours",
    };
    const kept = host.db.write;
    const write = vi.spyOn(host.db, "write").mockImplementation(async (statements) => {
      if (statements.some(({ sql }) => sql.includes("INTO move_members"))) throw new Error("the power went");
      return kept(statements);
    });
    await expect(moveCases(host, as("hana"), request, [caseId])).rejects.toThrow("the power went");
    write.mockRestore();
    const job = await moveCases(host, as("hana"), request, [caseId]);
    expect((await ended(job.id)).message).toBe("1 of 1 done");
    expect((await statesOf([caseId]))[0]).toMatchObject({ status: "cancelled" });
    // Asked again it answers the same job, and chooses no cases anew.
    expect((await moveCases(host, as("hana"), request, [caseId])).id).toBe(job.id);
    expect(await host.db.read("SELECT job FROM move_members")).toEqual([{ job: job.id }]);
  });
});
