import type { DecisionTable } from "../table.ts";
import { type Box, boxesMeet, boxWithin } from "./box.ts";
import { sampleInWords, told } from "./box-words.ts";
import { Budget } from "./budget.ts";
import { covers } from "./covered.ts";
import { type Entry, type Subject, wholeBox } from "./entry.ts";
import type { Finding, Fix } from "./finding.ts";
import { removeRow } from "./overlap-fixes.ts";
import { meetingPairs } from "./pairs.ts";
import { sampleFacts, sampleOf } from "./sample.ts";
import { type AnalyseOptions, type Found, more, STEPS, stoppedLooking } from "./search.ts";

/** Beyond this many rows together, which of them mask is not narrowed down. */
const NARROWED = 24;

/** One row that is hard to decide must not keep all others waiting. */
const STEPS_PER_ROW = 1_000_000;

/**
 * How rows can make others pointless: those before win (`first`), a larger row says the same (`subsumed`), or, where every
 * match counts, a row is said twice (`twice`).
 */
type Masking = "first" | "subsumed" | "twice";

/** Finds rows and rules whose every input is answered by others that go first, so that they never decide. */
export function findMasked(subject: Subject, table: DecisionTable | undefined, options: AnalyseOptions): Found {
  const masking = maskingBy(subject, table);
  if (!masking) return { findings: [], complete: true };
  const path = subject.kind === "table" ? "/table/rows" : "/rules";
  const stopped = stoppedLooking("rows that others mask", path);
  const budget = new Budget(options.steps ?? STEPS);
  const near = neighbours(subject, budget);
  if (!near) return { findings: [stopped], complete: false };
  const most = options.most ?? 50;
  const findings: Finding[] = [];
  let unshown = 0;
  let undecided = false;
  for (const [at, entry] of subject.entries.entries()) {
    if (entry.answers.maybe.length === 0) continue;
    const others = (near[at] ?? []).filter((other) => masking !== "first" || other < at);
    const entries = others.map((other) => subject.entries[other] as Entry);
    const by =
      masking === "first"
        ? maskers(entry, entries, subject, budget.part(STEPS_PER_ROW))
        : twin(entry, entries, masking, subject);
    if (by === "stopped") undecided = true;
    if (!by || by === "stopped") continue;
    if (findings.length < most) findings.push(maskedFinding(entry, by, masking, subject));
    else unshown++;
  }
  if (unshown > 0) findings.push(more("masked", unshown, path));
  if (undecided) findings.push(stopped);
  return { findings, complete: !undecided };
}

function maskingBy(subject: Subject, table: DecisionTable | undefined): Masking | undefined {
  if (subject.kind === "rules") return "first";
  switch (table?.hitPolicy) {
    case "first":
    case "priority":
      return "first";
    case "any":
      return "subsumed";
    case "unique":
    case undefined:
      return undefined;
    default:
      return "twice";
  }
}

/** For each entry those that may share an input with it, in the order in which they are tried. */
function neighbours(subject: Subject, budget: Budget): number[][] | undefined {
  const parts = subject.entries.flatMap((entry, at) => entry.blocks.maybe.map((box) => ({ at, box })));
  const found = subject.entries.map((): number[] => []);
  const boxes = parts.map(({ box }) => box);
  const complete = meetingPairs(boxes, budget, (left, right) => {
    const [a, b] = [parts[left]?.at as number, parts[right]?.at as number];
    if (a === b) return true;
    found[a]?.push(b);
    found[b]?.push(a);
    return budget.spend(1);
  });
  if (!complete || budget.spent) return undefined;
  const several = parts.length > subject.entries.length;
  return found.map((list) => (several ? [...new Set(list)] : list).sort((a, b) => a - b));
}

/** The entries that together answer all that one answers; undefined where something is left for it. */
function maskers(
  entry: Entry,
  before: readonly Entry[],
  subject: Subject,
  budget: Budget,
): Entry[] | undefined | "stopped" {
  const own = entry.answers.maybe;
  const within = (other: Entry) =>
    own.every((box) => other.blocks.sure.some((larger) => boxWithin(box, larger, subject.full)));
  const single = before.find(within);
  if (single) return [single];
  const masked = (others: readonly Entry[]) => coveredBy(own, others, subject, budget);
  const all = masked(before);
  if (all === undefined) return "stopped";
  if (!all) return undefined;
  let needed = before.filter((other) => other.blocks.sure.some((box) => own.some((one) => boxesMeet(one, box))));
  if (needed.length > NARROWED) return needed;
  for (const other of needed) {
    const rest = needed.filter((one) => one !== other);
    if (masked(rest) === true) needed = rest;
  }
  return needed;
}

