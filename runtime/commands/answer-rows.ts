import { setImmediate as nextTurn } from "node:timers/promises";
import type { TaskRowsAnswer, TaskRowsRequest } from "#engine/contract/views/cases.ts";
import type { StoredCase } from "../store/cases-load.ts";
import { readTask, type StoredTask } from "../store/tasks-read.ts";
import { command } from "./handle.ts";
import { Refused } from "./refused.ts";
import type { Principal, Runtime } from "./runtime.ts";

/** Rows answered side by side: they share batches, and others get their turn in between. */
const SLICE = 100;

type Row = TaskRowsRequest["rows"][number];
type Result = TaskRowsAnswer["results"][number];

/**
 * Answers rows of a bundle, each a command of its own case: what is refused (the row is gone or somebody else's by now, or its
 * answers do not fit) is said, and the other rows are done. Sent again with the same key nothing is done twice.
 *
 * @param allow throws `Refused` where the caller may not answer a row
 */
export async function answerRows(
  runtime: Runtime,
  principal: Principal,
  task: string,
  { rows, key }: TaskRowsRequest,
  allow: (stored: StoredCase, row: Row) => Promise<void>,
): Promise<TaskRowsAnswer> {
  const asked = await readTask(runtime.db, task);
  if (!asked) throw new Refused("not-found", "There is no such task.");
  const results: Result[] = [];
  for (let at = 0; at < rows.length; at += SLICE) {
    const slice = rows.slice(at, at + SLICE);
    results.push(...(await Promise.all(slice.map((row) => answerOne(row)))));
    await nextTurn();
  }
  return { done: results.filter(({ ok }) => ok).length, results };

  async function answerOne(row: Row): Promise<Result> {
    try {
      const stored = await readTask(runtime.db, row.task);
      if (!stored || !together(asked!, stored)) throw new Refused("no-such-task", "This row is no part of the bundle.");
      const { task: id, outcome, answers, comment } = row;
      await command(
        runtime,
        principal,
        stored.caseId,
        {
          command: {
            type: "complete",
            task: id,
            outcome,
            ...(answers ? { answers } : {}),
            ...(comment ? { comment } : {}),
          },
          ...(key ? { key: `${key}/${id}` } : {}),
        },
        (current) => allow(current, row),
      );
      return { task: id, ok: true, code: null, message: "" };
    } catch (cause) {
      if (!(cause instanceof Refused)) throw cause;
      return { task: row.task, ok: false, code: cause.code, message: cause.message };
    }
  }
}

const together = (one: StoredTask, other: StoredTask): boolean =>
  one.id === other.id || (one.bundle !== null && one.bundle === other.bundle);
