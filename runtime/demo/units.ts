import type { Unit } from "#engine/organisation/model.ts";

/** The root of the tree. */
export const COMPANY = "green-soft";

/** A unit in the organisation's own zone and calendar. */
export const unit = (id: string, title: string, level: string, parent: string | null): Unit => ({
  id,
  title,
  level,
  parent,
  timeZone: null,
  calendar: null,
});
