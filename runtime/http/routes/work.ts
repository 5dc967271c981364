import { answerRows } from "../../commands/answer-rows.ts";
import type { HandlersOf } from "../handler.ts";
import { requireCommand } from "./require-command.ts";

/** Working on many at once: the rows of a bundle. */
export const work: HandlersOf<"answerRows"> = {
  answerRows: ({ params, body }, { runtime, reader, key }) =>
    answerRows(
      runtime,
      reader,
      params.id,
      { ...body, ...((body.key ?? key) ? { key: body.key ?? key } : {}) },
      (stored, row) => requireCommand(runtime, reader, stored, { type: "complete", ...row }),
    ),
};
