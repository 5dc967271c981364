import type { Directory } from "#engine/organisation/directory.ts";
import { dateOfDay, dayOfDate } from "#engine/time/epoch-day.ts";
import type { Period } from "#engine/time/period.ts";

/** Whom a run looks at. */
export interface PayeeScope {
  /** This unit and everything below it. */
  unit?: string | null;
  /** One person. */
  person?: string | null;
}

/**
 * Everyone who was employed for at least a day of the period, in the order of their ids; of a unit, those who belonged to it
 * on their last day in the period. Who of them is on the plan is the plan's own condition.
 */
export function payeesOf(directory: Directory, period: Pick<Period, "from" | "to">, scope: PayeeScope = {}): string[] {
  const { unit, person } = scope;
  return directory
    .people()
    .filter(({ id, hireDate, endDate, status }) => {
      if (endDate === null && status === "left") return false;
      if (typeof person === "string" && id !== person) return false;
      if (hireDate !== null && hireDate >= period.to) return false;
      if (endDate !== null && endDate < period.from) return false;
      if (typeof unit !== "string") return true;
      const own = directory.unitOf(id, dayInPeriod(endDate, period));
      return own !== undefined && directory.unitPath(own).some((above) => above.id === unit);
    })
    .map(({ id }) => id)
    .sort();
}

/** The day on which unit, manager and the like are taken: the last of the period, or of the employment where that ended before. */
export function dayInPeriod(endDate: string | null, period: Pick<Period, "to">): string {
  const last = dateOfDay(dayOfDate(period.to) - 1);
  return endDate !== null && endDate < last ? endDate : last;
}
