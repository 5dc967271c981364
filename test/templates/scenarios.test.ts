import { describe, expect, test } from "vitest";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import { Scenario } from "#engine/definition/story.ts";
import { lint } from "#engine/lint/run.ts";
import { runScenario } from "#engine/scenario/simulated-stage.ts";
import { library, people, templates } from "./templates.ts";

for (const template of templates.filter((one) => one.documents.length > 0)) {
  describe(`template ${template.id}`, () => {
    for (const raw of template.scenarios.scenarios ?? []) {
      const scenario = Scenario.parse(raw);
      test(scenario.title, async () => {
        expect(await runScenario(scenario, library, people)).toEqual([]);
      });
    }
    for (const document of template.documents) {
      test(`${document.kind} ${document.id} has no error that would stop it from being published`, () => {
        expect(lint(document, catalogueOf(library)).filter((issue) => issue.severity === "error")).toEqual([]);
      });
    }
  });
}
