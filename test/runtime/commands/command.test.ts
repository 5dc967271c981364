import { afterEach, describe, expect, it } from "vitest";
import { command } from "../../../runtime/commands/handle.ts";
import { Refused } from "../../../runtime/commands/refused.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { readJournal } from "../../../runtime/store/journal-read.ts";
import { violations } from "../../support/invariants.ts";
import { lateReview, outlierRules, reviewForm, reviewWorkflow } from "../../support/review.ts";
import { DAY, MONDAY } from "../../support/small-world.ts";
import { as, salesMetric, type TestHost, testHost } from "../../support/test-runtime.ts";

const REVIEW = [salesMetric, reviewForm, outlierRules, lateReview, reviewWorkflow];
let world: TestHost;
afterEach(() => world.end());

const begin = async (subject = "ana", period = "2026") =>
  startCase(world.host, as("hana"), { workflow: "annual-review", subject: { kind: "person", id: subject }, period });

const openTask = async (caseId: string) => {
  const [task] = await world.host.db.read<{ id: string; assignees: string }>(
    "SELECT id, assignees FROM tasks WHERE case_id = ? AND status = 'open' ORDER BY opened_at, id",
    [caseId],
  );
  return { id: task!.id, person: (JSON.parse(task!.assignees) as string[])[0]! };
};

const refusal = async (work: Promise<unknown>): Promise<Refused> => {
  try {
    await work;
  } catch (cause) {
    if (cause instanceof Refused) return cause;
    throw cause;
  }
  throw new Error("it was not refused");
};

describe("the road of one command", () => {
  it("takes a review from its start to its end, and everything that was written agrees", async () => {
    world = await testHost({ documents: REVIEW });
    const { caseId, active } = await begin();
    expect(active).toEqual(["self-review"]);
    for (const _ of ["self", "manager"]) {
      const task = await openTask(caseId);
      await command(world.host, as(task.person), caseId, {
        command: { type: "complete", task: task.id, outcome: "submitted", answers: { rating: 3 } },
      });
    }
    const last = await openTask(caseId);
    expect(last.person).toBe("ana");
    const answer = await command(world.host, as("ana"), caseId, {
      command: { type: "complete", task: last.id, outcome: "acknowledged" },
    });
    expect(answer).toMatchObject({ status: "closed", outcome: "completed" });
    expect(await violations(world.host)).toEqual([]);
  });

  it("answers with the open case where one with the same key is there", async () => {
    world = await testHost({ documents: REVIEW });
    const first = await begin();
    const [again, other] = await Promise.all([begin(), begin("ben")]);
    expect(again).toMatchObject({ caseId: first.caseId, existing: true });
    expect(other.existing).toBe(false);
    const twice = await Promise.all([begin("mia"), begin("mia"), begin("mia")]);
    expect(new Set(twice.map(({ caseId }) => caseId)).size).toBe(1);
    expect(await violations(world.host)).toEqual([]);
  });

  it("fires what is due before the command: a submission after the deadline is late even if nobody was there to fire it", async () => {
    world = await testHost({ documents: REVIEW, start: false });
    const { caseId } = await begin();
    const task = await openTask(caseId);
    (world.host.clock as { moveTo?: (at: number) => void }).moveTo?.(MONDAY + 20 * DAY);
    await command(world.host, as("ana"), caseId, {
      command: { type: "complete", task: task.id, outcome: "submitted", answers: { rating: 3 } },
    });
    const entries = (await readJournal(world.host.db, caseId)).map(({ entry }) => entry);
    expect(entries.map(({ event }) => event.type)).toEqual(["start", "timer", "complete"]);
    expect(entries[1]).toMatchObject({ late: true });
    expect(entries[1]!.dueAt).toBeLessThan(MONDAY + 20 * DAY);
    expect(await violations(world.host)).toEqual([]);
  });

  it("refuses with what is possible instead, and changes nothing", async () => {
    world = await testHost({ documents: REVIEW });
    const { caseId } = await begin();
    const task = await openTask(caseId);
    const complete = (outcome: string, answers = { rating: 3 }) => ({
      command: { type: "complete" as const, task: task.id, outcome, answers },
    });
    expect(await refusal(command(world.host, as("ben"), caseId, complete("submitted")))).toMatchObject({
      code: "not-yours",
    });
    expect(await refusal(command(world.host, as("ana"), caseId, complete("approved")))).toMatchObject({
      code: "not-possible",
      possible: [expect.stringContaining("submitted")],
    });
    expect(await refusal(command(world.host, as("ana"), "no-such-case", complete("submitted")))).toMatchObject({
      code: "not-found",
    });
    const stale = { ...complete("submitted"), expectedRevision: 7 };
    expect(await refusal(command(world.host, as("ana"), caseId, stale))).toMatchObject({ code: "stale-revision" });
    expect(await readJournal(world.host.db, caseId)).toHaveLength(1);
  });
});

