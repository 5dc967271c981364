import { afterEach, describe, expect, it } from "vitest";
import { createDefinition, discardDraft, saveDraft } from "../../../runtime/commands/draft.ts";
import { command } from "../../../runtime/commands/handle.ts";
import { publishDefinition } from "../../../runtime/commands/publish-definition.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { setParameter } from "../../../runtime/commands/set-parameter.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { auditTrouble } from "../../../runtime/store/audit.ts";
import { listVersions, readDefinition } from "../../../runtime/store/definitions-read.ts";
import { violations } from "../../support/invariants.ts";
import { lateReview, outlierRules, reviewForm, reviewWorkflow } from "../../support/review.ts";
import { DAY, MONDAY } from "../../support/small-world.ts";
import { as, salesMetric, type TestHost, testHost } from "../../support/test-runtime.ts";

const REVIEW = [salesMetric, reviewForm, outlierRules, lateReview, reviewWorkflow];
let world: TestHost;
afterEach(() => world.end());

const note = (title: string, text = "Hello.") =>
  JSON.stringify(
    {
      kind: "workflow",
      schema: 1,
      id: "note",
      title,
      subject: "person",
      start: "tell",
      steps: {
        tell: { kind: "notify", title: "Tell", to: [{ relation: "subject" }], message: text, on: { done: "end" } },
        end: { kind: "end", title: "End", outcome: "told" },
      },
    },
    null,
    2,
  );

