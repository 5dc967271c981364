import type { Statement } from "../db/client.ts";

/** A run as its bookings carry it. */
export interface BookedRun {
  id: string;
  plan: string;
  period: string;
  currency: string;
}

/**
 * Statement that books the stored payouts of a run, of people after `after` up to `upTo` by id. Append-only: of each line it
 * books what it differs by from all that is booked for the person, plan and period already, and takes back lines that are no
 * longer there. A person's first booking is of kind `line`, also where a line is zero; every later one is a `delta` with its
 * cause. The entries of a person sum to what the payout pays now: its lines, its adjustments, less what is held back.
 * Nothing is booked of a payout that waits in review or could not be evaluated, and what is booked stays until it is decided.
 * Booking the same people again books nothing.
 */
export function bookPayouts(run: BookedRun, after: string, upTo: string, at: number): Statement {
  return {
    sql: `WITH slice AS MATERIALIZED (
            SELECT person, payout, held_minor, delta FROM payouts
            WHERE run = :run AND person > :after AND person <= :upTo AND status IN ('computed', 'not eligible')),
          owed AS (
            SELECT s.person, l.value ->> 'component' AS component, l.value ->> 'amountMinor' AS amount, NULL AS payment
            FROM slice AS s, json_each(s.payout, '$.lines') AS l
            UNION ALL
            SELECT s.person, a.value ->> 'kind' || ifnull(' ' || (a.value ->> 'payment'), ''), a.value ->> 'amountMinor', a.value ->> 'payment'
            FROM slice AS s, json_each(s.payout, '$.adjustments') AS a
            UNION ALL
            SELECT person, 'held back', -held_minor, NULL FROM slice WHERE held_minor <> 0),
          now AS MATERIALIZED (
            SELECT person, component, sum(amount) AS amount, max(payment) AS payment FROM owed GROUP BY person, component),
          booked AS MATERIALIZED (
            SELECT l.person, l.component, sum(l.amount_minor) AS amount, max(l.payment) AS payment
            FROM slice AS s CROSS JOIN ledger AS l ON l.person = s.person AND l.plan = :plan AND l.period = :period
            GROUP BY l.person, l.component),
          known AS MATERIALIZED (SELECT DISTINCT person FROM booked),
          changes AS (
            SELECT n.person, n.component, n.amount - ifnull(b.amount, 0) AS amount, n.payment
            FROM now AS n LEFT JOIN booked AS b ON b.person = n.person AND b.component = n.component
            UNION ALL
            SELECT b.person, b.component, -b.amount, b.payment
            FROM booked AS b LEFT JOIN now AS n ON n.person = b.person AND n.component = b.component WHERE n.person IS NULL)
          INSERT INTO ledger (id, run, plan, period, person, component, kind, amount_minor, currency, at, cause, payment)
          SELECT :run || '/' || c.person || '/' || c.component, :run, :plan, :period, c.person, c.component,
                 CASE WHEN k.person IS NULL THEN 'line' ELSE 'delta' END, c.amount, :currency, :at,
                 CASE WHEN k.person IS NULL THEN NULL ELSE (
                   SELECT json_group_array(e.value) FROM (
                     SELECT l.value -> '$.cause' AS causes FROM slice AS s, json_each(s.delta, '$.lines') AS l
                     WHERE s.person = c.person AND l.value ->> 'component' = c.component
                     UNION ALL SELECT s.delta -> '$.cause' FROM slice AS s WHERE s.person = c.person), json_each(causes) AS e) END,
                 c.payment
          FROM changes AS c LEFT JOIN known AS k ON k.person = c.person
          WHERE c.amount <> 0 OR k.person IS NULL ORDER BY c.person, c.component ON CONFLICT (id) DO NOTHING`,
    args: { run: run.id, plan: run.plan, period: run.period, currency: run.currency, after, upTo, at },
  };
}
