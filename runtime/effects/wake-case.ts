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
  /** Where the case does not wait for it yet: until when it counts. */
  until?: number;
}

/** Ends the wait of a case for something that was announced. */
export const wakeCaseEffect: EffectHandler = {
  kind: "wake-case",
  outside: false,
  run(runtime, row) {
    const { caseId, step, event, data, until } = row.payload as WakePayload;
    if (step !== undefined && until !== undefined)
      return tellCase(runtime, row, caseId, { type: "hold", step, event, data, until, by: null });
    const only = step === undefined ? {} : { step };
    return tellCase(runtime, row, caseId, { type: "event", event, ...only, data, by: null });
  },
};