describe("idempotency", () => {
  it("R06: a thousand equal commands at once are one transition and a thousand equal answers", async () => {
    world = await testHost({ documents: REVIEW });
    const { caseId } = await begin();
    const task = await openTask(caseId);
    const answers = await Promise.all(
      Array.from({ length: 1000 }, () =>
        command(world.host, as("ana"), caseId, {
          command: { type: "complete", task: task.id, outcome: "submitted", answers: { rating: 3 } },
          key: "one-and-the-same",
        }),
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await readJournal(world.host.db, caseId)).toHaveLength(2);
  });

  it("IG3: the same key later, after a restart too, answers the same and does nothing", async () => {
    world = await testHost({ documents: REVIEW });
    const { caseId } = await begin();
    const task = await openTask(caseId);
    const send = () =>
      command(world.host, as("ana"), caseId, {
        command: { type: "complete", task: task.id, outcome: "submitted", answers: { rating: 3 } },
        key: "sent-twice",
      });
    const first = await send();
    await world.restart();
    expect(await send()).toEqual(first);
    expect(await readJournal(world.host.db, caseId)).toHaveLength(2);
  });

  it("is acknowledged once it is on disk, whatever becomes of the line in the audit log", async () => {
    world = await testHost({ documents: REVIEW });
    const { caseId } = await begin();
    const { audit } = world.host;
    const write = audit.write.bind(audit);
    audit.write = () => Promise.reject(new Error("locked"));
    const answer = await command(world.host, as("hana"), caseId, { command: { type: "pause", reason: "leave" } });
    audit.write = write;
    expect(answer.revision).toBe(2);
    expect(await readJournal(world.host.db, caseId)).toHaveLength(2);
  });

  it("IG3: a key with a line break in it is a key like any other", async () => {
    world = await testHost({ documents: REVIEW });
    const { caseId } = await begin();
    const input = { command: { type: "pause" as const, reason: "once" }, key: "first line\nsecond line" };
    const first = await command(world.host, as("hana"), caseId, input);
    expect(await command(world.host, as("hana"), caseId, input)).toEqual(first);
    expect(await readJournal(world.host.db, caseId)).toHaveLength(2);
  });

  it("the same key with another body is refused; another person's key is another key", async () => {
    world = await testHost({ documents: REVIEW });
    const { caseId } = await begin();
    const task = await openTask(caseId);
    const send = (who: string, rating: number) =>
      command(world.host, as(who), caseId, {
        command: { type: "complete", task: task.id, outcome: "submitted", answers: { rating } },
        key: "shared-by-two",
      });
    await send("ana", 3);
    expect(await refusal(send("ana", 4))).toMatchObject({ code: "key-reused" });
    expect(await refusal(send("ben", 3))).toMatchObject({ code: "no-such-task" });
  });

  it("R07: a key older than its memory is refused, never taken for new", async () => {
    world = await testHost({ documents: REVIEW });
    const { caseId } = await begin();
    const hex = (Date.now() - 40 * DAY).toString(16).padStart(12, "0");
    const old = `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
    const sent = command(world.host, as("ana"), caseId, { command: { type: "cancel", reason: "old" }, key: old });
    expect(await refusal(sent)).toMatchObject({ code: "key-too-old" });
  });
});

describe("group commit", () => {
  const rows = async () =>
    world.host.db.read(
      `SELECT c.subject, c.status, c.revision, c.active, (SELECT group_concat(type, ' ') FROM (SELECT type FROM journal WHERE case_id = c.id ORDER BY seq)) AS path
       FROM cases AS c ORDER BY c.subject`,
    );
  const people = ["ana", "ben", "mia", "rolf", "dora", "hana", "lone"];

  it("R41: many commands in one batch lead where they lead one by one", async () => {
    const run = async (together: boolean) => {
      world = await testHost({ documents: REVIEW });
      const each = async (work: (person: string) => Promise<unknown>) => {
        if (together) await Promise.all(people.map(work));
        else for (const person of people) await work(person);
      };
      await each((person) => begin(person));
      await each(async (person) => {
        const [row] = await world.host.db.read<{ id: string }>("SELECT id FROM cases WHERE subject = ?", [person]);
        const task = await openTask(row!.id);
        await command(world.host, as(person), row!.id, {
          command: { type: "complete", task: task.id, outcome: "submitted", answers: { rating: 3 } },
        });
      });
      const found = await rows();
      expect(await violations(world.host)).toEqual([]);
      const { batches } = world.host.committer.figures;
      if (together) await world.end();
      return { found, batches };
    };
    const grouped = await run(true);
    const single = await run(false);
    expect(grouped.found).toEqual(single.found);
    expect(grouped.batches).toBeLessThan(single.batches);
  });

  it("chains commands of one case in memory: two in one turn are two entries and one row", async () => {
    world = await testHost({ documents: REVIEW });
    const { caseId } = await begin();
    const task = await openTask(caseId);
    const [claimed, done] = await Promise.all([
      command(world.host, as("ana"), caseId, { command: { type: "claim", task: task.id } }),
      command(world.host, as("ana"), caseId, {
        command: { type: "complete", task: task.id, outcome: "submitted", answers: { rating: 3 } },
      }),
    ]);
    expect([claimed.revision, done.revision]).toEqual([2, 3]);
    expect(await violations(world.host)).toEqual([]);
  });

  it("R29: one poison case in a batch of five hundred does not stop the others", async () => {
    world = await testHost({ documents: REVIEW });
    const { host } = world;
    const poison = host.committer.submit(null, {
      statements: [{ sql: "INSERT INTO journal (case_id) VALUES (NULL)" }],
    });
    const outcome = poison.committed.then(
      () => "committed",
      () => "refused",
    );
    const begun = await Promise.all(
      Array.from({ length: 499 }, (_, n) =>
        startCase(host, as("hana"), {
          workflow: "annual-review",
          subject: { kind: "person", id: "ana" },
          period: `${1500 + n}`,
        }),
      ),
    );
    expect(await outcome).toBe("refused");
    expect(new Set(begun.map(({ caseId }) => caseId)).size).toBe(499);
  });
});
