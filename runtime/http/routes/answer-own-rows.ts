import type { TaskRowsAnswer, TaskRowsRequest } from "#engine/contract/views/cases.ts";
import { Forbidden } from "../../access/forbidden.ts";
import type { Reader } from "../../access/reader.ts";
import { answerRows } from "../../commands/answer-rows.ts";
import { Refused } from "../../commands/refused.ts";
import type { Runtime } from "../../commands/runtime.ts";
import { requireCommand } from "./require-command.ts";

/**
 * Answers rows of a bundle for a reader. A row that is another's by now is told with its row, and the others are done. Throws
 * `Forbidden` where none of them is the reader's.
 */
export async function answerOwnRows(
  runtime: Runtime,
  reader: Reader,
  task: string,
  request: TaskRowsRequest,
): Promise<TaskRowsAnswer> {
  const shutOut: Forbidden[] = [];
  const answer = await answerRows(runtime, reader, task, request, (stored, row) =>
    requireCommand(runtime, reader, stored, { type: "complete", ...row }).catch((cause) => {
      if (!(cause instanceof Forbidden)) throw cause;
      shutOut.push(cause);
      throw new Refused("not-allowed", cause.message);
    }),
  );
  if (shutOut.length > 0 && shutOut.length === answer.results.length) throw shutOut[0]!;
  return answer;
}
