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

/** The keys of which a person reference has exactly one: the way of naming people. */
export const PERSON_WAYS = ["relation", "role", "unitRole", "queue", "metric", "fact"] as const;

/**
 * Who: one shape for actors and recipients. Resolved when the step or level fires, never at launch.
 * `else` answers where nobody is found, `except` takes people out.
 * One object and not a union of six: in a union each member would read the nested `else` again, six times per level,
 * and a document thirty levels deep would never finish parsing.
 */
export const PersonRef: z.ZodType<PersonRef> = z
  .strictObject({
    relation: z.enum(RELATIONS).optional(),
    of: z.enum(["subject", "actor"]).optional(),
    role: Id.optional(),
    unitRole: Id.optional(),
    level: Id.optional(),
    queue: Id.optional(),
    metric: z.enum(["owner", "steward"]).optional(),
    fact: z.string().min(1).max(200).optional(),
    get except() {
      return z.array(PersonRef).max(20).optional();
    },
    get else() {
      return PersonRef.optional();
    },
  })
  .refine((ref) => PERSON_WAYS.filter((way) => ref[way] !== undefined).length === 1, {
    error: `name people in exactly one way: ${PERSON_WAYS.join(", ")}`,
  })
  .refine((ref) => ref.of === undefined || ref.relation !== undefined, {
    error: '"of" only goes with "relation"',
    path: ["of"],
  })
  .refine((ref) => ref.level === undefined || ref.unitRole !== undefined, {
    error: '"level" only goes with "unitRole"',
    path: ["level"],
  })
  .meta({
    id: "PersonRef",
    description: "a person or people, found when the step fires",
  }) as unknown as z.ZodType<PersonRef>;
