import type { RouteAnswer } from "#engine/contract/route.ts";
import type { Routes } from "#engine/contract/routes.ts";
import type { Definition } from "#engine/definition/definition.ts";
import { levelReach } from "#engine/lint/level-reach.ts";
import { semanticDiff } from "#engine/outline/changes.ts";
import type { Issue } from "#engine/words/issue.ts";
import { existing } from "../commands/draft.ts";
import type { Runtime } from "../commands/runtime.ts";
import { storyIssues } from "../commands/tell-stories.ts";
import { listDefinitions } from "../store/definitions-read.ts";
import { checksOf } from "./definition-checks.ts";

/** Levels of a ladder that would reach nobody in the organisation as it is today. */
async function reachOf(runtime: Runtime, definition: Definition): Promise<Issue[]> {
  if (definition.kind !== "escalation") return [];
  return levelReach(definition, await runtime.organisation.directory(), runtime.clock.now());
}

/**
 * What publishing the draft would change, in words, and everything that keeps it from being published. Compared is what
 * authors wrote, so that the holidays which publishing computes into a calendar are no change.
 */
export async function definitionChanges(
  runtime: Runtime,
  kind: string,
  id: string,
): Promise<RouteAnswer<Routes["changes"]>> {
  const row = await existing(runtime, kind, id);
  const live = row.liveVersion === null ? undefined : runtime.catalogue.version(row.kind, row.id);
  const since = live?.version ?? null;
  if (row.draft === null) return { since, changes: [], issues: [] };
  const checks = checksOf(runtime);
  const rows = await listDefinitions(runtime.db);
  const found = checks.issuesOf(row, rows);
  const { parsed } = checks.read(row.draft);
  if (!parsed.ok) return { since, changes: [], issues: found };
  const after = parsed.definition;
  const runs = found.every(({ severity }) => severity !== "error");
  const stories = runs ? await storyIssues(runtime, after) : [];
  const issues = [...found, ...(await reachOf(runtime, after)), ...stories];
  if (!live) {
    const words = `The ${kind.replaceAll("-", " ")} “${after.title}” is new.`;
    return { since, changes: [{ kind: "added", path: "", words }], issues };
  }
  const before = checks.read(live.source).parsed;
  return {
    since,
    changes: semanticDiff(before.ok ? before.definition : live.document, after, runtime.catalogue.live),
    issues,
  };
}
