import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RouteName, routes } from "../../../engine/contract/routes.ts";
import { buildDirectory } from "../../../engine/organisation/build-directory.ts";
import type { Directory } from "../../../engine/organisation/directory.ts";
import type { OrganisationData } from "../../../engine/organisation/model.ts";
import { type Answer, type HttpWorld, httpWorld } from "./world.ts";

const DATE = "2026-03-16";
const ADMIN = "gs-hr-admin";
const DESIGNER = "gs-hr-designer";

let world: HttpWorld;
let directory: Directory;
let manager: string;
let team: string[];
let stranger: string;

beforeAll(async () => {
  world = await httpWorld();
  directory = await world.runtime.organisation.directory();
  const representatives = directory.people().filter(({ role }) => role === "sales");
  manager = directory.managerOf(representatives[0]!.id, DATE)!;
  team = directory.reportsOf(manager, DATE);
  stranger = representatives.find(({ id }) => !team.includes(id))!.id;
}, 60_000);
afterAll(() => world.close());

/** Asks, and holds the answer against the contract's schema. */
async function ask(name: RouteName, path: string, as: string): Promise<Answer["json"]> {
  const answer = await world.send("GET", path, { as });
  expect(answer.status, answer.text.slice(0, 500)).toBe(200);
  routes[name].answer.parse(answer.json);
  return answer.json;
}

async function refused(path: string, as: string, status: number): Promise<Answer["json"]> {
  const answer = await world.send("GET", path, { as });
  expect(answer.status, answer.text.slice(0, 500)).toBe(status);
  return answer.json;
}

describe("people", () => {
  it("are all listed for HR, page by page, each once", async () => {
    const seen: string[] = [];
    let next: string | null = null;
    let total = 0;
    do {
      const page: Answer["json"] = await ask("people", `/api/people?limit=25${next ? `&cursor=${next}` : ""}`, ADMIN);
      seen.push(...page.items.map((one: { id: string }) => one.id));
      next = page.next;
      total = page.total;
    } while (next);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.toSorted()).toEqual(directory.people().map(({ id }) => id));
    expect(total).toBe(seen.length);
  });

  it("are those below a manager, and the manager, for a manager", async () => {
    const page = await ask("people", "/api/people?limit=500", manager);
    const ids = page.items.map((one: { id: string }) => one.id);
    expect(ids).toContain(manager);
    expect(ids).toContain(team[0]);
    expect(ids).not.toContain(stranger);
    expect(page.total).toBe(ids.length);
  });

  it("are found by a part of the name, without accents and case, and narrowed to a unit", async () => {
    const { name } = directory.person(team[0]!)!;
    const page = await ask("people", `/api/people?q=${encodeURIComponent(name.slice(0, 5).toUpperCase())}`, ADMIN);
    expect(page.items.map((one: { id: string }) => one.id)).toContain(team[0]);
    const unit = directory.unitOf(team[0]!, DATE)!;
    const inUnit = await ask("people", `/api/people?limit=500&unit=${unit}`, ADMIN);
    expect(inUnit.items.map((one: { id: string }) => one.id).toSorted()).toEqual(
      directory.membersOf(unit, DATE, { deep: true }).toSorted(),
    );
    expect(inUnit.items[0].unitId).toBe(unit);
  });

  it("refuse a cursor that is not ours", async () => {
    expect((await refused("/api/people?cursor=zzz", ADMIN, 400)).code).toBe("unknown-cursor");
  });
});

describe("a person", () => {
  it("is shown to the manager with pay, results and the line above", async () => {
    const view = await ask("person", `/api/people/${team[0]}`, manager);
    expect(view.person.manager.id).toBe(manager);
    expect(view.salary.minor).toBe(directory.person(team[0]!)!.salaryMinor);
    expect(view.chain[0].id).toBe(manager);
    expect(view.assignments[0].managerId).toBe(manager);
    const laptops = view.metrics.find((one: { metric: string }) => one.metric === "laptops-sold");
    expect(laptops.points).toHaveLength(12);
    expect(laptops.points.at(-1).period).toBe("2026-02");
  });

  it("is not shown to whoever is sent the address, and that is audited", async () => {
    expect((await refused(`/api/people/${stranger}`, team[0]!, 403)).code).toBe("forbidden");
    const [entry] = (await ask("audit", "/api/audit?limit=1", ADMIN)).items;
    expect(entry).toMatchObject({ by: team[0] });
    expect(JSON.stringify(entry.details)).toContain(stranger);
  });

  it("answers the same to a reader without rights whether there is such a person or not", async () => {
    const real = await refused(`/api/people/${stranger}`, team[0]!, 403);
    const made = await refused("/api/people/nobody-of-this-id", team[0]!, 403);
    expect({ ...made, requestId: "" }).toEqual({ ...real, requestId: "" });
    await refused("/api/people/nobody-of-this-id", ADMIN, 404);
  });
});

describe("units", () => {
  it("are the tree with counts, parents first", async () => {
    const { items } = await ask("units", "/api/units", team[0]!);
    const top = items.find((one: { parent: string | null }) => one.parent === null);
    expect(top.people).toBe(
      directory.people().filter(({ id, status }) => status !== "left" && directory.unitOf(id, DATE)).length,
    );
    const place = new Map(items.map((one: { id: string }, i: number) => [one.id, i]));
    for (const unit of items)
      if (unit.parent) expect(place.get(unit.parent)).toBeLessThan(place.get(unit.id) as number);
  });
});

