import type { DecisionTable } from "../table.ts";
import type { Box } from "./box.ts";
import { boxInWords, sampleInWords, setInWords, told } from "./box-words.ts";
import { Budget } from "./budget.ts";
import { findHoles } from "./cover.ts";
import type { Dimension } from "./dimension.ts";
import type { Entry, Subject } from "./entry.ts";
import type { Finding } from "./finding.ts";
import { gapFixes } from "./gap-fixes.ts";
import { sampleFacts, sampleOf } from "./sample.ts";
import { type AnalyseOptions, type Found, more, STEPS, stoppedLooking } from "./search.ts";
import { intersects, type SpanSet } from "./span-set.ts";
import type { TableSubject } from "./table-subject.ts";

/** Finds the inputs that no row or rule answers, each hole as large as it is, with a sample from inside. */
export function findGaps(subject: Subject, table: DecisionTable | undefined, options: AnalyseOptions): Found {
  const most = options.most ?? 50;
  const boxes = subject.entries.flatMap((entry) => entry.blocks.maybe);
  const path = subject.kind === "table" ? "/table/rows" : "/rules";
  const ordered = subject.dimensions.map((dimension) => dimension.ordered);
  const { holes, ended } = findHoles(subject.full, boxes, new Budget(options.steps ?? STEPS), most + 1, ordered);
  const findings = holes.slice(0, most).map((hole) => gapFinding(hole, subject, table));
  if (ended === "stopped") findings.push(stoppedLooking("gaps", path));
  else if (holes.length > most) findings.push(more("gap", undefined, path));
  return { findings, complete: ended !== "stopped" };
}

function gapFinding(hole: readonly SpanSet[], subject: Subject, table: DecisionTable | undefined): Finding {
  const inputs = sampleOf(hole, subject.dimensions);
  const sample = sampleFacts(inputs);
  const where = boxInWords(hole, subject.dimensions);
  const threshold = thresholdBetween(hole, subject);
  const who = subject.kind === "table" ? "No row" : "No rule";
  const words = threshold ? thresholdWords(threshold, hole, subject) : `${who} answers when ${where}`;
  const fixes = table ? gapFixes(hole, subject as TableSubject, table, threshold?.at) : [];
  const [fix, ...alternatives] = fixes;
  const involved = threshold ? [threshold.below.index, threshold.above.index] : [];
  return {
    code: threshold ? "threshold-gap" : "gap",
    severity: subject.kind === "table" ? "warning" : "info",
    path: threshold ? threshold.above.path : subject.kind === "table" ? "/table/rows" : "/rules",
    ...(subject.kind === "table" ? { rows: involved } : { rules: involved }),
    words: told(words, `for example ${sampleInWords(inputs, subject.dimensions)}`),
    inputs,
    ...(sample && { sample }),
    where,
    ...(fix && { fix }),
    ...(alternatives.length > 0 && { alternatives }),
  };
}

interface Threshold {
  at: number;
  below: Entry;
  above: Entry;
}

/** Two neighbours that both leave out the value at which they meet, or less than a step between them. */
function thresholdBetween(hole: Box, subject: Subject): Threshold | undefined {
  for (const [at, dimension] of subject.dimensions.entries()) {
    if (!isNarrow(hole[at] as SpanSet, dimension)) continue;
    const [from, to] = hole[at] as [number, number];
    const [below, above] = [from - 1, to + 1].map((atom) =>
      subject.entries.find((entry) => entry.answers.maybe.some((box) => besides(box, hole, at, atom))),
    );
    if (below && above && below !== above) return { at, below, above };
  }
  return undefined;
}

/** One value, or less than a step: 1 for numbers and money, 1 % for percents. */
function isNarrow(set: SpanSet, dimension: Dimension): boolean {
  if (!dimension.ordered || set.length !== 2 || set[0] !== set[1]) return false;
  const atom = dimension.atoms[set[0] as number];
  if (atom?.kind === "point") return true;
  const step = dimension.type.type === "percent" ? 0.0100001 : 1;
  return atom?.kind === "between" && atom.high - atom.low <= step;
}

/** Whether a box takes a value of one dimension, and meets the hole in all others. */
function besides(box: Box, hole: Box, at: number, atom: number): boolean {
  return box.every((set, other) => {
    if (!set) return other !== at;
    return other === at ? intersects(set, [atom, atom]) : intersects(set, hole[other] as SpanSet);
  });
}

function thresholdWords({ at, below, above }: Threshold, hole: Box, subject: Subject): string {
  const dimension = subject.dimensions[at] as Dimension;
  const value = setInWords(hole[at] as SpanSet, dimension);
  const rest = boxInWords(
    hole.map((set, other) => (other === at ? undefined : set)),
    subject.dimensions,
  );
  const also = rest === "whatever the input" ? "" : ` where ${rest}`;
  const exactly = (hole[at] as SpanSet).length === 2 && dimension.atoms[hole[at]?.[0] as number]?.kind === "point";
  return `${below.name} ends before and ${above.name} begins after it: ${dimension.type.title} ${exactly ? "exactly " : ""}${value} is answered by neither${also}`;
}
