import { z } from "zod";
import { route } from "../route.ts";
import { TaskRowsAnswer, TaskRowsRequest } from "../views/cases.ts";
import { JobView } from "../views/definitions.ts";
import { MovePreview, MoveRequest } from "../views/moves.ts";

const id = z.object({ id: z.string().min(1).max(300) });

/** Working on many at once. */
export const work = {
  answerRows: route({
    method: "post",
    path: "/api/tasks/{id}/rows",
    tag: "tasks",
    summary: "Answer rows of a bundle: each its own, or all the same",
    params: id,
    body: TaskRowsRequest,
    answer: TaskRowsAnswer,
  }),
  previewMoves: route({
    method: "post",
    path: "/api/cases/moves/preview",
    tag: "cases",
    summary: "What moving cases by hand would cancel and open, case by case",
    body: MoveRequest,
    answer: MovePreview,
  }),
  moveCases: route({
    method: "post",
    path: "/api/cases/moves",
    tag: "cases",
    summary: "Move, reopen, cancel, correct or hand over many cases, with a reason; a job that can be cancelled",
    body: MoveRequest,
    answer: JobView,
  }),
  undoMoves: route({
    method: "post",
    path: "/api/cases/moves/{id}/undo",
    tag: "cases",
    summary: "Take a move of many cases back, within ten minutes, where nothing else has happened since",
    params: id,
    body: z.strictObject({ reason: z.string().min(1).max(2000) }),
    answer: JobView,
  }),
};
