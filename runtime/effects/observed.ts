import { breachEffects, type Observed } from "./breaches.ts";
import { type EffectHandler, settle } from "./effect.ts";

/** Values came in: ladders on their metrics look at them. */
export const observedEffect: EffectHandler = {
  kind: "observed",
  outside: false,
  async run(runtime, row) {
    const { observations } = row.payload as { observations: Observed[] };
    await settle(runtime, row, { outbox: await breachEffects(runtime, observations, row.id) });
  },
};
