import { z } from "zod";
import { Id } from "../words/ids.ts";
import { Json } from "../words/json.ts";
import { Conditions } from "./conditions.ts";
import { DecisionTable } from "./table.ts";
import { Validity } from "./validity.ts";

/** The type of a fact, for choosers, live checks and analysis. */
export const FactType = z
  .strictObject({
    type: z.enum([
      "number",
      "integer",
      "money",
      "percent",
      "text",
      "boolean",
      "date",
      "date-time",
      "choice",
      "person",
      "unit",
      "list",
      "object",
    ]),
    title: z.string().max(200).optional(),
    unit: z.string().max(40).optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    of: z.array(Json).max(500).optional(),
  })
  .meta({ id: "FactType" });
export type FactType = z.infer<typeof FactType>;

/** One rule in json-rules-engine's own format. */
export const Rule = z
  .strictObject({
    name: z.string().max(200).optional(),
    priority: z.number().int().min(1).max(1_000_000).optional(),
    conditions: Conditions,
    event: z.strictObject({ type: z.string().min(1).max(100), params: z.record(z.string(), Json).optional() }),
    note: z.string().max(2000).optional(),
    /** The days on which the rule counts; always where it is left out. */
    valid: Validity.optional(),
  })
  .meta({ id: "Rule" });
export type Rule = z.infer<typeof Rule>;

/** What an absent fact does: its own event, a visibly waiting case, or a rule that counts as false. */
export const MissingPolicy = z.enum(["not-evaluated", "block", "skip"]);
export type MissingPolicy = z.infer<typeof MissingPolicy>;

/** The members of a rule set beside the envelope. */
export const rulesetShape = {
  /** The days on which anything in it counts; each rule and row may narrow that. */
  valid: Validity.optional(),
  missing: MissingPolicy.default("not-evaluated").optional(),
  facts: z.record(z.string().max(200), FactType).optional(),
  conditions: z.record(Id.or(z.string().max(100)), Conditions).optional(),
  rules: z.array(Rule).max(10_000).optional(),
  table: DecisionTable.optional(),
  /** Cases that the rule set must answer as said; they run on save and stop a publish when red. */
  tests: z
    .array(
      z.strictObject({
        title: z.string().max(200),
        facts: z.record(z.string(), Json),
        expect: z.strictObject({ event: z.string(), params: z.record(z.string(), Json).optional() }),
      }),
    )
    .max(1000)
    .optional(),
};
