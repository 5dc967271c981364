import { z } from "zod";
import { Json } from "../../words/json.ts";
import { Instant, PersonBrief } from "../common.ts";

/** One run of a plan for a period. */
export const PayoutRun = z
  .object({
    id: z.string(),
    plan: z.object({ id: z.string(), title: z.string(), version: z.number().int() }),
    period: z.string(),
    currency: z.string(),
    status: z.enum(["running", "computed", "failed"]),
    people: z.number().int(),
    notEligible: z.number().int(),
    notEvaluated: z.number().int(),
    inReview: z.number().int(),
    totalMinor: z.number().int(),
    targetMinor: z.number().int(),
    startedAt: Instant,
    finishedAt: Instant.nullable(),
    job: z.string().nullable(),
    quantiles: z.object({ p10: z.number(), p50: z.number(), p90: z.number() }).nullable(),
    histogram: z.array(z.object({ fromMinor: z.number(), toMinor: z.number(), people: z.number().int() })),
    byUnit: z.array(
      z.object({ unit: z.string(), title: z.string(), people: z.number().int(), totalMinor: z.number().int() }),
    ),
    issues: z.array(z.object({ person: z.string(), name: z.string(), reason: z.string() })),
  })
  .meta({ id: "PayoutRun" });
export type PayoutRun = z.infer<typeof PayoutRun>;

export const PayoutRow = z
  .object({
    person: PersonBrief,
    unit: z.string().nullable(),
    status: z.string(),
    amountMinor: z.number().int(),
    targetMinor: z.number().int(),
    attainment: z.number().nullable(),
  })
  .meta({ id: "PayoutRow" });

/** A payslip anyone understands: sentences, lines with traces, and the check that the trace gives the amount. */
export const StatementView = z
  .object({
    run: z.string(),
    plan: z.object({ id: z.string(), title: z.string(), version: z.number().int() }),
    person: PersonBrief,
    period: z.string(),
    currency: z.string(),
    status: z.string(),
    totalMinor: z.number().int(),
    heldMinor: z.number().int(),
    payableMinor: z.number().int(),
    words: z.array(z.string()),
    lines: z.array(
      z.object({
        component: z.string(),
        title: z.string(),
        amountMinor: z.number().int(),
        words: z.string(),
        trace: Json,
      }),
    ),
    /** The payout as computed, with its whole trace. */
    payout: Json,
    recomputedMinor: z.number().int(),
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
