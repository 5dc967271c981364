import type { Period } from "#engine/time/period.ts";
import { parsePeriod, relativePeriod } from "#engine/time/period.ts";
import { type Json, sameJson } from "#engine/words/json.ts";
import { known } from "../db/as-of.ts";
import type { Database } from "../db/client.ts";

/** How many records of a type there are about somebody in a period. */
export interface RecordQuestion {
  type: string;
  /** The person or unit they are about; whoever it is where absent. */
  about?: string;
  period?: Pick<Period, "from" | "to">;
  /** Fields that must have exactly these values. */
  where?: Record<string, Json>;
  /** Records with the same value of this field count once; one without a value counts by itself. */
  distinct?: string;
}

/** The answer, as a rule reads it: `$.count`. */
export interface RecordFact {
  count: number;
}

/**
 * The question that the params of the fact `records` ask: `{ type, about?, period?, where?, distinct? }`, `$subject` and
 * `$period` already bound. A period is an id (`2026-Q3`) or a word (`previous-month`) seen from `date`. Undefined where the
 * params ask nothing that can be answered, so that the fact is not known instead of zero.
 */
export function recordQuestion(params: Record<string, Json>, date: string): RecordQuestion | undefined {
  const { type, about, period, where, distinct } = params;
  if (typeof type !== "string" || about === null || period === null) return undefined;
  if (about !== undefined && typeof about !== "string") return undefined;
  const span = typeof period === "string" ? (parsePeriod(period) ?? relativePeriod(period, date)) : undefined;
  if (period !== undefined && !span) return undefined;
  if (where !== undefined && (typeof where !== "object" || where === null || Array.isArray(where))) return undefined;
  if (distinct !== undefined && typeof distinct !== "string") return undefined;
  return {
    type,
    ...(about === undefined ? {} : { about }),
    ...(span ? { period: { from: span.from, to: span.to } } : {}),
    ...(where === undefined ? {} : { where }),
    ...(distinct === undefined ? {} : { distinct }),
  };
}

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
  const counted = questions.map(() => new Set<string>());
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
      const question = questions[i]!;
      if (!Object.entries(question.where ?? {}).every(([name, value]) => sameJson(fields[name] ?? null, value)))
        continue;
      const group = question.distinct === undefined ? undefined : fields[question.distinct];
      counted[i]!.add(group === undefined || group === null ? `id ${id}` : `value ${JSON.stringify(group)}`);
    }
  }
  return counted.map((set) => ({ count: set.size }));
}
