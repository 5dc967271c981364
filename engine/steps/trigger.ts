import { z } from "zod";
import { Conditions } from "../rules/conditions.ts";
import { Duration } from "../words/duration.ts";
import { Id } from "../words/ids.ts";
import { Json } from "../words/json.ts";
import { Reference } from "../words/reference.ts";

/** The events that the runtime announces by itself. */
export const TRIGGER_EVENTS = [
  "case.opened",
  "case.closed",
  "task.overdue",
  "task.done",
  "metric.breached",
  "metric.stale",
  "observations.changed",
  "person.hired",
  "person.moved",
  "person.left",
  "record.created",
] as const;

/** What starts a case, or what a wait waits for. */
export const Trigger = z
  .strictObject({
    on: z.enum(TRIGGER_EVENTS),
    workflow: Id.optional(),
    /** The record type, for `record.created`. */
    record: Id.optional(),
    metric: Id.optional(),
    when: Conditions.optional(),
    subject: Reference.optional(),
    with: z.record(z.string().max(64), Json).optional(),
    shared: z.strictObject({ key: z.array(z.string().min(1).max(200)).min(1).max(10) }).optional(),
    /** Of a wait: for how long something counts that happened before the case waited for it. */
    hold: Duration.optional(),
  })
  .meta({ id: "Trigger" });
export type Trigger = z.infer<typeof Trigger>;
