import { z } from "zod";
import { Json } from "../words/json.ts";

const id = z.string().min(1).max(200);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const place = { timeZone: z.string().optional(), calendar: z.string().optional() };

/**
 * A company written down small, for stories to play in: what is not said is as it is for most (active, full time, for as long
 * as the story lasts). `engine/scenario/company-data.ts` makes an organisation of it.
 */
export const Company = z.strictObject({
  timeZone: z.string(),
  /** Id of the calendar that counts where no other is said; Monday to Friday from nine to five where nobody knows it. */
  calendar: z.string(),
  currency: z.string().length(3),
  units: z
    .array(z.strictObject({ id, title: z.string(), level: z.string(), parent: id.optional(), ...place }))
    .max(500),
  people: z
    .array(
      z.strictObject({
        id,
        name: z.string(),
        status: z.enum(["active", "leave", "left"]).optional(),
        role: z.string().optional(),
        grade: z.string().optional(),
        hireDate: date.optional(),
        endDate: date.optional(),
        fte: z.string().optional(),
        salaryMinor: z.number().int().optional(),
        fields: z.record(z.string(), Json).optional(),
        ...place,
      }),
    )
    .max(500),
  /** Where people work and to whom they report; the first place of a person is the primary one. */
  works: z
    .array(z.strictObject({ person: id, unit: id, manager: id.optional(), matrix: z.boolean().optional() }))
    .max(1000),
  /** Who holds which role: for a unit and what is below it, or everywhere. */
  roles: z.array(z.strictObject({ person: id, role: z.string(), unit: id.optional() })).max(1000),
  queues: z
    .array(z.strictObject({ id, title: z.string(), members: z.array(id) }))
    .max(50)
    .optional(),
  absences: z
    .array(z.strictObject({ person: id, from: date, to: date, delegate: id.optional() }))
    .max(500)
    .optional(),
});
export type Company = z.infer<typeof Company>;
