import { type DrawnWay, drawnWays, type PlacedStep } from "../steps/placed-steps.ts";
import type { Step } from "../steps/step.ts";
import type { Deadline } from "../time/clock.ts";
import { dateInWords } from "../time/epoch-day.ts";
import { durationInWords } from "../words/duration.ts";
import type { PersonRef, Value } from "../words/reference.ts";
import { joinInWords } from "./join-in-words.ts";
import { meetingSentences } from "./meeting-in-words.ts";
import { isSingular, peopleInWords, personInWords } from "./person-in-words.ts";
import { triggerInWords } from "./trigger-in-words.ts";
import type { Wording } from "./wording.ts";
import { capital, listed, quoted, spell, timesInWords } from "./words.ts";

/** A step in sentences: what happens, by when, and where it goes from there. */
export function stepSentences(placed: PlacedStep, wording: Wording): string[] {
  const { step } = placed;
  return [
    ...(step.description ? [step.description] : []),
    ...whatHappens(step, wording),
    ...meetingSentences(step),
    ...togetherSentences(step),
    ...manySentences(step),
    ...("deadline" in step && step.deadline ? deadlineSentences(step.deadline, wording) : []),
    ...("optional" in step && step.optional ? ["The step is skipped where nobody can be found for it."] : []),
    ...drawnWays(placed).flatMap((way) => waySentence(way, placed, wording)),
    ...undoSentences(placed),
  ];
}

function whatHappens(step: Step, wording: Wording): string[] {
  switch (step.kind) {
    case "form":
      return [`${who(step)} ${verb(step, "fills in", "fill in")} the form ${wording.document("form", step.form)}.`];
    case "approval": {
      const asked = step.outcomes ? listed(step.outcomes.map(spell), "or") : "approved or rejected";
      const form = step.form ? `, with the form ${wording.document("form", step.form)}` : "";
      return [`${who(step)} ${verb(step, "decides", "decide")}: ${asked}${form}.`];
    }
    case "calibration":
      return [
        `${who(step)} ${verb(step, "leads", "lead")} a session in which the ratings are aligned${step.form ? `, with the form ${wording.document("form", step.form)}` : ""}.`,
      ];
    case "decision":
      return [`The rules ${wording.document("ruleset", step.rules)} decide how it goes on.`];
    case "wait": {
      const events = (step.for ?? []).map((trigger) => triggerInWords(trigger, wording));
      if (events.length === 0) return [`It waits: ${wording.clock(step.until)}.`];
      const held = (step.for ?? []).flatMap((trigger) => (trigger.hold ? [durationInWords(trigger.hold)] : []));
      return [
        `It waits until ${listed(events, "or")}, at most ${wording.clock(step.until)}.`,
        ...(held.length > 0 ? [`What happened up to ${listed([...new Set(held)], "or")} before counts as well.`] : []),
      ];
    }
    case "notify":
      return [
        `${capital(peopleInWords(step.to))} ${step.to.length === 1 && isSingular(step.to[0]!) ? "is" : "are"} told: ${quoted(step.message)}`,
      ];
    case "record":
      return recordSentences(step, wording);
    case "payout":
      return [`The payout is computed and booked by the plan ${wording.document("plan", step.plan)}.`];
    case "call":
      return [
        `Another system is asked (${new URL(step.url).host}).`,
        ...(step.answer && Object.keys(step.answer).length > 0
          ? [`It must answer with ${listed(Object.keys(step.answer).map(spell))}; anything else counts as failed.`]
          : []),
      ];
    case "subflow":
      return [`The process ${wording.document("workflow", step.workflow)} runs, and this one waits for its end.`];
    case "group":
      return [`These steps belong together and begin with ${quoted(step.steps[step.start]?.title ?? step.start)}.`];
    case "parallel": {
      const branches = Object.entries(step.branches).map(([id, branch]) => quoted(branch.title ?? capital(spell(id))));
      return [`${listed(branches)} run side by side; it goes on with ${joinInWords(step.join)}.`];
    }
    case "end":
      return [step.outcome ? `It ends here: ${spell(step.outcome)}.` : "It ends here."];
  }
}

/** How many are enough where many are asked, and what a step shares with other cases: one session, or one task. */
function manySentences(step: Step): string[] {
  return [
    ...("each" in step && step.each ? [`It goes on with ${joinInWords(step.join)}; the rest is then cancelled.`] : []),
    ...("each" in step && step.each?.except?.length ? [`Without ${peopleInWords(step.each.except)}.`] : []),
    ...("shared" in step && step.shared
      ? [`Cases with the same ${listed(step.shared.key.map(spell))} meet in one.`]
      : []),
    ...("bundle" in step && step.bundle ? [`Tasks with the same ${listed(step.bundle.map(spell))} are one task.`] : []),
  ];
}

type AskingStep = Extract<Step, { kind: "form" | "approval" | "calibration" }>;

const actorsOf = (step: AskingStep): PersonRef[] =>
  step.each ? [step.each.of].flat() : step.actor ? [step.actor] : (step.actors ?? []);

/** How several people work on one step, and who of them hands it in. */
function togetherSentences(step: Step): string[] {
  if (!("mode" in step) || step.mode === undefined || step.mode === "single" || !step.actors?.length) return [];
  const exit = step.actors[step.exit ?? step.actors.length - 1];
  const last = exit ? personInWords(exit) : "the last of them";
  return step.mode === "iterative"
    ? [
        `They pass it to and fro, beginning with ${personInWords(step.actors[0]!)}; only whoever has it writes, and only ${last} hands it in.`,
      ]
    : [`They all work on it at once; only ${last} hands it in.`];
}

