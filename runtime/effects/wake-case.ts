import type { Json } from "#engine/words/json.ts";
import type { EffectHandler } from "./effect.ts";
import { tellCase } from "./tell-case.ts";

/** What a wait step is told: what it waited for has happened. */
export interface WakePayload {
  caseId: string;
  /** Only this wait is over; others of the case may wait for something else. Absent where whichever step listens is meant. */
  step?: string;
  event: string;
  data: Record<string, Json>;
}

/** Ends the wait of a case for something that was announced. */
export const wakeCaseEffect: EffectHandler = {
  kind: "wake-case",
  outside: false,
  run(runtime, row) {
    const { caseId, step, event, data } = row.payload as WakePayload;
    const only = step === undefined ? {} : { step };
    return tellCase(runtime, row, caseId, { type: "event", event, ...only, data, by: null });
  },
};
