import { IssuesError } from "../../words/issue.ts";
import { compileRuleset, type RulesetBody } from "../decide.ts";
import type { FactReader, FactUse } from "../facts.ts";
import { compileConditions } from "../guard.ts";
import type { PlannedNode } from "../plan.ts";
import { planTop } from "../plan-condition.ts";
import { planRules } from "../plan-rules.ts";
import { Planner } from "../planner.ts";
import type { DecisionTable } from "../table.ts";
import type { CellValue } from "../table-cell.ts";
import { compileTable, parseTable } from "../table-compile.ts";
import { datedTable } from "../table-dated.ts";
import { valueInWords, type Wording } from "../words.ts";
import { type Box, type Region, TooManyBoxes } from "./box.ts";
import { setInWords } from "./box-words.ts";
import { changedReader, readUse } from "./changed-facts.ts";
import type { Dimension } from "./dimension.ts";
import type { Entry, Subject } from "./entry.ts";
import { holdConditions } from "./held-conditions.ts";
import { type Nearest, nearest } from "./nearest.ts";
import { smallestChanges } from "./smallest-change.ts";
import { difference, holds, type SpanSet } from "./span-set.ts";
import { tableSubject } from "./table-subject.ts";

/** One fact that would have to be different. */
export interface Change {
  use: FactUse;
  /** What it is now; undefined where it is not known. */
  from: unknown;
  /** The nearest value that will do. */
  to: CellValue;
  /** `attainment were below 80 % (it was 84 %)`. */
  words: string;
}

/** The smallest set of changes to the facts that gives another answer, or why there is none. */
export type WhyNot =
  | {
      possible: true;
      /** None where the answer is already the one asked for. */
      changes: Change[];
      words: string;
      /** No smaller set of facts would do; false where a limit ended the search. */
      smallest: boolean;
    }
  | { possible: false; words: string };

export interface WhyNotOptions {
  /** Types and titles of facts, as the rule set declares them. */
  facts?: RulesetBody["facts"];
  shared?: RulesetBody["conditions"];
  /** The title of a fact, where a catalogue knows one. */
  title?: Wording["title"];
  /** The type of a place that no rule set declares: it says the value in the change, not which values are tried. */
  type?: Wording["type"];
}

/**
 * The smallest set of changes to the facts that would make conditions hold (or not hold). Facts on the right of a
 * comparison, and comparisons that cannot be analysed, are taken as they stand. The changed facts have been put to the
 * evaluator before they are told. Throws IssuesError for what is no condition.
 */
export function whyNot(conditions: unknown, read: FactReader, wanted: boolean, options: WhyNotOptions = {}): WhyNot {
  const compiled = compileConditions(conditions, { ...(options.shared && { shared: options.shared }) });
  const planner = new Planner({ conditions: options.shared ?? {} });
  const node = planTop(conditions, "", planner);
  if (!node) throw new IssuesError(planner.issues);
  const rule = { index: 0, name: undefined, priority: 1, node, event: { type: "holds" }, eventParams: [] };
  const plan = { calls: planner.calls, slots: planner.slots, rules: [rule] };
  const { subject, fixed } = holdConditions(plan, read, { ...(options.facts && { facts: options.facts }) });
  const proves = (reader: FactReader) => compiled.test(reader) === wanted;
  const held = subject.rules[0]?.node ?? node;
  const goal = (): Region[] => [subject.regions.region(held, wanted ? "true" : "false", true)];
  const name = wanted ? "so" : "otherwise";
  return settle([goal], { subject, fixed, read, proves, name, title: options.title, type: options.type });
}

/** What is asked for: an event (`otherwise` for none), or that one rule or row decides. */
export type Wanted = { event: string } | { index: number };

/**
 * The smallest set of changes to the facts that would make a rule set answer with an event, or by one of its rules or rows:
 * that must hold, and what goes before it must not. Throws IssuesError for a rule set that is refused.
 */
export function whyNotOutcome(
  ruleset: RulesetBody,
  read: FactReader,
  wanted: Wanted,
  { title, type }: Pick<WhyNotOptions, "title" | "type"> = {},
): WhyNot {
  const compiled = compileRuleset(ruleset);
  const proves = (reader: FactReader) => {
    const { outcome, winner, verdicts } = compiled.decide(reader);
    if ("event" in wanted) return outcome === wanted.event;
    if (!ruleset.table) return winner?.index === wanted.index;
    return winner !== null && verdicts.some(({ index, result }) => index === wanted.index && result === true);
  };
  const road = ruleset.table ? tableRoad(ruleset.table, ruleset) : rulesRoad(ruleset, read);
  const { entries } = road.subject;
  const goals = entries
    .filter(({ index }) => ("event" in wanted ? road.eventOf(index) === wanted.event : index === wanted.index))
    .map((entry) => () => [entry.answers.sure, ...road.rivals(entry).map(road.away)]);
  if ("event" in wanted && wanted.event === road.fallback) goals.push(() => entries.map(road.away));
  const own = "index" in wanted ? entries.find(({ index }) => index === wanted.index)?.name : undefined;
  const name = "event" in wanted ? `"${wanted.event}"` : `answered by ${own ?? "a rule that does not exist"}`;
  return settle(goals, { subject: road.subject, fixed: road.fixed, read, proves, name, title, type });
}

/** A rule set as the search sees it. */
interface Road {
  subject: Subject;
  fixed: ReadonlySet<number>;
  eventOf: (index: number) => string | undefined;
  /** The event where nothing matches. */
  fallback: string;
  /** Those that must not hold for an entry to decide. */
  rivals: (entry: Entry) => Entry[];
  /** The inputs for which an entry does not hold, nor wait for a fact that would hold others up. */
  away: (entry: Entry) => Region;
}

