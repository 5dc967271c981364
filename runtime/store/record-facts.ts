import { countRecords, type RecordFact, type RecordQuestion } from "#engine/metrics/record-question.ts";
import type { Json } from "#engine/words/json.ts";
import { known } from "../db/as-of.ts";
import type { Database } from "../db/client.ts";

/** Questions in one statement; a person has few records of a kind. */
const SLICE = 500;

/** Answers questions in their order, some hundred in each statement. `knownAt`: as known at that instant; now where absent. */
export async function readRecordFacts(
  db: Database,
  questions: readonly RecordQuestion[],
  knownAt?: number,
): Promise<RecordFact[]> {
  const facts: RecordFact[] = [];
  for (let at = 0; at < questions.length; at += SLICE) {
    facts.push(...(await readSlice(db, questions.slice(at, at + SLICE), knownAt)));
  }
  return facts;
}

async function readSlice(
  db: Database,
  questions: readonly RecordQuestion[],
  knownAt: number | undefined,
): Promise<RecordFact[]> {
  const found: { id: string; fields: Record<string, Json> }[][] = questions.map(() => []);
  const asOf = known("r", knownAt === undefined ? undefined : ":knownAt");
  const span = "(j.value ->> 2 IS NULL OR (r.date >= j.value ->> 2 AND r.date < j.value ->> 3))";
  // Two statements, since SQLite takes an index only where it knows which column is asked for.
  for (const named of [true, false]) {
    const asked = questions.flatMap((question, i) =>
      (question.about !== undefined) === named
        ? [[i, question.type, question.period?.from ?? null, question.period?.to ?? null, question.about ?? null]]
        : [],
    );
    if (asked.length === 0) continue;
    const match = named ? "r.about = j.value ->> 4 AND r.type = j.value ->> 1" : "r.type = j.value ->> 1";
    const [row] = await db.read<{ rows: string }>(
      `SELECT json_group_array(json_array(j.value ->> 0, r.id, json(r.fields))) AS rows
       FROM json_each(:asked) AS j CROSS JOIN records AS r WHERE ${match} AND ${span} AND ${asOf}`,
      { asked: JSON.stringify(asked), ...(knownAt === undefined ? {} : { knownAt }) },
    );
    for (const [i, id, fields] of JSON.parse(row?.rows ?? "[]") as [number, string, Record<string, Json>][]) {
      found[i]!.push({ id, fields });
    }
  }
  return questions.map((question, i) => countRecords(question, found[i]!));
}
