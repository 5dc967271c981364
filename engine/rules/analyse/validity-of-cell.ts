import { parseCell } from "../table-cell.ts";
import type { Validity } from "../validity.ts";
import { dayOfIso, isoOfDay } from "./day-number.ts";

/** A cell of dates as a validity; undefined for what no validity can say (several stretches, a time of day). */
export function cellValidity(cell: string): { valid?: Validity } | undefined {
  const parsed = parseCell(cell, { type: "date" });
  if (!parsed.ok) return undefined;
  const { test } = parsed;
  const moved = (value: unknown, days: number) => {
    const day = dayOfIso(String(value));
    return day === undefined ? undefined : isoOfDay(day + days);
  };
  switch (test.kind) {
    case "any":
      return {};
    case "one-of": {
      const [only, other] = test.values;
      const day = moved(only, 0);
      return other === undefined && day !== undefined ? { valid: { from: day, to: day } } : undefined;
    }
    case "compare": {
      const isUpper = test.sign.startsWith("<");
      const day = moved(test.value, test.sign.endsWith("=") ? 0 : isUpper ? -1 : 1);
      return day === undefined ? undefined : { valid: isUpper ? { to: day } : { from: day } };
    }
    case "range": {
      const from = moved(test.low, test.lowIncluded ? 0 : 1);
      const to = moved(test.high, test.highIncluded ? 0 : -1);
      return from === undefined || to === undefined || from > to ? undefined : { valid: { from, to } };
    }
    default:
      return undefined;
  }
}