function rulesRoad(ruleset: RulesetBody, read: FactReader): Road {
  const { plan } = planRules(ruleset.rules ?? [], {
    conditions: ruleset.conditions ?? {},
    replaceFactsInEventParams: true,
    rulesAt: "/rules",
  });
  const { subject, fixed } = holdConditions(plan, read, ruleset);
  const nodes = new Map(subject.rules.map((rule) => [rule.index, rule.node]));
  const wanted = ruleset.missing === "skip" ? "not-true" : "false";
  return {
    subject,
    fixed,
    eventOf: (index) => ruleset.rules?.[index]?.event.type,
    fallback: "otherwise",
    rivals: (entry) => subject.entries.slice(0, subject.entries.indexOf(entry)),
    away: (entry) => subject.regions.region(nodes.get(entry.index) as PlannedNode, wanted, true),
  };
}

function tableRoad(table: DecisionTable, ruleset: RulesetBody): Road {
  const dated = datedTable(table);
  const subject = tableSubject(dated, parseTable(dated).cells, ruleset);
  const compiled = compileTable(table);
  const { hitPolicy } = table;
  const nothing = compiled.eventOf({ output: null, matched: [], usedDefault: true, open: [], missing: [] });
  const collects = hitPolicy.startsWith("collect") || hitPolicy.endsWith("-order");
  return {
    subject,
    fixed: new Set(),
    eventOf: (index) => (collects ? (table.event ?? "matched") : compiled.rowEvent(index).type),
    fallback: nothing?.type ?? "otherwise",
    rivals: (entry) => {
      if (collects) return [];
      if (hitPolicy === "unique") return subject.entries.filter((other) => other !== entry);
      if (hitPolicy === "any") return subject.entries.filter((other) => other.says !== entry.says);
      return subject.entries.slice(0, subject.entries.indexOf(entry));
    },
    away: (entry) =>
      entry.blocks.maybe.reduce<Region>((_, box) => complement(box, subject), [subject.full.map(() => undefined)]),
  };
}

/** All that lies outside a box: for each dimension it asks about, the values it does not take. */
function complement(box: Box, subject: Subject): Region {
  return box.flatMap((set, at) => {
    const left = set ? difference(subject.full[at] as SpanSet, set) : [];
    return left.length === 0 ? [] : [box.map((_, other) => (other === at ? left : undefined))];
  });
}

interface Question {
  subject: Subject;
  fixed: ReadonlySet<number>;
  read: FactReader;
  /** Whether the evaluator gives the wanted answer for some facts. */
  proves: (read: FactReader) => boolean;
  name: string;
  title: Wording["title"];
  type: Wording["type"];
}

/** Alternatives of equal size that are put to the evaluator before the search gives up. */
const TRIED = 200;

/** Finds the goal that needs the fewest changes, the nearest among equals, and proves it. */
function settle(goals: readonly (() => Region[])[], question: Question): WhyNot {
  const { subject, fixed, read, proves, name } = question;
  if (proves(read)) return { possible: true, changes: [], words: `It is ${name}.`, smallest: true };
  const now = subject.dimensions.map((dimension) => dimension.atomOf(readUse(dimension.use, read)));
  let ended = false;
  const found = goals.flatMap((goal) => {
    try {
      const said = smallestChanges(goal(), now, fixed);
      ended ||= said.ended;
      return said.boxes.slice(0, TRIED).map((box) => changesTo(box, now, question));
    } catch (cause) {
      if (!(cause instanceof TooManyBoxes)) throw cause;
      ended = true;
      return [];
    }
  });
  found.sort((a, b) => a.changes.length - b.changes.length || a.distance - b.distance);
  const least = found[0]?.changes.length;
  for (const { changes } of found.slice(0, TRIED)) {
    if (!proves(changedReader(read, changes))) continue;
    const words = `Would have been ${name} if ${changes.map((change) => change.words).join(" and ")}.`;
    return { possible: true, changes, words, smallest: !ended && changes.length === least };
  }
  return { possible: false, words: impossible(question, found.length > 0 || ended) };
}

function impossible({ subject, name }: Question, almost: boolean): string {
  const unclear = [...new Set(subject.entries.flatMap((entry) => entry.unclear))];
  if (unclear.length > 0)
    return `No change of the facts that can be analysed makes it ${name}; it rests on ${unclear.join("; ")}.`;
  if (almost)
    return `No change was found that makes it ${name}: some facts depend on each other, or too many would have to change.`;
  return `No values of its facts make it ${name}.`;
}

function changesTo(
  box: Box,
  now: readonly (number | undefined)[],
  { subject, read, title, type }: Pick<Question, "subject" | "read" | "title" | "type">,
) {
  let distance = 0;
  const changes = subject.dimensions.flatMap((dimension, at): Change[] => {
    const set = box[at];
    const atom = now[at];
    if (!set || (atom !== undefined && holds(set, atom))) return [];
    const from = readUse(dimension.use, read);
    const near = nearest(set, from, dimension);
    distance += near.distance;
    return [{ use: dimension.use, from, to: near.value, words: changeInWords(dimension, from, near, { title, type }) }];
  });
  return { changes, distance };
}

function changeInWords(
  dimension: Dimension,
  from: unknown,
  { stretch }: Nearest,
  { title, type }: Pick<Question, "title" | "type">,
): string {
  const said = type?.(dimension.use) ?? dimension.type;
  const was = from === undefined || from === null ? "it is not known" : `it was ${valueInWords(from, said)}`;
  return `${title?.(dimension.use) ?? dimension.type.title} were ${setInWords(stretch, dimension, said)} (${was})`;
}
