import { z } from "zod";
import { Json } from "../words/json.ts";
import { Validity } from "./validity.ts";

/** How the matching rows of a table combine (DMN's hit policies, spelled out). */
export const HitPolicy = z.enum([
  "unique",
  "first",
  "any",
  "priority",
  "rule-order",
  "output-order",
  "collect",
  "collect-sum",
  "collect-min",
  "collect-max",
  "collect-count",
]);
export type HitPolicy = z.infer<typeof HitPolicy>;

/** The type of a column: what may stand in its cells and how it is compared. */
export const ColumnType = z.enum(["number", "money", "percent", "date", "choice", "boolean", "text"]);
export type ColumnType = z.infer<typeof ColumnType>;

/** A decision table: cells as a person typed them; it lowers to rules and keeps its cells. */
export const DecisionTable = z
  .strictObject({
    hitPolicy: HitPolicy,
    columns: z
      .array(
        z.strictObject({
          fact: z.string().min(1).max(200),
          title: z.string().max(200).optional(),
          params: z.record(z.string(), Json).optional(),
          path: z.string().max(500).optional(),
          type: ColumnType,
          unit: z.string().max(40).optional(),
          of: z.array(Json).max(500).optional(),
          min: z.number().optional(),
          max: z.number().optional(),
        }),
      )
      .max(50),
    outputs: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(100),
          title: z.string().max(200).optional(),
          type: ColumnType.optional(),
          unit: z.string().max(40).optional(),
          /** Allowed values; for `priority` and `output-order`, the first is the strongest. */
          of: z.array(Json).max(500).optional(),
        }),
      )
      .min(1)
      .max(50),
    rows: z
      .array(
        z.strictObject({
          cells: z.array(z.string().max(1000)).max(50),
          out: z.array(Json).max(50),
          note: z.string().max(1000).optional(),
          /** The days on which the row counts; always where it is left out. */
          valid: Validity.optional(),
        }),
      )
      .max(50_000),
    default: z.array(Json).max(50).optional(),
    /** The event a matching row emits; `matched` where none is named. An output called `event` overrides it row by row. */
    event: z.string().max(100).optional(),
  })
  .meta({ id: "DecisionTable" });
export type DecisionTable = z.infer<typeof DecisionTable>;
