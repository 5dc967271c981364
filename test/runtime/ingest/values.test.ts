import { describe, expect, it } from "vitest";
import type { RecordType } from "#engine/definition/record-type.ts";
import { createImport, ImportRefused, importFile } from "../../../runtime/ingest/import.ts";
import { readDate, readDecimal } from "../../../runtime/ingest/values.ts";
import { listRecords } from "../../../runtime/store/records-list.ts";
import { CONTEXT, emptyDatabase } from "./support.ts";

const value = (read: { ok: boolean; value?: unknown }) => (read.ok ? read.value : undefined);

describe("dates and numbers of a file", () => {
  it.each([
    ["2026-03-31", "2026-03-31"],
    ["2026-3-1", "2026-03-01"],
    ["2026-03-31 00:00:00", "2026-03-31"],
    ["31.03.2026", "2026-03-31"],
    ["31/3/2026", "2026-03-31"],
    ["20260331", "2026-03-31"],
    ["2024-02-29", "2024-02-29"],
    ["9999-01-01", null],
    ["9999-12-31", null],
  ])("%s is %s", (text, date) => expect(readDate(text)).toEqual({ ok: true, value: date }));

  it("reads American dates when told so, and refuses what is then no date", () => {
    expect(value(readDate("12/31/2026", "mdy"))).toBe("2026-12-31");
    expect(readDate("12/31/2026")).toEqual({ ok: false, reason: '"12/31/2026": there is no month 31' });
  });

  it.each(["2025-02-29", "2026-04-31", "2026-00-10", "yesterday", "1/1/26", ""])("refuses %s", (text) =>
    expect(readDate(text).ok).toBe(false));

  it.each([
    ["1234.50", false, "1234.5"],
    ["1,234,567.5", false, "1234567.5"],
    ["1.234.567,5", true, "1234567.5"],
    ["-0.00", false, "0"],
    ["007", false, "7"],
    ["+5", false, "5"],
    ["559697.5639", false, "559697.5639"],
  ])("%s is %s", (text, comma, decimal) => expect(value(readDecimal(text, comma))).toBe(decimal));

  it.each(["12a", "1e5", "1,23", "", "--1", "NaN", "0.1234567890123"])("refuses the number %s", (text) =>
    expect(readDecimal(text).ok).toBe(false));
});

describe("observations of a file", () => {
  const people = "id,name\n1,Ada\n2,Grace\n";
  const load = async (content: string, mapping?: Record<string, string>, metrics?: Set<string>) => {
    const db = await emptyDatabase();
    await importFile(db, { kind: "people", fileName: "p.csv", content: people }, CONTEXT);
    const state = await importFile(
      db,
      { kind: "observations", fileName: "o.csv", content, ...(mapping ? { mapping: { columns: mapping } } : {}) },
      { ...CONTEXT, ...(metrics ? { metrics } : {}) },
    );
    return { db, state };
  };

  it.each([
    ["sales,9,2026-01,5,", "unknown-person", "The person 9 is not known: import people first."],
    ["sales,1,2026-14,5,", "bad-period", 'period: "2026-14" is not a period; write 2026-03, 2026-Q1 or 2026.'],
    ["sales,1,2026-01,five,", "bad-number", 'value: "five" is not a number; write 1234.5.'],
    ["sales,1,2026-01,,", "no-value", "The row has neither a value nor a target."],
    ["sales,1,2026-01,5,guessed", "bad-word", 'state: "guessed" is not one of provisional, adjusted, final.'],
    ["mood,1,2026-01,5,", "unknown-metric", 'There is no metric "mood". Possible here: sales.'],
  ])("refuses the row %s", async (row, code, message) => {
    const { db, state } = await load(
      `metric,subject,period,value,state\n${row}\nsales,2,2026-01,7,final\n`,
      undefined,
      new Set(["sales"]),
    );
    expect(state.refused.map((refusal) => [refusal.row, refusal.code, refusal.message])).toEqual([[2, code, message]]);
    expect(await db.read("SELECT subject, value FROM observations")).toEqual([{ subject: "2", value: "7" }]);
  });

  it("F21: an unknown metric, an unknown field or a wrong type of an observation is refused, with row and column", async () => {
    const content =
      "m,who,p,v\nsales,1,2026-01,5\nsalse,1,2026-02,5\nsales,1,2026-03,lots\nsales,1,soon,5\nsales,7,2026-04,5\n";
    const columns = { m: "metric", who: "subject", p: "period", v: "value" };
    const { db, state } = await load(content, columns, new Set(["sales"]));
    expect(state.refused).toEqual([
      { row: 3, code: "unknown-metric", field: "metric", message: 'There is no metric "salse". Did you mean "sales"?' },
      { row: 4, code: "bad-number", field: "value", message: 'value: "lots" is not a number; write 1234.5.' },
      {
        row: 5,
        code: "bad-period",
        field: "period",
        message: 'period: "soon" is not a period; write 2026-03, 2026-Q1 or 2026.',
      },
      {
        row: 6,
        code: "unknown-person",
        field: "subject",
        message: "The person 7 is not known: import people first.",
      },
    ]);
    expect(state.counts).toMatchObject({ added: 1, refused: 4 });
    const unknown = { kind: "observations" as const, fileName: "o.csv", content };
    const wrong = await createImport(db, { ...unknown, mapping: { columns: { ...columns, v: "valeu" } } }, CONTEXT);
    expect(wrong.issues.map(({ code, path }) => [code, path])).toContainEqual(["unknown-field", "/v"]);
    expect(wrong.issues.find(({ code }) => code === "unknown-field")?.hint).toContain("value");
  });

  it("refuses two values for one period, both of them", async () => {
    const { state } = await load("metric,subject,period,value\nsales,1,2026-01,5\nsales,1,2026-01,6\n");
    expect(state.refused.map((refusal) => [refusal.row, refusal.code])).toEqual([
      [2, "duplicate-observation"],
      [3, "duplicate-observation"],
    ]);
  });

  it("records a corrected value beside the one that was known before", async () => {
    const { db } = await load("metric,subject,period,value,state\nsales,1,2026-01,5,provisional\n");
    const state = await importFile(
      db,
      {
        kind: "observations",
        fileName: "o.csv",
        content: "metric,subject,period,value,state\nsales,1,2026-01,6,final\n",
      },
      { ...CONTEXT, now: CONTEXT.now + 1 },
    );
    expect(state.changes[0]).toMatchObject({
      what: "changed",
      fields: { value: { before: "5", after: "6" }, state: { before: "provisional", after: "final" } },
    });
    expect(await db.read("SELECT value, superseded_at IS NULL AS current FROM observations ORDER BY rowid")).toEqual([
      { value: "5", current: 0 },
      { value: "6", current: 1 },
    ]);
  });
});

