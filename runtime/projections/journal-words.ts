import type { ClockInfo } from "#engine/compile/source-map.ts";
import type { Subject } from "#engine/contract/subject.ts";
import type { JournalView } from "#engine/contract/views/cases.ts";
import { pauseOfTape } from "#engine/execute/clocks.ts";
import type { JournalEntry, TapeItem } from "#engine/execute/journal.ts";
import { clockOfLook, isLook } from "#engine/execute/looks.ts";
import { SKIPPED, type Skipped } from "#engine/execute/skipped.ts";
import { clockOfTimer } from "#engine/execute/timers.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import { answerProblems } from "#engine/steps/call-answer.ts";
import type { Bundle } from "../commands/bundle.ts";
import type { StoredEntry } from "../store/journal-read.ts";
import { stepTitles } from "./case-briefs.ts";
import { instantInWords, sentence, spelled, whoInWords } from "./say.ts";

/** What an entry is told with. */
export interface Telling {
  bundle: Bundle;
  directory: Directory;
  subjectName: string;
  /** Titles of the case's tasks by id. */
  tasks: ReadonlyMap<string, string>;
}

/** A journal entry as a sentence with what it rests on. Answers are never part of it: they have a place with rules of its own. */
export function journalView(stored: StoredEntry, telling: Telling): JournalView {
  const { entry, hash } = stored;
  const { directory, bundle } = telling;
  return {
    seq: entry.seq,
    at: entry.at,
    dueAt: entry.dueAt,
    late: entry.late,
    by: entry.by === null ? null : { id: entry.by, name: directory.nameOf(entry.by) },
    type: entry.event.type,
    words: sentence(entryInWords(entry, telling)),
    details: detailsOf(entry, telling),
    steps: stepTitles(bundle, entry.active),
    hash,
    hasWhy: entry.event.type === "timer" || entry.tape.some(({ ask }) => ask !== "value"),
  };
}

/** What happened, as a sentence with a full stop. */
export function entryInWords(entry: JournalEntry, { bundle, directory, subjectName, tasks }: Telling): string {
  const acting = entry.onBehalf ? ` (for ${directory.nameOf(entry.onBehalf)})` : "";
  const who = `${whoInWords(entry.by, directory)}${acting}`;
  const { event } = entry;
  const task = (id: string) => `“${tasks.get(id) ?? "a task"}”`;
  switch (event.type) {
    case "start":
      return `${who} started “${bundle.title}” for ${subjectName}${event.period ? `, ${event.period}` : ""}${event.haltedWith ? "; it stands still with the case that began it" : ""}.`;
    case "complete":
      return `${who} ${doneInWords(event.outcome)} ${task(event.task)}.`;
    case "claim":
      return `${who} took ${task(event.task)} on.`;
    case "pass":
      return `${who} passed ${task(event.task)} on${event.to ? ` to ${directory.nameOf(event.to)}` : ""}.`;
    case "transfer":
      return `${who} handed ${task(event.task)} to ${directory.nameOf(event.to)}: ${event.reason}`;
    case "event":
      return `${who} reported “${spelled(event.event)}”.`;
    case "timer":
      if (isLook(event.timer))
        return `what pauses ${titleOfClock(bundle, clockOfLook(event.timer))} was looked at again.`;
      return `time was up: ${clockTitle(bundle, event.timer)}.`;
    case "answer":
      return `the answer came: ${spelled(event.outcome)}.`;
    case "move":
      return `${who} moved the case to “${titleOf(bundle, event.to)}”: ${event.reason}`;
    case "reopen":
      return `${who} reopened the case at “${titleOf(bundle, event.to)}”: ${event.reason}`;
    case "set-data":
      return `${who} changed ${Object.keys(event.data).map(spelled).join(", ")}: ${event.reason}`;
    case "undo":
      return `${who} took back what was done last: ${event.reason}`;
    case "follow":
      return `people moved, and open tasks followed: ${event.reason}`;
    case "join":
      return event.members.length === 1
        ? `${nameOfSubject(event.members[0]!.subject, directory)} joined.`
        : `${event.members.length} joined together.`;
    case "leave":
      return `somebody left: ${event.reason}`;
    case "cancel":
      return `${who} cancelled the case: ${event.reason}`;
    case "retry":
      return `${who} tried again: ${event.reason}`;
    case "rearm":
      return `${who} changed a threshold for open cases, and time was counted anew: ${event.reason}`;
    case "hold":
      return `something happened that “${titleOfStep(bundle, event.step)}” is for; it counts until ${instantInWords(event.until, directory)}.`;
    case "look":
      return `${who} looked again at what pauses a clock: ${event.reason}`;
    case "pause":
      return event.told
        ? `the case that began this one was paused, and this one with it: ${event.reason}`
        : `${who} paused the case: ${event.reason}`;
    case "resume":
      return event.told
        ? "the case that began this one goes on, and so does this one."
        : `${who} let the case go on: ${event.reason}`;
    default:
      return event satisfies never;
  }
}

