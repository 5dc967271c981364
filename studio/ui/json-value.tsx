import type { Json } from "#engine/words/json.ts";
import { calendarDate } from "../text/dates.ts";
import { number, percent } from "../text/number.ts";

/** A stored value as people write it, a share of one in percent where it is one; structures as a short list. */
export function valueText(value: Json | undefined, isShare = false): string {
  if (value === null || value === undefined) return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return isShare ? percent(value, 1) : number(value, 4);
  if (typeof value === "string") return calendarDate(value) || "empty";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map((one) => valueText(one, isShare)).join(", ");
  return Object.entries(value)
    .map(([name, part]) => `${name} ${valueText(part)}`)
    .join(", ");
}
