import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Command } from "#engine/contract/commands.ts";
import { applyImportJob, importContext } from "../../../runtime/commands/apply-import.ts";
import { command, send } from "../../../runtime/commands/handle.ts";
import { moveCases, undoMoves } from "../../../runtime/commands/move-cases.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { createImport } from "../../../runtime/ingest/import.ts";
import { anchorHeads } from "../../../runtime/store/anchors.ts";
import { loadCases } from "../../../runtime/store/cases-load.ts";
import { backUp } from "../../../runtime/upkeep/backup.ts";
import { exportAll } from "../../../runtime/upkeep/export.ts";
import { importAll } from "../../../runtime/upkeep/import.ts";
import { restore } from "../../../runtime/upkeep/restore.ts";
import { violations } from "../../support/invariants.ts";
import { lateReview, reviewForm } from "../../support/review.ts";
import { DAY } from "../../support/small-world.ts";
import { as, type TestHost, testHost } from "../../support/test-runtime.ts";

const now = () => 1_700_000_000_000;
const end = (outcome: string) => ({ kind: "end", title: outcome, outcome });
const workflow = (id: string, start: string, steps: object, more: object = {}) => ({
  kind: "workflow",
  schema: 1,
  id,
  title: id,
  subject: "person",
  start,
  steps: { ...steps, done: end("done") },
  ...more,
});
const form = (relation: string, to: string, more: object = {}) => ({
  kind: "form",
  title: relation,
  form: "review",
  actor: { relation },
  deadline: { after: { days: 5 }, escalation: "late-review" },
  on: { submitted: to },
  ...more,
});
const DOCUMENTS = [
  reviewForm,
  lateReview,
  workflow("child", "ask", { ask: form("subject", "done") }),
  workflow(
    "review",
    "manager",
    {
      manager: form("manager", "both", { bundle: ["period", "actor"] }),
      both: form("subject", "session", {
        actor: undefined,
        actors: [{ relation: "subject" }, { relation: "manager" }],
        mode: "iterative",
      }),
      session: {
        kind: "calibration",
        title: "Session",
        form: "review",
        actor: { role: "hr-partner" },
        shared: { key: ["subject.unit.region", "period"] },
        on: { agreed: "under", failed: "under" },
      },
      under: { kind: "subflow", title: "Under", workflow: "child", on: { done: "done", failed: "done" } },
    },
    { onMove: "majority", data: { rating: { type: "number" } } },
  ),
];

let world: TestHost;
let elsewhere: string;
beforeAll(() => {
  elsewhere = mkdtempSync(join(tmpdir(), "rondo-odd-"));
});
afterAll(async () => {
  await world?.end();
  rmSync(elsewhere, { recursive: true, force: true });
});

it("IG6: cases that are shared, bundled, passed, moved, undone, paused, cancelled, late and handed on verify, come back from a backup, and go through an export with equal hashes", async () => {
  world = await testHost({ documents: DOCUMENTS });
  const { host } = world;
  const settle = async () => {
    for (let n = 0; n < 4; n++) await host.worker.settle();
  };
  const cases: string[] = [];
  for (const id of ["ana", "ben", "mia", "rolf", "dora", "hana"])
    cases.push(
      (await startCase(host, SYSTEM, { workflow: "review", subject: { kind: "person", id }, period: "2026" })).caseId,
    );
  const [ana, ben, mia, rolf] = cases as [string, string, string, string];
  const say = (id: string, body: Command) => command(host, as("hana"), id, { command: body });
  const first = async (id: string) => Object.values((await loadCases(host.db, [id])).get(id)!.state.tasks)[0]!;
  const hand = async (id: string) => {
    const task = await first(id);
    const by = task.assignees[0]!;
    if (task.together && task.together.holder === 0) {
      await send(host, id, { type: "pass", task: task.id, answers: { why: "so far" }, by });
      return hand(id);
    }
    return void (await send(host, id, {
      type: "complete",
      task: task.id,
      outcome: task.outcomes[0]!,
      answers: { rating: 4 },
      by,
    }));
  };
  for (const id of [ana, ben]) {
    await hand(id);
    await hand(id);
  }
  await settle();
  // One of the two who share a session leaves it for a while; the other is paused while it waits.
  await say(ben, { type: "move", to: "under", reason: "no session" });
  await settle();
  await say(ben, { type: "undo", reason: "too hasty" });
  await say(ana, { type: "pause", reason: "works council" });
  await say(mia, { type: "move", to: "under", reason: "skip it" });
  await settle();
  await say(mia, { type: "pause", reason: "on leave" });
  await say(rolf, { type: "cancel", reason: "launched twice" });
  await say(rolf, { type: "set-data", data: { rating: 3 }, reason: "no" }).catch(() => undefined);
  await settle();
  const rest = cases.slice(4);
  const order = { cases: rest, command: { type: "move" as const, to: "both", reason: "bulk" } };
  const job = await moveCases(host, as("hana"), order, rest);
  await host.idle();
  await undoMoves(host, as("hana"), job.id, "not yet", async () => undefined);
  await host.idle();
  await host.moveClock(host.clock.now() + 8 * DAY);
  const content = "id,name,unit,manager,valid from\nben,Ben Okafor,team-1,rolf,2026-03-05\n";
  const { id } = await createImport(
    host.db,
    { kind: "people", fileName: "m.csv", content },
    importContext(host, SYSTEM),
  );
  await applyImportJob(host, SYSTEM, id, { skipRefused: false });
  await host.idle();
  await settle();
  await anchorHeads(host.db, host.audit, host.clock.now());
  expect(await violations(host)).toEqual([]);

  const url = `file:${join(world.folder, "rondo.db")}`;
  const backup = join(elsewhere, "backup.db");
  expect((await backUp(url, backup, { now })).report.checks.flatMap(({ findings }) => findings)).toEqual([]);
  await restore(backup, join(elsewhere, "restored.db"), { now, force: false });
  const made = await exportAll(url, join(elsewhere, "export"), { now, withAccounts: false });
  const done = await importAll(join(elsewhere, "export"), `file:${join(elsewhere, "imported.db")}`, { now });
  expect(done).toMatchObject({ hash: made.hash, report: { ok: true } });
  const again = await exportAll(`file:${join(elsewhere, "restored.db")}`, join(elsewhere, "again"), {
    now,
    withAccounts: false,
  });
  expect(again.hash).toBe(made.hash);
});