describe("documents", () => {
  it("are drafts until they are published, and versions for ever after", async () => {
    world = await testHost();
    const { host } = world;
    const created = await createDefinition(host, as("dora"), note("First"));
    expect(created).toMatchObject({ revision: 1, liveVersion: null, draftErrors: 0 });
    const first = await publishDefinition(host, as("dora"), "workflow", "note", { note: "first", expectedRevision: 1 });
    const saved = await saveDraft(host, as("dora"), "workflow", "note", {
      source: note("Second"),
      expectedRevision: 2,
    });
    const second = await publishDefinition(host, as("dora"), "workflow", "note", {
      note: "second",
      expectedRevision: saved.revision,
    });
    expect([first.version, second.version]).toEqual([1, 2]);
    const versions = await listVersions(host.db, "workflow", "note");
    expect(versions.map(({ version, source, retiredAt }) => [version, source, retiredAt])).toEqual([
      [2, note("Second"), null],
      [1, note("First"), MONDAY],
    ]);
    expect((await auditTrouble(host.db)).broken).toEqual([]);
  });

  it("keep a draft with problems, and refuse to publish it with the place of each", async () => {
    world = await testHost();
    const { host } = world;
    const broken = note("Broken").replace('"done": "end"', '"done": "nowhere"');
    const row = await createDefinition(host, SYSTEM, broken);
    expect(row.draftErrors).toBeGreaterThan(0);
    const published = publishDefinition(host, SYSTEM, "workflow", "note", { note: "", expectedRevision: 1 });
    await expect(published).rejects.toMatchObject({
      code: "has-problems",
      issues: [{ path: "/steps/tell/on/done" }, { path: "/steps/end" }, { path: "/steps/tell" }],
    });
    const unreadable = await saveDraft(host, SYSTEM, "workflow", "note", {
      source: '{ "kind": "workflow", ',
      expectedRevision: 1,
    });
    expect(unreadable.draft).toBe('{ "kind": "workflow", ');
    await discardDraft(host, SYSTEM, "workflow", "note");
    expect(await readDefinition(host.db, "workflow", "note")).toBeUndefined();
  });

  it("are changed by one author at a time: who comes second is told, and nothing is lost", async () => {
    world = await testHost();
    const { host } = world;
    await createDefinition(host, SYSTEM, note("First"));
    await expect(createDefinition(host, SYSTEM, note("Other"))).rejects.toMatchObject({ code: "already-exists" });
    await expect(createDefinition(host, SYSTEM, "{}")).rejects.toMatchObject({ code: "has-problems" });
    const both = await Promise.allSettled(
      ["Mine", "Yours"].map((title) =>
        saveDraft(host, SYSTEM, "workflow", "note", { source: note(title), expectedRevision: 1 }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const publishes = await Promise.allSettled(
      [1, 2].map(() => publishDefinition(host, SYSTEM, "workflow", "note", { note: "", expectedRevision: 2 })),
    );
    expect(publishes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(publishes.find((one) => one.status === "rejected")).toMatchObject({ reason: { code: "stale-revision" } });
    expect(await listVersions(host.db, "workflow", "note")).toHaveLength(1);
    const wrong = saveDraft(host, SYSTEM, "workflow", "note", {
      source: note("x").replace('"note"', '"other"'),
      expectedRevision: 3,
    });
    await expect(wrong).rejects.toMatchObject({ code: "bad-input" });
  });

  it("of a calendar get their holidays at publishing, with where they came from", async () => {
    world = await testHost();
    const { host } = world;
    const calendar = {
      kind: "calendar",
      schema: 1,
      id: "bavaria",
      title: "Bavaria",
      timeZone: "Europe/Berlin",
      week: { mon: ["09:00", "17:00"] },
      holidays: { country: "DE", state: "BY" },
    };
    await createDefinition(host, SYSTEM, JSON.stringify(calendar));
    const version = await publishDefinition(host, SYSTEM, "calendar", "bavaria", { note: "", expectedRevision: 1 });
    const { resolved } = version.document as unknown as {
      resolved: { years: object; source: string; dates: { date: string }[] };
    };
    expect(resolved.years).toEqual({ from: 2025, to: 2030 });
    expect(resolved.source).toMatch(/^date-holidays \d/);
    const days = resolved.dates.map(({ date }) => date);
    expect(days).toEqual(expect.arrayContaining(["2026-01-06", "2026-06-04", "2026-12-25"]));
    expect(days).not.toContain("2026-10-31");
    await createDefinition(host, SYSTEM, JSON.stringify({ ...calendar, id: "nowhere", holidays: { country: "ZZ" } }));
    const nowhere = publishDefinition(host, SYSTEM, "calendar", "nowhere", { note: "", expectedRevision: 1 });
    await expect(nowhere).rejects.toMatchObject({ issues: [{ path: "/holidays/country" }] });
  });
});

describe("a running case", () => {
  it("stays on the versions it began with, its rule sets too, whatever is published meanwhile", async () => {
    world = await testHost({ documents: REVIEW });
    const { host } = world;
    const begin = (id: string) =>
      startCase(host, SYSTEM, { workflow: "annual-review", subject: { kind: "person", id }, period: "2026" });
    const before = await begin("ana");
    // The new rule set calls everybody an outlier.
    const everybody = {
      ...outlierRules,
      rules: [
        { ...outlierRules.rules[0], conditions: { all: [{ fact: "case.rating", operator: "greaterThan", value: 0 }] } },
      ],
    };
    const draft = await saveDraft(host, SYSTEM, "ruleset", "rating-outlier", {
      source: JSON.stringify(everybody),
      expectedRevision: 2,
    });
    await publishDefinition(host, SYSTEM, "ruleset", "rating-outlier", {
      note: "stricter",
      expectedRevision: draft.revision,
    });
    await world.restart();
    const after = await startCase(world.host, SYSTEM, {
      workflow: "annual-review",
      subject: { kind: "person", id: "ben" },
      period: "2026",
    });
    const finish = async (caseId: string, who: string) => {
      let active: string[] = [];
      for (const person of [who, "mia"]) {
        const [task] = await world.host.db.read<{ id: string }>(
          "SELECT id FROM tasks WHERE case_id = ? AND status = 'open'",
          [caseId],
        );
        ({ active } = await command(world.host, as(person), caseId, {
          command: { type: "complete", task: task!.id, outcome: "submitted", answers: { rating: 2 } },
        }));
      }
      return active;
    };
    expect(await finish(before.caseId, "ana")).toEqual(["sign-off"]);
    expect(await finish(after.caseId, "ben")).toContain("both");
    expect(await violations(world.host)).toEqual([]);
  });
});

describe("parameters", () => {
  const selfDays = (value: number, scope: "new" | "open-next-step", expectedVersion: number) =>
    setParameter(world.host, as("hana"), "workflow", "annual-review", "selfDays", {
      value,
      scope,
      reason: "too long",
      expectedVersion,
    });
  const dueOf = async (caseId: string) => {
    const [row] = await world.host.db.read<{ at: number }>("SELECT due_at AS at FROM timers WHERE case_id = ?", [
      caseId,
    ]);
    return row!.at;
  };
  const begin = (id: string) =>
    startCase(world.host, SYSTEM, { workflow: "annual-review", subject: { kind: "person", id }, period: "2026" });

  it("ST7: are changed on the live system within bounds, with their own version and history, and no new version of the graph", async () => {
    world = await testHost({ documents: REVIEW });
    const { host } = world;
    const first = await begin("ana");
    expect(await selfDays(2, "new", 0)).toMatchObject({ version: 1, old: 5, value: 2, by: "hana" });
    const second = await begin("ben");
    // Five working days from Monday 9:00 are the next Monday's; two are Wednesday's.
    expect([await dueOf(first.caseId), await dueOf(second.caseId)]).toEqual([MONDAY + 7 * DAY, MONDAY + 2 * DAY]);
    await expect(selfDays(40, "new", 1)).rejects.toMatchObject({
      code: "out-of-bounds",
      message: expect.stringContaining("between 1 and 30"),
    });
    await expect(selfDays(1.5, "new", 1)).rejects.toMatchObject({ code: "out-of-bounds" });
    await expect(selfDays(3, "new", 0)).rejects.toMatchObject({ code: "stale-revision" });
    expect(await listVersions(host.db, "workflow", "annual-review")).toHaveLength(1);
    expect(host.parameters.history({ kind: "workflow", id: "annual-review" }, "selfDays")).toHaveLength(1);
    expect((await auditTrouble(host.db)).broken).toEqual([]);
  });

  it("reach open cases only where the edit says so", async () => {
    world = await testHost({ documents: REVIEW });
    const { host } = world;
    const bundle = await host.catalogue.current("workflow", "annual-review");
    await selfDays(2, "new", 0);
    const seenBy = (openedAt: number) => host.parameters.values(bundle.compiled, openedAt).selfDays;
    expect([seenBy(MONDAY - DAY), seenBy(MONDAY)]).toEqual([5, 2]);
    await selfDays(9, "open-next-step", 1);
    expect([seenBy(MONDAY - DAY), seenBy(MONDAY)]).toEqual([9, 9]);
  });
});

describe("the audit log", () => {
  it("R43: names the entry that somebody edited", async () => {
    world = await testHost({ documents: REVIEW });
    const { host } = world;
    await host.db.write([{ sql: "UPDATE audit SET words = 'nothing happened' WHERE id = 3" }]);
    expect((await auditTrouble(host.db)).broken).toMatchObject([{ id: 3 }]);
  });
});
