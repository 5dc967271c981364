/**
 * Splits a whole number into n whole parts that sum to it exactly: everybody gets the quotient, and the remainder goes, one
 * each, to the first ones. 1,500,000 over 4,950 is 303 each and one more for the first 150.
 */
export function splitEvenly(total: number, parts: number): number[] {
  if (parts < 1) throw new RangeError("A total cannot be split among nobody.");
  const each = Math.floor(total / parts);
  const rest = total - each * parts;
  return Array.from({ length: parts }, (_, i) => each + (i < rest ? 1 : 0));
}

/**
 * Splits a whole number by weights into whole parts that sum to it exactly: each gets the whole part of its share, and what
 * is left goes, one each, to the largest fractions (ties by position). Weights are whole numbers, so that nothing is rounded twice.
 */
export function splitByWeights(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum <= 0) throw new RangeError("Weights must sum to more than zero.");
  const parts = weights.map((weight) => Math.floor((total * weight) / sum));
  let left = total - parts.reduce((a, b) => a + b, 0);
  const byFraction = weights
    .map((weight, i) => ({ i, fraction: (total * weight) % sum }))
    .sort((a, b) => b.fraction - a.fraction || a.i - b.i);
  for (const { i } of byFraction) {
    if (left === 0) break;
    parts[i] = (parts[i] ?? 0) + 1;
    left--;
  }
  return parts;
}
