import { z } from "zod";
import { Json } from "../words/json.ts";

const answers = z.record(z.string().max(64), Json);

/** What a person, a timer or an effect may ask of a running case. */
export const Command = z
  .discriminatedUnion("type", [
    /** Completes a task with one of its outcomes. */
    z.strictObject({
      type: z.literal("complete"),
      task: z.string(),
      outcome: z.string().max(64),
      answers: answers.optional(),
      comment: z.string().max(4000).optional(),
      /** Of a session: what is different for each subject, by subject id, over `answers`. */
      rows: z.record(z.string().max(200), answers).optional(),
    }),
    /** Takes a task that several people may do. */
    z.strictObject({ type: z.literal("claim"), task: z.string() }),
    /** Passes a task that is worked on in turns to another of its actors: the person named, else the next. */
    z.strictObject({
      type: z.literal("pass"),
      task: z.string(),
      to: z.string().max(300).optional(),
      answers: answers.optional(),
      comment: z.string().max(4000).optional(),
    }),
    /** Hands a task to someone else, with a reason. */
    z.strictObject({
      type: z.literal("transfer"),
      task: z.string(),
      to: z.string(),
      reason: z.string().min(1).max(2000),
    }),
    /** An event of the author's own, e.g. `waiting-on-customer`, `resolved`; with a step, for that one only. */
    z.strictObject({
      type: z.literal("event"),
      event: z.string().min(1).max(100),
      step: z.string().min(1).max(64).optional(),
      data: answers.optional(),
    }),
    /** Ends the case before its time. */
    z.strictObject({ type: z.literal("cancel"), reason: z.string().min(1).max(2000) }),
    /** Lets a case stand still: no clock of it runs, no task of it can be done. */
    z.strictObject({ type: z.literal("pause"), reason: z.string().min(1).max(2000) }),
    /** Lets a paused case go on, with what was left of its clocks. */
    z.strictObject({ type: z.literal("resume"), reason: z.string().min(1).max(2000) }),
    /** Takes a case to a step by hand, forward or back: what is open there is cancelled, what was done stays done. */
    z.strictObject({ type: z.literal("move"), to: z.string().min(1).max(200), reason: z.string().min(1).max(2000) }),
    /** Lets a case that has ended go on at a step. */
    z.strictObject({ type: z.literal("reopen"), to: z.string().min(1).max(200), reason: z.string().min(1).max(2000) }),
    /** Corrects case data. */
    z.strictObject({ type: z.literal("set-data"), data: answers, reason: z.string().min(1).max(2000) }),
    /** Takes back what an admin did last, within ten minutes and if nothing else has happened since. */
    z.strictObject({ type: z.literal("undo"), reason: z.string().min(1).max(2000) }),
    /** Tries a blocked case again: actors are resolved anew. */
    z.strictObject({ type: z.literal("retry"), reason: z.string().min(1).max(2000) }),
  ])
  .meta({ id: "Command" });
export type Command = z.infer<typeof Command>;

/** A command as it is sent: with the key that makes it safe to send twice, and the revision the sender saw. */
export const CommandRequest = z
  .strictObject({
    command: Command,
    /** UUIDv7; scoped to the principal and kept 30 days. Also accepted as the `Idempotency-Key` header. */
    key: z.string().min(8).max(100).optional(),
    expectedRevision: z.number().int().min(0).optional(),
  })
  .meta({ id: "CommandRequest" });

/** What an accepted command answers. */
export const CommandAnswer = z
  .object({
    caseId: z.string(),
    revision: z.number().int(),
    status: z.string(),
    active: z.array(z.string()),
    outcome: z.string().nullable(),
  })
  .meta({ id: "CommandAnswer" });
export type CommandAnswer = z.infer<typeof CommandAnswer>;
