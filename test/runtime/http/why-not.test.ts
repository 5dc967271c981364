import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WhyNotView } from "#engine/contract/views/rules.ts";
import type { Json } from "#engine/words/json.ts";
import { type HttpWorld, httpWorld } from "./world.ts";

const DESIGNER = "gs-hr-designer";
const ADMIN = "gs-hr-admin";
const RULES = { id: "rating-outlier" };

/** A decision about a person by rules over what the case was opened with. */
const DECIDES = {
  kind: "workflow",
  schema: 1,
  id: "decides",
  title: "Decides",
  subject: "person",
  data: { rating: { type: "number", title: "Rating" } },
  parameters: { lowAttainment: { title: "Low attainment", type: "percent", default: 0.8, min: 0.1, max: 1 } },
  start: "fits",
  steps: {
    fits: {
      kind: "decision",
      title: "Does it fit?",
      rules: "rating-outlier",
      on: { outlier: "odd", otherwise: "fine", "not-evaluated": "odd" },
    },
    odd: { kind: "end", title: "Odd" },
    fine: { kind: "end", title: "Fine" },
  },
};

describe("why not?, over HTTP", () => {
  let world: HttpWorld;
  let person: string;

  beforeAll(async () => {
    world = await httpWorld({ templates: ["annual-review", "late-review", "sales-quarter"] });
    const directory = await world.runtime.organisation.directory();
    person = directory.people().find(({ id }) => id.startsWith("gs-r-"))!.id;
    const { revision } = await world.ask(DESIGNER, "createDefinition", { body: { source: JSON.stringify(DECIDES) } });
    const params = { kind: "workflow", id: "decides" };
    await world.ask(DESIGNER, "publish", { params, body: { note: "", expectedRevision: revision } });
  });
  afterAll(() => world.close());

  const ask = (body: object, as = DESIGNER) =>
    world.ask(as, "rulesWhyNot", { params: RULES, body }) as Promise<WhyNotView>;
  const document = async () =>
    JSON.parse((await world.ask(DESIGNER, "definition", { params: { kind: "ruleset", ...RULES } })).source) as Json;

  it("F65: tells of every rule that does not hold the failing condition, what it is and what it needs", async () => {
    const view = await ask({ wanted: "outlier", facts: { "case.rating": 4.4, metric: { attainment: 0.86 } } });
    expect(view).toMatchObject({ now: "otherwise", wanted: "outlier", possible: true, smallest: true });
    expect(view.answers).toEqual(["outlier", "otherwise"]);
    expect(view.failing.map(({ rule, verdict }) => [rule, verdict])).toEqual([
      ["high rating, low attainment", "false"],
      ["low rating, target met", "false"],
    ]);
    const [high, low] = view.failing;
    expect(high!.conditions).toHaveLength(1);
    expect(high!.conditions[0]).toMatchObject({ actual: 0.86, source: "typed in", short: "6 points" });
    expect(high!.conditions[0]!.needed).toBe("below 80 % (“Low attainment”)");
    expect(low!.conditions.map(({ actual, needed, short }) => [actual, needed, short])).toEqual([
      [4.4, "below 2.5", "1.9"],
      [0.86, "at least 100 %", "14 points"],
    ]);
    expect(view.changes).toHaveLength(1);
    expect(view.words).toMatch(/^Would have been "outlier" if laptops sold attainment were .*\(it was 86 %\)\.$/);
  });

  it("F66: what it suggests gives the answer that was asked for, whatever the facts", async () => {
    const source = await document();
    const facts = fc.record(
      {
        "case.rating": fc.integer({ min: 10, max: 50 }).map((n) => n / 10),
        attainment: fc.integer({ min: 30, max: 150 }).map((n) => n / 100),
      },
      { requiredKeys: [] },
    );
    let flipped = 0;
    await fc.assert(
      fc.asyncProperty(facts, fc.constantFrom("outlier", "otherwise"), async ({ attainment, ...rest }, wanted) => {
        const given: Record<string, Json> = {
          ...rest,
          ...(attainment === undefined ? {} : { metric: { attainment } }),
        };
        const view = await ask({ wanted, facts: given });
        expect(view.possible).toBe(true);
        for (const { use, to } of view.changes) {
          if (use.path === "$.attainment") given.metric = { attainment: to };
          else given[use.fact] = to;
        }
        const tried = await world.ask(DESIGNER, "tryRules", { body: { document: source, facts: given } });
        expect(tried.outcome).toBe(wanted);
        if (view.changes.length > 0) flipped += 1;
      }),
      { numRuns: 40 },
    );
    expect(flipped).toBeGreaterThan(10);
  });

  it("is asked of a person as they are known, with source and date of each fact; who may not see them is refused", async () => {
    const body = { wanted: "outlier", person, period: "2026-01", facts: { "case.rating": 3 } };
    const view = await ask(body, ADMIN);
    const metric = view.failing
      .flatMap(({ conditions }) => conditions)
      .find(({ source }) => source.startsWith("metric"));
    const rating = view.failing.flatMap(({ conditions }) => conditions).find(({ source }) => source === "typed in");
    expect(rating?.actual).toBe(3);
    expect(metric === undefined || /^metric “Laptops sold”, 2026-01/.test(metric.source)).toBe(true);
    const { items } = await world.ask(ADMIN, "personFacts", {
      params: { id: person },
      body: {
        period: "2026-01",
        ruleset: "rating-outlier",
        facts: [
          { fact: "person.role" },
          { fact: "metric", params: { id: "laptops-sold", of: "$subject", window: "$period" } },
          { fact: "parameter.lowAttainment" },
          { fact: "person.nothingOfTheKind" },
        ],
      },
    });
    expect(items.map(({ source }) => source)).toEqual([
      "people data",
      expect.stringMatching(/^metric “Laptops sold”, 2026-01, (final|adjusted|provisional)$/),
      "a parameter",
      "people data",
    ]);
    expect(items[1]!.asOf).toBe("2026-01-31");
    expect(items.map(({ value }) => typeof value)).toEqual(["string", "object", "number", "object"]);
    expect(items[3]!.value).toBeNull();
    const send = (as: string, path: string, given: object) => world.send("POST", path, { as, body: given });
    const path = "/api/definitions/ruleset/rating-outlier/why-not";
    expect((await send(DESIGNER, path, body)).status).toBe(403);
    expect((await send(person, path, { wanted: "outlier", facts: {} })).status).toBe(403);
    expect((await send(ADMIN, path, { ...body, person: "nobody" })).status).toBe(404);
    const unknown = await send(DESIGNER, path, { wanted: "promoted", facts: {} });
    expect([unknown.status, unknown.json.title]).toEqual([
      400,
      expect.stringContaining("It answers outlier, otherwise."),
    ]);
  });

  it("is asked of a case's decision, from what was recorded then and never from today", async () => {
    const { caseId } = (await world.ask(ADMIN, "startCase", {
      body: { workflow: "decides", subject: { kind: "person", id: person }, period: "2026-01", with: { rating: 5 } },
    })) as { caseId: string };
    const { items } = await world.ask(ADMIN, "journal", { params: { id: caseId } });
    const seq = items.find(({ hasWhy }) => hasWhy)!.seq;
    const why = await world.ask(ADMIN, "why", { params: { id: caseId }, query: { seq } });
    expect(why.asks).toHaveLength(1);
    const [asked] = why.asks;
    expect(asked).toMatchObject({ key: "fits", title: "Does it fit?", answers: ["outlier", "otherwise"] });
    expect(why.facts.every(({ source }) => source !== "")).toBe(true);
    const other = asked!.now === "outlier" ? "otherwise" : "outlier";
    const view = await world.ask(ADMIN, "caseWhyNot", { params: { id: caseId }, query: { seq, wanted: other } });
    expect(view).toMatchObject({ now: asked!.now, wanted: other, possible: true });
    expect(view.changes.length).toBeGreaterThan(0);
    expect(view.changes[0]!.source).toMatch(/^(the case|metric “Laptops sold”, 2026-01)/);
    const again = await world.send("GET", `/api/cases/${caseId}/why-not?seq=${seq}&key=nothing`, { as: ADMIN });
    expect(again.status).toBe(404);
  });

  it("F64: a payout's gate says what it was decided by, and the statement which versions of plan and rules ran", async () => {
    const job = await world.ask(ADMIN, "runPlan", { params: { id: "sales-quarter" }, body: { period: "2025-Q4" } });
    await world.runtime.idle();
    const runs = (await world.ask(ADMIN, "payoutRuns", {})).items;
    const run = runs.find(({ plan }) => plan.id === "sales-quarter")!;
    expect(run.job ?? job.id).toBe(job.id);
    const rows = (await world.ask(ADMIN, "payoutRows", { params: { id: run.id } })).items;
    const payee = rows.find(({ status }) => status === "computed")!.person.id;
    const params = { id: run.id, person: payee };
    const statement = await world.ask(ADMIN, "statement", { params });
    expect(statement.plan.version).toBe(1);
    expect(statement.rulesets).toEqual([{ id: "nps-modifier", title: expect.any(String), version: 1 }]);
    const view = await world.ask(ADMIN, "gateWhyNot", { params, query: { component: "units" } });
    const passed = view.now === "it holds";
    expect(view.question).toBe(`What would have made the gate of “Laptops sold” ${passed ? "not pass" : "pass"}?`);
    expect(view.changes).toHaveLength(1);
    expect(view.changes[0]!.fact).toContain("gross margin");
    expect(view.changes[0]!.source).toMatch(/^metric “Gross margin/);
    expect(typeof view.changes[0]!.from).toBe("number");
    expect(view.changes[0]!.was).toBe(String(view.changes[0]!.from));
    const none = await world.send("GET", `/api/payouts/${run.id}/people/${payee}/why-not?component=retention`, {
      as: ADMIN,
    });
    expect([none.status, none.json.title]).toEqual([404, "“Customer retention” has no gate: it always pays in full."]);

    // DG8: all of that was somebody else's pay, and each kind of look at it stands in the audit once.
    const document = world.runtime.catalogue.live.find("plan", "sales-quarter") as unknown as Json;
    await world.ask(ADMIN, "tryPlan", { body: { document, person: payee, period: "2025-Q4" } as never });
    await world.ask(ADMIN, "personFacts", { params: { id: payee }, body: { facts: [{ fact: "person.salary" }] } });
    const audit = (await world.ask(ADMIN, "audit", { query: { limit: 500 } })).items;
    const looks = audit
      .filter(({ what }) => /read$|tried$/.test(what))
      .map(({ what, by, details }) => [what, by, (details as { person: string | null }).person]);
    expect(looks.sort()).toEqual([
      ["payout.tried", ADMIN, payee],
      ["payouts.read", ADMIN, null],
      ["person.pay-read", ADMIN, payee],
      ["statement.read", ADMIN, payee],
    ]);
  });

  it("ST5: the stories beside a workflow are told on the server, with the ways none takes; a red one blocks a publish", async () => {
    const outlier = { set: { rating: 5 }, outcome: "odd" };
    const story = (title: string, { set, outcome }: typeof outlier, attainment: number) => ({
      title,
      subject: { kind: "person", id: "ana" },
      period: "2026-02",
      at: "2026-03-02T09:00",
      with: set,
      stored: [{ fact: "metric", params: {}, value: { value: attainment, attainment } }],
      moments: [{ expect: { status: "closed", outcome } }],
    });
    const { odd, fine, fits } = DECIDES.steps;
    const steps = { fits, odd: { ...odd, outcome: "odd" }, fine: { ...fine, outcome: "fine" } };
    const tests = [story("Far from results", outlier, 0.5)];
    const document = { ...DECIDES, id: "told", title: "Told", steps, tests };
    const told = await world.ask(DESIGNER, "testWorkflow", { body: { document: document as unknown as Json } });
    expect(told.runs).toEqual([{ index: 0, title: "Far from results", green: true, problems: [] }]);
    expect(told).toMatchObject({ kind: "transitions", reached: 1, total: 3 });
    expect(told.unreached).toEqual([
      { index: 1, name: "Does it fit?, otherwise, to Fine", path: "/steps/fits/on/otherwise" },
      { index: 2, name: "Does it fit?, if data is missing, to Odd", path: "/steps/fits/on/not-evaluated" },
    ]);

    const red = { ...document, tests: [...tests, story("Near results", outlier, 1)] };
    await world.ask(DESIGNER, "createDefinition", { body: { source: JSON.stringify(red) } });
    const params = { kind: "workflow", id: "told" };
    const { revision } = await world.ask(DESIGNER, "definition", { params });
    const said = 'The test "Near results": moment 1: the outcome is "fine", expected "odd".';
    const { issues } = await world.ask(DESIGNER, "changes", { params });
    expect(issues.filter(({ code }) => code === "test-red").map(({ path, message }) => [path, message])).toEqual([
      ["/tests/1", said],
    ]);
    const refused = await world.send("POST", "/api/definitions/workflow/told/publish", {
      as: DESIGNER,
      body: { note: "", expectedRevision: revision },
    });
    expect(refused.status).toBe(422);
    expect(JSON.stringify(refused.json)).toContain("Near results");
    const green = await world.ask(DESIGNER, "saveDraft", {
      params,
      body: { source: JSON.stringify(document), expectedRevision: revision },
    });
    const version = await world.ask(DESIGNER, "publish", {
      params,
      body: { note: "green", expectedRevision: green.revision },
    });
    expect(version.version).toBe(1);
  });

  it("ST5, F78: the test cases of a rule set run on the server with what they reach, and a red one is refused by name", async () => {
    const good = (await document()) as { tests: { title: string; expect: { event: string } }[] };
    const green = await world.ask(DESIGNER, "testRules", { body: { document: good as unknown as Json } });
    expect(green.runs.map((one) => one.green)).toEqual([true, true]);
    expect(green).toMatchObject({ kind: "rules", reached: 1, total: 2 });
    expect(green.unreached.map(({ name }) => name)).toEqual(["low rating, target met"]);
    expect(green.proposed).toHaveLength(1);
    const more = { ...good, tests: [...good.tests, ...green.proposed] } as unknown as Json;
    expect(await world.ask(DESIGNER, "testRules", { body: { document: more } })).toMatchObject({
      reached: 2,
      proposed: [],
    });

    const red = structuredClone(good);
    red.tests[0]!.expect.event = "otherwise";
    const said = `The test "${red.tests[0]!.title}" expects "otherwise" and got "outlier".`;
    const answer = await world.ask(DESIGNER, "testRules", { body: { document: red as unknown as Json } });
    expect(answer.runs[0]).toMatchObject({ green: false, problems: [said] });
    const params = { kind: "ruleset", ...RULES };
    const { revision } = await world.ask(DESIGNER, "definition", { params });
    const saved = await world.ask(DESIGNER, "saveDraft", {
      params,
      body: { source: JSON.stringify(red), expectedRevision: revision },
    });
    const refused = await world.send("POST", "/api/definitions/ruleset/rating-outlier/publish", {
      as: DESIGNER,
      body: { note: "", expectedRevision: saved.revision },
    });
    expect(refused.status).toBe(422);
    expect(refused.json.issues.map(({ message }: { message: string }) => message)).toContain(said);
  });
});
