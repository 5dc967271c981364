import { afterEach, describe, expect, it } from "vitest";
import { manualClock } from "../../../runtime/clock.ts";
import { applyImportJob, importContext } from "../../../runtime/commands/apply-import.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { createImport } from "../../../runtime/ingest/import.ts";
import { loadCases } from "../../../runtime/store/cases-load.ts";
import { violations } from "../../support/invariants.ts";
import { DAY, HOUR, MONDAY, smallOrganisation } from "../../support/small-world.ts";
import { type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
let clock: ReturnType<typeof manualClock>;
afterEach(() => world.end());

const laptops = {
  kind: "metric",
  schema: 1,
  id: "laptops",
  title: "Laptops",
  unit: "count",
  scale: 0,
  direction: "higher",
  grain: "month",
  aggregate: "sum",
};
const behind = {
  kind: "ruleset",
  schema: 1,
  id: "behind",
  title: "Behind plan",
  rules: [
    {
      name: "behind",
      conditions: {
        all: [
          {
            fact: "metric",
            params: { id: "laptops", of: "$subject", window: "$period" },
            path: "$.gap",
            operator: "lessThanInclusive",
            value: -0.1,
          },
        ],
      },
      event: { type: "breached" },
    },
  ],
};
const ladder = (more: object = {}) => ({
  kind: "escalation",
  schema: 1,
  id: "sales-low",
  title: "Sales low",
  subject: "unit",
  trigger: { metric: "laptops", of: "unit", level: "location", rule: "behind", clear: -0.05, ...more },
  levels: [
    { id: "region", title: "Region", after: { hours: 0 }, notify: [{ unitRole: "head", level: "region" }] },
    { id: "top", title: "Top", after: { workingDays: 3 }, notify: [{ unitRole: "head", level: "company" }] },
  ],
});

const LOCATIONS = Array.from({ length: 50 }, (_, n) => `location-${n}`);
/** The small organisation with fifty locations in the south, one person in each. */
function locations() {
  const organisation = smallOrganisation();
  const ana = organisation.people.find(({ id }) => id === "ana")!;
  const works = organisation.assignments.find(({ person }) => person === "ana")!;
  for (const id of LOCATIONS) {
    organisation.units.push({
      id,
      title: `Shop ${id}`,
      level: "location",
      parent: "south",
      timeZone: null,
      calendar: null,
    });
    organisation.people.push({ ...ana, id: `at-${id}`, name: `At ${id}`, email: null });
    organisation.assignments.push({ ...works, person: `at-${id}`, unit: id });
  }
  return organisation;
}
async function begin(documents: object[]) {
  clock = manualClock(MONDAY);
  world = await testHost({ documents: [laptops, behind, ...documents], organisation: locations(), clock });
}
async function results(month: string, values: Record<string, number>) {
  const { host } = world;
  const rows = Object.entries(values).map(([unit, value]) => `laptops,unit,${unit},${month},${value},100`);
  const state = await createImport(
    host.db,
    {
      kind: "observations",
      fileName: `${month}-${clock.now()}.csv`,
      content: `metric,subject kind,subject,period,value,target\n${rows.join("\n")}\n`,
    },
    importContext(host, SYSTEM),
  );
  expect(state.refused).toEqual([]);
  await applyImportJob(host, SYSTEM, state.id, { skipRefused: false });
  await host.idle();
  for (let n = 0; n < 5; n++) await host.worker.settle();
}
const of = (ids: readonly string[], value: number) => Object.fromEntries(ids.map((id) => [id, value]));
const cases = (definition: string) =>
  world.host.db.read<{ id: string; status: string; subject: string }>(
    "SELECT id, status, subject FROM cases WHERE definition = ? ORDER BY opened_at, id",
    [definition],
  );
const membersOf = async (id: string) =>
  (await loadCases(world.host.db, [id])).get(id)!.state.members!.map(({ subject }) => subject.id);

describe("breaches that belong together", () => {
  it("KA5: 50 locations breach at once, and the region head gets 1 grouped alert with 50 rows", async () => {
    await begin([ladder({ shared: { key: ["subject.region"], within: { minutes: 15 } } })]);
    await results("2026-02", of(LOCATIONS, 50));
    const open = await cases("sales-low");
    expect(open).toMatchObject([{ status: "open", subject: "south" }]);
    expect((await membersOf(open[0]!.id)).sort()).toEqual([...LOCATIONS].sort());
    const told = await world.host.db.read<{ person: string; body: string }>("SELECT person, body FROM inbox");
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ person: "rolf", body: expect.stringContaining("50 together") });
    const tasks = await world.host.db.read("SELECT 1 FROM tasks WHERE status = 'open'");
    expect(tasks).toHaveLength(1);
    expect(await violations(world.host)).toEqual([]);
  });

  it("a breach within the window joins the group, one after it begins the next; who is back leaves, with the last it ends", async () => {
    await begin([ladder({ shared: { key: ["subject.region"], within: { minutes: 15 } } })]);
    const [a, b, c] = LOCATIONS as [string, string, string];
    await results("2026-02", { [a]: 50 });
    clock.moveTo(MONDAY + HOUR / 6);
    await results("2026-02", { [b]: 50 });
    clock.moveTo(MONDAY + HOUR);
    await results("2026-02", { [c]: 50 });
    const groups = await cases("sales-low");
    expect(await Promise.all(groups.map(({ id }) => membersOf(id)))).toEqual([[a, b], [c]]);
    clock.moveTo(MONDAY + DAY);
    await results("2026-02", { [a]: 99 });
    expect(await membersOf(groups[0]!.id)).toEqual([b]);
    await results("2026-02", { [b]: 99 });
    expect((await cases("sales-low"))[0]).toMatchObject({ status: "closed" });
    expect(await violations(world.host)).toEqual([]);
  });

  it("whoever is back and breaches once more in the same period is told of again: with a new group, or in the one that is open", async () => {
    await begin([ladder({ shared: { key: ["subject.region"] } })]);
    const [a, b] = LOCATIONS as [string, string];
    await results("2026-02", { [a]: 50 });
    clock.moveTo(MONDAY + DAY);
    await results("2026-02", { [a]: 99 });
    expect((await cases("sales-low")).map(({ status }) => status)).toEqual(["closed"]);
    clock.moveTo(MONDAY + 2 * DAY);
    await results("2026-02", { [a]: 50 });
    const [, again] = await cases("sales-low");
    expect(again).toMatchObject({ status: "open" });
    await results("2026-02", { [b]: 50 });
    for (const value of [40, 30]) {
      clock.moveTo(clock.now() + DAY);
      await results("2026-02", { [a]: 99 });
      expect(await membersOf(again!.id)).toEqual([b]);
      await results("2026-02", { [a]: value });
      expect(await membersOf(again!.id)).toEqual([b, a]);
    }
    expect(await cases("sales-low")).toHaveLength(2);
    expect(await violations(world.host)).toEqual([]);
  });

  it("RC7: a KPI breach opens exactly one review for the unit; a second breach while it is open attaches, and does not duplicate", async () => {
    const review = {
      kind: "workflow",
      schema: 1,
      id: "kpi-review",
      title: "KPI review",
      subject: "unit",
      triggers: [{ on: "metric.breached", metric: "laptops", shared: { key: ["subject"] } }],
      start: "look",
      steps: {
        look: {
          kind: "approval",
          title: "Look",
          actor: { unitRole: "head", level: "region" },
          on: { approved: "end", rejected: "end" },
        },
        end: { kind: "end", title: "End" },
      },
    };
    await begin([ladder(), review]);
    const [a] = LOCATIONS as [string];
    await results("2026-01", { [a]: 50 });
    expect(await cases("kpi-review")).toMatchObject([{ status: "open", subject: a }]);
    clock.moveTo(MONDAY + DAY);
    await results("2026-02", { [a]: 40 });
    const reviews = await cases("kpi-review");
    expect(reviews).toHaveLength(1);
    const { state } = (await loadCases(world.host.db, [reviews[0]!.id])).get(reviews[0]!.id)!;
    expect(state.members).toMatchObject([{ subject: { id: a }, data: { period: "2026-02", actual: 40 } }]);
    expect(await violations(world.host)).toEqual([]);
  });
});
