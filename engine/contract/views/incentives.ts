import { z } from "zod";
import { Json } from "../../words/json.ts";
import { Instant, PersonBrief } from "../common.ts";

/** Minor units of the currency; null where there is no amount: not evaluated, or not computed yet. Never a stand-in zero. */
const minor = z.number().int().nullable();

/** One run of a plan for a period. Amounts are null until it is computed. */
export const PayoutRun = z
  .object({
    id: z.string(),
    plan: z.object({ id: z.string(), title: z.string(), version: z.number().int() }),
    period: z.string(),
    currency: z.string(),
    status: z.enum(["running", "computed", "failed"]),
    /** The unit it is for; null for everyone. */
    unit: z.string().nullable(),
    people: z.number().int(),
    notEligible: z.number().int(),
    notEvaluated: z.number().int(),
    inReview: z.number().int(),
    totalMinor: minor,
    /** Of those who were computed; null where the plan has no target incentive. */
    targetMinor: minor,
    startedAt: Instant,
    finishedAt: Instant.nullable(),
    job: z.string().nullable(),
    quantiles: z.object({ p10: z.number(), p50: z.number(), p90: z.number() }).nullable(),
    histogram: z.array(z.object({ fromMinor: z.number(), toMinor: z.number(), people: z.number().int() })),
    byUnit: z.array(
      z.object({ unit: z.string(), title: z.string(), people: z.number().int(), totalMinor: z.number().int() }),
    ),
    /** Who could not be evaluated, and why: the first 200; `notEvaluated` counts them all. */
    issues: z.array(z.object({ person: z.string(), name: z.string(), reason: z.string() })),
  })
  .meta({ id: "PayoutRun" });
export type PayoutRun = z.infer<typeof PayoutRun>;

export const PayoutRow = z
  .object({
    person: PersonBrief,
    unit: z.string().nullable(),
    status: z.string(),
    amountMinor: minor,
    targetMinor: minor,
    attainment: z.number().nullable(),
    /** Why there is no amount. */
    reason: z.string().nullable(),
    /** What it changed against the payout before, where there was one with an amount. */
    deltaMinor: minor,
  })
  .meta({ id: "PayoutRow" });

/** A payslip anyone understands: sentences, lines with traces, and the check that the trace gives the amount. */
export const StatementView = z
  .object({
    /** Null for a trial, which is booked nowhere. */
    run: z.string().nullable(),
    /** No version: a draft was tried. */
    plan: z.object({ id: z.string(), title: z.string(), version: z.number().int().nullable() }),
    /** The rule sets that its modifiers decide by, as the run took them. */
    rulesets: z.array(z.object({ id: z.string(), title: z.string(), version: z.number().int() })),
    person: PersonBrief,
    period: z.string(),
    currency: z.string(),
    status: z.string(),
    totalMinor: minor,
    heldMinor: minor,
    payableMinor: minor,
    words: z.array(z.string()),
    lines: z.array(
      z.object({
        component: z.string(),
        title: z.string(),
        amountMinor: minor,
        words: z.string(),
        trace: Json,
      }),
    ),
    /** The payout as computed, with its whole trace. */
    payout: Json,
    /** What the stored trace gives when it is computed again, and where that differs from what is stored. */
    recomputedMinor: minor,
    differences: z.array(z.string()),
    /** How it differs from the payout before, in minor units with causes. */
    delta: z
      .object({
        oldMinor: z.number().int(),
        newMinor: z.number().int(),
        deltaMinor: z.number().int(),
        cause: z.array(z.string()),
      })
      .nullable(),
    sources: z.array(
      z.object({
        measure: z.string(),
        title: z.string(),
        period: z.string(),
        value: z.string().nullable(),
        target: z.string().nullable(),
        asOf: z.string().nullable(),
        state: z.string(),
      }),
    ),
  })
  .meta({ id: "StatementView" });
export type StatementView = z.infer<typeof StatementView>;
