import type { TraceStep } from "./trace.ts";

/** A line while it is calculated. Steps are referred to by id; what is absent could not be computed. */
export interface LineInProgress {
  id: string;
  title: string;
  steps: TraceStep[];
  /** The step with the exact amount so far, in minor units. */
  amount?: string;
  /** The step with the most that this line may pay. */
  cap?: string;
  /** For the weighted attainment of the whole payout. */
  attainment?: { step: string; weight: string };
}