describe("the organisation for the simulator", () => {
  it("has every person and line, and neither pay nor contact data", async () => {
    const data = (await ask("organisation", "/api/units/organisation", DESIGNER)) as OrganisationData;
    const again = buildDirectory(data);
    expect(again.people()).toHaveLength(directory.people().length);
    expect(again.managerOf(team[0]!, DATE)).toBe(manager);
    expect(data.people.every(({ email, salaryMinor, currency }) => !email && salaryMinor === null && !currency)).toBe(
      true,
    );
    expect(JSON.stringify(data)).not.toContain("@");
  });

  it("is for designers only", async () => {
    await refused("/api/units/organisation", manager, 403);
  });
});

describe("metrics", () => {
  it("are listed with the organisation's latest value, its course and how fresh it is", async () => {
    const { items } = await ask("metrics", "/api/metrics", team[0]!);
    const laptops = items.find((one: { id: string }) => one.id === "laptops-sold");
    expect(laptops.latest).toMatchObject({ period: "2026-02", state: "ok", asOf: "2026-02-28" });
    expect(laptops.spark).toHaveLength(12);
    const all = await ask("observations", "/api/observations?metric=laptops-sold&limit=1", ADMIN);
    expect(laptops.observations).toBe(all.total);
  });

  it("roll the values of people up where the organisation has none of its own", async () => {
    const series = await ask("series", "/api/metrics/gross-margin/series", ADMIN);
    const representatives = directory.people().filter(({ role }) => role === "sales");
    expect(series.points.at(-1).n).toBe(representatives.length);
    const values = await ask("observations", "/api/observations?metric=gross-margin&limit=500", ADMIN);
    const last = values.items.filter((one: { periodFrom: string }) => one.periodFrom === "2026-02-01");
    const mean = last.reduce((sum: number, one: { value: string }) => sum + Number(one.value), 0) / last.length;
    expect(series.points.at(-1).value).toBeCloseTo(mean, 4);
  });

  it("have control limits of the periods before the last, where the metric declares a baseline", async () => {
    const series = await ask("series", "/api/metrics/gross-margin/series", ADMIN);
    const before = series.points.slice(0, -1).map((one: { value: number }) => one.value);
    const { baseline } = world.runtime.catalogue.live.find("metric", "gross-margin")!;
    const used = before.slice(-baseline!.periods);
    const mean = used.reduce((sum: number, one: number) => sum + one, 0) / used.length;
    const sd = Math.sqrt(used.reduce((sum: number, one: number) => sum + (one - mean) ** 2, 0) / (used.length - 1));
    expect(series.baseline.n).toBe(used.length);
    expect(series.baseline.mean).toBeCloseTo(mean, 5);
    expect(series.baseline.lower).toBeCloseTo(mean - 3 * sd, 5);
    expect(series.baseline.upper).toBeCloseTo(mean + 3 * sd, 5);
    const short = await ask("series", "/api/metrics/gross-margin/series?from=2026-02-01", ADMIN);
    expect(short.points).toHaveLength(1);
    expect(short.baseline).toEqual(series.baseline);
  });

  it("of a unit are its own, or its people's as they were", async () => {
    const region = directory.units().find(({ level }) => level === "region")!.id;
    const own = await ask("series", `/api/metrics/laptops-sold/series?unit=${region}&from=2026-01-01`, ADMIN);
    expect(own.points.map((one: { period: string }) => one.period)).toEqual(["2026-01", "2026-02"]);
    expect(own.points[0].n).toBe(1);
    const unit = directory.unitOf(team[0]!, DATE)!;
    const rolled = await ask("series", `/api/metrics/laptops-sold/series?unit=${unit}`, ADMIN);
    expect(rolled.points.at(-1).n).toBe(directory.membersOf(unit, DATE, { deep: true }).length);
  });

  it("of a person are open to whom the person is", async () => {
    await ask("series", `/api/metrics/laptops-sold/series?person=${team[0]}`, team[0]!);
    await refused(`/api/metrics/laptops-sold/series?person=${stranger}`, team[0]!, 403);
    await refused(`/api/observations?metric=laptops-sold&person=${stranger}`, team[0]!, 403);
  });

  it("of a unit without figures of its own leave out points that would give a single colleague away", async () => {
    const unit = directory.unitOf(team[0]!, DATE)!;
    const members = directory.membersOf(unit, DATE, { deep: true }).length;
    const series = await ask("series", `/api/metrics/laptops-sold/series?unit=${unit}`, team[0]!);
    expect(series.points.length).toBe(members < 5 ? 0 : 12);
    await refused(`/api/metrics/laptops-sold/series?unit=${directory.unitOf(stranger, DATE)}`, team[0]!, 403);
  });

  it("refuse a date that is none, both a person and a unit, and a metric that is not published", async () => {
    await refused("/api/metrics/laptops-sold/series?from=2026-02-31", ADMIN, 400);
    await refused(`/api/metrics/laptops-sold/series?person=${team[0]}&unit=green-soft`, ADMIN, 400);
    await refused("/api/metrics/no-such-metric/series", ADMIN, 404);
  });

  it("list only the values that the reader may see", async () => {
    const page = await ask("observations", "/api/observations?metric=laptops-sold&limit=500", team[0]!);
    expect(new Set(page.items.map((one: { subject: string }) => one.subject))).toEqual(new Set([team[0]]));
    const before = await ask("observations", "/api/observations?metric=laptops-sold&asOf=1000", ADMIN);
    expect(before.total).toBe(0);
  });
});
