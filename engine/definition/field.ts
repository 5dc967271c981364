import { z } from "zod";
import { Visibility } from "../steps/shapes.ts";
import { Json } from "../words/json.ts";

/** The types that case data and record fields may have. */
export const FIELD_TYPES = [
  "number",
  "integer",
  "percent",
  "text",
  "boolean",
  "date",
  "date-time",
  "money",
  "person",
  "people",
  "unit",
  "choice",
  "list",
] as const;

/** One field of a case's data or of a record type. */
export const Field = z
  .strictObject({
    type: z.enum(FIELD_TYPES),
    title: z.string().max(200).optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    of: z.array(Json).max(500).optional(),
    default: Json.optional(),
    required: z.boolean().optional(),
    visibility: Visibility.optional(),
  })
  .meta({ id: "Field" });
export type Field = z.infer<typeof Field>;
