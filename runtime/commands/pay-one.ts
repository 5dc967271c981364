import type { Payout } from "#engine/incentive/payout.ts";
import { payoutDelta } from "#engine/incentive/payout-delta.ts";
import type { Statement } from "../db/client.ts";
import { InputLoader } from "../payouts/load-inputs.ts";
import { bookPayouts } from "../store/payout-booking.ts";
import { insertPayouts, payoutsBefore } from "../store/payout-rows.ts";
import { beginPayoutRun, endPayoutRun } from "../store/payout-runs.ts";
import { Refused } from "./refused.ts";
import { compiled, liveKit, livePlan, liveSources, periodOfPlan } from "./run-plan.ts";
import type { Runtime } from "./runtime.ts";

/** One person's payout, computed as a run computes it, and the statements that book it together with whatever goes along. */
export interface OnePayout {
  payout: Payout;
  statements: Statement[];
}

/**
 * Computes one person's payout by the live plan. `run` names the booking: an effect's id, so that booking it twice books it
 * once. Nothing is written: the caller commits the statements in one batch with what the payout leads to. Throws `Refused`.
 */
export async function payOne(
  runtime: Runtime,
  {
    run,
    plan: id,
    period: periodId,
    person,
    by,
  }: { run: string; plan: string; period: string; person: string; by: string | null },
): Promise<OnePayout> {
  const { plan, version } = livePlan(runtime, id);
  const period = periodOfPlan(plan, periodId);
  const kit = liveKit(runtime, plan, version);
  const sources = await liveSources(runtime, kit, period);
  const [inputs] = await new InputLoader(sources).load([person]);
  if (!inputs) throw new Refused("not-found", `There is no person "${person}".`);
  const payout = compiled(kit)(inputs);
  const row = { id: run, plan: id, period: period.id, currency: plan.currency };
  const before = (await payoutsBefore(runtime.db, row, [person])).get(person);
  const unit = inputs.payee.fields?.unit;
  const stored = {
    payout,
    inputs,
    unit: typeof unit === "string" ? unit : null,
    region: null,
    delta: (before && payoutDelta(before, payout)) ?? null,
  };
  const uses = kit.uses.flatMap((use) => {
    const known = runtime.catalogue.version(use.kind, use.id);
    return known ? [{ ...use, version: known.version }] : [];
  });
  const now = sources.knownAt;
  return {
    payout,
    statements: [
      ...beginPayoutRun({
        ...row,
        version,
        status: "running",
        job: null,
        by,
        startedAt: now,
        finishedAt: null,
        unit: null,
        person,
        uses,
        parameters: kit.parameters,
        summary: null,
      }),
      ...insertPayouts(run, [stored]),
      bookPayouts(row, "", person, now),
      endPayoutRun(run, "computed", null, now),
    ],
  };
}
