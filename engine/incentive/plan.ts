import { z } from "zod";
import { Conditions } from "../rules/conditions.ts";
import { DecimalText } from "../words/decimal.ts";
import { Duration } from "../words/duration.ts";
import { Id } from "../words/ids.ts";
import type { Json } from "../words/json.ts";
import { ParameterRef } from "../words/reference.ts";

/** A decimal, or the parameter that holds it. */
export const Rate = z.union([DecimalText, ParameterRef]).meta({ id: "Rate" });
export type Rate = z.infer<typeof Rate>;

const point = z.tuple([DecimalText, DecimalText]);
const tier = z.strictObject({ from: DecimalText, rate: DecimalText });

/**
 * A payout curve: attainment (1 = target) to a factor of the component's share.
 * `linear` joins points, `steps` holds each point's value until the next, `marginal-tiers` pays each slice at its own
 * rate, `whole-amount-tiers` pays everything at the rate of the tier reached.
 */
export const Curve = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("linear"),
      points: z.array(point).min(1).max(100),
      below: z.enum(["zero", "flat", "extend"]).optional(),
      above: z.enum(["flat", "extend"]).optional(),
    }),
    z.strictObject({
      kind: z.literal("steps"),
      points: z.array(point).min(1).max(100),
      below: z.enum(["zero", "flat"]).optional(),
    }),
    z.strictObject({ kind: z.literal("marginal-tiers"), tiers: z.array(tier).min(1).max(100) }),
    z.strictObject({ kind: z.literal("whole-amount-tiers"), tiers: z.array(tier).min(1).max(100) }),
  ])
  .meta({ id: "Curve" });
export type Curve = z.infer<typeof Curve>;

/** A separately paid part of a plan. */
export const Component = z
  .strictObject({
    id: Id,
    title: z.string().min(1).max(200),
    weight: Rate,
    measure: Id,
    /** What the measure is held against where its observations carry no target. */
    target: Rate.optional(),
    credit: z
      .strictObject({
        to: z.enum(["individual", "teams", "unit", "reports"]),
        weights: z.enum(["assignment", "equal"]).optional(),
        splits: z.string().startsWith("$").optional(),
      })
      .optional(),
    curve: Curve,
    gate: z.strictObject({ when: Conditions, else: Rate }).optional(),
    cap: Rate.optional(),
    note: z.string().max(2000).optional(),
  })
  .meta({ id: "Component" });
export type Component = z.infer<typeof Component>;

const band = z.strictObject({ below: Rate.optional(), rate: Rate });

/** The members of a plan beside the envelope. */
export const planShape = {
  currency: z.string().regex(/^[A-Z]{3}$/, "use an ISO 4217 code, e.g. USD"),
  period: z.enum(["month", "quarter", "half-year", "year"]),
  basis: z.enum(["attainment", "transaction"]),
  eligible: Conditions.optional(),
  targetIncentive: z
    .union([
      z.strictObject({ shareOf: z.enum(["salary"]), value: Rate }),
      z.strictObject({ amount: Rate }),
      z.strictObject({ fact: z.string().max(200) }),
    ])
    .optional(),
  components: z.array(Component).max(30).optional(),
  transaction: Id.optional(),
  amount: z.string().startsWith("$").max(200).optional(),
  rate: z
    .strictObject({
      by: z.string().startsWith("$").max(200),
      kind: z.enum(["whole-amount", "marginal"]),
      bands: z.array(band).min(1).max(100),
    })
    .optional(),
  credit: z.strictObject({ splits: z.string().startsWith("$").max(200), overlay: z.boolean().optional() }).optional(),
  order: z.array(z.string().max(100)).max(10).optional(),
  modifiers: z
    .array(
      z.strictObject({
        title: z.string().max(200).optional(),
        rules: Id,
        factor: z.string().startsWith("$").max(200),
        floor: Rate.optional(),
        ceiling: Rate.optional(),
      }),
    )
    .max(20)
    .optional(),
  proration: z
    .strictObject({
      hire: z.enum(["days", "none"]).optional(),
      leave: z.enum(["days", "none"]).optional(),
      fte: z.enum(["share", "none"]).optional(),
      /** Types of leave whose days count as worked. */
      paidLeave: z.array(z.string().min(1).max(100)).max(50).optional(),
    })
    .optional(),
  cap: z
    .union([
      z.strictObject({ per: z.enum(["plan", "deal"]), value: Rate }),
      z.array(z.strictObject({ per: z.enum(["plan", "deal"]), value: Rate })).max(2),
    ])
    .optional(),
  windfall: z.strictObject({ above: Rate }).optional(),
  holdback: z.strictObject({ share: Rate, release: z.strictObject({ after: Duration }) }).optional(),
  clawback: z
    .strictObject({
      on: z.string().max(100),
      schedule: z
        .array(z.strictObject({ within: Duration, share: DecimalText }))
        .min(1)
        .max(20),
      limit: z.strictObject({ perPeriod: DecimalText }).optional(),
    })
    .optional(),
  draw: z.strictObject({ amount: Rate, recoverable: z.boolean(), recoverAtMost: DecimalText.optional() }).optional(),
  ramp: z
    .array(z.strictObject({ month: z.number().int().min(1), quota: DecimalText }))
    .max(36)
    .optional(),
  diminishing: z.boolean().optional(),
  rounding: z.enum(["half-even", "half-up", "down"]).optional(),
};
/** The plan's own members, without the envelope. */
export const PlanBody = z.object(planShape);
export type PlanBody = z.infer<typeof PlanBody>;

/** A plan as the engine computes it: its own members, who it is, and the parameters it declares. */
export type PlanDocument = PlanBody & {
  id: string;
  title: string;
  version?: number;
  parameters?: Record<string, { title?: string; type?: string; default: Json }>;
};
