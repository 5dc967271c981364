import { z } from "zod";

/** An instant: UTC epoch milliseconds. */
export const Instant = z.number().int().meta({ id: "Instant", description: "UTC epoch milliseconds" });

/** An author's mistake (see engine/words/issue.ts). */
export const IssueView = z
  .object({
    code: z.string(),
    path: z.string(),
    severity: z.enum(["error", "warning", "info"]),
    message: z.string(),
    hint: z.string().optional(),
  })
  .meta({ id: "Issue" });

/** A person as lists show them. */
export const PersonBrief = z
  .object({ id: z.string(), name: z.string(), title: z.string().nullable() })
  .meta({ id: "PersonBrief" });
export type PersonBrief = z.infer<typeof PersonBrief>;

/** A page of a long list: pass `next` back as `cursor`; null at the end. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), total: z.number().int(), next: z.string().nullable() });

export const pageQuery = {
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
};

export const Done = z.object({ ok: z.literal(true) }).meta({ id: "Done" });

/** RFC 9457 problem details, with a stable code, the request's id, and issues where the input was at fault. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string().optional(),
    requestId: z.string().optional(),
    issues: z.array(IssueView).optional(),
    /** What is possible now, on a refused command. */
    possible: z.array(z.string()).optional(),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof Problem>;
