import { z } from "zod";
import { Conditions } from "../rules/conditions.ts";
import { Trigger } from "../steps/trigger.ts";
import { Id } from "../words/ids.ts";
import { Json } from "../words/json.ts";
import { FactRef } from "../words/reference.ts";
import { envelope, parameterised } from "./envelope.ts";

/** What starts by itself, how often, for whom: by a calendar rule, from a date of each person, or on an event. */
export const Cadence = z
  .strictObject({
    ...envelope("cadence"),
    ...parameterised,
    starts: z.strictObject({ workflow: Id, with: z.record(z.string().max(64), Json).optional() }),
    every: z.string().min(1).max(500).optional(),
    /** The first instant counted from; the day of publishing where absent. */
    from: z.iso.date().optional(),
    at: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .optional(),
    anchor: FactRef.optional(),
    trigger: Trigger.optional(),
    calendar: Id.optional(),
    timeZone: z.string().max(64).optional(),
    of: z.enum(["person", "unit", "organisation"]).optional(),
    population: Conditions.optional(),
    period: z
      .enum([
        "previous-month",
        "this-month",
        "previous-quarter",
        "this-quarter",
        "previous-year",
        "this-year",
        "previous-week",
        "this-week",
      ])
      .optional(),
    missed: z.enum(["all", "latest", "skip"]).optional(),
  })
  .refine(
    (cadence) => [cadence.every, cadence.anchor, cadence.trigger].filter((part) => part !== undefined).length === 1,
    {
      error: 'a cadence has exactly one of "every", "anchor", "trigger"',
    },
  )
  .meta({ id: "Cadence" });
export type Cadence = z.infer<typeof Cadence>;
