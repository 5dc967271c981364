import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ParameterView } from "#engine/contract/views/definitions.ts";
import { type HttpWorld, httpWorld, NOW } from "./world.ts";

const DESIGNER = "gs-hr-designer";
const ADMIN = "gs-hr-admin";
const TEMPLATES = join(import.meta.dirname, "../../../templates");
const DAY = 86_400_000;

describe("definitions in use, over HTTP", () => {
  let world: HttpWorld;
  let person: string;
  let colleague: string;

  beforeAll(async () => {
    world = await httpWorld({ templates: ["annual-review", "late-review", "sales-quarter"] });
    const directory = await world.runtime.organisation.directory();
    [person, colleague] = directory
      .people()
      .map(({ id }) => id)
      .filter((id) => id.startsWith("gs-r-")) as [string, string];
  });
  afterAll(() => world.close());

  describe("templates", () => {
    it("stand in the gallery with what they hold, each of which exists", async () => {
      const { items } = await world.ask(DESIGNER, "templates");
      const folders = readdirSync(TEMPLATES, { withFileTypes: true })
        .filter((one) => one.isDirectory() && readdirSync(join(TEMPLATES, one.name)).includes("scenarios.json"))
        .map(({ name }) => name);
      expect(items.map(({ id }) => id).sort()).toEqual(folders.sort());
      for (const template of items) {
        expect(template.scenarios, template.id).toBeGreaterThan(0);
        expect(template.documents[0], template.id).toMatchObject(template.main);
        const one = await world.ask(DESIGNER, "template", { params: { id: template.id } });
        expect(one.documents.length).toBe(template.documents.length);
        expect(one.scenarios.length).toBe(template.scenarios);
      }
      expect(items.find(({ id }) => id === "probation")?.main.kind).toBe("workflow");
    });

    it("become drafts with what they refer to elsewhere; what exists stays as it is", async () => {
      const before = (await world.ask(DESIGNER, "definitions")).items;
      const used = await world.ask(DESIGNER, "useTemplate", { params: { id: "unresolved-complaint" } });
      expect(used.created).toContainEqual({ kind: "escalation", id: "unresolved-complaint" });
      expect(used.created).toContainEqual({ kind: "parameters", id: "customer-care" });
      expect(used.existing).toContainEqual({ kind: "record-type", id: "complaint" });
      const file = join(TEMPLATES, "unresolved-complaint/unresolved-complaint.json");
      const params = { kind: "escalation", id: "unresolved-complaint" };
      const view = await world.ask(DESIGNER, "definition", { params });
      expect(view.source).toBe(readFileSync(file, "utf8"));
      const again = await world.ask(DESIGNER, "useTemplate", { params: { id: "unresolved-complaint" } });
      expect(again.created).toEqual([]);
      const after = (await world.ask(DESIGNER, "definitions")).items;
      expect(after.length).toBe(before.length + used.created.length);
      expect(
        (await world.ask(DESIGNER, "template", { params: { id: "unresolved-complaint" } })).template.installed,
      ).toBe(true);
    });
  });

  describe("parameters", () => {
    const params = { kind: "workflow", id: "annual-review", name: "selfReviewDays" };
    const path = "/api/parameters/workflow/annual-review/selfReviewDays";
    const sheet = async (as = ADMIN): Promise<ParameterView[]> => (await world.ask(as, "parameters")).items;
    const change = (value: unknown, more: object = {}) => ({
      value,
      scope: "new",
      reason: "Shorter reviews",
      expectedVersion: 0,
      ...more,
    });

    it("stand on one sheet with who reads them; a rule set's own only where a plan takes them", async () => {
      const items = await sheet();
      const find = (id: string, name: string) => items.find((one) => one.sheet.id === id && one.name === name);
      expect(find("annual-review", "lowAttainment")?.usedBy.map(({ id }) => id)).toEqual([
        "annual-review",
        "rating-outlier",
      ]);
      expect(find("rating-outlier", "lowAttainment")).toBeUndefined();
      expect(find("nps-modifier", "npsGood")?.usedBy.map(({ id }) => id)).toEqual(["sales-quarter", "nps-modifier"]);
      expect(items.every(({ mayEdit }) => mayEdit)).toBe(true);
      expect((await sheet(DESIGNER)).some(({ mayEdit }) => mayEdit)).toBe(false);
    });

    it("ST7: are changed within their bounds, by an admin, with a reason; no definition changes", async () => {
      const versions = async () => (await world.ask(DESIGNER, "definition", { params })).versions.length;
      const before = await versions();
      expect((await world.send("PUT", path, { as: DESIGNER, body: change(7) })).status).toBe(403);
      expect((await world.send("PUT", path, { as: ADMIN, body: change(100_000) })).status).toBe(422);
      expect((await world.send("PUT", path, { as: ADMIN, body: change("soon") })).status).toBe(422);
      const { value, version, history } = await world.ask(ADMIN, "setParameter", { params, body: change(7) });
      expect({ value, version }).toEqual({ value: 7, version: 1 });
      expect(history).toMatchObject([{ old: 10, value: 7, reason: "Shorter reviews", scope: "new" }]);
      expect(history[0]?.by).not.toBe(ADMIN);
      expect((await world.send("PUT", path, { as: ADMIN, body: change(8) })).status).toBe(409);
      expect(await versions()).toBe(before);
    });

    it("are changed for a rule set's own too, where a plan reads it", async () => {
      const own = { kind: "ruleset", id: "nps-modifier", name: "npsGood" };
      const changed = await world.ask(ADMIN, "setParameter", { params: own, body: change(45) });
      expect(changed).toMatchObject({ value: 45, version: 1 });
    });

    it("say which open cases a change would touch, and where a clock would be up at once", async () => {
      const body = { people: [person, colleague], period: "2026" };
      await world.ask(ADMIN, "launch", { params: { id: "annual-review" }, body });
      await world.runtime.idle();
      const long = await world.ask(ADMIN, "previewParameter", { params, body: { value: 20 } });
      expect(long).toEqual({ openCases: 2, wouldFireNow: [] });
      // Four days later, three of them working days, only what is shorter than that would be up.
      await world.runtime.moveClock(NOW + 4 * DAY);
      const same = await world.ask(ADMIN, "previewParameter", { params, body: { value: 7 } });
      expect(same.wouldFireNow).toEqual([]);
      const short = await world.ask(ADMIN, "previewParameter", { params, body: { value: 3 } });
      expect(short.openCases).toBe(2);
      expect(short.wouldFireNow.map(({ subject }) => subject.id).sort()).toEqual([person, colleague].sort());
      const another = { kind: "escalation", id: "late-review", name: "managerAfter" };
      expect((await world.ask(ADMIN, "previewParameter", { params: another, body: { value: 3 } })).openCases).toBe(0);
      const wrong = await world.send("POST", `${path}/preview`, { as: ADMIN, body: { value: "x" } });
      expect(wrong.status).toBe(422);
    });
  });

  describe("trying rules", () => {
    const outlier = async () =>
      (await world.ask(DESIGNER, "definition", { params: { kind: "ruleset", id: "rating-outlier" } }))
        .document as object;
    const facts = { "case.rating": 5, "metric.laptops-sold": { attainment: 0.5, asOf: "2026-02-28" } };

    it("AX3: answers which rule won and why, from typed facts", async () => {
      const tried = await world.ask(DESIGNER, "tryRules", { body: { document: await outlier(), facts } });
      expect(tried.outcome).toBe("outlier");
      const won = tried.rules.filter((rule) => rule.won);
      expect(won).toMatchObject([{ name: "high rating, low attainment", verdict: "true", event: "outlier" }]);
      expect(won[0]?.trace?.children?.map(({ words }) => words)).toEqual([
        expect.stringMatching(/rating was 5, at least 4/i),
        expect.stringMatching(/attainment was 50 %, below 80 % \(“Sales attainment[^()]*”\)/i),
      ]);
      expect(tried.facts.find(({ fact }) => fact.includes("laptops"))?.asOf).toBe("2026-02-28");
    });

    it("takes a parameter as the document that decides by the rules has it today", async () => {
      const params = { kind: "workflow", id: "annual-review", name: "lowAttainment" };
      const body = { value: 0.4, scope: "new", reason: "Looser", expectedVersion: 0 };
      await world.ask(ADMIN, "setParameter", { params, body });
      const tried = await world.ask(DESIGNER, "tryRules", { body: { document: await outlier(), facts } });
      expect(tried.rules.find(({ name }) => name === "high rating, low attainment")?.verdict).toBe("false");
    });

    it("leaves open what is not known, and says what that is", async () => {
      const body = { document: await outlier(), facts: { "case.rating": 5 } };
      const tried = await world.ask(DESIGNER, "tryRules", { body });
      expect(tried.outcome).toBe("not-evaluated");
      expect(tried.missing.join()).toMatch(/laptops/i);
    });

    it("reads what is stored of a person, where their record is open", async () => {
      const document = await outlier();
      const body = { document, person, period: "2026-01", facts: { "case.rating": 5 } };
      const tried = await world.ask(ADMIN, "tryRules", { body });
      const stored = tried.facts.find(({ fact }) => fact.includes("laptops"))?.value as { attainment: unknown };
      expect(typeof stored.attainment).toBe("number");
      expect(tried.missing).toEqual([]);
      expect((await world.send("POST", "/api/definitions/ruleset/try", { as: DESIGNER, body })).status).toBe(403);
      const nobody = { ...body, person: "nobody" };
      expect((await world.send("POST", "/api/definitions/ruleset/try", { as: ADMIN, body: nobody })).status).toBe(404);
    });

    it("refuses what is no rule set, with the place", async () => {
      const wrong = { ...(await outlier()), rules: [{ conditions: { all: [{ fact: 3 }] }, event: { type: "x" } }] };
      const answer = await world.send("POST", "/api/definitions/ruleset/try", {
        as: DESIGNER,
        body: { document: wrong },
      });
      expect(answer.status).toBe(422);
      expect(answer.json.issues[0].path).toMatch(/^\/rules\/0/);
    });
  });

  describe("launching", () => {
    const preview = "/api/definitions/workflow/annual-review/preview";

    it("says of everyone why they are out, in words", async () => {
      const document = {
        kind: "workflow",
        schema: 1,
        id: "for-some",
        title: "For some",
        subject: "person",
        eligible: { all: [{ fact: "person.name", operator: "equal", value: "Nobody At All" }] },
        start: "end",
        steps: { end: { kind: "end", title: "Over" } },
      };
      const { revision } = await world.ask(DESIGNER, "createDefinition", {
        body: { source: JSON.stringify(document) },
      });
      const params = { kind: "workflow", id: "for-some" };
      await world.ask(DESIGNER, "publish", { params, body: { note: "", expectedRevision: revision } });
      const { sample, ...counts } = await world.ask(DESIGNER, "previewLaunch", {
        params: { id: "for-some" },
        body: { people: [person] },
      });
      expect(counts).toEqual({ included: 0, excluded: 1, alreadyOpen: 0, withoutActor: 0 });
      expect(sample[0]?.reason).toMatch(/^Name was .+Nobody At All$/);
    });

    it("refuses a period that is none, a unit that is none, and who may not", async () => {
      const send = (as: string, body: object) => world.send("POST", preview, { as, body });
      expect((await send(DESIGNER, { period: "2026-Q9" })).status).toBe(400);
      expect((await send(DESIGNER, { unit: "atlantis" })).status).toBe(404);
      expect((await send(person, { people: [person] })).status).toBe(403);
    });
  });
});
