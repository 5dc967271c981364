import { z } from "zod";
import { Done } from "../common.ts";
import { route } from "../route.ts";
import { AbsenceRequest, AbsenceView } from "../views/absences.ts";

const person = z.object({ id: z.string().min(1).max(300) });

/** Being away, and who acts meanwhile. */
export const absences = {
  absences: route({
    method: "get",
    path: "/api/people/{id}/absences",
    tag: "people",
    summary: "When somebody is away, and who acts for them",
    params: person,
    answer: z.object({ items: z.array(AbsenceView) }),
  }),
  declareAbsence: route({
    method: "post",
    path: "/api/people/{id}/absences",
    tag: "people",
    summary: "Say when one is away, and who acts meanwhile: tasks that open then go to them",
    params: person,
    body: AbsenceRequest,
    answer: AbsenceView,
  }),
  withdrawAbsence: route({
    method: "delete",
    path: "/api/people/{id}/absences/{absence}",
    tag: "people",
    summary: "Take an absence back",
    params: person.extend({ absence: z.coerce.number().int() }),
    answer: Done,
  }),
};
