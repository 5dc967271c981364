import { afterEach, describe, expect, it } from "vitest";
import { routes } from "#engine/contract/routes.ts";
import { manualClock } from "../../../runtime/clock.ts";
import { discardDraft, saveDraft } from "../../../runtime/commands/draft.ts";
import { command } from "../../../runtime/commands/handle.ts";
import { Refused } from "../../../runtime/commands/refused.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { readDefinition } from "../../../runtime/store/definitions-read.ts";
import { listIncidents } from "../../../runtime/store/troubles-read.ts";
import { verify } from "../../../runtime/upkeep/verify.ts";
import { question } from "../../bench/world.ts";
import { violations } from "../../support/invariants.ts";
import { HOUR, MONDAY } from "../../support/small-world.ts";
import { type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
afterEach(() => world.end());

const begin = (workflow: string) =>
  startCase(world.host, SYSTEM, { workflow, subject: { kind: "person", id: "ana" }, period: "2026" });
const handOver = (caseId: string, to: string) =>
  command(world.host, SYSTEM, caseId, {
    command: { type: "transfer", task: `${caseId}/1/1`, to, reason: "still at work" },
  });

describe("R20: a definition that cases run on", () => {
  it("cannot be deleted by anybody: no route does, and discarding its draft leaves what is published and every case on it", async () => {
    const deleting = Object.values(routes)
      .filter(({ method, path }) => method === "delete" && path.startsWith("/api/definitions"))
      .map(({ path }) => path);
    expect(deleting).toEqual(["/api/definitions/{kind}/{id}/draft"]);
    world = await testHost({ documents: [question], start: false });
    const { host } = world;
    const { caseId } = await begin("question");
    const before = (await readDefinition(host.db, "workflow", "question"))!;
    await saveDraft(host, SYSTEM, "workflow", "question", {
      source: JSON.stringify({ ...question, title: "Another question" }),
      expectedRevision: before.revision,
    });
    // Twice, and beside work on its case.
    await Promise.all([
      discardDraft(host, SYSTEM, "workflow", "question"),
      discardDraft(host, SYSTEM, "workflow", "question"),
      handOver(caseId, "ben"),
    ]);
    expect((await readDefinition(host.db, "workflow", "question"))?.draft).toBeNull();
    await world.restart();
    await handOver(caseId, "mia");
    expect(await violations(world.host)).toEqual([]);
  });

  it("whose rows somebody takes out of the database stops its own cases with words, and nobody else's; a verification names it", async () => {
    world = await testHost({ documents: [question, { ...question, id: "other", title: "Other" }], start: false });
    const [gone, fine] = [await begin("question"), await begin("other")];
    await world.host.db.write([
      { sql: "DELETE FROM bundles WHERE kind = 'workflow' AND id = 'question'" },
      { sql: "DELETE FROM versions WHERE kind = 'workflow' AND id = 'question'" },
    ]);
    const host = await world.restart(manualClock(MONDAY + 3 * HOUR));
    await host.worker.settle();
    const refused = await handOver(gone.caseId, "ben").catch((cause: unknown) => cause);
    expect(refused).toBeInstanceOf(Refused);
    expect(String(refused)).toContain("is not in the database. Restore it from a backup");
    // Its deadline is set aside with the reason, once, where an administrator sees it.
    const incidents = await listIncidents(host.db, { limit: 10 });
    expect(incidents.rows).toMatchObject([
      { caseId: gone.caseId, what: "timer Ask", message: expect.stringContaining("is not in the database") },
    ]);
    expect((await host.worker.nextDueAt()) ?? Number.POSITIVE_INFINITY).toBeGreaterThan(host.clock.now());
    const [other] = await host.db.read<{ outcome: string }>("SELECT outcome FROM cases WHERE id = ?", [fine.caseId]);
    expect(other!.outcome).toBe("bad");
    const report = await verify(host.db, { now: () => MONDAY });
    expect(report.ok).toBe(false);
    expect(JSON.stringify(report.checks.flatMap(({ findings }) => findings))).toContain(gone.caseId);
  });
});
