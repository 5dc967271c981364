import { z } from "zod";
import { Subject } from "../contract/subject.ts";
import { catalogueOf } from "../definition/catalogue.ts";
import type { Definition } from "../definition/definition.ts";
import { buildDirectory } from "../organisation/build-directory.ts";
import type { OrganisationData } from "../organisation/model.ts";
import { calendarSet } from "../time/calendar-set.ts";
import { instantOf } from "../time/instant-text.ts";
import { zone } from "../time/zone.ts";
import { canonical, Json, sameJson } from "../words/json.ts";
import type { Refusal } from "./outcome.ts";
import { act, advanceTo, type SimulatedCase, type Simulation, simulate } from "./simulate.ts";
import { activeLeaves } from "./snapshot.ts";

const facts = z.record(z.string().max(200), Json);

/** What must hold at a moment; members that are absent are not looked at. */
export const Expectation = z.strictObject({
  /** The case looked at, by definition id; the first one where absent. */
  of: z.string().optional(),
  status: z.enum(["open", "blocked", "closed", "cancelled"]).optional(),
  outcome: z.string().optional(),
  /** Where the case stands: ids of steps, in any order. */
  steps: z.array(z.string()).optional(),
  /** Open tasks by person: ids of steps. Everyone with an open task in that case is named. */
  tasks: z.record(z.string(), z.array(z.string())).optional(),
  data: facts.optional(),
  result: facts.optional(),
  /** How many cases of that definition there are by now. */
  cases: z.record(z.string(), z.number().int()).optional(),
  /** Titles of the messages that each person has got so far, as many as are named, in order, the last ones. */
  messages: z.record(z.string(), z.array(z.string())).optional(),
  /** Kinds of the effects asked for so far, counted. */
  effects: z.record(z.string(), z.number().int()).optional(),
});
export type Expectation = z.infer<typeof Expectation>;

const inCase = { of: z.string().optional() };

/** One moment of a scenario: time moves first, then something happens, then something is expected. */
export const Moment = z.strictObject({
  /** Local date and time in the organisation's zone, e.g. `2026-03-02T09:00`. */
  at: z.string().optional(),
  complete: z
    .strictObject({
      ...inCase,
      step: z.string(),
      outcome: z.string(),
      by: z.string().optional(),
      answers: facts.optional(),
    })
    .optional(),
  event: z
    .strictObject({ ...inCase, event: z.string(), data: facts.optional(), by: z.string().nullable().optional() })
    .optional(),
  answer: z.strictObject({ ...inCase, step: z.string(), outcome: z.string(), data: facts.optional() }).optional(),
  cancel: z.strictObject({ ...inCase, reason: z.string() }).optional(),
  /** The code of the refusal that what happens must meet. */
  refused: z.string().optional(),
  expect: Expectation.optional(),
  note: z.string().optional(),
});
export type Moment = z.infer<typeof Moment>;

/** A story that a template must tell: who does what when, and what is then true. */
export const Scenario = z.strictObject({
  title: z.string().min(1),
  definition: z.strictObject({ kind: z.enum(["workflow", "escalation"]), id: z.string() }),
  subject: Subject,
  /** What is known of a subject that is no person. */
  known: z.strictObject({ fields: facts, about: z.string().nullable(), unit: z.string().nullable() }).optional(),
  period: z.string().nullable().optional(),
  at: z.string(),
  trigger: facts.optional(),
  with: facts.optional(),
  parameters: facts.optional(),
  /** Stored facts: the value of the first whose params are all met. */
  facts: z.array(z.strictObject({ fact: z.string(), params: facts.optional(), value: Json })).optional(),
  moments: z.array(Moment).min(1),
});
export type Scenario = z.infer<typeof Scenario>;

/** What did not hold, as sentences; empty where the scenario passes. */
export function runScenario(
  scenario: Scenario,
  documents: readonly Definition[],
  organisation: OrganisationData,
): string[] {
  const catalogue = catalogueOf(documents);
  const place = zone(organisation.timeZone);
  const instant = (text: string): number => {
    const at = instantOf(text, place, "start");
    if (at === undefined) throw new Error(`"${text}" is no date and time`);
    return at;
  };
  const begun = simulate({
    catalogue,
    definition: scenario.definition,
    subject: scenario.subject,
    period: scenario.period ?? null,
    startAt: instant(scenario.at),
    trigger: scenario.trigger,
    with: scenario.with,
    parameters: scenario.parameters,
    world: {
      directory: buildDirectory(organisation),
      calendars: calendarSet(catalogue.all("calendar"), organisation.calendar),
      stored: (fact, params) =>
        scenario.facts?.find(
          (one) =>
            one.fact === fact && Object.entries(one.params ?? {}).every(([key, value]) => sameJson(params[key], value)),
        )?.value,
      subject: () => scenario.known,
      metricPeople: (subject) => {
        const metric = subject.kind === "metric" ? catalogue.find("metric", subject.id) : undefined;
        return { metricOwner: metric?.owner, metricSteward: metric?.steward };
      },
    },
  });
  if ("ok" in begun) return [`it does not start: ${begun.message}`];

  const failures: string[] = [];
  let simulation: Simulation = begun;
  scenario.moments.forEach((moment, position) => {
    const where = `moment ${position + 1}${moment.at ? ` (${moment.at})` : ""}`;
    if (moment.at) simulation = advanceTo(simulation, instant(moment.at));
    const happened = happen(simulation, moment);
    if (happened && "ok" in happened) {
      if (moment.refused !== happened.code) failures.push(`${where}: refused (${happened.code}): ${happened.message}`);
    } else if (moment.refused) failures.push(`${where}: should have been refused with ${moment.refused}`);
    else if (happened) simulation = happened;
    for (const failure of unmet(simulation, moment.expect ?? {})) failures.push(`${where}: ${failure}`);
  });
  return failures;
}

