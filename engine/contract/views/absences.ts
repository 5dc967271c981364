import { z } from "zod";
import { PersonBrief } from "../common.ts";

const date = z.iso.date();

/** When somebody is away, `[from, to)`, and who acts for them meanwhile. */
export const AbsenceView = z
  .object({ id: z.number().int(), from: date, to: date, delegate: PersonBrief.nullable() })
  .meta({ id: "Absence" });
export type AbsenceView = z.infer<typeof AbsenceView>;

/** Declares an absence. */
export const AbsenceRequest = z
  .strictObject({ from: date, to: date, delegate: z.string().min(1).max(100).nullable().optional() })
  .refine(({ from, to }) => from < to, { error: "the first day back must come after the first day away" })
  .meta({ id: "AbsenceRequest" });
export type AbsenceRequest = z.infer<typeof AbsenceRequest>;
