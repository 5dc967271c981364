const UNITS: Record<string, number> = { "": 1, ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a delay: a number, or a text as CSS and SCXML write it ("10ms", ".5s"). Throws on anything else. */
export function delayOf(value: unknown): number {
  if (typeof value === "number" && value >= 0) return value;
  const [, number, unit] = /^\s*(\d*\.?\d+)\s*([a-z]*)\s*$/.exec(String(value)) ?? [];
  const factor = unit === undefined ? undefined : UNITS[unit];
  if (number === undefined || factor === undefined)
    throw new RangeError(`"${String(value)}" is no delay. Write milliseconds, or a text like "1.5s".`);
  return Number(number) * factor;
}
