import { z } from "zod";
import type { Condition, Conditions } from "./conditions.ts";
import { isDay } from "./date-order.ts";
import type { FactReader } from "./facts.ts";
import { TODAY } from "./today.ts";

const Day = z.string().refine(isDay, "write a date that exists as year-month-day, e.g. 2026-03-31");

/** The calendar dates between which a rule, a row or a whole rule set is in force; both belong to it, one may be left out. */
export const Validity = z
  .strictObject({ from: Day.optional(), to: Day.optional() })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, "it ends before it begins")
  .meta({ id: "Validity" });
export type Validity = z.infer<typeof Validity>;

/** The conditions that it is a day within the validity, over the fact `time.today`; none where it is always in force. */
export function inForce(valid: Validity | undefined): Condition[] {
  const bounds: Condition[] = [];
  if (valid?.from !== undefined) bounds.push({ fact: TODAY, operator: "dateOnOrAfter", value: valid.from });
  if (valid?.to !== undefined) bounds.push({ fact: TODAY, operator: "dateOnOrBefore", value: valid.to });
  return bounds;
}

/** The conditions of a rule as they run: those of its validity first, so that its trace says why it was not in force. */
export function conditionsInForce(conditions: Conditions, valid: Validity | undefined): Conditions {
  const dated = inForce(valid);
  return dated.length === 0 ? conditions : { all: [...dated, conditions] };
}

/** A reader for which it is this day: `decide(asOf("2026-03-31", read))` answers by the rules in force then. */
export function asOf(date: string, read: FactReader): FactReader {
  return (fact, params) => (fact === TODAY ? date : read(fact, params));
}
