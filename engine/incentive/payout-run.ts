import type { Payout } from "./payout.ts";

/** A bar of the distribution: amounts from `fromMinor` to below `toMinor` (the last bar includes its end). */
export interface PayoutBar {
  fromMinor: number;
  toMinor: number;
  people: number;
}

/** A run in numbers. Amounts count computed payouts and those in review; what is not evaluated counts as nobody's zero. */
export interface PayoutRunSummary {
  people: number;
  computed: number;
  inReview: number;
  notEligible: number;
  notEvaluated: number;
  totalMinor: number;
  payableMinor: number;
  heldMinor: number;
  reviewMinor: number;
  targetMinor: number;
  /** Nearest-rank quantiles; null while nobody has an amount. */
  quantiles: { p10: number; p50: number; p90: number } | null;
  histogram: PayoutBar[];
  /** Who could not be evaluated, and why. */
  issues: { person: string; name: string; reason: string }[];
}

/** What a summary needs of a payout: a whole one, or a row of those that were stored. */
export interface SummarisedPayout
  extends Pick<
    Payout,
    "status" | "totalMinor" | "payableMinor" | "heldMinor" | "reviewMinor" | "targetMinor" | "payee"
  > {
  missing: readonly { message: string }[];
}

/** Totals, quantiles and distribution (at most `bars` bars of equal width) of the payouts of one run. */
export function summarisePayouts(payouts: readonly SummarisedPayout[], bars = 20): PayoutRunSummary {
  const count = (status: Payout["status"]) => payouts.filter((payout) => payout.status === status).length;
  const paid = payouts.filter((payout) => payout.status === "computed" || payout.status === "in review");
  const sum = (of: (payout: SummarisedPayout) => number | null) =>
    paid.reduce((all, payout) => all + (of(payout) ?? 0), 0);
  const amounts = paid.map((payout) => payout.totalMinor ?? 0).sort((a, b) => a - b);
  return {
    people: payouts.length,
    computed: count("computed"),
    inReview: count("in review"),
    notEligible: count("not eligible"),
    notEvaluated: count("not evaluated"),
    totalMinor: sum((payout) => payout.totalMinor),
    payableMinor: sum((payout) => payout.payableMinor),
    heldMinor: sum((payout) => payout.heldMinor),
    reviewMinor: sum((payout) => payout.reviewMinor),
    targetMinor: sum((payout) => payout.targetMinor),
    quantiles:
      amounts.length === 0 ? null : { p10: rank(amounts, 0.1), p50: rank(amounts, 0.5), p90: rank(amounts, 0.9) },
    histogram: histogram(amounts, bars),
    issues: payouts
      .filter((payout) => payout.status === "not evaluated")
      .map(({ payee, missing }) => ({
        person: payee.id,
        name: payee.name ?? payee.id,
        reason: missing.map((each) => each.message).join(" "),
      })),
  };
}

/** The nearest-rank quantile of sorted amounts. */
function rank(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function histogram(sorted: readonly number[], bars: number): PayoutBar[] {
  const [low, high] = [sorted[0], sorted.at(-1)];
  if (low === undefined || high === undefined) return [];
  const width = Math.max(1, Math.ceil((high - low) / bars));
  const needed = Math.max(1, Math.ceil((high - low) / width));
  const all = Array.from({ length: needed }, (_, index) => ({
    fromMinor: low + index * width,
    toMinor: low + (index + 1) * width,
    people: 0,
  }));
  for (const amount of sorted) all[Math.min(needed - 1, Math.floor((amount - low) / width))]!.people++;
  return all;
}
