import type { Assignment } from "#engine/organisation/model.ts";
import { type Checked, listed } from "./checked.ts";
import { cyclesThrough } from "./cycles.ts";
import type { Subject } from "./draw-lines.ts";
import { overlay } from "./lines.ts";

/** Refuses the lines of the file that close a circle, again and again until there is none: a refused line leaves the old one standing. */
export function refuseCycles(
  subjects: ReadonlyMap<string, Subject>,
  existing: ReadonlyMap<string, Assignment[]>,
  checked: Checked,
): void {
  for (;;) {
    const wanted = new Map<string, Assignment[]>();
    const linesOf = (person: string): Assignment[] => {
      let lines = wanted.get(person);
      if (!lines) {
        lines = overlay(existing.get(person) ?? [], subjects.get(person)?.lines.map((drawn) => drawn.line) ?? []);
        wanted.set(person, lines);
      }
      return lines;
    };
    const drawn = [...subjects.values()].flatMap((subject) => subject.lines);
    const cycles = cyclesThrough(
      linesOf,
      drawn.map(({ line }) => line),
    );
    if (cycles.size === 0) return;
    for (const subject of subjects.values()) {
      for (const { row, line } of subject.lines) {
        const cycle = cycles.get(line);
        if (!cycle) continue;
        checked.refused.push({
          row,
          code: "reporting-cycle",
          field: "manager",
          message: `${listed([...cycle, cycle[0] ?? ""].map(String), 12).replaceAll(", ", " → ")}: they report to each other in a circle, so the line of ${line.person} to ${line.manager} is not taken.`,
          lineOnly: true,
        });
      }
      subject.lines = subject.lines.filter(({ line }) => !cycles.has(line));
      const last =
        subject.lines.length === 0 && !existing.has(subject.main.id) ? firstRefused(subject, cycles) : undefined;
      // Somebody new still works somewhere: the line stays, without the manager.
      if (last) subject.lines = [{ row: subject.main.row, line: { ...last, manager: null } }];
    }
  }
}

function firstRefused(subject: Subject, cycles: ReadonlyMap<Assignment, string[]>): Assignment | undefined {
  return [...cycles.keys()].find((line) => line.person === subject.main.id);
}
