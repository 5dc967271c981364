import type { Join } from "../steps/shapes.ts";

/**
 * The event that a join emits for what has ended so far; undefined while it waits.
 * `ends` are the outcomes of those that ended, `total` how many there are, `drawn` the events that the step draws.
 * "all" emits the outcome that all share where it is drawn, else `done`; rules emit the first that is met, and where all have
 * ended and none is met, `done`.
 */
export function joined(
  join: Join,
  ends: readonly string[],
  total: number,
  drawn: ReadonlySet<string>,
): string | undefined {
  const complete = ends.length >= total;
  if (Array.isArray(join)) {
    for (const rule of join) {
      const needed = rule.atLeast === "all" ? total : rule.atLeast;
      if (total > 0 && ends.filter((end) => end === rule.count).length >= needed) return rule.emit;
    }
    return complete ? "done" : undefined;
  }
  const needed = join === "all" ? total : join === "any" ? Math.min(1, total) : Math.min(join.atLeast, total);
  if (ends.length < needed) return undefined;
  const [first] = ends;
  const common = first !== undefined && ends.every((end) => end === first) ? first : "done";
  return drawn.has(common) ? common : "done";
}
