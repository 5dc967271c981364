import { z } from "zod";
import { calendarShape } from "../time/calendar.ts";
import { envelope } from "./envelope.ts";

/** Working hours, holidays and blackouts of a place, in its time zone. */
export const Calendar = z.strictObject({ ...envelope("calendar"), ...calendarShape }).meta({ id: "Calendar" });
export type Calendar = z.infer<typeof Calendar>;
