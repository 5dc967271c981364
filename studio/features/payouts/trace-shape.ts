import { z } from "zod";
import { Json } from "#engine/words/json.ts";

/** A step of a trace as it crosses the wire (engine/incentive/trace.ts). */
const Step = z.object({
  id: z.string(),
  stage: z.string(),
  formula: z.string(),
  inputs: z.record(z.string(), Json),
  result: z.string(),
  detail: z.record(z.string(), Json).optional(),
});
export type Step = z.infer<typeof Step>;

/** The steps of a line; none where the trace is of another shape. */
export function stepsOf(trace: Json): Step[] {
  const read = z.array(Step).safeParse(trace);
  return read.success ? read.data : [];
}

/** The steps that belong to the whole payout. */
export function payoutTrace(payout: Json): Step[] {
  const read = z.object({ trace: z.array(Step) }).safeParse(payout);
  return read.success ? read.data.trace : [];
}

const MONEY = new Set(["target incentive", "proration", "cap", "windfall", "holdback", "rounding", "draw", "clawback"]);

/**
 * Whether a step's result is an amount in minor units: from the target incentive on all are, except the factors of
 * modifiers, which stand on the payout's own trace as `modifier/<n>`.
 */
export const isMoney = (step: Pick<Step, "id" | "stage">): boolean =>
  MONEY.has(step.stage) || (step.stage === "modifier" && !step.id.startsWith("modifier/"));
