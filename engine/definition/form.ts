import { z } from "zod";
import { Conditions } from "../rules/conditions.ts";
import { DecimalText } from "../words/decimal.ts";
import { Id } from "../words/ids.ts";
import { Json } from "../words/json.ts";
import { PersonRef } from "../words/reference.ts";
import { envelope } from "./envelope.ts";

/** The kinds of question. */
export const QUESTION_TYPES = [
  "rating",
  "text",
  "number",
  "money",
  "percent",
  "date",
  "choice",
  "multi-choice",
  "yes-no",
  "person",
  "people",
  "evidence",
] as const;

const permission = z.enum(["none", "read", "write", "required"]);

/** One question; an answer is the fact `answer.<id>` inside the form and `step.<step>.<id>` outside. */
export const Question = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z][a-zA-Z0-9-]*$/, "start with a lower-case letter; letters, digits and hyphens")
      .max(64),
    type: z.enum(QUESTION_TYPES),
    title: z.string().min(1).max(500),
    help: z.string().max(2000).optional(),
    required: z.boolean().optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    /** Who may not be named, for questions that name people: refused, not left out. */
    except: z.array(PersonRef).max(20).optional(),
    of: z
      .array(z.union([z.string(), z.number()]))
      .max(500)
      .optional(),
    weight: DecimalText.optional(),
    target: z.number().optional(),
    shows: z
      .strictObject({ metric: Id, of: z.string().max(100).optional(), window: z.string().max(100).optional() })
      .optional(),
    showWhen: Conditions.optional(),
    requiredWhen: Conditions.optional(),
    lockedWhen: Conditions.optional(),
  })
  .meta({ id: "Question" });
export type Question = z.infer<typeof Question>;

/** Questions in sections, with a scale, a score and who may do what. */
export const Form = z
  .strictObject({
    ...envelope("form"),
    scale: z
      .strictObject({ labels: z.array(z.string().max(100)).min(2).max(20), values: z.array(z.number()).min(2).max(20) })
      .optional(),
    sections: z
      .array(
        z.strictObject({
          id: Id,
          title: z.string().min(1).max(200),
          description: z.string().max(2000).optional(),
          weight: DecimalText.optional(),
          questions: z.array(Question).max(200),
        }),
      )
      .min(1)
      .max(50),
    score: z
      .strictObject({
        kind: z.enum(["weighted-mean", "sum", "none"]),
        missing: z.enum(["renormalise", "block", "zero"]).optional(),
      })
      .optional(),
    permissions: z
      .record(z.string().max(64), z.union([permission, z.record(z.string().max(64), permission)]))
      .optional(),
    layout: Json.optional(),
  })
  .meta({ id: "Form" });
export type Form = z.infer<typeof Form>;
