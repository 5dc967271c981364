/** A stream of numbers that a seed decides. Every draw moves it on. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number in [from, to]. */
  whole(from: number, to: number): number;
  /** Around a mean, as the sum of four draws: bounded at mean ± 2 × spread. */
  around(mean: number, spread: number): number;
  pick<T>(items: readonly T[]): T;
  chance(probability: number): boolean;
}

/**
 * A generator of our own, so that the demo is the same on every machine and after every upgrade: mulberry32 (public domain),
 * started from a hash (FNV-1a) of the texts given. Each purpose has its own stream: a new one moves no other.
 */
export function random(...seed: (string | number)[]): Random {
  let state = 0x811c9dc5;
  for (const char of seed.join("/")) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    around: (mean, spread) => mean + (next() + next() + next() + next() - 2) * spread,
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new RangeError("Nothing to pick from.");
      return item;
    },
    chance: (probability) => next() < probability,
  };
}
