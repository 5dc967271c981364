import type { Moment as Happened, WorkflowTest } from "#engine/definition/story.ts";
import type { SimulatedCase, Simulation, SimulationSetup } from "#engine/execute/simulate.ts";
import { activeLeaves } from "#engine/execute/snapshot.ts";
import { recast, renamed } from "#engine/scenario/recast.ts";
import { dateAt, localTextAt } from "#engine/time/instant-text.ts";
import { type Zone, zone } from "#engine/time/zone.ts";
import type { Moment, Run } from "../moments.ts";
import type { StoredFact } from "../world-for.ts";

/** What a simulation began with, as a test must know it. */
export interface Began {
  setup: SimulationSetup;
  facts: readonly StoredFact[];
}

/**
 * A simulation up to the moment that is looked at, as a test: what was done when, and after each of it where the case stands and
 * who has what to do. The people in it are those that it touched, under made-up names.
 */
export function recordedTest(run: Run, { setup, facts }: Began, title: string): WorkflowTest {
  const { directory } = setup.world;
  const place = zone(directory.data.timeZone);
  const moments = run.moments.slice(0, run.at + 1);
  const last = moments.at(-1)!.simulation;
  const units = setup.subject.kind === "unit" ? [setup.subject.id] : [];
  const { company, ids } = recast(directory, touchedBy(last, setup), units, dateAt(setup.startAt, place));
  const subject = setup.subject;
  const known = subject.kind === "record" ? setup.world.subject(subject) : undefined;
  const test: WorkflowTest = {
    title,
    subject,
    ...(setup.period === null ? {} : { period: setup.period }),
    at: instantText(setup.startAt, place),
    parameters: setup.parameters ?? {},
    ...(facts.length > 0 ? { stored: facts.map(({ fact, params, value }) => ({ fact, params, value })) } : {}),
    ...(known && subject.type
      ? {
          records: [
            {
              type: subject.type,
              id: subject.id,
              ...(known.about ? { about: known.about } : {}),
              ...(known.unit ? { unit: known.unit } : {}),
              fields: known.fields,
            },
          ],
        }
      : {}),
    moments: moments.map((moment, at) => happening(moment, moments[at - 1], place)),
  };
  return { ...renamed(test, ids), company };
}

/** Everybody whom a simulation has to do with. */
function touchedBy({ cases, messages }: Simulation, { subject, world }: SimulationSetup): Set<string> {
  const people = new Set(messages.flatMap(({ to }) => to));
  if (subject.kind === "person") people.add(subject.id);
  const about = subject.kind === "record" ? world.subject(subject)?.about : undefined;
  if (about) people.add(about);
  for (const { state, journal } of cases) {
    if (state.subject.kind === "person") people.add(state.subject.id);
    for (const { by, tape } of journal) {
      if (by !== null) people.add(by);
      for (const { ask, answer } of tape) {
        if (ask !== "people" || answer === null || typeof answer !== "object" || Array.isArray(answer)) continue;
        if (Array.isArray(answer.people)) for (const person of answer.people) people.add(String(person));
      }
    }
  }
  return people;
}

function happening(moment: Moment, before: Moment | undefined, place: Zone): Happened {
  const { simulation, did } = moment;
  const moved = before !== undefined && simulation.now !== before.simulation.now;
  return {
    ...(moved ? { at: instantText(simulation.now, place) } : {}),
    ...(did && before ? doing(did, before.simulation) : {}),
    expect: standing(simulation.cases[0]!),
  };
}

/** What somebody did, by the step that it was done at: ids of tasks and effects are another simulation's own. */
function doing({ caseId, event }: NonNullable<Moment["did"]>, { cases }: Simulation): Partial<Happened> {
  const found = cases.find(({ state }) => state.id === caseId);
  if (!found) return {};
  const { state } = found;
  const which = found === cases[0] ? {} : { of: state.definition.id, about: state.subject.id };
  switch (event.type) {
    case "complete": {
      const task = state.tasks[event.task];
      if (!task) return {};
      const { outcome, by, answers } = event;
      return { complete: { ...which, step: task.step, outcome, ...given({ by, answers }) } };
    }
    case "event":
      return { event: { ...which, event: event.event, by: event.by, ...given({ data: event.data }) } };
    case "answer": {
      const step = state.pending.find(({ effect }) => effect === event.effect)?.step;
      return step === undefined ? {} : { answer: { ...which, step, outcome: event.outcome } };
    }
    default:
      return {};
  }
}

const given = <Members extends object>(members: Members) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== null)) as {
    [Name in keyof Members]?: NonNullable<Members[Name]>;
  };

function standing({ state, journal, compiled }: SimulatedCase): NonNullable<Happened["expect"]> {
  const tasks: Record<string, string[]> = {};
  for (const { assignees, step } of Object.values(state.tasks))
    for (const person of assignees) tasks[person] = [...(tasks[person] ?? []), step];
  return {
    status: state.status,
    steps: activeLeaves(compiled, journal.at(-1)?.active ?? []),
    tasks,
    ...(state.status === "closed" && state.outcome !== null ? { outcome: state.outcome } : {}),
    ...(state.result ? { result: state.result } : {}),
  };
}

/** To the minute where nothing is lost, else exactly. */
function instantText(at: number, place: Zone): string {
  return at % 60_000 === 0 ? localTextAt(at, place) : new Date(at).toISOString();
}
