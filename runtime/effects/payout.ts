import type { Effect } from "#engine/execute/state.ts";
import { send } from "../commands/handle.ts";
import { payOne } from "../commands/pay-one.ts";
import { Refused } from "../commands/refused.ts";
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
    const { plan, person, period } = row.payload as Extract<Effect, { kind: "payout" }>;
    const caseId = row.caseId ?? "";
    const failed = (message: string) =>
      tellCase(runtime, row, caseId, { type: "answer", effect: row.id, outcome: "failed", data: { message } });
    try {
      const { payout, statements } = await payOne(runtime, { run: row.id, plan, period, person, by: null });
      if (payout.totalMinor === null) {
        return await failed(payout.missing.map(({ message }) => message).join(" "));
      }
      const { totalMinor, payableMinor, currency, status } = payout;
      await send(
        runtime,
        caseId,
        {
          type: "answer",
          effect: row.id,
          outcome: "done",
          data: { amountMinor: totalMinor, payableMinor, currency, status, run: row.id },
        },
        { along: () => ({ done: { ids: [row.id], at: runtime.clock.now() }, statements }), bulk: true },
      );
    } catch (cause) {
      if (!(cause instanceof Refused)) throw cause;
      await failed(cause.message);
    }
  },
};