function who(step: AskingStep): string {
  const people = actorsOf(step);
  if (people.length === 0) return "Somebody";
  return step.each ? `Each of ${peopleInWords(people)}` : capital(peopleInWords(people));
}

function verb(step: AskingStep, one: string, many: string): string {
  const people = actorsOf(step);
  return step.each || people.length === 0 || (people.length === 1 && isSingular(people[0]!)) ? one : many;
}

function recordSentences(step: Extract<Step, { kind: "record" }>, wording: Wording): string[] {
  const writes = (step.write ?? []).map((write) => {
    if ("to" in write) return `${capital(spell(write.to.replace(".", " ")))} becomes ${wording.value(write.value)}.`;
    if ("metric" in write)
      return `${wording.value(write.value)} is recorded for ${wording.document("metric", write.metric)}.`;
    return `A ${spell(write.record)} record is written with ${listed(Object.keys(write.fields).map(spell))}.`;
  });
  return [
    ...setSentences(step.set, wording),
    ...writes.map(capital),
    ...(step.release
      ? [
          `${capital(listed(step.release.map(spell)))} ${step.release.length === 1 ? "becomes" : "become"} visible to the person.`,
        ]
      : []),
  ];
}

function setSentences(set: Record<string, Value> | undefined, wording: Wording): string[] {
  return Object.entries(set ?? {}).map(([name, value]) => `${capital(spell(name))} becomes ${wording.value(value)}.`);
}

function deadlineSentences(deadline: Deadline, wording: Wording): string[] {
  const policy = deadline.policy ?? (deadline.escalation ? "escalate" : "hold");
  const then = {
    hold: "After that the task is marked overdue and stays open.",
    advance: "After that it goes on without an answer.",
    "advance-flagged": "After that it goes on without an answer, and this is marked.",
    escalate: deadline.escalation
      ? `After that ${wording.document("escalation", deadline.escalation)} begins to climb.`
      : "After that it is escalated.",
  }[policy];
  const allowed = deadline.after
    ? `The time allowed is ${wording.clock(deadline)}.`
    : deadline.every !== undefined
      ? `${capital(wording.clock(deadline))}, for as long as it is open, ${strikesInWords(deadline, policy, wording)}.`
      : `It is due ${wording.clock(deadline)}.`;
  return [
    deadline.every === undefined ? `${allowed} ${then}` : allowed,
    ...(deadline.start === undefined
      ? []
      : [`It begins ${dateOf(deadline.start, wording)}; before that it can only be read.`]),
    ...(deadline.exit === undefined
      ? []
      : [`It may be handed in from ${dateOf(deadline.exit, wording).replace(/^on /, "")} on.`]),
  ];
}

function strikesInWords(deadline: Deadline, policy: string, wording: Wording): string {
  if (policy === "escalate" && deadline.escalation)
    return `${wording.document("escalation", deadline.escalation)} begins to climb if it does not already`;
  return policy === "hold" ? "those who have it are reminded" : "it goes on";
}

const dateOf = (date: NonNullable<Deadline["start"]>, wording: Wording): string =>
  typeof date === "string" ? `on ${dateInWords(date)}` : `at ${wording.value(date)}`;

function waySentence(way: DrawnWay, placed: PlacedStep, wording: Wording): string[] {
  const to = placed.scope.steps.get(way.transition.to);
  const target = to
    ? to === placed
      ? "this step again"
      : quoted(to.step.title)
    : `${quoted(way.transition.to)}, which does not exist`;
  const opening = eventInWords(way.event);
  const condition = way.transition.when
    ? ` and ${wording.condition(way.transition.when)}`
    : way.index > 0
      ? " and nothing of that holds"
      : "";
  const bound = way.transition.maxVisits === undefined ? "" : `, at most ${timesInWords(way.transition.maxVisits)}`;
  const sets = setSentences(way.transition.set, wording).join(" ");
  const back = way.transition.history ? ", where it left off" : "";
  return [`${opening}${condition}, it goes on to ${target}${back}${bound}.${sets ? ` ${sets}` : ""}`];
}

/** What undoes the step, and what it undoes: both run only when the case is cancelled. */
function undoSentences(placed: PlacedStep): string[] {
  const { step, scope } = placed;
  const by = "undo" in step && step.undo !== undefined ? scope.steps.get(step.undo) : undefined;
  const of = [...scope.steps.values()].filter((other) => "undo" in other.step && other.step.undo === placed.id);
  return [
    ...(by ? [`If the case is cancelled after that, ${quoted(by.step.title)} undoes it.`] : []),
    ...(of.length > 0
      ? [
          `It happens only when the case is cancelled after ${listed(
            of.map((other) => quoted(other.step.title)),
            "or",
          )}; the last step that was done is undone first.`,
        ]
      : []),
  ];
}

function eventInWords(event: string): string {
  switch (event) {
    case "done":
      return "When this is done";
    case "due":
      return "When time is up";
    case "failed":
      return "If this fails";
    case "not-evaluated":
      return "If data is missing";
    case "otherwise":
      return "If no rule applies";
    default:
      return `If the answer is ${quoted(spell(event))}`;
  }
}
