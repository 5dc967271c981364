import { type Clock, type ClockControl, pauseEvents } from "../time/clock.ts";
import { error, type Issue, warning } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";
import type { LintSubject } from "./subject.ts";

/** A clock whose pause, resume, stop or reset cannot do what it says. */
export function clockControl({ definition, placed }: LintSubject): Issue[] {
  if (definition.kind === "escalation") {
    return Object.entries(definition.clocks ?? {}).flatMap(([name, clock]) =>
      ofClock(clock, `The clock "${name}"`, pointer("clocks", name)),
    );
  }
  return placed.all.flatMap(({ step, path }) => {
    if (step.kind === "wait") {
      return [
        ...ofClock(step.until, `The clock of "${step.title}"`, `${path}/until`),
        ...dated(step.until, step.title, `${path}/until`),
        ...endless(step.until, step.title, `${path}/until`),
      ];
    }
    if (!("deadline" in step) || !step.deadline) return [];
    const at = `${path}/deadline`;
    return [...ofClock(step.deadline, `The deadline of "${step.title}"`, at), ...dated(step.deadline, step.title, at)];
  });
}

function ofClock(clock: ClockControl, what: string, path: string): Issue[] {
  const issues: Issue[] = [];
  const paused = pauseEvents(clock);
  if (clock.resume && paused.length === 0) {
    const message = `${what} is never paused by an event, so "resume" does nothing.`;
    issues.push(
      warning("resume-unused", `${path}/resume`, message, 'Name the pausing event in "pause", or remove it.'),
    );
  }
  for (const [member, events] of [
    ["resume", clock.resume],
    ["stop", clock.stop],
    ["reset", clock.reset],
  ] as const) {
    const both = (events ?? []).filter((event) => paused.includes(event));
    for (const event of both) {
      const message = `${what} is paused by "${event}" and meant to ${member} by it too.`;
      issues.push(error("clock-events", `${path}/${member}`, message, "Give each of them an event of its own."));
    }
  }
  return issues;
}

/** A date is a date: counting it anew gives the same. */
function dated(clock: Clock, title: string, path: string): Issue[] {
  if (clock.at === undefined || !clock.reset) return [];
  const message = `The clock of "${title}" ends at a date, so counting anew changes nothing.`;
  return [warning("reset-date", `${path}/reset`, message, 'Let it count "after" a time, or remove "reset".')];
}

/** A wait that only its clock ends must not lose it. */
function endless(clock: Clock, title: string, path: string): Issue[] {
  if (!clock.stop?.length) return [];
  const message = `"${title}" would wait for ever once its clock is stopped.`;
  return [error("stopped-wait", `${path}/stop`, message, 'Lead on by the event itself: name it in "on".')];
}
