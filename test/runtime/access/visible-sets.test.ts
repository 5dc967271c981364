import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canSee } from "#engine/organisation/relations.ts";
import { personasOf } from "../../../runtime/access/demo.ts";
import { type HttpWorld, httpWorld } from "../http/world.ts";

const DATE = "2026-03-16";

describe("lists over HTTP", () => {
  let world: HttpWorld;
  let readers: string[];

  beforeAll(async () => {
    world = await httpWorld();
    const personas = personasOf(await world.access.settings()).map(({ personId }) => personId);
    readers = [...personas, "gs-hrbp-north", "gs-care-lead", "gs-sales-head"];
    await world.ask("gs-hr-designer", "launch", {
      params: { id: "annual-review" },
      body: { period: "2026", unit: "region-north" },
    });
    await world.runtime.idle();
  });
  afterAll(() => world.close());

  /** All items of a list, page by page. */
  const everything = async (reader: string, name: "people" | "cases") => {
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: { id: string }[]; next: string | null; total: number } = await world.ask(reader, name, {
        query: { limit: 37, ...(cursor ? { cursor } : {}) },
      });
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.next;
      if (cursor === null) expect(page.total).toBe(ids.length);
    } while (cursor);
    expect(new Set(ids).size).toBe(ids.length);
    return ids;
  };

  it("AC1: people: each reader gets exactly those whom a relation or a role opens", async () => {
    const directory = await world.runtime.organisation.directory();
    for (const reader of readers) {
      const allowed = directory
        .people()
        .map(({ id }) => id)
        .filter((id) => canSee(reader, id, DATE, directory));
      expect((await everything(reader, "people")).sort(), reader).toEqual(allowed.sort());
    }
  });

  it("AC1: cases: the list holds exactly those that open one by one", async () => {
    const all = await everything("gs-hr-admin", "cases");
    expect(all.length).toBeGreaterThan(20);
    for (const reader of readers) {
      const listed = new Set(await everything(reader, "cases"));
      const opened = new Set<string>();
      for (const id of all.slice(0, 25)) {
        const answer = await world.send("GET", `/api/cases/${id}`, { as: reader });
        if (answer.status === 200) opened.add(id);
        else expect(answer.status, `${reader} ${id}`).toBe(403);
      }
      expect([...listed].filter((id) => all.slice(0, 25).includes(id)).sort(), reader).toEqual([...opened].sort());
    }
  });

  it("AC2: shows pay to the person, the line above and HR, and leaves it out for everybody else", async () => {
    const [designer, admin, head, manager, strong] = personasOf(await world.access.settings()).map(
      ({ personId }) => personId,
    );
    const pay = async (reader: string) =>
      (await world.send("GET", `/api/people/${strong}`, { as: reader })).json.salary?.minor ?? null;
    expect(await pay(strong!)).not.toBeNull();
    expect(await pay(manager!)).not.toBeNull();
    expect(await pay(admin!)).not.toBeNull();
    expect(await pay(head!)).not.toBeNull();
    expect((await world.send("GET", `/api/people/${strong}`, { as: designer! })).status).toBe(403);
    expect((await world.send("GET", `/api/people/${manager}`, { as: strong! })).status).toBe(403);
  });

  it("gives no list of payouts, imports, effects or audit to who has no business with them", async () => {
    const [, , , manager, strong] = personasOf(await world.access.settings()).map(({ personId }) => personId);
    for (const path of ["/api/payouts", "/api/effects", "/api/audit", "/api/units/organisation"]) {
      for (const reader of [manager!, strong!]) {
        expect((await world.send("GET", path, { as: reader })).status, `${reader} ${path}`).toBe(403);
        expect((await world.ask(reader, "imports")).items).toEqual([]);
      }
    }
  });
});