describe("records of a file", () => {
  const complaint: RecordType = {
    kind: "record-type",
    schema: 1,
    id: "complaint",
    title: "Complaint",
    fields: {
      customer: { type: "text", required: true },
      category: { type: "choice", of: ["installation", "other"] },
      complainedAt: { type: "date-time", required: true },
      about: { type: "person" },
      amount: { type: "integer", min: 0 },
    },
    about: "about",
    date: "complainedAt",
  };
  const context = { ...CONTEXT, recordType: (id: string) => (id === "complaint" ? complaint : undefined) };
  const load = async (...files: string[]) => {
    const db = await emptyDatabase();
    await db.write([{ sql: "UPDATE organisation SET time_zone = 'Asia/Kolkata'" }]);
    await importFile(db, { kind: "people", fileName: "p.csv", content: "id,name\n1,Ada\n" }, context);
    const states = [];
    for (const content of files)
      states.push(
        await importFile(db, { kind: "records", recordType: "complaint", fileName: "c.csv", content }, context),
      );
    return { db, states };
  };

  it("gives every field the type that the document says; instants are read in the organisation's zone", async () => {
    const { db } = await load(
      "id,customer,category,complainedAt,about,amount\nc1,Blue Lotus,INSTALLATION,2026-03-01T09:30,1,3\n",
    );
    expect((await listRecords(db, { type: "complaint" })).items).toEqual([
      {
        id: "c1",
        type: "complaint",
        aboutKind: "person",
        about: "1",
        date: "2026-03-01",
        fields: {
          customer: "Blue Lotus",
          category: "installation",
          complainedAt: "2026-03-01T04:00:00.000Z",
          about: "1",
          amount: 3,
        },
        recordedAt: CONTEXT.now,
      },
    ]);
  });

  it("refuses what does not fit, naming the field", async () => {
    const { states } = await load(
      "id,customer,category,complainedAt,about,amount\nc1,,moon,soon,9,-1\nc2,Lotus,other,2026-03-01,1,2.5\n",
    );
    expect(states[0]?.refused.map((refusal) => [refusal.row, refusal.code, refusal.field])).toEqual([
      [2, "bad-value", "category"],
      [2, "bad-value", "complainedAt"],
      [2, "bad-value", "amount"],
      [2, "missing-value", "customer"],
      [2, "unknown-person", "about"],
      [3, "bad-value", "amount"],
    ]);
  });

  it("F21: an unknown field or a wrong type of a record is refused at ingest, with row, column and what is wrong", async () => {
    const { db, states } = await load(
      "id,customer,category,complainedAt,about,amount\nc1,Lotus,moon,2026-03-01,1,3\nc2,Lotus,other,2026-03-01,1,many\nc3,Lotus,other,2026-03-01,1,5\n",
    );
    expect(states[0]?.refused).toEqual([
      {
        row: 2,
        code: "bad-value",
        field: "category",
        message: 'category: "moon" is not one of installation, other.',
      },
      { row: 3, code: "bad-value", field: "amount", message: 'amount: "many" is not a number; write 1234.5.' },
    ]);
    expect((await listRecords(db, {})).items.map(({ id }) => id)).toEqual(["c3"]);
    const unknown = {
      kind: "records" as const,
      recordType: "complaint",
      fileName: "c.csv",
      content: "id,customer,complainedAt,how much\nc4,Lotus,2026-03-01,5\n",
      mapping: { columns: { id: "id", customer: "customer", complainedAt: "complainedAt", "how much": "amuont" } },
    };
    const state = await createImport(db, unknown, context);
    expect(state.issues).toMatchObject([
      { code: "unknown-field", path: "/how much", message: '"amuont" is not a field of records.' },
    ]);
    expect(state.issues[0]?.hint).toContain("amount");
    await expect(importFile(db, unknown, context)).rejects.toThrow(ImportRefused);
    expect((await listRecords(db, {})).items.map(({ id }) => id)).toEqual(["c3"]);
  });

  it("counts the same record once, and keeps what a later file says nothing about", async () => {
    const { db, states } = await load(
      "id,customer,complainedAt,about\nc1,Lotus,2026-03-01,1\nc1,Lotus,2026-03-01,1\n",
      "id,customer,complainedAt,category\nc1,Lotus,2026-03-01,other\n",
    );
    expect(states[0]?.refused.map((refusal) => refusal.code)).toEqual(["duplicate-record"]);
    expect(states[1]?.counts).toMatchObject({ changed: 1 });
    expect((await listRecords(db, {})).items[0]?.fields).toMatchObject({ about: "1", category: "other" });
  });
});
