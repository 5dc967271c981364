import type { PayoutInputs } from "#engine/incentive/inputs.ts";
import type { Payout } from "#engine/incentive/payout.ts";
import type { PayoutDelta } from "#engine/incentive/payout-delta.ts";
import type { Database, Statement } from "../db/client.ts";
import { insertRows } from "../db/many-rows.ts";
import type { Cell } from "../db/versioned.ts";
import { BELOW } from "./people-list.ts";

/** What a run computed for a person: whole, with its trace, beside what it was computed from. */
export interface StoredPayout {
  payout: Payout;
  inputs: PayoutInputs;
  /** Where the payee belonged, and the region that the summary counts them in. */
  unit: string | null;
  region: string | null;
  /** Against the payout before, where both have an amount. */
  delta: PayoutDelta | null;
}

/** Statements that store payouts of a run; a person's is stored once. */
export function insertPayouts(run: string, rows: readonly StoredPayout[]): Statement[] {
  return insertRows(
    `INSERT INTO payouts (run, person, unit, region, status, total_minor, payable_minor, held_minor, target_minor, attainment,
       reason, delta, payout, inputs)`,
    14,
    rows.map(({ payout, inputs, unit, region, delta }): Cell[] => [
      run,
      payout.payee.id,
      unit,
      region,
      payout.status,
      payout.totalMinor,
      payout.payableMinor,
      payout.heldMinor,
      payout.targetMinor,
      payout.attainment,
      payout.missing.map(({ message }) => message).join(" ") || null,
      delta === null ? null : JSON.stringify(delta),
      JSON.stringify(payout),
      JSON.stringify(inputs),
    ]),
    "ON CONFLICT (run, person) DO NOTHING",
  );
}

/** A row of a run without the payout itself. */
export interface PayoutFigures {
  person: string;
  unit: string | null;
  region: string | null;
  status: Payout["status"];
  totalMinor: number | null;
  payableMinor: number | null;
  heldMinor: number | null;
  targetMinor: number | null;
  attainment: string | null;
  reason: string | null;
  /** The difference to the payout before. */
  deltaMinor: number | null;
}

const FIGURES = `p.person, p.unit, p.region, p.status, p.total_minor AS totalMinor, p.payable_minor AS payableMinor,
  p.held_minor AS heldMinor, p.target_minor AS targetMinor, p.attainment, p.reason, p.delta ->> '$.deltaMinor' AS deltaMinor`;

/** Rows of one page: keeps a statement under 20 ms. */
const PAGE = 500;

/** The next rows of a run by person; fewer than a page are the last. */
export function readPayoutFigures(db: Database, run: string, after: string): Promise<PayoutFigures[]> {
  return db.read<PayoutFigures>(
    `SELECT ${FIGURES} FROM payouts AS p WHERE p.run = ? AND p.person > ? ORDER BY p.person LIMIT ${PAGE}`,
    [run, after],
  );
}
export const FIGURES_PAGE = PAGE;

/** Who of a slice has been computed in the run already: what a stop left is not computed twice. */
export async function computedAlready(db: Database, run: string, people: readonly string[]): Promise<Set<string>> {
  const rows = await db.read<{ person: string }>(
    "SELECT p.person FROM json_each(?) AS j CROSS JOIN payouts AS p ON p.run = ? AND p.person = j.value",
    [JSON.stringify(people), run],
  );
  return new Set(rows.map(({ person }) => person));
}

/** One person's payout in a run. */
export async function readStoredPayout(db: Database, run: string, person: string): Promise<StoredPayout | undefined> {
  const [row] = await db.read<{
    unit: string | null;
    region: string | null;
    payout: string;
    inputs: string;
    delta: string | null;
  }>("SELECT unit, region, payout, inputs, delta FROM payouts WHERE run = ? AND person = ?", [run, person]);
  return (
    row && {
      unit: row.unit,
      region: row.region,
      payout: JSON.parse(row.payout) as Payout,
      inputs: JSON.parse(row.inputs) as PayoutInputs,
      delta: row.delta === null ? null : (JSON.parse(row.delta) as PayoutDelta),
    }
  );
}

