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
