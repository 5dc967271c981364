import { z } from "zod";
import { Trigger } from "../steps/trigger.ts";
import { Clock } from "../time/clock.ts";
import { Channel } from "../words/channel.ts";
import { Duration } from "../words/duration.ts";
import { Id } from "../words/ids.ts";
import { Json } from "../words/json.ts";
import { DurationValue, ParameterRef, PersonRef, Reference } from "../words/reference.ts";
import { envelope, Layout, parameterised } from "./envelope.ts";

const amount = z.union([z.number(), ParameterRef]);

/** A clock of a ladder: when it starts, what freezes it and what stops it; the levels say how far along they fire. */
export const LadderClock = z
  .strictObject({
    from: Reference.optional(),
    calendar: z.union([z.enum(["subject", "actor"]), Id]).optional(),
    pause: Clock.shape.pause,
    resume: Clock.shape.resume,
    stop: Clock.shape.stop,
    reset: Clock.shape.reset,
  })
  .meta({ id: "LadderClock" });
export type LadderClock = z.infer<typeof LadderClock>;

/** A breach of a metric as a trigger: bigger breaches start higher. */
export const MetricTrigger = z
  .strictObject({
    metric: Id,
    rule: Id,
    of: z.enum(["person", "unit"]).optional(),
    /** Of units: the level that is looked at, e.g. `region`; the level whose head the ladder tells first where it does not say. */
    level: z.string().min(1).max(64).optional(),
    tiers: z
      .array(z.strictObject({ below: amount.optional(), above: amount.optional(), startAt: Id }))
      .max(20)
      .optional(),
    pending: z.union([z.number().int().min(1), ParameterRef]).optional(),
    clear: amount.optional(),
    cooldown: Duration.optional(),
    shared: z
      .strictObject({ key: z.array(z.string().min(1).max(200)).min(1).max(10), within: Duration.optional() })
      .optional(),
  })
  .meta({ id: "MetricTrigger" });
export type MetricTrigger = z.infer<typeof MetricTrigger>;

/** One rung of the ladder. */
export const Level = z
  .strictObject({
    id: Id,
    title: z.string().min(1).max(200),
    clock: Id.optional(),
    after: DurationValue,
    notify: z.array(PersonRef).max(20).optional(),
    via: z.array(Channel).min(1).optional(),
    message: z.string().max(4000).optional(),
    start: z
      .strictObject({
        workflow: Id,
        subject: Reference.optional(),
        with: z.record(z.string().max(64), Json).optional(),
      })
      .optional(),
    shared: z.strictObject({ key: z.array(z.string().min(1).max(200)).min(1).max(10) }).optional(),
  })
  .meta({ id: "Level" });
export type Level = z.infer<typeof Level>;

/** A ladder of levels with clocks: tells the right person at the right working hour, and climbs until someone owns it. */
export const Escalation = z
  .strictObject({
    ...envelope("escalation"),
    ...parameterised,
    subject: Id,
    trigger: z.union([Trigger, MetricTrigger]).optional(),
    clocks: z.record(Id, LadderClock).optional(),
    levels: z.array(Level).min(1).max(30),
    repeat: z.strictObject({ times: z.number().int().min(0).max(50), every: DurationValue }).optional(),
    fallback: PersonRef.optional(),
    maxAge: Duration.optional(),
    layout: Layout.optional(),
  })
  .meta({ id: "Escalation" });
export type Escalation = z.infer<typeof Escalation>;