/** What a timer of the machine is called. */
export function clockTitle(bundle: Bundle, timer: string): string {
  const clock = clockOf(bundle, timer);
  return clock ? `“${clock.title}”` : spelled(timer);
}

/** What was wrong with what another system answered, where its step took it as failed for that. */
function wrongAnswer({ event, taken }: JournalEntry, { compiled }: Bundle): string | undefined {
  if (event.type !== "answer" || event.outcome !== "done" || taken[0]?.event !== "failed") return undefined;
  const step = compiled.map.steps.get(taken[0].from)?.step;
  const problems = step?.kind === "call" && step.answer ? answerProblems(step.answer, event.data ?? {}) : [];
  return problems.length > 0 ? `The answer is not what was agreed. ${problems.join(" ")}` : undefined;
}

const titleOfStep = (bundle: Bundle, id: string): string =>
  bundle.compiled.map.steps.get(id)?.step.title ?? spelled(id);

function titleOfClock(bundle: Bundle, key: string): string {
  const clock = bundle.compiled.map.clocks.get(key);
  return clock ? `“${clock.title}”` : "a clock";
}

/** The document's clock behind a timer. */
export function clockOf(bundle: Bundle, timer: string): ClockInfo | undefined {
  return clockOfTimer(bundle.compiled, timer);
}

/** Outcomes are past participles by custom (`submitted`, `approved`); others are told beside the task. */
function doneInWords(outcome: string): string {
  return /ed$/.test(outcome) ? spelled(outcome) : `answered “${spelled(outcome)}” to`;
}

function detailsOf(entry: JournalEntry, telling: Telling): string[] {
  const { bundle, directory } = telling;
  const title = (id: string) => bundle.compiled.map.steps.get(id)?.step.title ?? spelled(id);
  const details = entry.taken.map(
    ({ from, to, event }) => `From “${title(from)}” to “${title(to)}” (${spelled(event)}).`,
  );
  const wrong = entry.taken.length > 0 ? wrongAnswer(entry, bundle) : undefined;
  if (wrong) details.push(wrong);
  for (const item of entry.tape) {
    const told = tapeInWords(item, telling);
    if (told) details.push(told);
  }
  if (entry.late && entry.dueAt !== null) {
    details.push(`It was due on ${instantInWords(entry.dueAt, directory)} and was carried out late.`);
  }
  return details;
}

function tapeInWords(item: TapeItem, { bundle, directory }: Telling): string | undefined {
  const title = (id: string) => bundle.compiled.map.steps.get(id)?.step.title ?? spelled(id);
  switch (item.ask) {
    case "people": {
      const found = peopleOf(item).map((person) => directory.nameOf(person));
      const because = item.because ? `: ${item.because}` : "";
      return found.length > 0 ? `Asked ${found.join(", ")}${because}.` : `Nobody was found${because}.`;
    }
    case "decision": {
      const answer = item.answer as { outcome?: string; rule?: string | null };
      const rule = answer.rule ? ` by “${answer.rule}”` : "";
      return `“${title(item.key)}” came out as ${spelled(String(answer.outcome))}${rule}.`;
    }
    case "verdict": {
      const paused = pauseOfTape(item.key);
      if (paused) return item.answer === true ? `A condition pauses ${titleOfClock(bundle, paused.clock)}.` : undefined;
      const way = bundle.compiled.map.ways.get(item.key);
      if (!way) return undefined;
      const said = item.answer === true ? "held" : item.answer === false ? "did not hold" : "could not be evaluated";
      return `The condition for “${title(way.to)}” ${said}.`;
    }
    case "value": {
      if (!item.key.endsWith(SKIPPED)) return undefined;
      const skipped = item.answer as unknown as Skipped[];
      if (skipped.length === 0) return undefined;
      const told = skipped.map(({ title: name, at }) => `“${name}” on ${instantInWords(at, directory)}`);
      return `It began late. Would have fired before: ${told.join(", ")}.`;
    }
    case "due":
      return undefined;
  }
}

/** The people that an item of the tape found. */
export function peopleOf({ answer }: TapeItem): string[] {
  if (Array.isArray(answer)) return answer.map(String);
  if (answer !== null && typeof answer === "object" && Array.isArray(answer.people)) return answer.people.map(String);
  return [];
}

function titleOf({ compiled }: Bundle, step: string): string {
  return compiled.map.steps.get(step)?.step.title ?? step;
}

/** What somebody or something who joins a shared case is called. */
function nameOfSubject({ kind, id }: Subject, directory: Directory): string {
  if (kind === "person") return directory.nameOf(id);
  return kind === "unit" ? (directory.unit(id)?.title ?? id) : id;
}
