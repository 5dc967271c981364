import { known, validOn } from "../db/as-of.ts";
import type { Database } from "../db/client.ts";
import type { SubjectKind } from "./observations-write.ts";
import { BELOW } from "./people-list.ts";

/** One period of a series. Sums are exact decimals as text. */
export interface SeriesPoint {
  periodFrom: string;
  periodTo: string | null;
  value: string | null;
  target: string | null;
  /** The weakest state of what went in: one provisional value makes the point provisional. */
  state: "provisional" | "adjusted" | "final";
  /** How many values went in. */
  n: number;
  recordedAt: number;
}

/** Which periods, and as known when. */
export interface SeriesRange {
  from?: string;
  to?: string;
  knownAt?: number;
}

/** The stored series of one subject: a person, a unit, or the organisation. */
export async function metricSeries(
  db: Database,
  metric: string,
  subject: { kind: SubjectKind; id: string },
  range: SeriesRange = {},
): Promise<SeriesPoint[]> {
  const { sql, args } = between("o", range);
  return db.read<SeriesPoint>(
    `SELECT o.period_from AS periodFrom, o.period_to AS periodTo, o.value, o.target, o.state, 1 AS n, o.recorded_at AS recordedAt
     FROM observations AS o WHERE o.subject = :subject AND o.metric = :metric AND o.subject_kind = :kind AND ${sql} ORDER BY o.period_from`,
    { subject: subject.id, metric, kind: subject.kind, ...args },
  );
}

/** How the values of many people become one. */
export type RollUp = "sum" | "mean" | "min" | "max" | "count";

/** Twelve digits after the point would leave a sum six before it; four are more than any metric of ours has. */
const SCALE = 10_000;

/**
 * The series of everybody in a unit and below it, rolled up in SQL. People count where they were: by their primary line on
 * the first day of the period ("as was"), or on one date for all periods ("as is", `asIs`). Values are summed as whole
 * ten-thousandths, so that a sum is exact and equals the sum of its children.
 */
export async function unitSeries(
  db: Database,
  metric: string,
  unit: string,
  rollUp: RollUp,
  range: SeriesRange & { on: string; asIs?: boolean },
): Promise<SeriesPoint[]> {
  const { sql, args } = between("o", range);
  const day = range.asIs ? ":on" : "o.period_from";
  const rows = await db.read<RolledUp>(
    `WITH RECURSIVE ${BELOW}
     SELECT o.period_from AS periodFrom, o.period_to AS periodTo, ${rolledUp(rollUp)}
     FROM below CROSS JOIN assignments AS a ON a.unit = below.id CROSS JOIN observations AS o ON o.subject = a.person
     WHERE a.kind = 'primary' AND o.metric = :metric AND o.subject_kind = 'person' AND ${known("a")} AND ${validOn("a", day)} AND ${sql}
     GROUP BY o.period_from, o.period_to ORDER BY o.period_from`,
    { unit, on: range.on, metric, ...args },
  );
  return rows.map((row) => pointOf(row, rollUp));
}

/**
 * The series of everybody, rolled up as `unitSeries` does, whichever unit they were in. One statement for each period, so
 * that others are served between them: a year of 5,000 people in one would hold everybody up for a quarter of a second.
 */
export async function everyoneSeries(
  db: Database,
  metric: string,
  rollUp: RollUp,
  range: SeriesRange = {},
): Promise<SeriesPoint[]> {
  const { sql, args } = between("o", range);
  const periods = await db.read<{ start: string }>(
    `SELECT DISTINCT o.period_from AS start FROM observations AS o
     WHERE o.metric = :metric AND o.subject_kind = 'person' AND o.period_from >= :from AND o.period_from < :to ORDER BY start`,
    { metric, from: range.from ?? "0000-01-01", to: range.to ?? "9999-12-31" },
  );
  const points: SeriesPoint[] = [];
  for (const { start } of periods) {
    const rows = await db.read<RolledUp>(
      `SELECT o.period_from AS periodFrom, o.period_to AS periodTo, ${rolledUp(rollUp)}
       FROM observations AS o WHERE o.metric = :metric AND o.period_from = :start AND o.subject_kind = 'person' AND ${sql}
       GROUP BY o.period_from, o.period_to ORDER BY o.period_to`,
      { metric, start, ...args },
    );
    points.push(...rows.map((row) => pointOf(row, rollUp)));
  }
  return points;
}

interface RolledUp {
  periodFrom: string;
  periodTo: string | null;
  value: number | null;
  target: number | null;
  weakest: number;
  n: number;
  recordedAt: number;
}

const rolledUp = (rollUp: RollUp) =>
  `${aggregate(rollUp, "o.value")} AS value, ${aggregate(rollUp, "o.target")} AS target,
   min(CASE o.state WHEN 'provisional' THEN 0 WHEN 'adjusted' THEN 1 ELSE 2 END) AS weakest, count(o.value) AS n, max(o.recorded_at) AS recordedAt`;

const pointOf = ({ weakest, ...row }: RolledUp, rollUp: RollUp): SeriesPoint => ({
  ...row,
  value: decimal(row.value, rollUp),
  target: decimal(row.target, rollUp),
  state: weakest === 0 ? "provisional" : weakest === 1 ? "adjusted" : "final",
});

function between(alias: string, range: SeriesRange): { sql: string; args: Record<string, string | number> } {
  const parts = [known(alias, range.knownAt === undefined ? undefined : ":knownAt")];
  const args: Record<string, string | number> = range.knownAt === undefined ? {} : { knownAt: range.knownAt };
  if (range.from !== undefined) {
    parts.push(`${alias}.period_from >= :from`);
    args.from = range.from;
  }
  if (range.to !== undefined) {
    parts.push(`${alias}.period_from < :to`);
    args.to = range.to;
  }
  return { sql: parts.join(" AND "), args };
}

function aggregate(rollUp: RollUp, column: string): string {
  if (rollUp === "count") return `count(${column})`;
  const whole = `CAST(round(${column} * ${SCALE}) AS INTEGER)`;
  return rollUp === "mean" ? `CAST(round(avg(${whole})) AS INTEGER)` : `${rollUp}(${whole})`;
}

/** Ten-thousandths as a decimal without superfluous zeros. */
function decimal(amount: number | null, rollUp: RollUp): string | null {
  if (amount === null) return null;
  if (rollUp === "count") return String(amount);
  const sign = amount < 0 ? "-" : "";
  const digits = String(Math.abs(amount)).padStart(5, "0");
  const fraction = digits.slice(-4).replace(/0+$/, "");
  return `${sign}${digits.slice(0, -4)}${fraction ? `.${fraction}` : ""}`;
}
