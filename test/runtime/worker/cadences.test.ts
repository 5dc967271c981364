import { afterEach, describe, expect, it } from "vitest";
import { manualClock } from "../../../runtime/clock.ts";
import { smallOrganisation } from "../../support/small-world.ts";
import { publishDocuments, type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
afterEach(() => world.end());

const DAY = 86_400_000;
/** Friday 26 December 2025: before the first week, month, quarter and year of 2026. */
const START = Date.UTC(2025, 11, 26, 12);

/** A check that ends the same day, so that nothing is open when the next one comes. */
const check = {
  kind: "workflow",
  schema: 1,
  id: "unit-check",
  title: "Unit check",
  subject: "unit",
  key: ["subject", "period"],
  start: "look",
  steps: {
    look: { kind: "wait", title: "Look", until: { after: { hours: 1 } }, on: { due: "seen" } },
    seen: { kind: "end", title: "Seen", outcome: "seen" },
  },
};
const personal = {
  ...check,
  id: "probation-talk",
  title: "Probation talk",
  subject: "person",
};

const cadence = (id: string, every: string, period: string, more: object = {}) => ({
  kind: "cadence",
  schema: 1,
  id,
  title: id,
  starts: { workflow: "unit-check" },
  every,
  from: "2026-01-01",
  timeZone: "UTC",
  of: "unit",
  period,
  missed: "all",
  ...more,
});

const opened = (id: string) =>
  world.host.db.read<{ subject: string; n: number }>(
    `SELECT subject, count(*) AS n FROM cases WHERE json_extract(state, '$.trigger.cadence') = ? GROUP BY subject ORDER BY subject`,
    [id],
  );
const each = (n: number) => [
  { subject: "company", n },
  { subject: "south", n },
  { subject: "team-1", n },
];

describe("cadences", () => {
  it("RC5: a simulated year yields 53 weeks (ISO 2026), 12 months, 4 quarters and 1 year per unit; running again creates nothing", async () => {
    world = await testHost({ documents: [check], clock: manualClock(START) });
    await publishDocuments(world.host, [
      cadence("weekly", "FREQ=WEEKLY;BYDAY=MO", "this-week", { from: "2025-12-29" }),
      cadence("monthly", "FREQ=MONTHLY;BYMONTHDAY=1", "this-month"),
      cadence("quarterly", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", "this-quarter"),
      cadence("yearly", "FREQ=YEARLY", "this-year"),
    ]);
    // ISO 2026 runs from Monday 29 December 2025 to Sunday 3 January 2027.
    await world.host.moveClock(Date.UTC(2026, 11, 31, 23));
    const all = async () => Promise.all(["weekly", "monthly", "quarterly", "yearly"].map(opened));
    const year = [each(53), each(12), each(4), each(1)];
    expect(await all()).toEqual(year);
    const [dated] = await world.host.db.read<{ n: number }>(
      "SELECT count(DISTINCT period) AS n FROM cases WHERE json_extract(state, '$.trigger.cadence') = 'weekly'",
    );
    expect(dated!.n).toBe(53);
    await world.restart();
    await world.host.worker.settle();
    // Even where the memory of what is done is lost, an occurrence is known by its job.
    await world.host.db.write([{ sql: "UPDATE cadences SET done_until = ?", args: [START] }]);
    await world.restart();
    await world.host.worker.settle();
    expect(await all()).toEqual(year);
  }, 60_000);

  it("RC5: a 52-week year yields 52", async () => {
    world = await testHost({ documents: [check], clock: manualClock(Date.UTC(2027, 0, 3, 20)) });
    await publishDocuments(world.host, [cadence("weekly", "FREQ=WEEKLY;BYDAY=MO", "this-week")]);
    await world.host.moveClock(Date.UTC(2028, 0, 2, 23));
    expect(await opened("weekly")).toEqual(each(52));
  });

  it("RC5: what was missed while the server was down is caught up as the cadence says: all, the latest, or nothing", async () => {
    world = await testHost({ documents: [check], clock: manualClock(START) });
    const monthly = (id: string, missed: string) =>
      cadence(id, "FREQ=MONTHLY;BYMONTHDAY=1", "previous-month", { missed, starts: { workflow: `check-${missed}` } });
    await publishDocuments(world.host, [
      ...["all", "latest", "skip"].map((missed) => ({ ...check, id: `check-${missed}` })),
      monthly("every", "all"),
      monthly("last", "latest"),
      monthly("none", "skip"),
    ]);
    await world.host.worker.settle();
    const host = await world.restart(manualClock(Date.UTC(2026, 4, 20)));
    await host.worker.settle();
    expect(await opened("every")).toEqual(each(5));
    expect(await opened("last")).toEqual(each(1));
    expect(await opened("none")).toEqual([]);
    const [latest] = await host.db.read<{ period: string }>(
      "SELECT DISTINCT period FROM cases WHERE definition = 'check-latest'",
    );
    expect(latest!.period).toBe("2026-04");
    await host.moveClock(Date.UTC(2026, 5, 2));
    expect(await opened("none")).toEqual(each(1));
  });

  it("anchored on a date of each person, opens on that person's day and once", async () => {
    const organisation = smallOrganisation();
    organisation.people = organisation.people.map((person) =>
      person.id === "ana"
        ? { ...person, hireDate: "2025-12-01" }
        : person.id === "ben"
          ? { ...person, hireDate: "2026-01-31" }
          : person,
    );
    world = await testHost({ documents: [personal], organisation, clock: manualClock(START) });
    await publishDocuments(world.host, [
      {
        kind: "cadence",
        schema: 1,
        id: "probation",
        title: "Probation",
        starts: { workflow: "probation-talk" },
        anchor: { fact: "person.hireDate", plus: { months: 3 } },
      },
    ]);
    const begun = () =>
      world.host.db.read<{ subject: string; at: number }>(
        "SELECT subject, opened_at AS at FROM cases ORDER BY opened_at",
      );
    await world.host.moveClock(START + 30 * DAY);
    expect(await begun()).toEqual([]);
    await world.host.moveClock(Date.UTC(2026, 11, 1));
    await world.restart();
    await world.host.worker.settle();
    // Midnight in Berlin of 1 March and of 30 April (31 January + 3 months clamps).
    expect(await begun()).toEqual([
      { subject: "ana", at: Date.UTC(2026, 1, 28, 23) },
      { subject: "ben", at: Date.UTC(2026, 3, 29, 22) },
    ]);
  });

  it("R29: one that cannot be computed is set aside and says so; the others launch, and timers fire", async () => {
    world = await testHost({ documents: [check], clock: manualClock(START) });
    await publishDocuments(world.host, [
      cadence("broken", "FREQ=MONTHLY;BYMONTHDAY=1", "this-month"),
      cadence("sound", "FREQ=MONTHLY;BYMONTHDAY=1", "this-month"),
    ]);
    // As a hand in the database, or a version of ours that took what this one cannot read, would leave it.
    await world.host.db.write([
      { sql: "UPDATE versions SET document = json_set(document, '$.timeZone', 'Nowhere/Land') WHERE id = 'broken'" },
    ]);
    await world.restart();
    await world.host.moveClock(Date.UTC(2026, 1, 2));
    expect(await opened("sound")).toEqual(each(2));
    expect(await world.host.db.read("SELECT DISTINCT status FROM cases")).toEqual([{ status: "closed" }]);
    const failed = await world.host.db.read("SELECT title, status, message FROM jobs WHERE status = 'failed'");
    expect(failed).toEqual([
      { title: "Launch by the cadence “broken”", status: "failed", message: expect.stringMatching(/./) },
    ]);
  });

  it("whose workflow is not there any more launches nothing, and each occurrence says so once", async () => {
    world = await testHost({ documents: [check], clock: manualClock(START) });
    await publishDocuments(world.host, [cadence("monthly", "FREQ=MONTHLY;BYMONTHDAY=1", "this-month")]);
    await world.host.db.write([{ sql: "UPDATE definitions SET live_version = NULL WHERE id = 'unit-check'" }]);
    await world.restart();
    await world.host.moveClock(Date.UTC(2026, 1, 2));
    const failed = await world.host.db.read("SELECT message FROM jobs WHERE status = 'failed'");
    expect(failed).toHaveLength(2);
    expect(failed[0]).toEqual({ message: expect.stringContaining("unit-check") });
  });
});
