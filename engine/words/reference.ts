import { z } from "zod";
import { Duration } from "./duration.ts";
import { Id, Name } from "./ids.ts";
import { Json } from "./json.ts";

/** Takes the published value of a parameter. */
export const ParameterRef = z.strictObject({ parameter: Name }).meta({ id: "ParameterRef" });
export type ParameterRef = z.infer<typeof ParameterRef>;

/** Takes the value of a fact; `plus` shifts a date. */
export const FactRef = z
  .strictObject({
    fact: z.string().min(1).max(200),
    params: z.record(z.string(), Json).optional(),
    path: z.string().startsWith("$").max(200).optional(),
    plus: Duration.optional(),
  })
  .meta({ id: "FactRef" });
export type FactRef = z.infer<typeof FactRef>;

/** What may stand instead of a literal. */
export const Reference = z.union([ParameterRef, FactRef]).meta({ id: "Reference" });
export type Reference = z.infer<typeof Reference>;

/** A literal or a reference to a value. */
export const Value = z
  .union([z.string(), z.number(), z.boolean(), z.null(), Reference, z.array(Json)])
  .meta({ id: "Value" });
export type Value = z.infer<typeof Value>;

/** A duration, or a parameter that holds a number of days, working days or hours (by the parameter's type). */
export const DurationValue = z.union([Duration, ParameterRef]).meta({ id: "DurationValue" });
export type DurationValue = z.infer<typeof DurationValue>;

/** Relations along the reporting lines, from the subject (default) or from the actor of the step. */
export const RELATIONS = ["subject", "manager", "skip-manager", "matrix-manager", "reports", "peers"] as const;

export type PersonRef = (
  | { relation: (typeof RELATIONS)[number]; of?: "subject" | "actor" }
  | { role: string }
  | { unitRole: string; level?: string }
  | { queue: string }
  | { metric: "owner" | "steward" }
  | { fact: string }
) & { except?: PersonRef[]; else?: PersonRef };

/** One way of naming people, with the two members that every way shares. */
const way = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({
    ...shape,
    get except() {
      return z.array(PersonRef).max(20).optional();
    },
    get else() {
      return PersonRef.optional();
    },
  });

/**
 * Who: one shape for actors and recipients. Resolved when the step or level fires, never at launch.
 * `else` answers where nobody is found, `except` takes people out.
 */
export const PersonRef: z.ZodType<PersonRef> = z
  .union([
    way({ relation: z.enum(RELATIONS), of: z.enum(["subject", "actor"]).optional() }),
    way({ role: Id }),
    way({ unitRole: Id, level: Id.optional() }),
    way({ queue: Id }),
    way({ metric: z.enum(["owner", "steward"]) }),
    way({ fact: z.string().min(1).max(200) }),
  ])
  .meta({
    id: "PersonRef",
    description: "a person or people, found when the step fires",
  }) as unknown as z.ZodType<PersonRef>;
