import type { Effect } from "#engine/execute/state.ts";
import { outboxStatus, repeatEffect } from "../store/outbox.ts";
import { type EffectHandler, settle, TryAgain } from "./effect.ts";

/**
 * A case waits again for the answer to a call, since what made it stop waiting was taken back. A call that is still under way
 * will answer by itself; one that has answered found nobody waiting, and is made once more under the same id, by which the
 * receiver knows that it is the same. Nothing new is asked of the outside.
 */
export const answerAgainEffect: EffectHandler = {
  kind: "answer-again",
  outside: false,
  async run(runtime, row) {
    const { effect } = row.payload as Extract<Effect, { kind: "answer-again" }>;
    const waiting = row.caseId === null ? null : await runtime.desk.read(row.caseId);
    if (!waiting?.state.pending.some((one) => one.effect === effect)) return settle(runtime, row);
    const status = await outboxStatus(runtime.db, effect);
    if (status === "waiting" || status === "sending") throw new TryAgain("The call is still under way.");
    await settle(runtime, row, { statements: [repeatEffect(effect, runtime.clock.now())] });
    runtime.events.emit({ topic: "effects", id: effect, revision: 0 });
  },
};
