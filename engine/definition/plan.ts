import { z } from "zod";
import { planShape } from "../incentive/plan.ts";
import { envelope, parameterised } from "./envelope.ts";

/** An incentive plan: measures, curves, gates and modifiers that turn stored results into payouts. */
export const Plan = z
  .strictObject({ ...envelope("plan"), ...parameterised, ...planShape })
  .refine(
    (plan) =>
      plan.basis === "attainment"
        ? plan.components !== undefined && plan.targetIncentive !== undefined
        : plan.transaction !== undefined && plan.rate !== undefined,
    {
      error:
        'a plan on attainment has "components" and a "targetIncentive"; a plan on transactions has a "transaction" and a "rate"',
    },
  )
  .meta({ id: "Plan" });
export type Plan = z.infer<typeof Plan>;
