import type { Assignment } from "#engine/organisation/model.ts";
import { sameJson } from "#engine/words/json.ts";
import type { WriteItem } from "./checked.ts";

/** A reporting line with the row that drew it. */
export interface DrawnLine {
  row: number;
  line: Assignment;
}

/** Whether two half-open intervals share a day. */
export function overlaps(
  a: { validFrom: string; validTo: string | null },
  b: { validFrom: string; validTo: string | null },
): boolean {
  return (b.validTo === null || a.validFrom < b.validTo) && (a.validTo === null || b.validFrom < a.validTo);
}

/** The lines of one person that overlap another one of the same file: all of them, so that the order of rows cannot matter. */
export function overlapping(lines: readonly DrawnLine[]): Map<DrawnLine, DrawnLine> {
  const clashes = new Map<DrawnLine, DrawnLine>();
  const sorted = [...lines].sort((a, b) =>
    a.line.validFrom < b.line.validFrom ? -1 : a.line.validFrom > b.line.validFrom ? 1 : a.row - b.row,
  );
  for (const [i, one] of sorted.entries())
    for (const other of sorted.slice(i + 1)) {
      if (!overlaps(one.line, other.line)) break;
      if (!clashes.has(one)) clashes.set(one, other);
      if (!clashes.has(other)) clashes.set(other, one);
    }
  return clashes;
}

/**
 * Lays new primary lines over the existing ones of a person: where they overlap the new ones hold, and what is left of the
 * old ones stays before and after.
 */
export function overlay(existing: readonly Assignment[], incoming: readonly Assignment[]): Assignment[] {
  let kept = [...existing];
  for (const line of incoming)
    kept = kept.flatMap((old) => {
      if (!overlaps(old, line)) return [old];
      const parts: Assignment[] = [];
      if (old.validFrom < line.validFrom) parts.push({ ...old, validTo: line.validFrom });
      if (line.validTo !== null && (old.validTo === null || old.validTo > line.validTo))
        parts.push({ ...old, validFrom: line.validTo });
      return parts;
    });
  return [...kept, ...incoming].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
}

/** What has to be written to come from the existing lines of a person to the wanted ones. Undefined where they are equal. */
export function lineChanges(existing: readonly Assignment[], wanted: readonly Assignment[]): WriteItem | undefined {
  const gone = existing.filter((old) => !wanted.some((line) => sameJson(line, old)));
  const fresh = wanted.filter((line) => !existing.some((old) => sameJson(line, old)));
  if (gone.length === 0 && fresh.length === 0) return undefined;
  return {
    table: "assignments",
    keys: [...gone, ...fresh].map((a) => [a.person, a.kind, a.unit, a.validFrom]),
    rows: fresh.map((a) => [a.person, a.unit, a.manager, a.kind, a.weight, a.validFrom, a.validTo]),
  };
}

/** The line that holds on a date. */
export function lineOn(lines: readonly Assignment[], date: string): Assignment | undefined {
  return lines.find((line) => line.validFrom <= date && (line.validTo === null || line.validTo > date));
}
