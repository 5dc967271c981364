import { setImmediate as breathe } from "node:timers/promises";
import type { Definition } from "#engine/definition/definition.ts";
import { parseText } from "#engine/definition/parse-text.ts";
import { redStories, type WorkflowCoverage, workflowCoverage } from "#engine/scenario/workflow-tests.ts";
import type { Issue } from "#engine/words/issue.ts";
import { listDefinitions } from "../store/definitions-read.ts";
import type { Runtime } from "./runtime.ts";

/**
 * How the stories beside a workflow go against what runs; undefined for what has none or cannot run. A document that was never
 * published counts as its draft: two that begin each other could else never be published first.
 */
export async function tellStories(
  runtime: Pick<Runtime, "catalogue" | "db">,
  definition: Definition,
): Promise<WorkflowCoverage | undefined> {
  if (definition.kind !== "workflow") return undefined;
  const live = [...runtime.catalogue.versions()].map(({ document }) => document);
  const drafts = (await listDefinitions(runtime.db)).flatMap(({ draft, liveVersion }) => {
    const parsed = draft === null || liveVersion !== null ? undefined : parseText(draft);
    return parsed?.ok ? [parsed.definition] : [];
  });
  return workflowCoverage(definition, [...drafts, ...live], breathe);
}

/** The stories that do not come out as written, as problems: they stop a publish. */
export async function storyIssues(
  runtime: Pick<Runtime, "catalogue" | "db">,
  definition: Definition,
): Promise<Issue[]> {
  if (definition.kind !== "workflow" || !definition.tests?.length) return [];
  const coverage = await tellStories(runtime, definition);
  return coverage ? redStories(coverage) : [];
}
