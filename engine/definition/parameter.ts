import { z } from "zod";
import { Json } from "../words/json.ts";
import { PersonRef } from "../words/reference.ts";

/** The types a parameter may have; `workingDays`, `days` and `hours` stand for durations. */
export const PARAMETER_TYPES = [
  "number",
  "integer",
  "percent",
  "money",
  "decimal",
  "workingDays",
  "days",
  "hours",
  "text",
  "boolean",
  "date",
  "choice",
] as const;

/** A named, typed, bounded value that an admin may edit without a new version. */
export const Parameter = z
  .strictObject({
    title: z.string().min(1).max(200),
    description: z.string().max(2000).optional(),
    type: z.enum(PARAMETER_TYPES),
    default: z.union([z.number(), z.string(), z.boolean()]),
    min: z.number().optional(),
    max: z.number().optional(),
    step: z.number().optional(),
    unit: z.string().max(40).optional(),
    of: z.array(Json).max(100).optional(),
    owner: PersonRef.optional(),
  })
  .meta({ id: "Parameter" });
export type Parameter = z.infer<typeof Parameter>;
