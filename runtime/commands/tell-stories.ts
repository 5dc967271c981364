import type { Definition } from "#engine/definition/definition.ts";
import { redStories, type WorkflowCoverage, workflowCoverage } from "#engine/scenario/workflow-tests.ts";
import type { Issue } from "#engine/words/issue.ts";
import type { Runtime } from "./runtime.ts";

/** Between two stories whatever waits has its turn. */
const breathe = () => new Promise<void>((goOn) => setImmediate(goOn));

/** How the stories beside a workflow go against what is live; undefined where it has none or cannot run. */
export async function tellStories(
  runtime: Pick<Runtime, "catalogue">,
  definition: Definition,
): Promise<WorkflowCoverage | undefined> {
  if (definition.kind !== "workflow") return undefined;
  const live = [...runtime.catalogue.versions()].map(({ document }) => document);
  return workflowCoverage(definition, live, breathe);
}

/** The stories that do not come out as written, as problems: they stop a publish. */
export async function storyIssues(runtime: Pick<Runtime, "catalogue">, definition: Definition): Promise<Issue[]> {
  if (definition.kind !== "workflow" || !definition.tests?.length) return [];
  const coverage = await tellStories(runtime, definition);
  return coverage ? redStories(coverage) : [];
}
