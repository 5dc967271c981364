import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ImpactView } from "#engine/contract/views/impact.ts";
import { scansOf } from "../../../runtime/scans/scans.ts";
import { type HttpWorld, httpWorld } from "../http/world.ts";

const DESIGNER = "gs-hr-designer";
const ADMIN = "gs-hr-admin";
const PERIOD = "2026-02";

const sold = { id: "laptops-sold", of: "$subject", window: "$period" };
const rules = (threshold: string, more: object = {}) => ({
  kind: "ruleset",
  schema: 1,
  id: "spring-bonus",
  title: "Spring bonus",
  missing: "not-evaluated",
  table: {
    hitPolicy: "unique",
    columns: [{ fact: "metric", title: "Attainment", params: sold, path: "$.attainment", type: "percent" }],
    outputs: [{ name: "bonus", title: "Bonus", type: "money", unit: "INR" }],
    rows: [
      { cells: [`< ${threshold}`], out: [0] },
      { cells: [`>= ${threshold}`], out: [1000] },
    ],
    ...more,
  },
});

/** A draft against what is live, over the organisation as it is stored, in a thread of its own. */
describe("impact", () => {
  let world: HttpWorld;
  let first: ImpactView;
  const ask = (document: object, more: object = {}, as = ADMIN): Promise<ImpactView> =>
    world.ask(as, "impact", { params: { id: "spring-bonus" }, body: { document, period: PERIOD, ...more } });

  beforeAll(async () => {
    world = await httpWorld();
    const source = JSON.stringify(rules("90%"));
    await world.ask(ADMIN, "createDefinition", { body: { source } });
    first = await ask(rules("90%"));
    const params = { kind: "ruleset", id: "spring-bonus" };
    const { revision } = await world.ask(ADMIN, "definition", { params });
    await world.ask(ADMIN, "publish", { params, body: { note: "", expectedRevision: revision } });
  });
  afterAll(() => world.close());

  it("F81: tells who changes and how, counts first, and what it costs", async () => {
    expect(first.since).toBeNull();
    expect(first.changed).toBe(first.looked);
    expect(await ask(rules("90%"))).toMatchObject({ since: 1, changed: 0, people: [], money: [{ difference: "0" }] });

    const found = await ask(rules("100%"));
    const label = (at: number) => found.outcomes[at]?.label;
    const moves = found.moves.map(({ from, to, people }) => [label(from), label(to), people] as const);
    const lost = moves.find(([from, to]) => from === "1000" && to === "0")?.[2] ?? 0;
    expect(lost).toBeGreaterThan(0);
    expect(found.changed).toBe(lost);
    expect(found.people).toHaveLength(lost);
    expect(moves.reduce((sum, [, , people]) => sum + people, 0)).toBe(found.looked);
    expect(found.money).toEqual([
      expect.objectContaining({ title: "Bonus", unit: "INR", difference: String(-1000 * lost) }),
    ]);
    for (const person of found.people) {
      const [attainment] = person.values as [number];
      expect(attainment).toBeGreaterThanOrEqual(0.9);
      expect(attainment).toBeLessThan(1);
      expect([person.fromRule, person.toRule]).toEqual(["row 2", "row 1"]);
    }
    expect(found.inputs).toEqual([{ title: "Attainment", type: "percent", unit: null }]);
    // Staff has no sales: no answer is made up for them.
    expect(found.missing[0]?.people).toBeGreaterThan(0);
  });

  it("answers for a unit, and for a version that is not live", async () => {
    const { items } = await world.ask(ADMIN, "units");
    const region = items.find(({ level }) => level === "region")!;
    const found = await ask(rules("100%"), { unit: region.id, against: 1 });
    expect(found.looked).toBe(region.people);
    const ahead = await world.ask(ADMIN, "impactPopulation", {
      params: { id: "spring-bonus" },
      query: { unit: region.id },
    });
    expect(ahead).toEqual({ people: region.people, closed: 0, since: 1 });
  });

  it("looks only at people whose records are open to the asker, and says how many are not", async () => {
    const all = await ask(rules("100%"));
    const seen = await ask(rules("100%"), {}, DESIGNER);
    expect(seen.looked + seen.closed).toBe(all.looked);
    expect(seen.closed).toBeGreaterThan(0);
    expect(seen.moves.reduce((sum, { people }) => sum + people, 0)).toBe(seen.looked);
    const denied = await world.send("POST", "/api/definitions/ruleset/spring-bonus/impact", {
      as: "gs-r-0001",
      body: { document: rules("100%") },
    });
    expect(denied.status).toBe(403);
  });

  it("reads pay only where it is open", async () => {
    const byPay = rules("100%", {
      columns: [{ fact: "person.salary", title: "Salary", type: "money" }],
      rows: [
        { cells: ["< 1"], out: [0] },
        { cells: [">= 1"], out: [1] },
      ],
    });
    const found = await ask(byPay, {}, DESIGNER);
    const open = found.people.filter(({ values }) => values[0] !== null).map(({ id }) => id);
    expect(open).toEqual(open.filter((id) => id === DESIGNER));
    expect((await ask(byPay)).people.some(({ values }) => typeof values[0] === "number")).toBe(true);
  });

  it("tells rows that contradict each other apart from what is not known", async () => {
    const torn = rules("100%", {
      rows: [
        { cells: ["< 100%"], out: [0] },
        { cells: [">= 90%"], out: [1] },
      ],
    });
    const { outcomes } = await ask(torn);
    expect(outcomes.map(({ label }) => label)).toContain("rows that contradict each other");
  });

  it("refuses what cannot be compared, with the place and the way out", async () => {
    const send = (body: object, id = "spring-bonus") =>
      world.send("POST", `/api/definitions/ruleset/${id}/impact`, { as: ADMIN, body });
    const bad: [object, string, string?][] = [
      [{ document: rules("ninety") }, "row 1, Attainment"],
      [{ document: { kind: "ruleset" } }, '"schema" is missing'],
      [{ document: rules("90%"), unit: "nowhere" }, 'no unit "nowhere"'],
      [{ document: rules("90%"), period: "spring" }, '"spring" is no period'],
      [{ document: rules("90%"), against: 9 }, "no version 9"],
      [{ document: rules("90%") }, 'the address says "other"', "other"],
    ];
    for (const [body, words, id] of bad) {
      const answer = await send(body, id);
      expect([400, 404, 422]).toContain(answer.status);
      expect(answer.text).toContain(words.replaceAll('"', '\\"'));
    }
  });

  it("ends when it is told to, before and while it runs, and goes on with the next", async () => {
    const aborted = new AbortController();
    aborted.abort(new Error("no longer wanted"));
    const { runtime } = world;
    const population = { unit: null, now: runtime.clock.now(), people: "all" as const };
    await expect(scansOf(runtime).run("population", population, { signal: aborted.signal })).rejects.toThrow(
      "no longer wanted",
    );
    const late = new AbortController();
    const running = scansOf(runtime).run("population", population, { signal: late.signal });
    late.abort(new Error("cancelled"));
    await expect(running).rejects.toThrow("cancelled");
    const sent = new AbortController();
    const named = scansOf(runtime).run("population", population, { signal: sent.signal, name: "one-that-ends" });
    setImmediate(() => sent.abort(new Error("cancelled in the thread")));
    await expect(named).rejects.toThrow("cancelled in the thread");
    expect(scansOf(runtime).progress("one-that-ends")).toBeUndefined();
    expect(await scansOf(runtime).run("population", population)).toMatchObject({ closed: 0 });
  });
});
