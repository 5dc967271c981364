import type { Definition } from "#engine/definition/definition.ts";
import type { Moment as Happening, WorkflowTest } from "#engine/definition/story.ts";
import type { Workflow } from "#engine/definition/workflow.ts";
import { tellStory } from "#engine/scenario/workflow-tests.ts";
import { placedSteps } from "#engine/steps/placed-steps.ts";
import { day } from "../../../text/dates.ts";
import { words } from "../../../text/kinds.ts";
import type { Moment } from "../moments.ts";

/** A test played: each of its moments, to be looked at on the canvas, and what did not come out as written. */
export async function playedTest(
  workflow: Workflow,
  test: WorkflowTest,
  documents: readonly Definition[],
  zone: string,
): Promise<{ moments: Moment[]; problems: string[] }> {
  const titles = new Map(placedSteps(workflow).all.map(({ id, step }) => [id, step.title]));
  const moments: Moment[] = [];
  const { problems } = await tellStory(workflow, test, documents, (simulation, moment) => {
    if (simulation.cases.length === 0) return;
    const label = moment === null ? "Start" : (doneIn(moment, titles) ?? day(simulation.now, simulation.now, zone));
    moments.push({ simulation, label });
  });
  return { moments, problems };
}

/** What somebody does in a moment, in a few words; undefined where only time goes on. */
function doneIn(moment: Happening, titles: ReadonlyMap<string, string>): string | undefined {
  const { complete, answer, event } = moment;
  const done = complete ?? answer;
  if (done) return `${titles.get(done.step) ?? words(done.step)}: ${words(done.outcome).toLowerCase()}`;
  return event && words(event.event);
}
