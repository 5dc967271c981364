import { beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../../runtime/db/client.ts";
import { absencesOf, declareAbsence, withdrawAbsence } from "../../../runtime/store/absences.ts";
import { assignmentsStatements } from "../../../runtime/store/assignments-write.ts";
import { grantsStatements } from "../../../runtime/store/grants-write.ts";
import { metricHoldings } from "../../../runtime/store/metrics-overview.ts";
import { metricSeries, unitSeries } from "../../../runtime/store/metrics-series.ts";
import { metricWindow } from "../../../runtime/store/metrics-window.ts";
import { listObservations } from "../../../runtime/store/observations-list.ts";
import { type Observation, observationsStatements } from "../../../runtime/store/observations-write.ts";
import { loadOrganisation } from "../../../runtime/store/organisation-load.ts";
import { listPeople } from "../../../runtime/store/people-list.ts";
import { personHistory, personPage } from "../../../runtime/store/people-page.ts";
import { peopleStatements, personFieldStatements } from "../../../runtime/store/people-write.ts";
import { queuesStatements } from "../../../runtime/store/queues.ts";
import { listRecords, readRecord } from "../../../runtime/store/records-list.ts";
import { recordsStatements } from "../../../runtime/store/records-write.ts";
import { unitTree } from "../../../runtime/store/units-tree.ts";
import { unitsStatements } from "../../../runtime/store/units-write.ts";
import { emptyDatabase, NOW } from "../ingest/support.ts";

const ON = "2026-03-15";
const stamp = { recordedAt: NOW, importNo: 0 };
const person = (id: string, name: string, status: "active" | "left" = "active") => ({
  id,
  name,
  email: `${id}@example.org`,
  status,
  title: "Rep",
  role: "sales",
  grade: null,
  hireDate: "2020-01-01",
  endDate: null,
  timeZone: null,
  calendar: null,
  fte: "1",
  salaryMinor: 100,
  currency: "EUR",
  fields: {},
});
const unit = (id: string, level: string, parent: string | null) => ({
  id,
  title: id.toUpperCase(),
  level,
  parent,
  timeZone: null,
  calendar: null,
});
const line = (
  who: string,
  where: string,
  manager: string | null,
  validFrom = "2020-01-01",
  validTo: string | null = null,
) => ({ person: who, unit: where, manager, kind: "primary" as const, weight: "1", validFrom, validTo });
const sales = (subject: string, month: number, value: string, target: string | null = "10"): Observation => ({
  metric: "sales",
  subjectKind: "person",
  subject,
  periodFrom: `2026-0${month}-01`,
  periodTo: `2026-0${month + 1}-01`,
  value,
  target,
  state: "final",
});

/** A company of two regions; Bea moved from north to south on 1 February. */
async function company(): Promise<Database> {
  const db = await emptyDatabase();
  await db.write([
    ...unitsStatements(
      [unit("co", "company", null), unit("north", "region", "co"), unit("south", "region", "co")],
      stamp,
    ),
    ...peopleStatements(
      [
        person("ceo", "Zoë Boss"),
        person("ann", "Ann Ábel"),
        person("bea", "Bea Berg"),
        person("cid", "Cid Gone", "left"),
      ],
      stamp,
    ),
    ...assignmentsStatements(
      [
        line("ceo", "co", null),
        line("ann", "north", "ceo"),
        line("bea", "north", "ceo", "2020-01-01", "2026-02-01"),
        line("bea", "south", "ann", "2026-02-01"),
        line("cid", "north", "ceo"),
      ],
      stamp,
    ),
    ...grantsStatements(
      [
        { person: "ann", role: "head", unit: "north", validFrom: "2020-01-01", validTo: null },
        { person: "bea", role: "hr-admin", unit: null, validFrom: "2020-01-01", validTo: "2026-01-01" },
      ],
      stamp,
    ),
    ...queuesStatements([{ id: "care", title: "Care", members: ["bea", "ann"] }]),
    ...observationsStatements(
      [sales("ann", 1, "8"), sales("ann", 2, "9.5"), sales("bea", 1, "0.1"), sales("bea", 2, "0.2")],
      stamp,
    ),
  ]);
  return db;
}

let db: Database;
beforeAll(async () => {
  db = await company();
});

describe("the organisation as the engine reads it", () => {
  it("holds people, units, every line, grants, queues and absences", async () => {
    const data = await loadOrganisation(db);
    expect(data.people.map((one) => one.id)).toEqual(["ann", "bea", "ceo", "cid"]);
    expect(data.assignments.filter((one) => one.person === "bea")).toEqual([
      line("bea", "north", "ceo", "2020-01-01", "2026-02-01"),
      line("bea", "south", "ann", "2026-02-01"),
    ]);
    expect(data.grants).toHaveLength(2);
    expect(data.queues).toEqual([{ id: "care", title: "Care", members: ["bea", "ann"] }]);
    expect([data.timeZone, data.calendar, data.currency]).toEqual(["UTC", "default", "USD"]);
  });

  it("shows a unit as it was on a date, and as it is", async () => {
    const own = await company();
    await own.write(
      unitsStatements(
        [
          { ...unit("north", "region", "co"), validTo: "2026-01-01" },
          { ...unit("north", "region", "co"), title: "New North", validFrom: "2026-01-01" },
        ],
        { recordedAt: NOW + 1, importNo: 0 },
      ),
    );
    const title = async (asOf: object) =>
      (await loadOrganisation(own, asOf)).units.find((one) => one.id === "north")?.title;
    expect(await title({ on: "2025-06-01" })).toBe("NORTH");
    expect(await title({ on: ON })).toBe("New North");
    expect(await title({})).toBe("New North");
    expect(await title({ knownAt: NOW })).toBe("NORTH");
  });

  it("declares and withdraws absences", async () => {
    const own = await company();
    const absence = { person: "ann", from: "2026-04-01", to: "2026-04-10", delegate: "bea" };
    const [written] = await own.write([declareAbsence(absence, NOW)]);
    const id = Number(written?.rows[0]?.id);
    expect(await absencesOf(own, "ann")).toEqual([{ ...absence, id }]);
    expect((await loadOrganisation(own)).absences).toEqual([absence]);
    expect((await own.write([withdrawAbsence(id, NOW)]))[0]?.rows).toHaveLength(1);
    expect((await own.write([withdrawAbsence(id, NOW)]))[0]?.rows).toHaveLength(0);
    expect((await loadOrganisation(own)).absences).toEqual([]);
    await expect(own.write([declareAbsence({ ...absence, to: "2026-03-01" }, NOW)])).rejects.toThrow(/CHECK/);
  });
});

describe("writing a field of a person", () => {
  it("keeps the other fields and the version before; two in one batch both count", async () => {
    const own = await company();
    await own.write([
      ...personFieldStatements("ann", "rating", "4.5", NOW + 1),
      ...personFieldStatements("ann", "title", '"Head"', NOW + 1),
      ...personFieldStatements("ghost", "rating", "1", NOW + 1),
    ]);
    const page = await personPage(own, "ann", ON);
    expect(page?.person).toMatchObject({ title: "Head", name: "Ann Ábel", fields: { rating: 4.5 } });
    const history = await personHistory(own, "ann");
    expect(history.map((one) => [one.person.title, one.person.fields, one.supersededAt === null])).toEqual([
      ["Head", { rating: 4.5 }, true],
      ["Rep", { rating: 4.5 }, false],
      ["Rep", {}, false],
    ]);
    expect(await own.read("SELECT count(*) AS n FROM profiles WHERE person = 'ghost'")).toEqual([{ n: 0 }]);
  });

  it("is told apart from what an import under way has staged: the write fails and may be tried again", async () => {
    const own = await company();
    await own.write([
      { sql: "INSERT INTO pending_imports (no) VALUES (9)" },
      ...peopleStatements([{ ...person("ann", "Staged") }], { recordedAt: NOW, importNo: 9 }),
    ]);
    expect((await personPage(own, "ann", ON))?.person.name).toBe("Ann Ábel");
    await expect(own.write(personFieldStatements("ann", "rating", "5", NOW + 1))).rejects.toThrow(/UNIQUE/);
    expect((await personPage(own, "ann", ON))?.person.fields).toEqual({});
    await expect(
      own.write(peopleStatements([person("ann", "Mine")], { recordedAt: NOW + 1, importNo: 0 })),
    ).rejects.toThrow(/UNIQUE/);
    await own.write([{ sql: "DELETE FROM pending_imports" }]);
    expect((await personPage(own, "ann", ON))?.person.name).toBe("Staged");
  });
});

describe("lists and pages", () => {
  it("finds people without case and accents, in a unit and below, in a scope", async () => {
    const ids = async (query: object) => (await listPeople(db, { on: ON, ...query })).items.map((one) => one.id);
    expect(await ids({})).toEqual(["ann", "bea", "cid", "ceo"]);
    expect(await ids({ search: "ABEL" })).toEqual(["ann"]);
    expect(await ids({ search: "zoe" })).toEqual(["ceo"]);
    expect(await ids({ search: "100%_" })).toEqual([]);
    expect(await ids({ unit: "north" })).toEqual(["ann", "cid"]);
    expect(await ids({ unit: "north", on: "2026-01-31" })).toEqual(["ann", "bea", "cid"]);
    expect(await ids({ unit: "co", visible: ["bea", "cid"] })).toEqual(["bea", "cid"]);
    expect((await listPeople(db, { on: ON })).items.find((one) => one.id === "ceo")).toMatchObject({
      manager: null,
      reports: 2,
      unitTitle: "CO",
    });
  });

  it("pages through everybody once", async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listPeople(db, { on: ON, limit: 1, ...(cursor ? { cursor } : {}) });
      seen.push(...page.items.map((one) => one.id));
      expect(page.total).toBe(4);
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen).toEqual(["ann", "bea", "cid", "ceo"]);
    expect((await listPeople(db, { on: ON, cursor: "not-ours" })).items).toHaveLength(4);
  });

  it("shows a person with the chain, the reports, the units and the roles of that day", async () => {
    const page = await personPage(db, "bea", ON);
    expect(page?.chain.map((one) => one.id)).toEqual(["ann", "ceo"]);
    expect(page?.units.map((one) => one.id)).toEqual(["south", "co"]);
    expect(page?.assignments.map((one) => one.unit)).toEqual(["south", "north"]);
    expect(page?.roles).toEqual([]);
    expect((await personPage(db, "bea", "2025-12-31"))?.roles.map((one) => one.role)).toEqual(["hr-admin"]);
    expect((await personPage(db, "ann", ON))?.reports.map((one) => one.id)).toEqual(["bea"]);
    expect(await personPage(db, "nobody", ON)).toBeUndefined();
  });

  it("counts people in the tree, those who left aside", async () => {
    expect((await unitTree(db, ON)).map((one) => [one.id, one.own, one.people, one.head?.id ?? null])).toEqual([
      ["co", 1, 3, null],
      ["north", 1, 1, "ann"],
      ["south", 1, 1, null],
    ]);
  });

  it("reads and lists records", async () => {
    const own = await company();
    const record = {
      id: "c1",
      type: "complaint",
      aboutKind: "person" as const,
      about: "ann",
      date: "2026-01-02",
      fields: { a: 1 },
    };
    await own.write(recordsStatements([record, { ...record, id: "c2", date: "2026-02-02", about: "bea" }], stamp));
    await own.write(recordsStatements([{ ...record, fields: { a: 2 } }], { recordedAt: NOW + 1, importNo: 0 }));
    expect(await readRecord(own, "c1")).toEqual({ ...record, fields: { a: 2 }, recordedAt: NOW + 1 });
    expect((await listRecords(own, { type: "complaint", limit: 1 })).items.map((one) => one.id)).toEqual(["c2"]);
    expect(await listRecords(own, { about: "ann" })).toMatchObject({ total: 1, next: null });
    expect((await listRecords(own, { visible: ["bea"] })).items.map((one) => one.id)).toEqual(["c2"]);
    expect((await listRecords(own, { from: "2026-01-01", to: "2026-02-01" })).items.map((one) => one.id)).toEqual([
      "c1",
    ]);
    expect(await readRecord(own, "c3")).toBeUndefined();
  });
});

