import { z } from "zod";
import { Json } from "../words/json.ts";

const common = { name: z.string().max(200).optional(), priority: z.number().optional() };

/** One comparison: a fact (with params and a JSONPath into its value), an operator, and a value or another fact. */
export const Comparison = z
  .strictObject({
    ...common,
    fact: z.string().min(1).max(200),
    operator: z.string().min(1).max(200),
    value: Json,
    params: z.record(z.string(), Json).optional(),
    path: z.string().max(500).optional(),
  })
  .meta({ id: "Comparison" });
export type Comparison = z.infer<typeof Comparison>;

export type Condition =
  | Comparison
  | { name?: string; priority?: number; all: Condition[] }
  | { name?: string; priority?: number; any: Condition[] }
  | { name?: string; priority?: number; not: Condition }
  | { name?: string; priority?: number; condition: string };

/** json-rules-engine's condition tree: all, any, not, a named shared condition, or a comparison. */
export const Condition: z.ZodType<Condition> = z
  .union([
    z.strictObject({
      ...common,
      get all() {
        return z.array(Condition).max(500);
      },
    }),
    z.strictObject({
      ...common,
      get any() {
        return z.array(Condition).max(500);
      },
    }),
    z.strictObject({
      ...common,
      get not() {
        return Condition;
      },
    }),
    z.strictObject({ ...common, condition: z.string().min(1).max(200) }),
    Comparison,
  ])
  .meta({ id: "Condition", description: "a json-rules-engine condition" }) as unknown as z.ZodType<Condition>;

/** The condition at the top of a rule or a guard: json-rules-engine wants all, any, not or a named condition there. */
export const Conditions: z.ZodType<Exclude<Condition, Comparison>> = Condition.refine(
  (condition) => condition === null || typeof condition !== "object" || !("operator" in condition),
  { error: "the top of a condition is all, any, not or a named condition", abort: true },
).meta({ id: "Conditions" }) as unknown as z.ZodType<Exclude<Condition, Comparison>>;
export type Conditions = z.infer<typeof Conditions>;
