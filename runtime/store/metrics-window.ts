import { known } from "../db/as-of.ts";
import type { Database } from "../db/client.ts";
import type { ObservationState, SubjectKind } from "./observations-write.ts";

/** The values of a metric for a subject in `[from, to)`. */
export interface WindowRequest {
  metric: string;
  subjectKind: SubjectKind;
  subject: string;
  from: string;
  to: string;
}

/** A stored value of a period. */
export interface WindowValue {
  periodFrom: string;
  periodTo: string | null;
  value: string | null;
  target: string | null;
  state: ObservationState;
  recordedAt: number;
}

/**
 * Many windows in one read, of one moment: for each request, in order, the values whose period lies within the window (a
 * period with an open end counts once it has begun), the oldest first. What the engine makes of them (sum, mean,
 * attainment) is the engine's business.
 *
 * @param knownAt as known at this instant; now where absent
 */
export async function metricWindow(
  db: Database,
  requests: readonly WindowRequest[],
  knownAt?: number,
): Promise<WindowValue[][]> {
  const answers: WindowValue[][] = requests.map(() => []);
  if (requests.length === 0) return answers;
  const asked = requests.map((r) => [r.subject, r.metric, r.subjectKind, r.from, r.to]);
  const [result] = await db.read<{ rows: string }>(
    `SELECT json_group_array(json_array(r.key, o.period_from, o.period_to, o.value, o.target, o.state, o.recorded_at)) AS rows
     FROM json_each(:asked) AS r CROSS JOIN observations AS o
     WHERE o.subject = r.value ->> 0 AND o.metric = r.value ->> 1 AND o.subject_kind = r.value ->> 2
       AND o.period_from >= r.value ->> 3 AND o.period_from < r.value ->> 4
       AND (o.period_to IS NULL OR o.period_to <= r.value ->> 4) AND ${known("o", knownAt === undefined ? undefined : ":knownAt")}`,
    { asked: JSON.stringify(asked), ...(knownAt === undefined ? {} : { knownAt }) },
  );
  for (const [i, periodFrom, periodTo, value, target, state, recordedAt] of JSON.parse(result?.rows ?? "[]") as [
    number,
    string,
    string | null,
    string | null,
    string | null,
    ObservationState,
    number,
  ][])
    answers[i]?.push({ periodFrom, periodTo, value, target, state, recordedAt });
  for (const answer of answers)
    answer.sort((a, b) => (a.periodFrom < b.periodFrom ? -1 : a.periodFrom > b.periodFrom ? 1 : 0));
  return answers;
}
