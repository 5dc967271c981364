import type { Directory } from "../organisation/directory.ts";
import { tryDayOfDate } from "../time/epoch-day.ts";
import { instantOf } from "../time/instant-text.ts";
import { zone } from "../time/zone.ts";
import { type Json, sameJson } from "../words/json.ts";
import type { Field } from "./field.ts";

/** What is wrong with a value for a field, as the end of a sentence; undefined where nothing is. */
export function fieldProblem(field: Field, value: Json, directory: Directory): string | undefined {
  const known = (id: Json, has: (text: string) => boolean, what: string) =>
    typeof id === "string" && has(id) ? undefined : `names no ${what}`;
  switch (field.type) {
    case "number":
    case "integer":
    case "percent": {
      if (typeof value !== "number" || !Number.isFinite(value)) return "is not a number";
      if (field.type === "integer" && !Number.isInteger(value)) return "is not a whole number";
      if (field.min !== undefined && value < field.min) return `is below ${field.min}`;
      return field.max !== undefined && value > field.max ? `is above ${field.max}` : undefined;
    }
    case "money":
      return typeof value === "number" || (typeof value === "string" && /^-?\d{1,15}(\.\d{1,4})?$/.test(value))
        ? undefined
        : 'is not an amount such as "12.50"';
    case "text":
      return typeof value === "string" && value.length <= 10_000
        ? undefined
        : "is not a text of at most 10,000 letters";
    case "boolean":
      return typeof value === "boolean" ? undefined : "is not true or false";
    case "date":
      return typeof value === "string" && tryDayOfDate(value) !== undefined
        ? undefined
        : "is not a date such as 2026-03-31";
    case "date-time":
      return instantOf(value, zone(directory.data.timeZone), "start") === undefined
        ? "is not a time such as 2026-03-31T09:00"
        : undefined;
    case "person":
      return known(value, (id) => directory.person(id) !== undefined, "person");
    case "people":
      return Array.isArray(value) && value.every((id) => typeof id === "string" && directory.person(id))
        ? undefined
        : "is not a list of people";
    case "unit":
      return known(value, (id) => directory.unit(id) !== undefined, "unit");
    case "choice":
      return (field.of ?? []).some((one) => sameJson(one, value)) ? undefined : "is not one of its choices";
    case "list":
      return Array.isArray(value) ? undefined : "is not a list";
    default:
      return field.type satisfies never;
  }
}
