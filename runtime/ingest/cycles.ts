import type { Assignment } from "#engine/organisation/model.ts";

/** People who report to each other in a circle on some day: `[a, b, c]` means a reports to b, b to c, c to a. */
export type Cycle = string[];

/**
 * The circles that lines close, each line tried as the start: the chain of managers is followed while the validity of its
 * lines still shares a day. A line that merely leads into a circle closes none.
 *
 * @param linesOf every primary line of a person, old and new
 * @param start the lines to try
 */
export function cyclesThrough(
  linesOf: (person: string) => readonly Assignment[],
  start: Iterable<Assignment>,
): Map<Assignment, Cycle> {
  const found = new Map<Assignment, Cycle>();
  for (const line of start) {
    if (line.manager === null) continue;
    const cycle = follow(line.person, line.manager, line.validFrom, line.validTo, [line.person]);
    if (cycle) found.set(line, cycle);
  }
  return found;

  function follow(origin: string, at: string, from: string, to: string | null, path: string[]): Cycle | undefined {
    if (at === origin) return path;
    // Another circle further up: its own members find it.
    if (path.includes(at)) return undefined;
    for (const line of linesOf(at)) {
      if (line.manager === null) continue;
      const start = line.validFrom > from ? line.validFrom : from;
      const end = line.validTo === null ? to : to === null || line.validTo < to ? line.validTo : to;
      if (end !== null && start >= end) continue;
      const cycle = follow(origin, line.manager, start, end, [...path, at]);
      if (cycle) return cycle;
    }
    return undefined;
  }
}
