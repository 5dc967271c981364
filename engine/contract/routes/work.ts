import { z } from "zod";
import { route } from "../route.ts";
import { TaskRowsAnswer, TaskRowsRequest } from "../views/cases.ts";

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
};
