import type { Effect } from "#engine/execute/state.ts";
import { compilePlan } from "#engine/incentive/compile-plan.ts";
import { parsePeriod } from "#engine/time/period.ts";
import { send } from "../commands/handle.ts";
import { planInUse } from "../commands/pay-inputs.ts";
import { Refused } from "../commands/refused.ts";
import { computeSlice, livePlan } from "../commands/run-plan.ts";
import { endRun, insertRun, payoutStatements, type RunRow } from "../store/payouts.ts";
import type { EffectHandler } from "./effect.ts";
import { tellCase } from "./tell-case.ts";

/**
 * Computes the payout of a case's subject and books it; the case goes on by `done` with the amount, or by `failed` with the
 * reason. The booking, the answer and "done" are one batch.
 */
export const payoutEffect: EffectHandler = {
  kind: "payout",
  outside: false,
  async run(runtime, row) {
    const { plan: id, person, period: periodId } = row.payload as Extract<Effect, { kind: "payout" }>;
    const now = runtime.clock.now();
    const failed = (message: string) =>
      tellCase(runtime, row, row.caseId ?? "", {
        type: "answer",
        effect: row.id,
        outcome: "failed",
        data: { message },
      });
    const period = parsePeriod(periodId);
    if (!period) return failed(`"${periodId}" is not a period.`);
    try {
      const { plan, version } = livePlan(runtime, id);
      const inUse = planInUse(runtime, plan, version);
      const [paid] = await computeSlice(runtime, inUse, compilePlan(inUse.plan, inUse.rulesets), [person], period);
      const payout = paid!.payout;
      if (payout.totalMinor === null) return failed(payout.missing.map(({ message }) => message).join(" "));
      const run: RunRow = {
        id: row.id,
        plan: id,
        version,
        period: period.id,
        currency: plan.currency,
        status: "computed",
        job: null,
        by: null,
        startedAt: now,
        finishedAt: now,
      };
      await send(
        runtime,
        row.caseId ?? "",
        {
          type: "answer",
          effect: row.id,
          outcome: "done",
          data: {
            amountMinor: payout.totalMinor,
            payableMinor: payout.payableMinor,
            currency: plan.currency,
            status: payout.status,
            run: row.id,
          },
        },
        {
          along: () => ({
            done: { ids: [row.id], at: now },
            statements: [insertRun(run), ...payoutStatements(run, [paid!], now), endRun(run.id, "computed", now)],
          }),
          bulk: true,
        },
      );
    } catch (cause) {
      if (!(cause instanceof Refused)) throw cause;
      await failed(cause.message);
    }
  },
};
