import { setImmediate as nextTurn } from "node:timers/promises";
import type { Conditions } from "#engine/rules/conditions.ts";
import { openCasesByKey } from "../store/cases-load.ts";
import { type LaunchInput, LAUNCH_SLICE as SLICE } from "./launch.ts";
import { keyOf, type Opening, openingWorlds, prepare } from "./open-case.ts";
import { resolvePopulation } from "./population.ts";
import type { Runtime } from "./runtime.ts";
import { today } from "./stored-facts.ts";

/** What a launch would do, member by member, without doing it. */
export async function previewLaunch(
  runtime: Runtime,
  workflow: string,
  input: LaunchInput & { conditions?: Conditions[] },
): Promise<{
  included: number;
  excluded: number;
  alreadyOpen: number;
  withoutActor: number;
  sample: { person: string; name: string; unit: string | null; included: boolean; reason: string }[];
}> {
  const bundle = await runtime.catalogue.current("workflow", workflow);
  const now = runtime.clock.now();
  const period = input.period ?? null;
  const candidates = await resolvePopulation(
    runtime,
    bundle,
    { unit: input.unit, people: input.people, conditions: input.conditions, period },
    now,
  );
  const directory = await runtime.organisation.directory();
  const included = candidates.filter((candidate) => candidate.included);
  const reasons = new Map<string, string>();
  let alreadyOpen = 0;
  let withoutActor = 0;
  for (let at = 0; at < included.length; at += SLICE) {
    const openings = included
      .slice(at, at + SLICE)
      .map(({ subject }): Opening => ({ subject, period, trigger: {}, data: input.with ?? {}, by: null }));
    const worlds = await openingWorlds(runtime, bundle, openings, now);
    const keys = openings.map((opening, i) => keyOf(bundle, opening, worlds[i]!, now));
    const existing = await openCasesByKey(
      runtime.db,
      bundle.id,
      keys.filter((key) => key !== null),
    );
    openings.forEach((opening, i) => {
      const key = keys[i]!;
      if (key !== null && existing.has(key)) {
        alreadyOpen += 1;
        reasons.set(opening.subject.id, "has an open case already");
        return;
      }
      const { state } = prepare(bundle, opening, key, worlds[i]!, now).outcome;
      const block = state.blocks.find(({ code }) => code === "no-actor");
      if (!block) return;
      withoutActor += 1;
      reasons.set(opening.subject.id, block.message);
    });
    await nextTurn();
  }
  const unusual = candidates.filter(({ subject, included: inside }) => !inside || reasons.has(subject.id));
  const usual = candidates.filter(({ subject, included: inside }) => inside && !reasons.has(subject.id));
  const date = dateOf(runtime, directory);
  const unitTitle = (person: string): string | null => {
    const unit = directory.unitOf(person, date);
    return unit === undefined ? null : (directory.unit(unit)?.title ?? unit);
  };
  return {
    included: included.length - alreadyOpen,
    excluded: candidates.length - included.length,
    alreadyOpen,
    withoutActor,
    sample: [...unusual.slice(0, 50), ...usual.slice(0, 50)].map(({ subject, included: inside, reason }) => ({
      person: subject.id,
      name: subject.kind === "unit" ? (directory.unit(subject.id)?.title ?? subject.id) : directory.nameOf(subject.id),
      unit: subject.kind === "person" ? unitTitle(subject.id) : null,
      included: inside && reasons.get(subject.id) !== "has an open case already",
      reason: reasons.get(subject.id) ?? reason,
    })),
  };
}

const dateOf = (runtime: Runtime, directory: Parameters<typeof today>[0]) => today(directory, runtime.clock.now());
