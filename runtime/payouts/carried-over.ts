import { setImmediate as nextTurn } from "node:timers/promises";
import type { PayoutInputs, Reversal } from "#engine/incentive/inputs.ts";
import type { PlanDocument } from "#engine/incentive/plan.ts";
import { dateAt } from "#engine/time/instant-text.ts";
import type { Period } from "#engine/time/period.ts";
import type { Zone } from "#engine/time/zone.ts";
import type { Database } from "../db/client.ts";
import { carriedBalances, earlierPayments } from "../store/ledger-read.ts";
import { readDatedRecords } from "../store/payout-transactions.ts";

/** Transactions in one statement. */
const SLICE = 500;
/** Before any date of a record. */
const EVER = "0001-01-01";

/**
 * The events until the end of the period that take back what earlier periods paid, by person. An event is a record of the
 * type that the plan's clawback names; its field called as the type of the transactions (`deal`) says which one. What was
 * already taken back before this period is not taken back again.
 */
export async function reversalsOf(
  db: Database,
  plan: PlanDocument,
  period: Period,
  knownAt: number,
  place: Zone,
): Promise<Map<string, Reversal[]>> {
  const byPerson = new Map<string, Reversal[]>();
  const { clawback, transaction } = plan;
  if (!clawback || !transaction) return byPerson;
  const events = new Map<string, { id: string; date: string }>();
  for (let after: { date: string; id: string } | undefined; ; ) {
    const query = { type: clawback.on, from: EVER, to: period.to, knownAt, ...(after ? { after } : {}) };
    const page = await readDatedRecords(db, query);
    for (const { id, date, fields } of page) {
      const lost = fields[transaction];
      // The first event of a transaction counts: a customer is lost once.
      if (typeof lost === "string" && !events.has(lost)) events.set(lost, { id, date });
    }
    after = page.at(-1);
    if (page.length === 0) break;
    await nextTurn();
  }
  const lost = [...events.keys()];
  for (let at = 0; at < lost.length; at += SLICE) {
    for (const paid of await earlierPayments(db, plan.id, period.id, lost.slice(at, at + SLICE))) {
      const event = events.get(paid.transaction)!;
      const reversal: Reversal = {
        id: event.id,
        payment: paid.payment,
        transaction: paid.transaction,
        on: clawback.on,
        paidOn: dateAt(paid.paidAt, place),
        happenedOn: event.date,
        paidMinor: paid.paidMinor,
      };
      byPerson.set(paid.person, [...(byPerson.get(paid.person) ?? []), reversal]);
    }
    await nextTurn();
  }
  return byPerson;
}

/** Open balances of people for plans that carry any; nothing for others. */
export async function balancesOf(
  db: Database,
  plan: PlanDocument,
  period: Period,
  people: readonly string[],
): Promise<Map<string, NonNullable<PayoutInputs["balances"]>>> {
  return plan.draw || plan.clawback ? carriedBalances(db, plan.id, period.id, people) : new Map();
}
