/** Maps a value of a domain to a place in a range, straight. A domain of no width maps to the middle. */
export function scale(domain: readonly [number, number], range: readonly [number, number]): (value: number) => number {
  const width = domain[1] - domain[0];
  if (width === 0) return () => (range[0] + range[1]) / 2;
  return (value) => range[0] + ((value - domain[0]) / width) * (range[1] - range[0]);
}

/** About `count` round numbers (1, 2, 2.5 or 5 times a power of ten) that hold `low` and `high` between them. */
export function ticks(low: number, high: number, count = 4): number[] {
  if (!(Number.isFinite(low) && Number.isFinite(high))) return [];
  if (low === high) return low === 0 ? [0, 1] : ticks(Math.min(0, low), Math.max(0, high), count);
  const rough = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5].find((one) => one * power >= rough) ?? 10) * power;
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  // Counted in whole steps and rounded once: adding 0.1 ten times is not 1.
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** The numbers of a series that are there. */
export const present = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);
