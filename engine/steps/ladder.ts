/** Ids of the steps that a ladder adds to its levels: what lowers it makes them, and no level may be called so. */
export const LADDER = {
  ladder: "ladder",
  begin: "begin",
  wait: "wait",
  owned: "owned",
  fallback: "fallback",
  resolved: "resolved",
  expired: "expired",
  endResolved: "end-resolved",
  endOver: "end-over",
} as const;

/** The event that tells an open ladder of a breach with its value as it is now: `event.value`. */
export const WORSE = "breached";

/** Every id that the steps of a ladder take beside its levels, given the clocks that its levels count by. */
export function ladderIds(clocks: readonly string[]): Set<string> {
  const names = Object.values(LADDER);
  return new Set([
    ...names,
    ...(clocks.length > 1 ? clocks.flatMap((clock) => names.map((name) => `${clock}-${name}`)) : []),
  ]);
}
