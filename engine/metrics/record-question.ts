import { type Period, parsePeriod, relativePeriod } from "../time/period.ts";
import { type Json, sameJson } from "../words/json.ts";

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

/** Counts what is left of a question once type, person and period are seen to: the fields, and what counts once. */
export function countRecords(
  question: RecordQuestion,
  records: Iterable<{ id: string; fields: Record<string, Json> }>,
): RecordFact {
  const counted = new Set<string>();
  for (const { id, fields } of records) {
    if (!Object.entries(question.where ?? {}).every(([name, value]) => sameJson(fields[name] ?? null, value))) continue;
    const group = question.distinct === undefined ? undefined : fields[question.distinct];
    counted.add(group === undefined || group === null ? `id ${id}` : `value ${JSON.stringify(group)}`);
  }
  return { count: counted.size };
}
