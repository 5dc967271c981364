import type { ImportView } from "#engine/contract/views/organisation.ts";
import type { Runtime } from "../commands/runtime.ts";
import type { ImportState } from "../ingest/import-state.ts";
import { openTasksOfPeople } from "../store/people-cases.ts";

/** Said before an import is applied: open tasks that have to do with people whom it moves, or who leave. */
export async function movedTasks(runtime: Runtime, state: ImportState): Promise<ImportView["issues"]> {
  if (state.status !== "checked" || (state.kind !== "people" && state.kind !== "assignments")) return [];
  const people = state.changes.flatMap(({ what, id }) => (what === "moved" || what === "left" ? [id] : []));
  if (people.length === 0) return [];
  const { tasks, cases } = await openTasksOfPeople(runtime.db, people);
  if (tasks === 0) return [];
  const listed = state.counts.moved + state.counts.left > people.length ? "At least " : "";
  const message = `${listed}${tasks} open ${tasks === 1 ? "task" : "tasks"} in ${cases} ${cases === 1 ? "case" : "cases"} will follow people who move or leave, as each workflow says.`;
  return [{ code: "open-tasks-follow", path: "", severity: "info", message }];
}
