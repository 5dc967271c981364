import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RouteName, routes } from "../../../engine/contract/routes.ts";
import type { Directory } from "../../../engine/organisation/directory.ts";
import { type Answer, type HttpWorld, httpWorld } from "./world.ts";

const DATE = "2026-03-16";
const ADMIN = "gs-hr-admin";
const DESIGNER = "gs-hr-designer";

let world: HttpWorld;
let directory: Directory;
let representative: string;
let manager: string;
let stranger: string;

beforeAll(async () => {
  world = await httpWorld({ templates: ["sales-assessment", "late-review", "annual-review"] });
  directory = await world.runtime.organisation.directory();
  const representatives = directory.people().filter(({ role }) => role === "sales");
  representative = representatives[0]!.id;
  manager = directory.managerOf(representative, DATE)!;
  stranger = representatives.find(({ id }) => directory.managerOf(id, DATE) !== manager)!.id;
}, 60_000);
afterAll(() => world.close());

/** Sends, and holds the answer against the contract's schema. */
async function send(name: RouteName, path: string, as: string, body?: unknown, type?: string): Promise<Answer["json"]> {
  const route = routes[name];
  const answer = await world.send(route.method.toUpperCase(), path, {
    as,
    ...(body === undefined ? {} : { body }),
    ...(type ? { headers: { "content-type": type } } : {}),
  });
  expect(answer.status, answer.text.slice(0, 500)).toBe(200);
  route.answer.parse(answer.json);
  return answer.json;
}

async function status(method: string, path: string, as: string, body?: unknown): Promise<number> {
  const raw = typeof body === "string" ? { headers: { "content-type": "text/csv" } } : {};
  return (await world.send(method, path, { as, ...(body === undefined ? {} : { body }), ...raw })).status;
}

const upload = (kind: string, csv: string | Uint8Array, as = ADMIN, more = "") =>
  send("createImport", `/api/imports?kind=${kind}${more}`, as, csv, "text/csv");

