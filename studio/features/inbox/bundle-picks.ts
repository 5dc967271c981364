/** The outcome picked for each row of a bundle, by the row's task; nothing of it was sent. */
export type Picks = ReadonlyMap<string, string>;

/** One row with the outcome it is to be answered with. */
export interface Picked {
  row: string;
  outcome: string;
}

/** Picks an outcome for a row, in place of another; the same one again picks none. */
export function pick(picks: Picks, row: string, outcome: string): Picks {
  const next = new Map(picks);
  if (picks.get(row) === outcome) next.delete(row);
  else next.set(row, outcome);
  return next;
}

/** What would be sent, in the order of the rows: a row that somebody else has answered meanwhile is no longer among them. */
export const pickedOf = (picks: Picks, rows: readonly { id: string }[]): Picked[] =>
  rows.flatMap(({ id }) => {
    const outcome = picks.get(id);
    return outcome === undefined ? [] : [{ row: id, outcome }];
  });

/** Only the picks of some rows: those that were refused keep theirs. */
export const keepPicks = (picks: Picks, rows: ReadonlySet<string>): Picks =>
  new Map([...picks].filter(([row]) => rows.has(row)));

/** How many of each: “3 × agree, 1 × refuse”. */
export function tally(deeds: readonly string[]): string {
  const many = new Map<string, number>();
  for (const deed of deeds) many.set(deed, (many.get(deed) ?? 0) + 1);
  return [...many].map(([deed, times]) => `${times} × ${deed.toLowerCase()}`).join(", ");
}
