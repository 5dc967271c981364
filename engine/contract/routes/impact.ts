import { z } from "zod";
import { Json } from "../../words/json.ts";
import { route } from "../route.ts";
import { ImpactView } from "../views/impact.ts";

const ruleset = z.object({ id: z.string().min(1).max(64) });
const run = z.string().min(8).max(100);

/** What a draft of a rule set would change for the people of the organisation. */
export const impactRoutes = {
  impact: route({
    method: "post",
    path: "/api/definitions/ruleset/{id}/impact",
    tag: "definitions",
    summary: "Who would be answered otherwise by a draft than by what is live; closing the request cancels it",
    params: ruleset,
    body: z.strictObject({
      document: Json,
      /** A version to compare with; the live one where absent. */
      against: z.number().int().min(1).optional(),
      /** This unit and everything below it; everyone where absent. */
      unit: z.string().max(100).optional(),
      /** What `$period` stands for in the rules. */
      period: z.string().max(20).optional(),
      /** A name for asking how far it is. */
      run: run.optional(),
    }),
    answer: ImpactView,
  }),
  impactPopulation: route({
    method: "get",
    path: "/api/definitions/ruleset/{id}/impact",
    tag: "definitions",
    summary: "How many people a comparison would look at, and with which version it would compare",
    params: ruleset,
    query: z.object({ unit: z.string().max(100).optional() }),
    answer: z.object({ people: z.number().int(), closed: z.number().int(), since: z.number().int().nullable() }),
  }),
  impactProgress: route({
    method: "get",
    path: "/api/definitions/ruleset/{id}/impact/{run}",
    tag: "definitions",
    summary: "How far a comparison is",
    params: ruleset.extend({ run }),
    answer: z.object({ done: z.number().int(), total: z.number().int() }),
  }),
};