/** Applies an import and waits for its job. */
async function apply(id: string, skipRefused = false): Promise<Answer["json"]> {
  const begun = await send("applyImport", `/api/imports/${id}/apply`, ADMIN, { skipRefused });
  for (;;) {
    const job = await send("job", `/api/jobs/${begun.id}`, ADMIN);
    if (job.status !== "waiting" && job.status !== "running") return job;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const note = (about: string) => ({
  type: "thank-you",
  fields: { customer: "Kite Media", about, writtenOn: "2026-03-10", verified: true },
});

describe("records", () => {
  it("are written once for a key, and listed with whom they are about", async () => {
    const body = { ...note(representative), key: "one-thank-you" };
    const made = await send("createRecord", "/api/records", ADMIN, body);
    expect(made).toMatchObject({ type: "thank-you", date: "2026-03-10", about: { id: representative }, cases: [] });
    expect(await send("createRecord", "/api/records", ADMIN, body)).toEqual(made);
    const page = await send("records", `/api/records?type=thank-you&about=${representative}&limit=500`, ADMIN);
    expect(page.items.filter((one: { id: string }) => one.id === made.id)).toHaveLength(1);
  });

  it("that do not fit their type are refused with the field", async () => {
    const answer = await world.send("POST", "/api/records", {
      as: ADMIN,
      body: { type: "thank-you", fields: { customer: 7, about: "nobody-here" } },
    });
    expect(answer.status).toBe(422);
    expect(answer.json.issues.map((one: { path: string }) => one.path)).toContain("/fields/about");
  });

  it("count for pay, so nobody writes one about themselves or about people not theirs", async () => {
    expect(await status("POST", "/api/records", representative, note(representative))).toBe(403);
    expect(await status("POST", "/api/records", representative, note(stranger))).toBe(403);
    expect(await status("POST", "/api/records", manager, note(representative))).toBe(200);
  });

  it("are listed for readers as far as they see whom they are about", async () => {
    const page = await send("records", "/api/records?limit=500", representative);
    expect(new Set(page.items.map((one: { about: { id: string } }) => one.about.id))).toEqual(
      new Set([representative]),
    );
    const all = await send("records", "/api/records?limit=1", ADMIN);
    expect(all.total).toBeGreaterThan(page.total);
  });
});

describe("imports", () => {
  it("IN: show what would happen, refuse bad rows by column, and apply the rest", async () => {
    const unit = directory.unitOf(representative, DATE)!;
    const csv = `person id;Full Name;Manager;Dept\nnew-1;Ada Lovelace;${manager};${unit}\n;No Id;${manager};${unit}\n`;
    const view = await upload("people", csv, ADMIN, "&name=new.csv");
    expect(view).toMatchObject({ kind: "people", status: "checked", fileName: "new.csv", rows: 2, separator: ";" });
    expect(view.counts).toMatchObject({ added: 1, refused: 1 });
    expect(view.refused[0]).toMatchObject({ row: 3, column: "person id" });
    expect(await send("import", `/api/imports/${view.id}`, ADMIN)).toEqual(view);
    const stopped = await apply(view.id);
    expect(stopped.status).toBe("failed");
    expect((await apply(view.id, true)).status).toBe("done");
    const applied = await send("import", `/api/imports/${view.id}`, ADMIN);
    expect(applied.status).toBe("applied");
    expect(applied.job).not.toBeNull();
    expect((await send("person", "/api/people/new-1", ADMIN)).person.manager.id).toBe(manager);
    const { items } = await send("imports", "/api/imports", ADMIN);
    expect(items[0].id).toBe(view.id);
  });

  it("take a constant for every row, the order of dates and the comma of decimals", async () => {
    const csv = `Wer;Ab;Bis;Zahl\n${representative};01.03.2026;01.04.2026;1.234,5\n`;
    const view = await upload("observations", csv);
    expect(view.status).toBe("mapping");
    expect(view.issues.map((one: { code: string }) => one.code)).toContain("field-not-mapped");
    const mapped = await send("mapImport", `/api/imports/${view.id}/mapping`, ADMIN, {
      mapping: {
        Wer: "subject",
        Ab: "from",
        Bis: "to",
        Zahl: "value",
        "=laptops-sold": "metric",
        "=provisional": "state",
      },
      separator: ";",
      dateOrder: "dmy",
      decimalComma: true,
      hasHeader: true,
    });
    expect(mapped).toMatchObject({ status: "checked", counts: { added: 1, refused: 0 } });
    expect(mapped.mapping["=laptops-sold"]).toBe("metric");
    expect((await apply(view.id)).status).toBe("done");
    const series = await send("series", `/api/metrics/laptops-sold/series?person=${representative}`, manager);
    expect(series.points.at(-1)).toMatchObject({ period: "2026-03", value: 1234.5, state: "provisional" });
  });

  it("take units and reporting lines as files of their own, whatever the encoding", async () => {
    const units = await upload(
      "units",
      Buffer.from("id,title,level,parent\nt-new,Caf\u00e9,team,green-soft\n", "latin1"),
    );
    expect((await apply(units.id)).status).toBe("done");
    const { items } = await send("units", "/api/units", ADMIN);
    expect(items.find((one: { id: string }) => one.id === "t-new")).toMatchObject({
      title: "Café",
      parent: "green-soft",
    });
    const lines = await upload(
      "assignments",
      `person,unit,manager,kind,from\n${stranger},t-new,${manager},matrix,2026-03-01\n`,
    );
    expect(lines.counts).toMatchObject({ refused: 0 });
    expect((await apply(lines.id)).status).toBe("done");
    expect((await send("person", `/api/people/${stranger}`, ADMIN)).assignments[0]).toMatchObject({
      kind: "matrix",
      unit: "Café",
      managerId: manager,
    });
  });

  it("bring pay that the matrix manager and the designer then do not see", async () => {
    const extra = JSON.stringify({ signOnBonus: 100, iban: "IN00", shoeSize: 42 }).replaceAll('"', '""');
    const view = await upload("people", `id,name,fields\n${stranger},${directory.nameOf(stranger)},"${extra}"\n`);
    expect((await apply(view.id)).status).toBe("done");
    const forMatrixManager = await send("person", `/api/people/${stranger}`, manager);
    expect(forMatrixManager.salary).toBeNull();
    expect(forMatrixManager.fields).toMatchObject({ iban: "IN00", shoeSize: 42 });
    expect(forMatrixManager.fields).not.toHaveProperty("signOnBonus");
    const forThemselves = await send("person", `/api/people/${stranger}`, stranger);
    expect(forThemselves.salary).not.toBeNull();
    expect(forThemselves.fields).toHaveProperty("signOnBonus", 100);
    const { people } = await send("organisation", "/api/units/organisation", DESIGNER);
    expect(people.find((one: { id: string }) => one.id === stranger).fields).toEqual({ shoeSize: 42 });
  });

  it("refuse an unknown record type, an unknown import, a mapping of an applied one, and readers without the right", async () => {
    expect(await status("POST", "/api/imports?kind=records&type=nothing", ADMIN, "id\n1\n")).toBe(422);
    expect(await status("GET", "/api/imports/none", ADMIN)).toBe(404);
    expect(await status("POST", "/api/imports?kind=people", DESIGNER, "id\n1\n")).toBe(403);
    expect(await status("POST", "/api/imports?kind=observations", manager, "id\n1\n")).toBe(403);
    const [applied] = (await send("imports", "/api/imports", ADMIN)).items;
    expect(await status("GET", `/api/imports/${applied.id}`, representative)).toBe(403);
    expect(await status("PUT", `/api/imports/${applied.id}/mapping`, ADMIN, { mapping: {} })).toBe(409);
    const forManager = await send("imports", "/api/imports", manager);
    expect(forManager.items).toEqual([]);
  });
});

describe("the facts of a simulation", () => {
  const facts = (document: unknown, as: string, person = representative) =>
    send("simulationFacts", "/api/simulations/facts", as, {
      document,
      subject: { kind: "person", id: person },
      period: "2026-02",
    });
  const live = (kind: "workflow" | "ruleset" | "escalation", id: string) =>
    world.runtime.catalogue.live.find(kind, id)!;

  it("are the stored facts of the workflow and its rule sets, bound to subject and period", async () => {
    const { facts: found, parameters } = await facts(live("workflow", "sales-assessment"), ADMIN);
    const fact = found.find((one: { params: { id: string } }) => one.params.id === "laptops-sold");
    expect(fact).toMatchObject({ fact: "metric", params: { of: representative, window: "2026-02" } });
    const series = await send("series", `/api/metrics/laptops-sold/series?person=${representative}`, ADMIN);
    const february = series.points.find((one: { period: string }) => one.period === "2026-02");
    expect(fact.value.value).toBe(february.value);
    expect(fact.value.attainment).toBeCloseTo(february.attainment, 6);
    expect(parameters).toMatchObject({ nonPerformer: 0.8 });
  });

  it("of a rule set are its own, with its parameters", async () => {
    const { facts: found, parameters } = await facts(live("ruleset", "monthly-performance"), ADMIN);
    expect(found).toHaveLength(1);
    expect(typeof found[0].value.attainment).toBe("number");
    expect(parameters).toEqual({ nonPerformer: 0.8 });
  });

  it("follow the published edits of parameters, and those of a ladder that is led to", async () => {
    const review = await facts(live("workflow", "annual-review"), ADMIN);
    const ladder = live("escalation", "late-review");
    for (const name of Object.keys(("parameters" in ladder ? ladder.parameters : undefined) ?? {}))
      expect(review.parameters).toHaveProperty(name);
    const { items } = await send("parameters", "/api/parameters", ADMIN);
    const sheet = items.find(
      (one: { name: string; sheet: { id: string } }) =>
        one.name === "nonPerformer" && one.sheet.id === "sales-assessment",
    );
    await send("setParameter", "/api/parameters/workflow/sales-assessment/nonPerformer", ADMIN, {
      value: 0.7,
      scope: "new",
      reason: "for a test",
      expectedVersion: sheet.version,
    });
    const after = await facts(live("workflow", "sales-assessment"), ADMIN);
    expect(after.parameters.nonPerformer).toBe(0.7);
  });

  it("about people whose results the designer may not see are listed without a value", async () => {
    const { facts: found } = await facts(live("workflow", "sales-assessment"), DESIGNER);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((one: { value: unknown }) => one.value === null)).toBe(true);
  });

  it("are refused with the issues for a document that cannot be read, and to those who do not design", async () => {
    const body = { document: { kind: "workflow", id: "x" }, subject: { kind: "person", id: representative } };
    const answer = await world.send("POST", "/api/simulations/facts", { as: DESIGNER, body });
    expect(answer.status).toBe(422);
    expect(answer.json.issues.length).toBeGreaterThan(0);
    expect(await status("POST", "/api/simulations/facts", manager, body)).toBe(403);
  });
});
