import { z } from "zod";
import { Conditions } from "../rules/conditions.ts";
import { Id } from "../words/ids.ts";
import { DurationValue, Reference } from "../words/reference.ts";

const eventName = z.string().min(1).max(100);

const clockShape = {
  after: DurationValue.optional(),
  at: z.union([z.iso.date(), z.iso.datetime({ local: true, offset: true }), Reference]).optional(),
  every: z.string().min(1).max(500).optional(),
  from: Reference.optional(),
  calendar: z.union([z.enum(["subject", "actor"]), Id]).optional(),
  pause: z
    .array(z.union([eventName, Conditions]))
    .max(20)
    .optional(),
  stop: z.array(eventName).max(20).optional(),
};

const oneOf = (clock: { after?: unknown; at?: unknown; every?: unknown }) =>
  [clock.after, clock.at, clock.every].filter((part) => part !== undefined).length === 1;
const needsOne = { error: 'a clock has exactly one of "after", "at", "every"' };

/** When time is up: after a duration, at a date, or again and again by an RFC 5545 rule. One shape wherever time runs. */
export const Clock = z.strictObject(clockShape).refine(oneOf, needsOne).meta({ id: "Clock" });
export type Clock = z.infer<typeof Clock>;

/** What happens when a deadline passes. */
export const DeadlinePolicy = z.enum(["hold", "advance", "advance-flagged", "escalate"]);
export type DeadlinePolicy = z.infer<typeof DeadlinePolicy>;

/** A clock on a task, with what happens when it runs out, and the dates before which it may not begin or end. */
export const Deadline = z
  .strictObject({
    ...clockShape,
    policy: DeadlinePolicy.optional(),
    escalation: Id.optional(),
    start: z.union([z.iso.date(), Reference]).optional(),
    exit: z.union([z.iso.date(), Reference]).optional(),
  })
  .refine(oneOf, needsOne)
  .meta({ id: "Deadline" });
export type Deadline = z.infer<typeof Deadline>;