describe("values of metrics", () => {
  it("answers many windows in one read, in order, as known now or then", async () => {
    const own = await company();
    await own.write(observationsStatements([sales("ann", 1, "80")], { recordedAt: NOW + 10, importNo: 0 }));
    const ask = { metric: "sales", subjectKind: "person" as const, from: "2026-01-01", to: "2026-03-01" };
    const requests = [
      { ...ask, subject: "bea" },
      { ...ask, subject: "ghost" },
      { ...ask, subject: "ann" },
      { ...ask, subject: "ann", to: "2026-01-15" },
    ];
    const values = (answers: { value: string | null }[][]) => answers.map((answer) => answer.map((one) => one.value));
    expect(values(await metricWindow(own, requests))).toEqual([["0.1", "0.2"], [], ["80", "9.5"], []]);
    expect(values(await metricWindow(own, requests, NOW))).toEqual([["0.1", "0.2"], [], ["8", "9.5"], []]);
    expect(await metricWindow(own, [])).toEqual([]);
  });

  it("DA1, DA5: rolls a unit up exactly, as people were then or as they are now", async () => {
    const sums = async (id: string, asIs: boolean) =>
      (await unitSeries(db, "sales", id, "sum", { on: ON, asIs })).map((point) => [
        point.periodFrom,
        point.value,
        point.target,
        point.n,
      ]);
    expect(await sums("co", false)).toEqual([
      ["2026-01-01", "8.1", "20", 2],
      ["2026-02-01", "9.7", "20", 2],
    ]);
    expect(await sums("north", false)).toEqual([
      ["2026-01-01", "8.1", "20", 2],
      ["2026-02-01", "9.5", "10", 1],
    ]);
    expect(await sums("south", false)).toEqual([["2026-02-01", "0.2", "10", 1]]);
    expect(await sums("north", true)).toEqual([
      ["2026-01-01", "8", "10", 1],
      ["2026-02-01", "9.5", "10", 1],
    ]);
    expect(await sums("south", true)).toEqual([
      ["2026-01-01", "0.1", "10", 1],
      ["2026-02-01", "0.2", "10", 1],
    ]);
    expect((await unitSeries(db, "sales", "co", "mean", { on: ON })).map((point) => point.value)).toEqual([
      "4.05",
      "4.85",
    ]);
  });

  it("reads one subject's series and lists what is stored", async () => {
    expect(
      (await metricSeries(db, "sales", { kind: "person", id: "ann" }, { from: "2026-02-01" })).map(
        (point) => point.value,
      ),
    ).toEqual(["9.5"]);
    expect(await listObservations(db, { metric: "sales", limit: 3 })).toMatchObject({ total: 4, next: "3" });
    expect(
      (await listObservations(db, { metric: "sales", subject: "bea" })).items.map((one) => one.periodFrom),
    ).toEqual(["2026-02-01", "2026-01-01"]);
    expect(await metricHoldings(db)).toEqual([
      {
        metric: "sales",
        observations: 4,
        subjects: 2,
        firstPeriod: "2026-01-01",
        latestPeriod: "2026-02-01",
        recordedAt: NOW,
      },
    ]);
  });

  it.each([
    [
      "a window",
      "SELECT 1 FROM json_each('[]') AS r CROSS JOIN observations AS o WHERE o.subject = r.value ->> 0 AND o.metric = r.value ->> 1 AND o.period_from >= r.value ->> 3 AND o.period_from < r.value ->> 4",
      /SEARCH o USING .*observations_by_subject \(subject=\? AND metric=\? AND period_from>\? AND period_from<\?\)/,
    ],
    [
      "direct reports",
      "SELECT 1 FROM assignments AS r WHERE r.manager = 'x' AND r.valid_from <= '2026-01-01'",
      /assignments_by_manager \(manager=\? AND valid_from<\?\)/,
    ],
    [
      "a person's lines",
      "SELECT 1 FROM assignments AS a WHERE a.person = 'x' AND a.valid_from <= '2026-01-01'",
      /assignments_by_person \(person=\? AND valid_from<\?\)/,
    ],
    [
      "records about somebody",
      "SELECT 1 FROM records AS r WHERE r.about = 'x' AND r.type = 'y' ORDER BY r.date",
      /records_by_about \(about=\? AND type=\?\)/,
    ],
  ])("finds %s by an index", async (_, sql, plan) => {
    const steps = await db.read<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
    expect(steps.map((step) => step.detail).join("; ")).toMatch(plan);
  });
});
