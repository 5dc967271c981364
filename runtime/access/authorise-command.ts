import type { Command } from "#engine/contract/commands.ts";
import { Refused } from "../commands/refused.ts";
import type { StoredTask } from "../store/tasks-read.ts";
import { Forbidden } from "./forbidden.ts";
import type { Reader } from "./reader.ts";

/** What a reader is to a case (see projections/case-access.ts). */
export interface CaseStanding {
  caseId: string;
  level: "whole" | "part";
  administers: boolean;
  onlySubject: boolean;
}

/** What of a task decides who may act on it. */
export type TaskInQuestion = Pick<StoredTask, "id" | "caseId" | "assignees">;

/** Who may ask what of a running case; the engine then says whether it is possible. Throws Forbidden or Refused. */
export function authoriseCommand(
  command: Command,
  standing: CaseStanding,
  task: TaskInQuestion | undefined,
  reader: Reader,
): void {
  const { caseId } = standing;
  const mine = task !== undefined && reader.personId !== null && task.assignees.includes(reader.personId);
  switch (command.type) {
    case "complete":
    case "pass":
    case "claim": {
      if (!task || task.caseId !== caseId) throw new Refused("no-such-task", "This case has no such task.");
      if (!mine) throw new Forbidden("This task is somebody else's.", { kind: "task", id: task.id });
      return;
    }
    case "transfer": {
      if (!task || task.caseId !== caseId) throw new Refused("no-such-task", "This case has no such task.");
      if (!mine && !standing.administers) {
        throw new Forbidden("Only whoever has a task, or who administers the case, may hand it over.", {
          kind: "task",
          id: task.id,
        });
      }
      return;
    }
    case "event": {
      // An author's own events are for whoever takes part or answers for the subject; a subject alone only watches.
      if (standing.administers || standing.level === "part" || !standing.onlySubject) return;
      throw new Forbidden("This is reported by those who work on the case.", { kind: "case", id: caseId });
    }
    case "cancel":
    case "pause":
    case "resume":
    case "move":
    case "reopen":
    case "set-data":
    case "undo":
    case "retry": {
      if (standing.administers) return;
      throw new Forbidden("Only an HR administrator or the HR partner of the unit may do that, with a reason.", {
        kind: "case",
        id: caseId,
      });
    }
    default:
      command satisfies never;
  }
}
