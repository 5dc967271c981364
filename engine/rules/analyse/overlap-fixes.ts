import type { DecisionTable } from "../table.ts";
import { type Box, boxesMeet, boxWithin } from "./box.ts";
import type { Entry, Subject } from "./entry.ts";
import type { Fix } from "./finding.ts";
import { difference, intersects, type SpanSet, within } from "./span-set.ts";
import { newCell } from "./table-cells.ts";
import type { TableSubject } from "./table-subject.ts";

/** The ways to keep two rows apart: narrow one of them where that opens no gap, take one away, or let the first one win. */
export function overlapFixes(
  first: Entry,
  second: Entry,
  shared: Box,
  threshold: number | undefined,
  subject: TableSubject,
  table: DecisionTable,
): Fix[] {
  const [a, b] = [first.answers.sure[0] as Box, second.answers.sure[0] as Box];
  const fixes: Fix[] = [];
  const inside = (one: Box, other: Box) => boxWithin(one, other, subject.full);
  if (first.says === second.says && inside(b, a)) fixes.push(removeRow(second, `it says the same as ${first.name}`));
  else if (first.says === second.says && inside(a, b))
    fixes.push(removeRow(first, `it says the same as ${second.name}`));
  const order = threshold === undefined ? [second, first] : lowerFirst(first, second, shared, threshold);
  for (const narrowed of order) {
    const other = narrowed === first ? second : first;
    for (const at of threshold === undefined ? shared.keys() : [threshold]) {
      fixes.push(...narrow(narrowed, other, at, subject, table));
    }
  }
  fixes.push({
    words: `Let the first row that matches win, so that ${first.name} goes before ${second.name}`,
    edit: [{ op: "replace", path: "/table/hitPolicy", value: "first" }],
  });
  return fixes;
}

/** The value where two rows meet stays with the upper one, as in "from 80 on". */
function lowerFirst(first: Entry, second: Entry, shared: Box, at: number): Entry[] {
  const start = (entry: Entry) => entry.answers.sure[0]?.[at]?.[0] ?? 0;
  return start(first) < (shared[at]?.[0] ?? 0) ? [first, second] : [second, first];
}

/** Takes from one row what the other answers, in one column; only where nothing is left without an answer by that. */
function narrow(entry: Entry, other: Entry, at: number, subject: TableSubject, table: DecisionTable): Fix[] {
  const dimension = subject.dimensions[at];
  const [own, taken] = [entry.answers.sure[0] as Box, other.answers.sure[0] as Box];
  const cut = taken[at];
  if (!dimension || dimension.nullAtom !== undefined || !cut) return [];
  const left = difference(own[at] ?? dimension.full, cut);
  if (left.length === 0 || left.length > 2) return [];
  const lost = own.map((set, index) => (index === at ? cut : set));
  // What is taken away must still be answered, or wait for the same missing input, so "holds up" is compared and not "answers".
  const [held, holding] = [entry.blocks.maybe[0] as Box, other.blocks.sure[0] as Box];
  const all = (index: number) => subject.full[index] as SpanSet;
  const safe = held.every((set, index) => index === at || within(set ?? all(index), holding[index] ?? all(index)));
  if (!safe || !boxesMeet(lost, taken) || !intersects(own[at] ?? dimension.full, cut)) return [];
  return newCell(entry.index, at, left, subject, table, `Narrow ${entry.name}`);
}

export function removeRow(entry: Entry, why: string): Fix {
  return { words: `Remove ${entry.name}: ${why}`, edit: [{ op: "remove", path: entry.path }] };
}

/** Says by a priority what until now only the order says, where that changes nothing else. */
export function conflictFix(first: Entry, second: Entry, subject: Subject): Fix[] {
  const before = subject.entries.slice(0, subject.entries.indexOf(first));
  if (before.length > 0 || first.priority >= 1_000_000) return [];
  const words = `Give ${first.name} the higher priority, so that it goes before ${second.name} wherever it stands`;
  return [{ words, edit: [{ op: "add", path: `${first.path}/priority`, value: first.priority + 1 }] }];
}
