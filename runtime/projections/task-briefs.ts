import type { TaskBrief } from "#engine/contract/views/cases.ts";
import type { Runtime } from "../commands/runtime.ts";
import { caseRows } from "../store/cases-read.ts";
import type { ListedTask, StoredTask } from "../store/tasks-read.ts";
import { caseBriefs } from "./case-briefs.ts";
import { briefOf } from "./me-view.ts";

/** Stored tasks as lists show them. */
export async function taskBriefs(runtime: Runtime, tasks: readonly (StoredTask | ListedTask)[]): Promise<TaskBrief[]> {
  const rows = await caseRows(runtime.db, [...new Set(tasks.map(({ caseId }) => caseId))]);
  const briefs = new Map((await caseBriefs(runtime, [...rows.values()])).map((brief) => [brief.id, brief]));
  const directory = await runtime.organisation.directory();
  const now = runtime.clock.now();
  return tasks.flatMap((task): TaskBrief[] => {
    const of = briefs.get(task.caseId);
    if (!of) return [];
    return [
      {
        id: task.id,
        caseId: task.caseId,
        step: task.step,
        title: task.title,
        kind: task.kind,
        workflow: { id: of.definition.id, name: of.definition.title },
        subject: of.subject,
        subjectName: of.subjectName,
        period: of.period,
        outcomes: task.outcomes,
        assignees: task.assignees.map((person) => briefOf(directory, person)),
        claimedBy: task.claimedBy,
        status: task.status,
        openedAt: task.openedAt,
        dueAt: task.dueAt,
        overdue:
          task.status === "open" && !of.paused && (task.overdue === 1 || (task.dueAt !== null && task.dueAt < now)),
        paused: task.status === "open" && of.paused,
        because: task.because,
        ...("rows" in task && task.rows > 1 ? { bundle: { rows: task.rows, overdue: task.late } } : {}),
      },
    ];
  });
}
