import { afterEach, describe, expect, it } from "vitest";
import { applyImportJob, importContext } from "../../../runtime/commands/apply-import.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { createImport } from "../../../runtime/ingest/import.ts";
import { violations } from "../../support/invariants.ts";
import { DAY, MONDAY } from "../../support/small-world.ts";
import { type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
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
const rule = {
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
            value: { fact: "parameter.breach" },
          },
        ],
      },
      event: { type: "breached" },
    },
  ],
};
const ladder = {
  kind: "escalation",
  schema: 1,
  id: "sales-low",
  title: "Sales low",
  subject: "unit",
  parameters: {
    breach: { title: "Breach", type: "percent", default: -0.1, min: -1, max: 0 },
    severe: { title: "Severe", type: "percent", default: -0.3, min: -1, max: 0 },
  },
  trigger: {
    metric: "laptops",
    of: "unit",
    rule: "behind",
    tiers: [
      { below: { parameter: "breach" }, startAt: "region" },
      { below: { parameter: "severe" }, startAt: "top" },
    ],
    clear: -0.05,
    cooldown: { days: 7 },
  },
  levels: [
    { id: "region", title: "Region", after: { hours: 0 }, notify: [{ unitRole: "head", level: "region" }] },
    { id: "top", title: "Top", after: { workingDays: 3 }, notify: [{ unitRole: "head", level: "company" }] },
  ],
};

/** Imports a month's results of Ana and Ben (region south) as the API does. */
async function results(month: string, ana: number, ben: number) {
  const { host } = world;
  const content = `metric,person,period,value,target\nlaptops,ana,${month},${ana},100\nlaptops,ben,${month},${ben},100\n`;
  const state = await createImport(
    host.db,
    { kind: "observations", fileName: `${month}.csv`, content },
    importContext(host, SYSTEM),
  );
  expect(state.refused).toEqual([]);
  await applyImportJob(host, SYSTEM, state.id, { skipRefused: false });
  await host.idle();
  await host.worker.settle();
  await host.worker.settle();
}

const cases = () =>
  world.host.db.read<{ subject: string; status: string; period: string; active: string; value: number }>(
    "SELECT subject, status, period, active, json_extract(state, '$.trigger.value') AS value FROM cases ORDER BY opened_at, id",
  );
const openTasks = async () =>
  (
    await world.host.db.read<{ title: string; assignees: string }>(
      "SELECT title, assignees FROM tasks WHERE status = 'open'",
    )
  ).map(({ title, assignees }) => `${title}: ${assignees}`);

describe("a breach of a metric", () => {
  it("opens one case for the region whose people are behind together, at the level that its size asks for", async () => {
    world = await testHost({ documents: [laptops, rule, ladder] });
    await results("2026-01", 100, 95);
    expect(await cases()).toEqual([]);
    await results("2026-02", 80, 90);
    expect(await cases()).toMatchObject([{ subject: "south", status: "open", period: "2026-02", value: -0.15 }]);
    expect(await openTasks()).toEqual(['Region: ["rolf"]']);
    await results("2026-02", 81, 90);
    expect(await cases()).toHaveLength(1);
    expect(await violations(world.host)).toEqual([]);
  });

  it("that is severe starts higher", async () => {
    world = await testHost({ documents: [laptops, rule, ladder] });
    await results("2026-02", 60, 60);
    expect(await openTasks()).toEqual(['Top: ["dora"]']);
  });

  it("clears when the value is back, does not come again while it cools down, and then opens a new case", async () => {
    world = await testHost({ documents: [laptops, rule, ladder] });
    await results("2026-01", 80, 80);
    await results("2026-02", 99, 99);
    expect(await cases()).toMatchObject([{ status: "closed" }]);
    await results("2026-02", 70, 80);
    expect(await cases()).toHaveLength(1);
    await world.host.moveClock(MONDAY + 8 * DAY);
    await results("2026-02", 71, 80);
    expect((await cases()).map(({ status }) => status)).toEqual(["closed", "open"]);
    expect(await violations(world.host)).toEqual([]);
  });

  it("is looked at on the level of unit that the trigger names, whomever the ladder tells first", async () => {
    const whole = { ...ladder, trigger: { ...ladder.trigger, level: "company" } };
    world = await testHost({ documents: [laptops, rule, whole] });
    await results("2026-02", 80, 80);
    expect((await cases()).map(({ subject }) => subject)).toEqual(["company"]);
  });

  it("must last as long as it says, and a missing figure is no breach", async () => {
    const patient = { ...ladder, trigger: { ...ladder.trigger, pending: 2 } };
    world = await testHost({ documents: [laptops, rule, patient] });
    await results("2026-01", 80, 80);
    expect(await cases()).toEqual([]);
    await results("2026-02", 80, 80);
    expect(await cases()).toMatchObject([{ subject: "south", period: "2026-02" }]);
  });
});
