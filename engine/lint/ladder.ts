import type { Escalation, Level } from "../definition/escalation.ts";
import { ladderIds } from "../steps/ladder.ts";
import { didYouMean } from "../words/closest.ts";
import type { Duration } from "../words/duration.ts";
import { error, type Issue, warning } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";
import { type LintSubject, parametersOf } from "./subject.ts";

/** A ladder that climbs in the wrong order, counts by an unknown clock, tells nobody, or ends in silence. */
export function ladder(subject: LintSubject): Issue[] {
  const { definition } = subject;
  if (definition.kind !== "escalation") return [];
  return [
    ...definition.levels.flatMap((level, index) => levelIssues(definition, level, index)),
    ...orderIssues(definition, subject),
    ...ownerIssues(definition),
  ];
}

/** The clocks that a level may name without declaring them. */
const GIVEN_CLOCKS = ["acknowledge", "resolve"];

function levelIssues(escalation: Escalation, level: Level, index: number): Issue[] {
  const path = pointer("levels", index);
  const issues: Issue[] = [];
  const clocks = [...new Set([...Object.keys(escalation.clocks ?? {}), ...GIVEN_CLOCKS])];
  if (level.clock !== undefined && !clocks.includes(level.clock)) {
    const message = `The level "${level.title}" counts by the clock "${level.clock}", which is not declared.`;
    issues.push(error("unknown-clock", `${path}/clock`, message, didYouMean(level.clock, clocks)));
  }
  const taken = ladderIds([...new Set(escalation.levels.map((one) => one.clock ?? "ladder-clock"))]);
  if (taken.has(level.id)) {
    const message = `A level cannot be called "${level.id}": the ladder has a step of that name by itself.`;
    issues.push(error("reserved-id", `${path}/id`, message, `Call it e.g. "${level.id}-level".`));
  }
  if ((level.notify?.length ?? 0) === 0 && !level.start) {
    const message = `The level "${level.title}" tells nobody and starts nothing.`;
    issues.push(error("silent-level", path, message, 'Add "notify", or "start" a workflow.'));
  }
  return issues;
}

function orderIssues(escalation: Escalation, subject: LintSubject): Issue[] {
  const parameters = parametersOf(subject);
  const latest = new Map<string, { minutes: number; title: string }>();
  const issues: Issue[] = [];
  for (const [index, level] of escalation.levels.entries()) {
    const minutes = roughMinutes(level, parameters);
    const clock = level.clock ?? "acknowledge";
    const before = latest.get(clock);
    if (minutes === undefined) continue;
    if (before && minutes < before.minutes) {
      const message = `"${level.title}" comes after "${before.title}" on the ladder but fires earlier.`;
      issues.push(
        error(
          "level-order",
          pointer("levels", index, "after"),
          message,
          "Put the levels in the order in which they fire.",
        ),
      );
    } else latest.set(clock, { minutes, title: level.title });
  }
  return issues;
}

/** A level's time in minutes, a working day counted as a day: enough to see which of two comes first. */
function roughMinutes(level: Level, parameters: ReturnType<typeof parametersOf>): number | undefined {
  const { after } = level;
  if (!("parameter" in after)) return minutesOf(after);
  const parameter = parameters?.get(after.parameter);
  return parameter && typeof parameter.default === "number"
    ? minutesOf({ [parameter.type]: parameter.default })
    : undefined;
}

function minutesOf(duration: Duration): number {
  const { months = 0, weeks = 0, days = 0, workingDays = 0, hours = 0, minutes = 0 } = duration;
  return ((months * 30 + weeks * 7 + days + workingDays) * 24 + hours) * 60 + minutes;
}

function ownerIssues(escalation: Escalation): Issue[] {
  if (escalation.fallback) return [];
  const message = "Nobody owns a case that every level has left unanswered.";
  return [warning("no-fallback", "", message, 'Add "fallback", e.g. { "role": "hr-admin" }.')];
}
