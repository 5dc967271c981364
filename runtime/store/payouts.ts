import type { PayoutInputs } from "#engine/incentive/inputs.ts";
import type { Payout } from "#engine/incentive/payout.ts";
import type { Database, Statement } from "../db/client.ts";
import type { Cell } from "../db/versioned.ts";
import { fed } from "./case-lanes.ts";

/** One run of a plan for a period. */
export interface RunRow {
  id: string;
  plan: string;
  version: number;
  period: string;
  currency: string;
  status: "running" | "computed" | "failed";
  job: string | null;
  by: string | null;
  startedAt: number;
  finishedAt: number | null;
}

/** A computed payout with what it was computed from. */
export interface PaidRow {
  unit: string | null;
  payout: Payout;
  inputs: PayoutInputs;
}

export function insertRun(run: RunRow): Statement {
  return {
    sql: `INSERT INTO payout_runs (id, plan, version, period, currency, status, job, by, started_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (id) DO NOTHING`,
    args: [run.id, run.plan, run.version, run.period, run.currency, run.status, run.job, run.by, run.startedAt],
  };
}

export function endRun(id: string, status: "computed" | "failed", at: number): Statement {
  return { sql: "UPDATE payout_runs SET status = ?, finished_at = ? WHERE id = ?", args: [status, at, id] };
}

/**
 * Statements that write the payouts of a slice and book them: of each line what it differs by from what is booked for the
 * person, plan and period already. A payout that was written before is not booked again. Lines that are no longer there are
 * taken back. The ledger is only ever added to.
 */
export function payoutStatements(run: RunRow, rows: readonly PaidRow[], at: number): Statement[] {
  const paid = rows.map(({ unit, payout, inputs }): Cell[] => [
    run.id,
    payout.payee.id,
    unit,
    payout.status,
    payout.totalMinor,
    payout.payableMinor,
    payout.heldMinor,
    payout.targetMinor,
    payout.attainment,
    payout.missing.map(({ message }) => message).join(" ") || null,
    JSON.stringify(payout),
    JSON.stringify(inputs),
  ]);
  // A payout without an amount books nothing and takes nothing back: it is not a zero.
  const booked = rows.filter(({ payout }) => payout.totalMinor !== null);
  const lines = booked.flatMap(({ payout }) => [
    ...payout.lines.map((line): Cell[] => [payout.payee.id, line.component, line.amountMinor ?? 0]),
    ...payout.adjustments.map((one, n): Cell[] => [payout.payee.id, `${one.kind} ${n + 1}`, one.amountMinor]),
  ]);
  return [
    {
      sql: `INSERT INTO ledger (id, run, plan, period, person, component, kind, amount_minor, currency, at)
            WITH now AS (SELECT value ->> 0 AS person, value ->> 1 AS component, sum(value ->> 2) AS amount FROM json_each(:lines) GROUP BY 1, 2),
                 before AS (SELECT l.person, l.component, sum(l.amount_minor) AS amount, count(*) AS n
                            FROM json_each(:people) AS p CROSS JOIN ledger AS l ON l.plan = :plan AND l.period = :period AND l.person = p.value
                            GROUP BY 1, 2),
                 both AS (SELECT person, component FROM now UNION SELECT person, component FROM before)
            SELECT :run || '/' || b.person || '/' || b.component, :run, :plan, :period, b.person, b.component,
                   CASE WHEN before.n IS NULL THEN 'line' ELSE 'delta' END, ifnull(now.amount, 0) - ifnull(before.amount, 0), :currency, :at
            FROM both AS b LEFT JOIN now ON now.person = b.person AND now.component = b.component
                 LEFT JOIN before ON before.person = b.person AND before.component = b.component
            WHERE (before.n IS NULL OR ifnull(now.amount, 0) <> before.amount)
              AND NOT EXISTS (SELECT 1 FROM payouts AS done WHERE done.run = :run AND done.person = b.person)
            ORDER BY b.person, b.component`,
      args: {
        lines: JSON.stringify(lines),
        people: JSON.stringify(booked.map(({ payout }) => payout.payee.id)),
        run: run.id,
        plan: run.plan,
        period: run.period,
        currency: run.currency,
        at,
      },
    },
    fed(
      "INSERT INTO payouts (run, person, unit, status, total_minor, payable_minor, held_minor, target_minor, attainment, reason, payout, inputs)",
      12,
      paid,
      "ON CONFLICT (run, person) DO NOTHING",
    ),
  ];
}

const RUN = "id, plan, version, period, currency, status, job, by, started_at AS startedAt, finished_at AS finishedAt";

/** Runs, the newest first. */
export function listRuns(db: Database, plan?: string): Promise<RunRow[]> {
  return db.read<RunRow>(
    `SELECT ${RUN} FROM payout_runs WHERE ? IS NULL OR plan = ? ORDER BY started_at DESC, id DESC LIMIT 200`,
    [plan ?? null, plan ?? null],
  );
}

export async function readRun(db: Database, id: string): Promise<RunRow | undefined> {
  const [row] = await db.read<RunRow>(`SELECT ${RUN} FROM payout_runs WHERE id = ?`, [id]);
  return row;
}

/** A row of a run as lists and totals read it, without the payout itself. */
export interface PaidSummary {
  person: string;
  unit: string | null;
  status: string;
  totalMinor: number | null;
  payableMinor: number | null;
  heldMinor: number | null;
  targetMinor: number | null;
  attainment: string | null;
  reason: string | null;
}

const SUMMARY = `person, unit, status, total_minor AS totalMinor, payable_minor AS payableMinor, held_minor AS heldMinor,
  target_minor AS targetMinor, attainment, reason`;

/** Everybody in a run, in slices. */
export async function summariesOfRun(db: Database, run: string): Promise<PaidSummary[]> {
  const all: PaidSummary[] = [];
  for (let after = ""; ; ) {
    const rows = await db.read<PaidSummary>(
      `SELECT ${SUMMARY} FROM payouts WHERE run = ? AND person > ? ORDER BY person LIMIT 2000`,
      [run, after],
    );
    all.push(...rows);
    if (rows.length < 2_000) return all;
    after = rows.at(-1)!.person;
  }
}

/** One person's payout in a run, with its trace and inputs. */
export async function readPayout(
  db: Database,
  run: string,
  person: string,
): Promise<(PaidRow & { status: string }) | undefined> {
  const [row] = await db.read<{ unit: string | null; status: string; payout: string; inputs: string }>(
    "SELECT unit, status, payout, inputs FROM payouts WHERE run = ? AND person = ?",
    [run, person],
  );
  return (
    row && {
      unit: row.unit,
      status: row.status,
      payout: JSON.parse(row.payout) as Payout,
      inputs: JSON.parse(row.inputs) as PayoutInputs,
    }
  );
}

/** A person's payouts, the newest run first. */
export function payoutsOfPerson(db: Database, person: string): Promise<(PaidSummary & { run: string })[]> {
  return db.read(`SELECT run, ${SUMMARY} FROM payouts WHERE person = ? ORDER BY run DESC LIMIT 500`, [person]);
}

/** What is booked for a person by a plan and a period: the sum of the ledger. */
export async function bookedMinor(db: Database, person: string, plan: string, period: string): Promise<number> {
  const [row] = await db.read<{ sum: number | null }>(
    "SELECT sum(amount_minor) AS sum FROM ledger WHERE person = ? AND plan = ? AND period = ?",
    [person, plan, period],
  );
  return row?.sum ?? 0;
}
