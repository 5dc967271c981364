import { z } from "zod";
import { Json } from "../../words/json.ts";

const reason = z.string().min(1).max(2000);
const step = z.string().min(1).max(200);

/** What admins do to many cases at once; the same to each. */
export const BulkCommand = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("move"), to: step, reason }),
    z.strictObject({ type: z.literal("reopen"), to: step, reason }),
    z.strictObject({ type: z.literal("cancel"), reason }),
    z.strictObject({ type: z.literal("set-data"), data: z.record(z.string().max(64), Json), reason }),
    /** Hands over all open tasks that somebody has in these cases. */
    z.strictObject({ type: z.literal("transfer"), from: z.string().max(100), to: z.string().max(100), reason }),
  ])
  .meta({ id: "BulkCommand" });
export type BulkCommand = z.infer<typeof BulkCommand>;

/** Which cases: named one by one, or found by what they are and where they stand. Open and blocked ones where no status is named. */
export const MoveRequest = z
  .strictObject({
    command: BulkCommand,
    cases: z.array(z.string().max(100)).min(1).max(10_000).optional(),
    filter: z
      .strictObject({
        definition: z.string().max(130),
        step: step.optional(),
        status: z.enum(["open", "blocked", "closed", "cancelled"]).optional(),
        period: z.string().max(20).optional(),
      })
      .optional(),
    key: z.string().min(8).max(100).optional(),
  })
  .refine(({ cases, filter }) => (cases === undefined) !== (filter === undefined), {
    error: "name the cases, or the filter that finds them",
  })
  .meta({ id: "MoveRequest" });
export type MoveRequest = z.infer<typeof MoveRequest>;

/** What a move would do, before it is done. */
export const MovePreview = z
  .object({
    total: z.number().int(),
    /** Of the cases looked at (at most 500): what would happen to each. */
    looked: z.number().int(),
    refused: z.number().int(),
    /** Sums over what was looked at. */
    tasksCancelled: z.number().int(),
    timersCancelled: z.number().int(),
    childrenEnded: z.number().int(),
    tasksOpened: z.number().int(),
    rows: z.array(
      z.object({
        caseId: z.string(),
        subjectName: z.string(),
        from: z.array(z.string()),
        ok: z.boolean(),
        message: z.string(),
        tasksCancelled: z.array(z.string()),
        timersCancelled: z.array(z.string()),
        childrenEnded: z.number().int(),
        tasksOpened: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: "MovePreview" });
export type MovePreview = z.infer<typeof MovePreview>;
