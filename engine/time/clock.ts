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
  /** Events that let a clock go on which an event has paused; `resumed` where it names none. */
  resume: z.array(eventName).min(1).max(20).optional(),
  /** Events that end the counting for good: the clock never runs out. */
  stop: z.array(eventName).max(20).optional(),
  /** Events that let it count anew, from when they happen. */
  reset: z.array(eventName).max(20).optional(),
};

const oneOf = (clock: { after?: unknown; at?: unknown; every?: unknown }) =>
  [clock.after, clock.at, clock.every].filter((part) => part !== undefined).length === 1;
const needsOne = { error: 'a clock has exactly one of "after", "at", "every"' };

/** When time is up: after a duration, at a date, or again and again by an RFC 5545 rule. One shape wherever time runs. */
export const Clock = z.strictObject(clockShape).refine(oneOf, needsOne).meta({ id: "Clock" });
export type Clock = z.infer<typeof Clock>;

/** What decides whether a clock runs: the members that every clock has, a ladder's too. */
export type ClockControl = Pick<Clock, "pause" | "resume" | "stop" | "reset">;

/** The event that lets a paused clock go on where its author names none. */
export const RESUMED = "resumed";

/** The events that pause a clock; the conditions in `pause` are apart. */
export const pauseEvents = (clock: ClockControl): string[] =>
  (clock.pause ?? []).filter((part) => typeof part === "string");

/** The conditions while which a clock stands still, each with its position in `pause`. */
export function pauseConditions(clock: ClockControl): { position: number; conditions: Conditions }[] {
  return (clock.pause ?? []).flatMap((part, position) =>
    typeof part === "string" ? [] : [{ position, conditions: part }],
  );
}

/** The events that let a clock go on which an event has paused. */
export const resumeEvents = (clock: ClockControl): string[] =>
  pauseEvents(clock).length === 0 ? [] : (clock.resume ?? [RESUMED]);

/** Every event that a clock itself listens to while it counts. */
export const clockEvents = (clock: ClockControl): string[] => [
  ...new Set([...pauseEvents(clock), ...resumeEvents(clock), ...(clock.stop ?? []), ...(clock.reset ?? [])]),
];

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
