import { Decimal } from "../words/decimal.ts";
import { type Calculation, rateDetail } from "./calculation.ts";
import { dayNumber } from "./calendar-days.ts";
import { toMinor } from "./currency.ts";
import type { Transaction } from "./inputs.ts";
import type { LineInProgress } from "./line.ts";
import { decimalText, readNumeric } from "./numeric.ts";
import { valueAt } from "./simple-path.ts";
import type { TraceStep, TraceValue } from "./trace.ts";

/**
 * A line for each transaction that the payee has credit in: amount × the rate of its band × the payee's share.
 * Transactions are taken by date, then id, whatever the order in which they were given, because caps are used up in it.
 */
export function transactionLines(calc: Calculation): LineInProgress[] {
  const { transactions } = calc.inputs;
  if (!transactions) {
    calc.lacks("input", "transactions", `There are no ${calc.plan.transaction ?? "transaction"} records to pay on.`);
    return [];
  }
  const sorted = transactions.toSorted((a, b) => compare(a.date, b.date) || compare(a.id, b.id));
  const seen = new Set<string>();
  return sorted.flatMap((transaction) => {
    if (seen.has(transaction.id)) {
      calc.lacks("input", transaction.id, `The transaction ${transaction.id} is given twice.`, transaction.id);
      return [];
    }
    seen.add(transaction.id);
    return transactionLine(calc, transaction) ?? [];
  });
}

function transactionLine(calc: Calculation, transaction: Transaction): LineInProgress | undefined {
  const { plan } = calc;
  const { id, date, fields } = transaction;
  const rate = plan.rate;
  if (!rate) return undefined;
  const share = plan.credit ? creditShare(calc, transaction, plan.credit) : "1";
  if (share === "none") return undefined;
  const steps: TraceStep[] = [];
  const line: LineInProgress = { id, title: String(fields.title ?? id), steps };
  if (dayNumber(date) === undefined) calc.lacks("input", "date", `The transaction ${id} has no date.`, id);
  const amountPath = plan.amount ?? "$.amount";
  const amount = numberAt(calc, transaction, amountPath);
  const by = numberAt(calc, transaction, rate.by);
  const below: TraceValue[] = rate.bands.map((band) =>
    band.below === undefined ? null : (calc.rate(band.below, id) ?? null),
  );
  const rates = rate.bands.map((band) => calc.rate(band.rate, id));
  if (amount === undefined || by === undefined || share === undefined || rates.some((each) => each === undefined)) {
    return line;
  }
  const inputs = { amount: decimalText(amount), by: decimalText(by), kind: rate.kind, below, rates: rates as string[] };
  const paid = calc.tracer.step(steps, `${id}/rate`, "curve", "band amount", inputs, {
    date,
    amount: amountPath,
    by: rate.by,
    ...rateDetail(rate.bands[0]!.rate),
  });
  const minor = decimalText(toMinor(new Decimal(1), plan.currency));
  const factors = [{ from: paid }, share, minor];
  line.amount = calc.tracer.step(steps, `${id}/amount`, "weight", "product", { factors }, { credit: share });
  return line;
}

/**
 * The payee's share of a transaction: `none` where the payee is not credited, undefined where the split is wrong (noted).
 * Shares sum to 1 unless the plan overlays.
 */
function creditShare(
  calc: Calculation,
  { id, fields }: Transaction,
  credit: { splits: string; overlay?: boolean },
): string | "none" | undefined {
  const splits = valueAt(fields, credit.splits);
  if (!Array.isArray(splits)) {
    return calc.lacks("input", credit.splits, `The transaction ${id} has no credits at ${credit.splits}.`, id);
  }
  let sum = new Decimal(0);
  let mine = new Decimal(0);
  for (const split of splits) {
    const share = readNumeric(valueAt(split, "$.share"));
    const person = valueAt(split, "$.person");
    if (share === undefined || share.lt(0) || typeof person !== "string") {
      const message = `A credit of the transaction ${id} needs a "person" and a "share" that is a fraction.`;
      return calc.lacks("input", credit.splits, message, id);
    }
    sum = sum.plus(share);
    if (person === calc.inputs.payee.id) mine = mine.plus(share);
  }
  if (!credit.overlay && !sum.eq(1)) {
    const message = `The credits of the transaction ${id} sum to ${decimalText(sum)}, not to 1.`;
    return calc.lacks("input", credit.splits, message, id);
  }
  return mine.isZero() ? "none" : decimalText(mine);
}

function numberAt(calc: Calculation, { id, fields }: Transaction, path: string): Decimal | undefined {
  const value = readNumeric(valueAt(fields, path));
  return value ?? calc.lacks("input", path, `The transaction ${id} has no number at ${path}.`, id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
