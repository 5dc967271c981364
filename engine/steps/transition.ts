import { z } from "zod";
import { Conditions } from "../rules/conditions.ts";
import { Id, Name } from "../words/ids.ts";
import { Value } from "../words/reference.ts";

const guarded = z
  .strictObject({
    to: Id,
    when: Conditions.optional(),
    set: z.record(Name, Value).optional(),
    history: z.boolean().optional(),
    maxVisits: z.number().int().min(1).max(1000).optional(),
    note: z.string().max(2000).optional(),
  })
  .meta({ id: "GuardedTransition" });

/** One way onward: a step's id, or a step with a guard, data to set and a bound on how often it may be taken. */
export const SingleTransition = z.union([Id, guarded]);

/** Where an event leads: a target, a guarded target, or a list of which the first that holds is taken. */
export const Transition = z.union([Id, guarded, z.array(SingleTransition).min(1).max(50)]).meta({ id: "Transition" });
export type Transition = z.infer<typeof Transition>;
export type GuardedTransition = z.infer<typeof guarded>;

/** The transitions of a step by event: its outcomes, and the reserved `due`, `failed`, `not-evaluated`, `done`. */
export const On = z.record(Id.or(z.string().max(64)), Transition).meta({ id: "On" });
export type On = z.infer<typeof On>;

/** How often a loop through people may enter one step when the author names no bound. */
export const DEFAULT_MAX_VISITS = 5;

/** Any form of a transition as a list of guarded ones, in the order in which they are tried. */
export function transitionList(transition: Transition): GuardedTransition[] {
  const list = Array.isArray(transition) ? transition : [transition];
  return list.map((one) => (typeof one === "string" ? { to: one } : one));
}
