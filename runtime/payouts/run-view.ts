import type { z } from "zod";
import type { PayoutRow, PayoutRun } from "#engine/contract/views/incentives.ts";
import type { Database } from "../db/client.ts";
import { readVersions } from "../store/definitions-read.ts";
import { listPayouts, type PayoutRowsQuery } from "../store/payout-rows.ts";
import { listPayoutRuns, type PayoutRunRow, readPayoutRun } from "../store/payout-runs.ts";

type Run = z.infer<typeof PayoutRun>;
type Row = z.infer<typeof PayoutRow>;

/** A run as the API shows it; undefined where there is none. Amounts are null until it is computed. */
export async function payoutRunView(db: Database, id: string): Promise<Run | undefined> {
  const run = await readPayoutRun(db, id);
  return run && (await viewsOf(db, [run]))[0];
}

/** Runs, the newest first, of one plan or of all; those of a single person (a payout step) are not among them. */
export async function payoutRunsView(db: Database, plan?: string): Promise<Run[]> {
  return viewsOf(db, await listPayoutRuns(db, plan));
}

/** One page of who gets what; those with an amount first, the largest first. `visible`: only these people. */
export async function payoutRowsView(
  db: Database,
  run: string,
  query: PayoutRowsQuery,
): Promise<{ items: Row[]; total: number; next: string | null }> {
  const { items, total, next } = await listPayouts(db, run, query);
  return {
    items: items.map((row) => ({
      person: { id: row.person, name: row.name, title: row.title },
      unit: row.unitTitle ?? row.unit,
      status: row.status,
      amountMinor: row.totalMinor,
      targetMinor: row.targetMinor,
      attainment: row.attainment === null ? null : Number(row.attainment),
      reason: row.reason,
      deltaMinor: row.deltaMinor,
    })),
    total,
    next,
  };
}

async function viewsOf(db: Database, runs: readonly PayoutRunRow[]): Promise<Run[]> {
  const wanted = new Map(runs.map(({ plan, version }) => [`${plan}/${version}`, { kind: "plan", id: plan, version }]));
  const versions = await readVersions(db, [...wanted.values()]);
  const plans = new Map(versions.map(({ id, version, document }) => [`${id}/${version}`, document]));
  return runs.map((run) => {
    const plan = plans.get(`${run.plan}/${run.version}`);
    // A plan on transactions has no target incentive to compare with.
    const hasTarget = plan?.kind === "plan" && plan.targetIncentive !== undefined;
    const { summary } = run;
    const paid = summary !== null && summary.computed + summary.inReview > 0;
    return {
      id: run.id,
      plan: { id: run.plan, title: plan?.title ?? run.plan, version: run.version },
      period: run.period,
      currency: run.currency,
      status: run.status,
      unit: run.unit,
      people: summary?.people ?? 0,
      notEligible: summary?.notEligible ?? 0,
      notEvaluated: summary?.notEvaluated ?? 0,
      inReview: summary?.inReview ?? 0,
      totalMinor: paid ? summary.totalMinor : null,
      targetMinor: paid && hasTarget ? summary.targetMinor : null,
      startedAt: run.startedAt,
      finishedAt: run.finishedAt,
      job: run.job,
      quantiles: summary?.quantiles ?? null,
      histogram: summary?.histogram ?? [],
      byUnit: summary?.byUnit ?? [],
      issues: summary?.issues ?? [],
    };
  });
}
