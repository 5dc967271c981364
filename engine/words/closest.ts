/**
 * The candidate that a person most likely meant by a word, or undefined where none is near: at most a third of the
 * letters may differ (at least one, and capitals and hyphens count for nothing). Of several equally near, the first.
 */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = plain(word);
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  let best: string | undefined;
  let bestDistance = allowed + 1;
  for (const candidate of candidates) {
    if (candidate === word) continue;
    const distance = editDistance(wanted, plain(candidate), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** `did you mean "outcomes"?`, or what is possible where nothing is near; undefined where nothing is possible. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const list = [...candidates];
  const near = closest(word, list);
  if (near !== undefined) return `Did you mean "${near}"?`;
  if (list.length === 0) return undefined;
  const shown = list.slice(0, 12).join(", ");
  return `Possible here: ${shown}${list.length > 12 ? `, and ${list.length - 12} more` : ""}.`;
}

const plain = (word: string) => word.slice(0, 100).toLowerCase().replaceAll(/[-_ ]/g, "");

/**
 * Damerau's distance with adjacent swaps (optimal string alignment): the number of insertions, deletions, substitutions
 * and swaps between two words; gives up with `limit` once it cannot be less.
 */
export function editDistance(a: string, b: string, limit = Number.POSITIVE_INFINITY): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, beforePrevious[j - 2]! + 1);
      row.push(cost);
    }
    if (Math.min(...row) >= limit) return limit;
    beforePrevious = previous;
    previous = row;
  }
  return previous[b.length]!;
}
