import { setImmediate as nextTurn } from "node:timers/promises";
import type { Transaction } from "#engine/incentive/inputs.ts";
import type { PlanDocument } from "#engine/incentive/plan.ts";
import { valueAt } from "#engine/incentive/simple-path.ts";
import type { Period } from "#engine/time/period.ts";
import type { Database } from "../db/client.ts";
import { type DatedRecord, readDatedRecords } from "../store/payout-transactions.ts";

/** The transactions of a period by the people they may pay. */
export interface CreditedTransactions {
  of: (person: string) => Transaction[];
  /** Those that nobody can be paid for, since nobody is named. */
  uncredited: { id: string; title: string; reason: string }[];
}

/**
 * Reads all transactions of a plan's period, page by page, and gives each to those whom its credits name. One whose credits
 * cannot be read goes to the person it is about, whose payout then says what is wrong; without one it is listed.
 */
export async function creditedTransactions(
  db: Database,
  plan: PlanDocument,
  period: Pick<Period, "from" | "to">,
  knownAt: number,
): Promise<CreditedTransactions> {
  const byPerson = new Map<string, Transaction[]>();
  const uncredited: CreditedTransactions["uncredited"] = [];
  for (let after: DatedRecord | undefined; ; ) {
    const page = await readDatedRecords(db, {
      ...period,
      type: plan.transaction ?? "",
      knownAt,
      ...(after ? { after } : {}),
    });
    for (const record of page) {
      const people = creditedPeople(plan, record);
      const { id, date, fields } = record;
      for (const person of people) {
        const own = byPerson.get(person);
        if (own) own.push({ id, date, fields });
        else byPerson.set(person, [{ id, date, fields }]);
      }
      if (people.length > 0) continue;
      const reason = plan.credit ? `It has no credits at ${plan.credit.splits}.` : "It is about nobody.";
      uncredited.push({ id, title: String(fields.title ?? id), reason });
    }
    after = page.at(-1);
    if (page.length === 0) break;
    await nextTurn();
  }
  return { of: (person) => byPerson.get(person) ?? [], uncredited };
}

function creditedPeople(plan: PlanDocument, { fields, about }: DatedRecord): string[] {
  const own = about === null ? [] : [about];
  if (!plan.credit) return own;
  const splits = valueAt(fields, plan.credit.splits);
  const named = Array.isArray(splits)
    ? splits.flatMap((split) => {
        const person = valueAt(split, "$.person");
        return typeof person === "string" ? [person] : [];
      })
    : [];
  return named.length > 0 ? [...new Set(named)] : own;
}
