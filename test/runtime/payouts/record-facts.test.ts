import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordQuestion } from "#engine/metrics/record-question.ts";
import type { Json } from "#engine/words/json.ts";
import type { Database } from "../../../runtime/db/client.ts";
import { readRecordFacts } from "../../../runtime/store/record-facts.ts";
import { recordsStatements, type StoredRecord } from "../../../runtime/store/records-write.ts";
import { emptyDatabase, NOW } from "../ingest/support.ts";

let db: Database;
const note = (id: string, about: string, date: string, fields: Record<string, Json>): StoredRecord => ({
  id,
  type: "thank-you",
  aboutKind: "person",
  about,
  date,
  fields: { about, ...fields },
});
const verified = { type: "thank-you", about: "ana", period: "2026-02", where: { verified: true } };
const ask = async (params: Record<string, Json>, knownAt?: number) => {
  const question = recordQuestion(params, "2026-03-10");
  return question && (await readRecordFacts(db, [question], knownAt))[0]!.count;
};

beforeAll(async () => {
  db = await emptyDatabase();
  await db.write(
    recordsStatements(
      [
        note("n1", "ana", "2026-02-01", { verified: true, case: "c1" }),
        note("n2", "ana", "2026-02-28", { verified: true, case: "c1" }),
        note("n3", "ana", "2026-02-14", { verified: false, case: "c2" }),
        note("n4", "ana", "2026-03-01", { verified: true, case: "c3" }),
        note("n5", "ana", "2026-02-14", { verified: true }),
        note("n6", "ben", "2026-02-14", { verified: true, case: "c1" }),
        { ...note("n7", "ana", "2026-02-14", { verified: true }), type: "complaint" },
      ],
      { recordedAt: NOW, importNo: 0 },
    ),
  );
});
afterAll(() => db.close());

describe("the fact records", () => {
  it("counts the records of a type about somebody in a period, those of its last day and not those of the next", async () => {
    expect(await ask({ type: "thank-you", about: "ana", period: "2026-02" })).toBe(4);
    expect(await ask({ type: "thank-you", about: "ana" })).toBe(5);
    expect(await ask({ type: "thank-you", about: "ana", period: "previous-month" })).toBe(4);
    expect(await ask({ type: "thank-you", period: "2026-02" })).toBe(5);
  });

  it("G9: counts verified notes only, and several notes about one case once", async () => {
    expect(await ask(verified)).toBe(3);
    expect(await ask({ ...verified, distinct: "case" })).toBe(2);
    expect(await ask({ ...verified, about: "ben", distinct: "case" })).toBe(1);
    expect(await ask({ ...verified, about: "nobody", distinct: "case" })).toBe(0);
  });

  it("is not known, rather than zero, where the params ask nothing that can be answered", async () => {
    expect(await ask({ about: "ana" })).toBeUndefined();
    expect(await ask({ ...verified, period: "2026-13" })).toBeUndefined();
    expect(await ask({ ...verified, period: null })).toBeUndefined();
    expect(await ask({ ...verified, where: "verified" })).toBeUndefined();
  });

  it("answers as it was known at an instant", async () => {
    expect(await ask(verified, NOW)).toBe(3);
    expect(await ask(verified, NOW - 1)).toBe(0);
  });

  it("answers many questions in their order", async () => {
    const questions = Array.from(
      { length: 1_300 },
      (_, i) =>
        recordQuestion({ ...verified, about: i % 3 === 0 ? "ana" : i % 3 === 1 ? "ben" : "cleo" }, "2026-03-10")!,
    );
    const facts = await readRecordFacts(db, questions);
    expect(facts.map(({ count }) => count)).toEqual(questions.map((_, i) => [3, 1, 0][i % 3]));
  });
});
