import type { Json } from "../../words/json.ts";
import type { DecisionTable } from "../table.ts";
import { cellText } from "../table-cell-text.ts";
import { type Box, boxesMeet } from "./box.ts";
import { boxInWords } from "./box-words.ts";
import type { Entry } from "./entry.ts";
import type { Fix } from "./finding.ts";
import { testOfSet } from "./set-cells.ts";
import { holds, type SpanSet, union, within } from "./span-set.ts";
import { columnOf, newCell } from "./table-cells.ts";
import type { TableSubject } from "./table-subject.ts";

/**
 * The ways to close a gap: let a neighbour reach over it (only where that takes nothing from other rows), or add a row.
 * @param near the dimension in which the gap lies between two neighbours, where it is a threshold
 */
export function gapFixes(hole: Box, subject: TableSubject, table: DecisionTable, near: number | undefined): Fix[] {
  const dimensions = near === undefined ? subject.dimensions.map((_, at) => at) : [near];
  const extended = dimensions.flatMap((at) => extensions(hole, at, subject, table));
  const added = addRow(hole, subject, table);
  return added ? [...extended, added] : extended;
}

function extensions(hole: Box, at: number, subject: TableSubject, table: DecisionTable): Fix[] {
  const dimension = subject.dimensions[at];
  const set = hole[at] as SpanSet;
  if (!dimension?.ordered || dimension.nullAtom !== undefined || set.length !== 2) return [];
  const isPoint = set[0] === set[1] && dimension.atoms[set[0] as number]?.kind === "point";
  const sides = [(set[1] as number) + 1, (set[0] as number) - 1];
  // A single value goes to the row above it, as in "from 80 on"; a stretch to the row below.
  if (!isPoint) sides.reverse();
  return sides.flatMap((atom) => {
    const fix = subject.entries.flatMap((entry) => reachOver(entry, hole, at, atom, subject, table))[0];
    return fix ? [fix] : [];
  });
}

function reachOver(
  entry: Entry,
  hole: Box,
  at: number,
  atom: number,
  subject: TableSubject,
  table: DecisionTable,
): Fix[] {
  const [box] = entry.answers.sure;
  const own = box?.[at];
  if (!box || !own || !holds(own, atom)) return [];
  const set = hole[at] as SpanSet;
  if (!box.every((side, other) => other === at || !side || within(hole[other] as SpanSet, side))) return [];
  const reached = box.map((side, other) => (other === at ? set : side));
  const taken = subject.entries.some(
    (other) => other !== entry && other.blocks.maybe.some((one) => boxesMeet(one, reached)),
  );
  return taken ? [] : newCell(entry.index, at, union(own, set), subject, table, `Let ${entry.name} answer it too`);
}

function addRow(hole: Box, subject: TableSubject, table: DecisionTable): Fix | undefined {
  const cells = table.columns.map(() => "-");
  for (const [at, dimension] of subject.dimensions.entries()) {
    const columnAt = columnOf(at, subject);
    const column = columnAt === undefined ? undefined : table.columns[columnAt];
    const test = testOfSet(hole[at] as SpanSet, dimension);
    const text = column && test && cellText(test, column);
    if (columnAt === undefined || text === undefined || dimension.nullAtom !== undefined) return undefined;
    cells[columnAt] = text;
  }
  const out: Json[] = table.outputs.map(() => null);
  const words = `Add a row for it (${boxInWords(hole, subject.dimensions)}), with an empty answer for you to fill in`;
  return { words, edit: [{ op: "add", path: "/table/rows/-", value: { cells, out } }] };
}
