import { z } from "zod";
import { Deadline } from "../time/clock.ts";
import { Id, Name } from "../words/ids.ts";
import { PersonRef } from "../words/reference.ts";
import { On } from "./transition.ts";

/** What every step has. */
export const base = {
  title: z.string().min(1).max(200),
  description: z.string().max(4000).optional(),
};

/** What every step that goes on somewhere has. */
export const onward = { ...base, on: On };

/** What a step has that does something outside: the step that undoes it when the case is cancelled after it. */
export const undoable = { undo: Id.optional() };

/** When the members of a fan-out or the branches of a parallel are enough. */
export const Join = z
  .union([
    z.enum(["all", "any"]),
    z.strictObject({ atLeast: z.number().int().min(1) }),
    z
      .array(
        z.strictObject({
          count: z.string().max(64),
          atLeast: z.union([z.number().int().min(1), z.literal("all")]),
          emit: z.string().max(64),
        }),
      )
      .min(1)
      .max(20),
  ])
  .meta({ id: "Join" });
export type Join = z.infer<typeof Join>;

/** Many people, decided when the step is entered. */
export const Each = z
  .strictObject({
    of: z.union([PersonRef, z.array(PersonRef).min(1).max(20)]),
    as: Name,
    distinct: z.boolean().optional(),
    except: z.array(PersonRef).max(20).optional(),
  })
  .meta({ id: "Each" });
export type Each = z.infer<typeof Each>;

/** One case where many ask: attaches to the open case with that key, or starts it. */
export const Shared = z
  .strictObject({
    key: z.array(z.string().min(1).max(200)).min(1).max(10),
    within: z.strictObject({ minutes: z.number().int().min(1) }).optional(),
  })
  .meta({ id: "Shared" });
export type Shared = z.infer<typeof Shared>;

/** Who may see a value, and from when the subject may. */
export const Visibility = z
  .strictObject({
    audience: z.array(z.string().max(64)).max(20),
    subjectAfter: z.string().max(64).optional(),
  })
  .meta({ id: "Visibility" });
export type Visibility = z.infer<typeof Visibility>;

/** What a step that asks people has: an actor (or several), a deadline, outcomes, and how many answer. */
export const asking = {
  ...onward,
  actor: PersonRef.optional(),
  actors: z.array(PersonRef).min(1).max(20).optional(),
  exit: z.number().int().min(0).optional(),
  mode: z.enum(["single", "iterative", "collaborative"]).optional(),
  deadline: Deadline.optional(),
  outcomes: z.array(Id).min(1).max(20).optional(),
  each: Each.optional(),
  join: Join.optional(),
  bundle: z.array(z.string().min(1).max(200)).min(1).max(5).optional(),
  optional: z.boolean().optional(),
  visibility: Visibility.optional(),
};