function coveredBy(
  own: readonly Box[],
  others: readonly Entry[],
  subject: Subject,
  budget: Budget,
): boolean | undefined {
  let all: boolean | undefined = true;
  for (const box of own) {
    const boxes = others.flatMap((other) => other.blocks.sure.filter((one) => boxesMeet(one, box)));
    all = boxes.length > 0 && covers(wholeBox(box, subject.full), boxes, budget);
    if (!all) return all;
  }
  return all;
}

/** A row that says the same about all that this one answers. */
function twin(entry: Entry, others: readonly Entry[], masking: Masking, subject: Subject): Entry[] | undefined {
  const [own] = entry.answers.sure;
  const found = others.find((other) => {
    const [box] = other.answers.sure;
    if (!own || !box || other.says !== entry.says || !boxWithin(own, box, subject.full)) return false;
    const same = boxWithin(box, own, subject.full);
    return same ? other.index < entry.index : masking === "subsumed";
  });
  return found && [found];
}

function maskedFinding(entry: Entry, by: readonly Entry[], masking: Masking, subject: Subject): Finding {
  const isTable = subject.kind === "table";
  const inputs = sampleOf(entry.answers.maybe[0] as Box, subject.dimensions);
  const sample = sampleFacts(inputs);
  const [only] = by;
  const single = by.length === 1 ? only : undefined;
  const same = single !== undefined && single.says === entry.says && sameInputs(single, entry, subject);
  const [fix, ...alternatives] = maskedFixes(entry, by, masking, subject);
  const involved = [entry, ...by].map(({ index }) => index);
  return {
    code: same ? "duplicate" : "masked",
    severity: masking === "subsumed" ? "info" : "warning",
    path: entry.path,
    ...(isTable ? { rows: involved } : { rules: involved }),
    words: told(wordsOf(entry, by, same, masking), `for example ${sampleInWords(inputs, subject.dimensions)}`),
    inputs,
    ...(sample && { sample }),
    ...(fix && { fix }),
    ...(alternatives.length > 0 && { alternatives }),
  };
}

function sameInputs(a: Entry, b: Entry, subject: Subject): boolean {
  const inside = (one: Entry, other: Entry) =>
    one.answers.sure.every((box) => other.answers.sure.some((larger) => boxWithin(box, larger, subject.full)));
  return inside(a, b) && inside(b, a);
}

function wordsOf(entry: Entry, by: readonly Entry[], same: boolean, masking: Masking): string {
  const names = by.slice(0, 6).map(({ name }) => name);
  const others = `${names.join(", ")}${by.length > names.length ? ` and ${by.length - names.length} more` : ""}`;
  if (masking === "twice") return `${entry.name} says the same as ${others}, and both count`;
  if (same) return `${entry.name} says the same as ${others}`;
  if (masking === "subsumed") return `${entry.name} adds nothing: ${others} says the same for all its inputs and more`;
  return `${entry.name} is never reached: ${others} ${by.length === 1 ? "answers" : "together answer"} all its inputs first`;
}

/** A row that is hidden by a wider one was likely meant to go before it. */
function maskedFixes(entry: Entry, by: readonly Entry[], masking: Masking, subject: Subject): Fix[] {
  const [first] = by.toSorted((a, b) => a.index - b.index);
  const remove = removeRow(entry, "nothing changes by that");
  const hides = by.some((other) =>
    other.answers.sure.every((box) => entry.answers.sure.some((own) => boxWithin(box, own, subject.full))),
  );
  const movable = masking === "first" && first && first.index < entry.index && first.priority === entry.priority;
  if (!movable || hides || by.every((other) => other.says === entry.says)) return [remove];
  const from = entry.path;
  const move: Fix = {
    words: `Move ${entry.name} before ${first.name}`,
    edit: [{ op: "move", from, path: first.path }],
  };
  return [move, remove];
}
