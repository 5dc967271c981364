import type { Database } from "../db/client.ts";

/** What was paid to somebody for a transaction in an earlier period. */
export interface EarlierPayment {
  /** The ledger line that paid first. */
  payment: string;
  transaction: string;
  person: string;
  paidAt: number;
  /** With all corrections since. */
  paidMinor: number;
}

/** Payments of a plan for transactions, made for earlier periods, of which nothing was taken back before this period. */
export async function earlierPayments(
  db: Database,
  plan: string,
  period: string,
  transactions: readonly string[],
): Promise<EarlierPayment[]> {
  return db.read<EarlierPayment>(
    `WITH paid AS (
       SELECT l.person, l.component, min(l.seq) AS first, sum(l.amount_minor) AS amount
       FROM (SELECT DISTINCT value FROM json_each(:transactions)) AS j CROSS JOIN ledger AS l ON l.plan = :plan AND l.component = j.value
       WHERE l.period < :period GROUP BY l.person, l.component)
     SELECT f.id AS payment, p.component AS "transaction", p.person, f.at AS paidAt, p.amount AS paidMinor
     FROM paid AS p JOIN ledger AS f ON f.seq = p.first
     WHERE p.amount > 0 AND NOT EXISTS (
       SELECT 1 FROM ledger AS t WHERE t.person = p.person AND t.plan = :plan AND t.period < :period AND t.payment = f.id)
     ORDER BY f.seq`,
    { plan, period, transactions: JSON.stringify(transactions) },
  );
}

/** What people carry over from their latest computed payout of an earlier period of the plan. */
export async function carriedBalances(
  db: Database,
  plan: string,
  period: string,
  people: readonly string[],
): Promise<Map<string, { drawMinor: number; clawbackMinor: number }>> {
  const rows = await db.read<{ person: string; balances: string }>(
    `SELECT j.value AS person, (
       SELECT p.payout -> '$.balances' FROM payouts AS p JOIN payout_runs AS r ON r.id = p.run
       WHERE p.person = j.value AND r.plan = :plan AND r.period < :period AND r.status = 'computed' AND p.status = 'computed'
       ORDER BY r.period DESC, p.rowid DESC LIMIT 1) AS balances
     FROM json_each(:people) AS j WHERE balances IS NOT NULL`,
    { plan, period, people: JSON.stringify(people) },
  );
  return new Map(
    rows.map(({ person, balances }) => [person, JSON.parse(balances) as { drawMinor: number; clawbackMinor: number }]),
  );
}
