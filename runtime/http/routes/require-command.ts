import type { Command } from "#engine/contract/commands.ts";
import { authoriseCommand, type TaskInQuestion } from "../../access/authorise-command.ts";
import type { Reader } from "../../access/reader.ts";
import type { Runtime } from "../../commands/runtime.ts";
import { standingIn } from "../../projections/case-access.ts";
import type { StoredCase } from "../../store/cases-load.ts";
import { readTask } from "../../store/tasks-read.ts";

/**
 * Who may ask this of a case as it stands; throws where the reader may not. An open task stands in the case itself: only of
 * one that is closed, or not there, the table is asked.
 */
export async function requireCommand(
  runtime: Runtime,
  reader: Reader,
  stored: StoredCase,
  asked: Command,
): Promise<void> {
  const { id, tasks } = stored.state;
  const standing = await standingIn(runtime, reader, stored);
  let task: TaskInQuestion | undefined;
  if ("task" in asked) {
    const open = tasks[asked.task];
    task = open ? { id: open.id, caseId: id, assignees: open.assignees } : await readTask(runtime.db, asked.task);
  }
  authoriseCommand(asked, { ...standing, caseId: id }, task, reader);
}
