import { setImmediate as nextTurn } from "node:timers/promises";
import { type SummarisedPayout, summarisePayouts } from "#engine/incentive/payout-run.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import type { Database } from "../db/client.ts";
import { FIGURES_PAGE, type PayoutFigures, readPayoutFigures } from "../store/payout-rows.ts";
import type { StoredSummary } from "../store/payout-runs.ts";

/** How many of those who could not be evaluated are kept by name; all of them are counted, and all stand in the rows. */
const NAMED = 200;

/** Sums a run up from its stored rows, page by page: totals, quantiles, distribution, regions, and who could not be evaluated. */
export async function summariseRun(
  db: Database,
  run: string,
  directory: Directory,
  uncredited: readonly { id: string; title: string; reason: string }[],
): Promise<StoredSummary> {
  const payouts: SummarisedPayout[] = [];
  const regions = new Map<string, StoredSummary["byUnit"][number]>();
  for (let after = ""; ; ) {
    const page = await readPayoutFigures(db, run, after);
    for (const row of page) {
      payouts.push(summarised(row, directory));
      if (row.totalMinor === null || row.status === "not eligible") continue;
      const unit = row.region ?? "";
      const region = regions.get(unit) ?? {
        unit,
        title: directory.unit(unit)?.title ?? unit,
        people: 0,
        totalMinor: 0,
      };
      regions.set(unit, { ...region, people: region.people + 1, totalMinor: region.totalMinor + row.totalMinor });
    }
    if (page.length < FIGURES_PAGE) break;
    after = page.at(-1)!.person;
    await nextTurn();
  }
  const summary = summarisePayouts(payouts);
  const issues = [
    ...uncredited.map(({ id, title, reason }) => ({
      person: id,
      name: title,
      reason: `Nobody is credited. ${reason}`,
    })),
    ...summary.issues,
  ];
  return {
    ...summary,
    issues: issues.slice(0, NAMED),
    byUnit: [...regions.values()].sort((a, b) => b.totalMinor - a.totalMinor || (a.unit < b.unit ? -1 : 1)),
  };
}

function summarised(row: PayoutFigures, directory: Directory): SummarisedPayout {
  const { person, status, totalMinor, payableMinor, heldMinor, targetMinor, reason } = row;
  return {
    payee: { id: person, name: directory.nameOf(person) },
    status,
    totalMinor,
    payableMinor,
    heldMinor,
    // A windfall waits whole.
    reviewMinor: totalMinor === null ? null : status === "in review" ? totalMinor : 0,
    targetMinor,
    missing: reason === null ? [] : [{ message: reason }],
  };
}
