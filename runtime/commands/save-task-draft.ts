import type { Json } from "#engine/words/json.ts";
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
  const answers = JSON.stringify(input.answers);
  if (answers.length > 1_000_000) throw new Refused("bad-input", "The answers are longer than 1 MB.");
  const [written] = await runtime.db.write([
    {
      sql: `INSERT INTO task_drafts (task, person, answers, revision, saved_at) SELECT ?, ?, ?, 1, ?
            WHERE ? = 0 OR EXISTS (SELECT 1 FROM task_drafts WHERE task = ? AND person = ?)
            ON CONFLICT (task, person) DO UPDATE SET answers = excluded.answers, revision = task_drafts.revision + 1, saved_at = excluded.saved_at
            WHERE task_drafts.revision = ? RETURNING revision`,
      args: [task, person, answers, savedAt, input.expectedRevision, task, person, input.expectedRevision],
    },
  ]);
  const revision = written!.rows[0]?.revision;
  if (typeof revision !== "number") {
    throw new Refused("stale-revision", "These answers were saved elsewhere meanwhile. Load the task again.");
  }
  return { savedAt, revision };
}
