import { catalogueOf } from "../definition/catalogue.ts";
import type { Definition } from "../definition/definition.ts";
import type { Figure, Scenario } from "../definition/story.ts";
import { metricPeople } from "../execute/metric-people.ts";
import { act, advanceTo, begin, deliverOne, nextTimer, type Simulation, simulation } from "../execute/simulate.ts";
import { buildDirectory } from "../organisation/build-directory.ts";
import type { OrganisationData } from "../organisation/model.ts";
import { calendarSet } from "../time/calendar-set.ts";
import { zone } from "../time/zone.ts";
import { type Json, sameJson } from "../words/json.ts";
import { changedPeople } from "./changed-people.ts";
import { instantIn, play } from "./play.ts";
import { type Recorded, recordedFacts, recordedSubject } from "./recorded-facts.ts";
import { sharedStart } from "./shared-start.ts";
import type { Stage } from "./stage.ts";
import { StoryError } from "./story-error.ts";

/** Timers that one story may wait for: a mistake in a date must not run for minutes. */
const MOST_TIMERS = 5_000;

/** Plays a story in the simulator. Answers what did not hold, as sentences. */
export async function runScenario(
  scenario: Scenario,
  documents: readonly Definition[],
  organisation: OrganisationData,
): Promise<string[]> {
  const place = zone(organisation.timeZone);
  return play(scenario, simulatedStage(scenario, documents, organisation), place);
}

/** The simulator as a stage, which can be looked at as the simulation that it is. */
export interface SimulatedStage extends Stage {
  simulation(): Simulation;
}

/** The simulator as a stage: nothing is stored, everything happens at once, whoever is told is only written down. */
export function simulatedStage(
  scenario: Scenario,
  documents: readonly Definition[],
  organisation: OrganisationData,
): SimulatedStage {
  const catalogue = catalogueOf(documents);
  let known = changedPeople(organisation, scenario.people ?? []);
  const directory = buildDirectory(known);
  const calendars = calendarSet(catalogue.all("calendar"), organisation.calendar);
  const startAt = instantIn(scenario.at, zone(organisation.timeZone));
  const stamped = (figures: readonly Figure[], recordedAt: number) => figures.map((one) => ({ ...one, recordedAt }));
  const recorded: Recorded & { figures: (Figure & { recordedAt: number })[] } = {
    figures: stamped(scenario.figures ?? [], startAt),
    records: scenario.records ?? [],
    catalogue,
    directory,
    calendars,
  };
  let at: Simulation = simulation({
    catalogue,
    startAt,
    parameters: scenario.parameters,
    world: {
      directory,
      calendars,
      stored: (fact, params, now) => saidOf(scenario, fact, params) ?? recordedFacts(recorded, now)(fact, params),
      subject: recordedSubject(recorded),
      metricPeople: metricPeople(catalogue),
    },
  });
  let roots = 0;
  let fired = 0;
  /** What is due at once (a date that has passed) has happened before the story goes on. */
  const goOn = (next: Simulation) => {
    at = advanceTo(next, next.now);
    return undefined;
  };
  return {
    simulation: () => at,
    advanceTo: async (to) => {
      for (let due = nextTimer(at); due && due.timer.dueAt <= to; due = nextTimer(at)) {
        fired += 1;
        if (fired > MOST_TIMERS) throw new StoryError(`more than ${MOST_TIMERS} timers fire: is the date right?`);
        at = advanceTo(at, Math.max(at.now, due.timer.dueAt));
      }
      at = advanceTo(at, to);
    },
    start: async (beginning) => {
      roots += 1;
      const shared = sharedStart(beginning, `story/${roots}`);
      if (shared) {
        const joined = deliverOne(at, shared, "") ?? at;
        return "ok" in joined ? joined : goOn(joined);
      }
      const begun = begin(at, {
        definition: beginning.definition,
        caseId: `case-${roots}`,
        subject: beginning.subject,
        period: beginning.period ?? null,
        trigger: beginning.trigger ?? {},
        data: beginning.with ?? {},
        parent: null,
      });
      return "ok" in begun ? begun : goOn(begun);
    },
    send: async (caseId, event) => {
      const sent = act(at, caseId, event);
      return "ok" in sent ? sent : goOn(sent);
    },
    people: async (changes) => {
      known = changedPeople(known, changes);
      recorded.directory = buildDirectory(known);
      at = { ...at, setup: { ...at.setup, world: { ...at.setup.world, directory: recorded.directory } } };
    },
    figures: async (figures) => {
      recorded.figures.push(...stamped(figures, at.now));
    },
    cases: async () => at.cases,
    messages: async () => at.messages,
    effects: async () => {
      const counted: Record<string, number> = {};
      for (const { kind } of at.effects) counted[kind] = (counted[kind] ?? 0) + 1;
      return counted;
    },
  };
}

/** A stored fact as the story says it was read: everything that it names must agree. */
function saidOf({ stored = [] }: Scenario, fact: string, params: Record<string, Json>): Json | undefined {
  return stored.find((one) => one.fact === fact && agrees(one.params, params))?.value;
}

function agrees(said: Json, asked: Record<string, Json>): boolean {
  if (typeof said !== "object" || said === null || Array.isArray(said)) return true;
  return Object.entries(said).every(([name, value]) => sameJson(asked[name] ?? null, value));
}