/** The latest payouts with an amount that other finished runs of the plan and period gave these people. */
export async function payoutsBefore(
  db: Database,
  run: { id: string; plan: string; period: string },
  people: readonly string[],
): Promise<Map<string, Payout>> {
  const [earlier] = await db.read(
    "SELECT 1 FROM payout_runs WHERE plan = ? AND period = ? AND status = 'computed' AND id <> ? LIMIT 1",
    [run.plan, run.period, run.id],
  );
  if (!earlier) return new Map();
  const rows = await db.read<{ person: string; payout: string | null }>(
    `SELECT j.value AS person, (
       SELECT p.payout FROM payouts AS p JOIN payout_runs AS r ON r.id = p.run
       WHERE p.person = j.value AND r.plan = :plan AND r.period = :period AND r.status = 'computed' AND r.id <> :id
         AND p.status IN ('computed', 'not eligible')
       ORDER BY p.rowid DESC LIMIT 1) AS payout
     FROM json_each(:people) AS j`,
    { id: run.id, plan: run.plan, period: run.period, people: JSON.stringify(people) },
  );
  return new Map(
    rows.flatMap(({ person, payout }) => (payout === null ? [] : [[person, JSON.parse(payout) as Payout] as const])),
  );
}

/** A row as the list of a run shows it. */
export interface ListedPayout extends PayoutFigures {
  name: string;
  title: string | null;
  unitTitle: string | null;
}

/** What a list of a run is narrowed to. */
export interface PayoutRowsQuery {
  /** A part of the name, in any case. */
  q?: string;
  /** This unit and everything below it, on `on`. */
  unit?: string;
  on: string;
  /** Only these people: the reader's scope. */
  visible?: readonly string[];
  cursor?: string;
  limit?: number;
}

/** One page of a run, those with an amount first and the largest first among them. */
export async function listPayouts(
  db: Database,
  run: string,
  query: PayoutRowsQuery,
): Promise<{ items: ListedPayout[]; total: number; next: string | null }> {
  const limit = Math.min(500, Math.max(1, query.limit ?? 100));
  const offset = Math.max(0, Number.parseInt(query.cursor ?? "0", 10) || 0);
  const where = ["p.run = :run"];
  const args: Record<string, string | number> = { run };
  if (query.q !== undefined && query.q.trim() !== "") {
    where.push(`json_extract(p.payout, '$.payee.name') LIKE :q ESCAPE '\\'`);
    args.q = `%${query.q.trim().replaceAll(/[\\%_]/g, "\\$&")}%`;
  }
  if (query.unit !== undefined) {
    where.push("p.unit IN (SELECT id FROM below)");
    args.unit = query.unit;
    args.on = query.on;
  }
  if (query.visible) {
    where.push("p.person IN (SELECT value FROM json_each(:visible))");
    args.visible = JSON.stringify(query.visible);
  }
  const below = query.unit === undefined ? "" : `WITH RECURSIVE ${BELOW}`;
  const [items, count] = await db.readMany<Record<string, unknown>>([
    {
      sql: `${below} SELECT ${FIGURES}, ifnull(p.payout ->> '$.payee.name', p.person) AS name,
              (SELECT f.title FROM profiles AS f WHERE f.person = p.person AND f.superseded_at IS NULL LIMIT 1) AS title,
              (SELECT u.title FROM units AS u WHERE u.id = p.unit AND u.superseded_at IS NULL ORDER BY u.valid_from DESC LIMIT 1) AS unitTitle
            FROM payouts AS p WHERE ${where.join(" AND ")}
            ORDER BY p.total_minor IS NULL, p.total_minor DESC, p.person LIMIT :limit OFFSET :offset`,
      args: { ...args, limit, offset },
    },
    { sql: `${below} SELECT count(*) AS total FROM payouts AS p WHERE ${where.join(" AND ")}`, args },
  ]);
  const total = Number(count?.[0]?.total ?? 0);
  return {
    items: (items ?? []).map((row) => ({ ...row }) as unknown as ListedPayout),
    total,
    next: offset + limit < total ? String(offset + limit) : null,
  };
}