function caseOf(simulation: Simulation, of: string | undefined): SimulatedCase {
  const found =
    of === undefined
      ? simulation.cases[0]
      : [...simulation.cases].reverse().find((one) => one.state.definition.id === of);
  if (!found)
    throw new Error(
      `there is no case of "${of}"; there are ${simulation.cases.map((one) => one.state.definition.id).join(", ")}`,
    );
  return found;
}

function happen(simulation: Simulation, moment: Moment): Simulation | Refusal | undefined {
  const { complete, event, answer, cancel } = moment;
  if (complete) {
    const { state } = caseOf(simulation, complete.of);
    const task = Object.values(state.tasks).find((one) => one.step === complete.step);
    if (!task) return { ok: false, code: "no-such-task", message: `no open task at "${complete.step}"`, possible: [] };
    return act(simulation, state.id, {
      type: "complete",
      task: task.id,
      outcome: complete.outcome,
      answers: complete.answers ?? {},
      by: complete.by ?? task.assignees[0] ?? null,
    });
  }
  if (event)
    return act(simulation, caseOf(simulation, event.of).state.id, {
      type: "event",
      event: event.event,
      data: event.data ?? {},
      by: event.by ?? null,
    });
  if (cancel)
    return act(simulation, caseOf(simulation, cancel.of).state.id, { type: "cancel", reason: cancel.reason, by: null });
  if (answer) {
    const { state } = caseOf(simulation, answer.of);
    const pending = state.pending.find((one) => one.step === answer.step);
    if (!pending)
      return { ok: false, code: "not-possible", message: `"${answer.step}" waits for no answer`, possible: [] };
    return act(simulation, state.id, {
      type: "answer",
      effect: pending.effect,
      outcome: answer.outcome,
      data: answer.data ?? {},
    });
  }
  return undefined;
}

function unmet(simulation: Simulation, expected: Expectation): string[] {
  const failures: string[] = [];
  const { state, journal, compiled } = caseOf(simulation, expected.of);
  const compare = (what: string, actual: unknown, wanted: unknown) => {
    if (wanted !== undefined && !sameJson(actual, wanted))
      failures.push(`${what} is ${canonical(actual)}, expected ${canonical(wanted)}`);
  };
  compare("the status", state.status, expected.status);
  compare("the outcome", state.outcome, expected.outcome);
  compare("the result", state.result, expected.result);
  if (expected.steps)
    compare("where it stands", activeLeaves(compiled, journal.at(-1)?.active ?? []).sort(), [...expected.steps].sort());
  if (expected.tasks) {
    const tasks: Record<string, string[]> = {};
    for (const task of Object.values(state.tasks))
      for (const person of task.assignees) tasks[person] = [...(tasks[person] ?? []), task.step].sort();
    compare(
      "the open tasks",
      tasks,
      Object.fromEntries(Object.entries(expected.tasks).map(([person, steps]) => [person, [...steps].sort()])),
    );
  }
  const data = (state.machine as { context: { data: Record<string, Json> } }).context.data;
  for (const [name, value] of Object.entries(expected.data ?? {})) compare(`case.${name}`, data[name] ?? null, value);
  for (const [id, count] of Object.entries(expected.cases ?? {}))
    compare(
      `the number of cases of ${id}`,
      simulation.cases.filter((one) => one.state.definition.id === id).length,
      count,
    );
  for (const [kind, count] of Object.entries(expected.effects ?? {}))
    compare(`the number of ${kind} effects`, simulation.effects.filter((one) => one.kind === kind).length, count);
  for (const [person, titles] of Object.entries(expected.messages ?? {})) {
    const got = simulation.messages.filter((message) => message.to.includes(person)).map((message) => message.title);
    compare(`what ${person} was told`, got.slice(titles.length === 0 ? 0 : -titles.length), titles);
  }
  return failures;
}
