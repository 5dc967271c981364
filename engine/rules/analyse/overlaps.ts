import type { DecisionTable } from "../table.ts";
import { type Box, boxMeet } from "./box.ts";
import { boxInWords, sampleInWords, setInWords, told } from "./box-words.ts";
import { Budget } from "./budget.ts";
import type { Dimension } from "./dimension.ts";
import type { Entry, Subject } from "./entry.ts";
import type { Finding, FindingCode } from "./finding.ts";
import { conflictFix, overlapFixes } from "./overlap-fixes.ts";
import { meetingPairs } from "./pairs.ts";
import { sampleFacts, sampleOf } from "./sample.ts";
import { type AnalyseOptions, type Found, more, STEPS, stoppedLooking } from "./search.ts";
import type { SpanSet } from "./span-set.ts";
import type { TableSubject } from "./table-subject.ts";

/** Pairs that are kept before they are sorted and the first of them told. */
const KEPT = 1_000_000;

/**
 * Finds rows or rules that answer the same input and must not: any two of a unique table, two that disagree in an `any`
 * table, two rules of equal priority that say different things.
 */
export function findOverlaps(subject: Subject, table: DecisionTable | undefined, options: AnalyseOptions): Found {
  const apart = mustBeApart(subject, table);
  if (!apart) return { findings: [], complete: true };
  const parts = subject.entries.flatMap((entry, at) => entry.answers.sure.map((box) => ({ at, box })));
  const several = parts.length > subject.entries.length ? new Set<number>() : undefined;
  const found: number[] = [];
  let count = 0;
  const complete = meetingPairs(
    parts.map(({ box }) => box),
    new Budget(options.steps ?? STEPS),
    (left, right) => {
      const [a, b] = [parts[left]?.at as number, parts[right]?.at as number];
      if (a === b || !apart(subject.entries[a] as Entry, subject.entries[b] as Entry)) return true;
      const pair = a * subject.entries.length + b;
      if (several?.has(pair)) return true;
      several?.add(pair);
      if (++count <= KEPT) found.push(pair);
      return true;
    },
  );
  const most = options.most ?? 50;
  const findings = found
    .sort((a, b) => a - b)
    .slice(0, most)
    .map((pair) => {
      const a = subject.entries[Math.floor(pair / subject.entries.length)] as Entry;
      const b = subject.entries[pair % subject.entries.length] as Entry;
      return overlapFinding({ a, b, shared: sharedBox(a, b) }, subject, table);
    });
  const path = subject.kind === "table" ? "/table/rows" : "/rules";
  const code: FindingCode = table ? "overlap" : "conflict";
  if (count > most) findings.push(more(code, complete ? count - most : undefined, path));
  if (!complete) findings.push(stoppedLooking("overlaps", path));
  return { findings, complete };
}

function sharedBox(a: Entry, b: Entry): Box {
  for (const one of a.answers.sure) {
    for (const other of b.answers.sure) {
      const shared = boxMeet(one, other);
      if (shared) return shared;
    }
  }
  throw new Error(`${a.name} and ${b.name} share nothing`);
}

function mustBeApart(
  subject: Subject,
  table: DecisionTable | undefined,
): ((a: Entry, b: Entry) => boolean) | undefined {
  if (subject.kind === "rules") return (a, b) => a.priority === b.priority && a.says !== b.says;
  if (table?.hitPolicy === "unique") return () => true;
  return table?.hitPolicy === "any" ? (a, b) => a.says !== b.says : undefined;
}

function overlapFinding(
  { a, b, shared }: { a: Entry; b: Entry; shared: Box },
  subject: Subject,
  table: DecisionTable | undefined,
): Finding {
  const [first, second] = a.index < b.index ? [a, b] : [b, a];
  const inputs = sampleOf(shared, subject.dimensions);
  const sample = sampleFacts(inputs);
  const where = boxInWords(shared, subject.dimensions);
  const threshold = table ? meetingPoint(first, second, shared, subject) : undefined;
  const fixes = table
    ? overlapFixes(first, second, shared, threshold, subject as TableSubject, table)
    : conflictFix(first, second, subject);
  const [fix, ...alternatives] = fixes;
  const involved = [first.index, second.index];
  return {
    code: !table ? "conflict" : threshold === undefined ? "overlap" : "threshold-overlap",
    severity: table ? "error" : "warning",
    path: second.path,
    ...(table ? { rows: involved } : { rules: involved }),
    words: told(
      overlapWords(first, second, shared, threshold, subject, table),
      `for example ${sampleInWords(inputs, subject.dimensions)}`,
    ),
    inputs,
    ...(sample && { sample }),
    where,
    ...(fix && { fix }),
    ...(alternatives.length > 0 && { alternatives }),
  };
}

function overlapWords(
  first: Entry,
  second: Entry,
  shared: Box,
  threshold: number | undefined,
  subject: Subject,
  table: DecisionTable | undefined,
): string {
  const where = boxInWords(shared, subject.dimensions);
  const both = `${first.name} and ${second.name}`;
  if (!table) return `${both} both hold and say different things when ${where}; only their order decides`;
  const why = table.hitPolicy === "unique" ? "but only one row may answer" : "and they disagree";
  if (threshold === undefined) return `${both} both answer when ${where}, ${why}`;
  const dimension = subject.dimensions[threshold] as Dimension;
  return `${both} meet, and ${dimension.type.title} exactly ${setInWords(shared[threshold] as SpanSet, dimension)} is answered by both, ${why}`;
}

/** The dimension in which two rows share nothing but the value where one ends and the other begins. */
function meetingPoint(first: Entry, second: Entry, shared: Box, subject: Subject): number | undefined {
  const at = subject.dimensions.findIndex((dimension, index) => {
    const set = shared[index];
    if (!dimension.ordered || set?.length !== 2 || set[0] !== set[1]) return false;
    if (dimension.atoms[set[0] as number]?.kind !== "point") return false;
    const [a, b] = [first.answers.sure[0]?.[index], second.answers.sure[0]?.[index]];
    const value = set[0] as number;
    const ends = (one: SpanSet | undefined) => one?.length === 2 && one[1] === value && (one[0] as number) < value;
    const begins = (one: SpanSet | undefined) => one?.length === 2 && one[0] === value && (one[1] as number) > value;
    return (ends(a) && begins(b)) || (ends(b) && begins(a));
  });
  return at === -1 ? undefined : at;
}
