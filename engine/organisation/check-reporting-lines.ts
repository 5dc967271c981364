import { dateInWords } from "../time/epoch-day.ts";
import { error, type Issue } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";
import { groupBy, validAt } from "./as-of.ts";
import type { Assignment } from "./model.ts";

/** A reporting line longer than this is taken for a mistake; it also bounds the walk on hostile data. */
const LONGEST_LINE = 100;

export interface ReportingLineOptions {
  /** The ids of people who exist; where absent, those who have an assignment. */
  known?: ReadonlySet<string>;
  /** Path of the first assignment's list, e.g. `/assignments`. */
  path?: string;
  nameOf?: (person: string) => string;
}

type Row = { assignment: Assignment; index: number };

/**
 * What is wrong with reporting lines, for imports: intervals that end before they begin, two primary assignments at one
 * date, a manager who is not known, a person who manages themselves, and lines that come round again (the cycle is named,
 * once, with the first date on which it closes). Linear in the rows times the height of the organisation.
 */
export function checkReportingLines(assignments: readonly Assignment[], options: ReportingLineOptions = {}): Issue[] {
  const rows = assignments.map((assignment, index) => ({ assignment, index }));
  const primary = groupBy(
    rows.filter(({ assignment }) => assignment.kind === "primary"),
    ({ assignment }) => assignment.person,
  );
  return [
    ...checkRows(rows, options.known ?? new Set(assignments.map(({ person }) => person)), options),
    ...checkOverlaps(primary, options),
    ...checkCycles(rows, primary, options),
  ];
}

const at = (index: number, member: string, { path = "" }: ReportingLineOptions) => path + pointer(index, member);
const name = (person: string, { nameOf }: ReportingLineOptions) => nameOf?.(person) ?? person;

function checkRows(rows: Row[], known: ReadonlySet<string>, options: ReportingLineOptions): Issue[] {
  const issues: Issue[] = [];
  for (const { assignment, index } of rows) {
    const { person, manager, validFrom, validTo } = assignment;
    if (validTo !== null && validTo <= validFrom) {
      issues.push(
        error(
          "interval-backward",
          at(index, "validTo", options),
          `The assignment of ${name(person, options)} ends on ${validTo}, before it has begun (${validFrom}).`,
          "The end is the first day that no longer counts; leave it empty for one that goes on.",
        ),
      );
    }
    if (manager === null) continue;
    if (manager === person) {
      issues.push(
        error(
          "self-manager",
          at(index, "manager", options),
          `${name(person, options)} is their own manager.`,
          "Name the manager, or leave it empty for the head of the organisation.",
        ),
      );
    } else if (!known.has(manager)) {
      issues.push(
        error(
          "unknown-manager",
          at(index, "manager", options),
          `${name(person, options)} reports to ${manager}, who is not known.`,
          "Import that person too, or correct the id.",
        ),
      );
    }
  }
  return issues;
}

function checkOverlaps(primary: Map<string, Row[]>, options: ReportingLineOptions): Issue[] {
  const issues: Issue[] = [];
  for (const [person, rows] of primary) {
    const sorted = rows.toSorted((a, b) => (a.assignment.validFrom < b.assignment.validFrom ? -1 : 1));
    let before: Assignment | undefined;
    for (const { assignment, index } of sorted) {
      const earlier = before;
      if (!earlier || endsLater(assignment, earlier)) before = assignment;
      if (!earlier || (earlier.validTo !== null && earlier.validTo <= assignment.validFrom)) continue;
      issues.push(
        error(
          "overlapping-primary",
          at(index, "validFrom", options),
          `${name(person, options)} has two primary assignments on ${assignment.validFrom}: in ${earlier.unit} and in ${assignment.unit}.`,
          "End the earlier one where the later begins, or make one of them a matrix assignment.",
        ),
      );
    }
  }
  return issues;
}

const endsLater = (one: Assignment, other: Assignment) =>
  other.validTo !== null && (one.validTo === null || one.validTo > other.validTo);

/**
 * A cycle first closes on the date when the last of its lines begins, and that line is on it: so it is enough to walk up
 * from each line on the date it begins. People already walked on that date are not walked again.
 */
function checkCycles(rows: Row[], primary: Map<string, Row[]>, options: ReportingLineOptions): Issue[] {
  const issues: Issue[] = [];
  const told = new Set<string>();
  const lines = rows.filter(
    ({ assignment: { kind, manager, person } }) => kind === "primary" && manager && manager !== person,
  );
  const byStart = groupBy(lines, ({ assignment }) => assignment.validFrom);
  for (const date of [...byStart.keys()].sort()) {
    const rowOf = (person: string) => primary.get(person)?.find(({ assignment }) => validAt(assignment, date));
    const heights = new Map<string, number>();
    for (const { assignment, index } of byStart.get(date) ?? []) {
      const walk = walkUp(assignment.person, rowOf, heights);
      const key = walk.cycle ? [...walk.cycle].sort().join(" ") : "long";
      if (told.has(key) || (!walk.cycle && walk.height <= LONGEST_LINE)) continue;
      told.add(key);
      if (!walk.cycle) issues.push(tooLong(assignment, index, date, options));
      else issues.push(cycle(walk.cycle, rowOf(walk.cycle[0] ?? "")?.index ?? index, date, options));
    }
  }
  return issues;
}

/** Walks up to the head, a person walked before, a line that comes round, or the greatest height; fills in the heights. */
function walkUp(
  person: string,
  rowOf: (person: string) => Row | undefined,
  heights: Map<string, number>,
): { height: number; cycle?: string[] } {
  const places = new Map<string, number>();
  const line: string[] = [];
  let current: string | null = person;
  let cycle: string[] | undefined;
  while (current !== null && !heights.has(current) && line.length <= LONGEST_LINE) {
    const seen = places.get(current);
    if (seen !== undefined) {
      cycle = line.slice(seen);
      break;
    }
    places.set(current, line.length);
    line.push(current);
    const above: string | null = rowOf(current)?.assignment.manager ?? null;
    current = above === current ? null : above;
  }
  const top = current === null || cycle ? -1 : (heights.get(current) ?? 0);
  for (const [place, walked] of line.entries()) heights.set(walked, top + line.length - place);
  return { height: top + line.length, cycle };
}

function cycle(people: string[], index: number, date: string, options: ReportingLineOptions): Issue {
  const names = [...people, people[0] ?? ""].map((person) => name(person, options));
  const shown = names.length > 12 ? [...names.slice(0, 10), "…", names.at(-1)] : names;
  return error(
    "reporting-cycle",
    at(index, "manager", options),
    `From ${dateInWords(date)} the reporting line comes round again: ${shown.join(" → ")}.`,
    "Change the manager of one of them.",
  );
}

function tooLong(assignment: Assignment, index: number, date: string, options: ReportingLineOptions): Issue {
  return error(
    "reporting-line-long",
    at(index, "manager", options),
    `On ${dateInWords(date)} more than ${LONGEST_LINE} managers stand above ${name(assignment.person, options)}.`,
    "Check the manager column: ids may have shifted by a row.",
  );
}
