import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Scenario } from "#engine/definition/story.ts";
import { comparableJournals } from "#engine/scenario/comparable-journals.ts";
import { play } from "#engine/scenario/play.ts";
import { simulatedStage } from "#engine/scenario/simulated-stage.ts";
import { zone } from "#engine/time/zone.ts";
import { violations } from "../support/invariants.ts";
import { type Prepared, prepare, runtimeStage } from "../support/runtime-stage.ts";
import { library, people, templates } from "../templates/templates.ts";

/** The same story, told in the simulator and to a running server: both come out as written, and their journals are equal. */
let prepared: Prepared;
beforeAll(async () => {
  prepared = await prepare(library, people);
}, 120_000);
afterAll(() => prepared?.end());

const place = zone(people.timeZone);

for (const template of templates.filter(({ scenarios }) => scenarios.scenarios?.length)) {
  describe(`template ${template.id}, on a running server`, () => {
    for (const raw of template.scenarios.scenarios ?? []) {
      const scenario = Scenario.parse(raw);
      test(scenario.title, async () => {
        const server = await runtimeStage(scenario, prepared, people);
        try {
          expect(await play(scenario, server, place)).toEqual([]);
          const simulated = simulatedStage(scenario, library, people);
          await play(scenario, simulated, place);
          expect(await comparableJournals(server, await server.names())).toEqual(await comparableJournals(simulated));
          expect(await violations(server.host)).toEqual([]);
        } finally {
          await server.end();
        }
      });
    }
  });
}
