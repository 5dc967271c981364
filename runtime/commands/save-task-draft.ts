import { standstill } from "#engine/execute/standstill.ts";
import { taskDates } from "#engine/execute/task-dates.ts";
import { instantInWords } from "#engine/time/instant-text.ts";
import type { Json } from "#engine/words/json.ts";
import { ownerOfDraft, readTask } from "../store/tasks-read.ts";
import { Refused } from "./refused.ts";
import type { Principal, Runtime } from "./runtime.ts";

/**
 * Keeps what a person has typed into a task's form and not yet sent. Answers when, and the revision to send with the next
 * one. Throws `Refused`: the task is not open or not theirs, somebody (another window) has saved meanwhile.
 */
export async function saveTaskDraft(
  runtime: Runtime,
  principal: Principal,
  task: string,
  input: { answers: Record<string, Json>; expectedRevision: number },
): Promise<{ savedAt: number; revision: number }> {
  const person = principal.personId;
  if (person === null) throw new Refused("not-allowed", "Only a person can fill a form in.");
  const [mine] = await runtime.db.read<{ open: number }>("SELECT open FROM task_people WHERE person = ? AND task = ?", [
    person,
    task,
  ]);
  if (!mine) throw new Refused("not-yours", "This task is not yours.");
  if (mine.open !== 1) throw new Refused("closed", "This task is no longer open.");
  const savedAt = runtime.clock.now();
  const owner = await draftOwner(runtime, task, person, savedAt);
  const answers = JSON.stringify(input.answers);
  if (answers.length > 1_000_000) throw new Refused("bad-input", "The answers are longer than 1 MB.");
  const [written] = await runtime.db.write([
    {
      sql: `INSERT INTO task_drafts (task, person, answers, revision, saved_at) SELECT ?, ?, ?, 1, ?
            WHERE ? = 0 OR EXISTS (SELECT 1 FROM task_drafts WHERE task = ? AND person = ?)
            ON CONFLICT (task, person) DO UPDATE SET answers = excluded.answers, revision = task_drafts.revision + 1, saved_at = excluded.saved_at
            WHERE task_drafts.revision = ? RETURNING revision`,
      args: [task, owner, answers, savedAt, input.expectedRevision, task, owner, input.expectedRevision],
    },
  ]);
  const revision = written!.rows[0]?.revision;
  if (typeof revision !== "number") {
    throw new Refused("stale-revision", "These answers were saved elsewhere meanwhile. Load the task again.");
  }
  return { savedAt, revision };
}

/** Whose draft it is, after asking whether the task may be written in at all: the case may be paused, the step not begun. */
async function draftOwner(runtime: Runtime, id: string, person: string, now: number): Promise<string> {
  const row = await readTask(runtime.db, id);
  const stored = row && (await runtime.desk.read(row.caseId));
  const task = stored?.state.tasks[id];
  if (!stored || !task) return person;
  const { state, frame } = stored;
  const still = standstill(state);
  if (still) throw new Refused("paused", `The case is paused: ${still.reason}`);
  const { compiled } = await runtime.catalogue.pinned(frame.bundle);
  const world = await runtime.worlds.of({ compiled, subject: state.subject, openedAt: state.openedAt, needs: [] }, now);
  const { start, zone } = taskDates(compiled, state, task, world, now);
  if (start !== undefined && now < start)
    throw new Refused(
      "too-early",
      `"${task.title}" begins ${instantInWords(start, zone)}; until then it can only be read.`,
    );
  return ownerOfDraft(task, person);
}
