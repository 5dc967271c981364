import { z } from "zod";
import { DecimalText } from "../words/decimal.ts";
import { Duration } from "../words/duration.ts";
import { Id } from "../words/ids.ts";
import { PersonRef } from "../words/reference.ts";
import { envelope } from "./envelope.ts";

/** How the values of a period are made of the observations in it. */
export const Aggregate = z.enum(["sum", "mean", "min", "max", "last", "count"]);
export type Aggregate = z.infer<typeof Aggregate>;

/** What is measured, of whom, how it adds up, which levels count, and how fresh it must be. */
export const Metric = z
  .strictObject({
    ...envelope("metric"),
    unit: z.string().min(1).max(40),
    scale: z.number().int().min(0).max(12),
    direction: z.enum(["higher", "lower", "band"]),
    nature: z.enum(["leading", "lagging"]).optional(),
    perspective: z.enum(["financial", "customer", "process", "learning"]).optional(),
    level: z.enum(["organisation", "process", "individual"]).optional(),
    owner: PersonRef.optional(),
    steward: PersonRef.optional(),
    grain: z.enum(["day", "week", "month", "quarter", "year"]),
    aggregate: Aggregate,
    levels: z
      .strictObject({
        threshold: DecimalText.optional(),
        target: DecimalText.optional(),
        stretch: DecimalText.optional(),
        /** Whether a value exactly on a level has reached it (the default) or must pass it. */
        boundary: z.enum(["inclusive", "exclusive"]).optional(),
      })
      .optional(),
    baseline: z
      .strictObject({ periods: z.number().int().min(2).max(120), minimum: z.number().int().min(2).optional() })
      .optional(),
    refresh: z.strictObject({ every: z.string().max(500), staleAfter: Duration }).optional(),
    quality: z
      .strictObject({
        missing: z.enum(["block", "exclude", "carry-forward", "impute"]).optional(),
        outlier: z
          .strictObject({ sigma: z.number().positive(), then: z.enum(["flag", "winsorise", "hold"]) })
          .optional(),
      })
      .optional(),
    sunset: z.iso.date().nullable().optional(),
    successor: Id.optional(),
  })
  .meta({ id: "Metric" });
export type Metric = z.infer<typeof Metric>;
