import { z } from "zod";
import { Json } from "../../words/json.ts";
import { route } from "../route.ts";
import { FactView, RulesetTestsView, WhyNotView, WorkflowTestsView } from "../views/rules.ts";

const id = z.object({ id: z.string().min(1).max(300) });
const wanted = z.string().min(1).max(200);

/** Asking rules: facts of a person, test cases, and "why not?" of a person, a case and a payout. */
export const rules = {
  personFacts: route({
    method: "post",
    path: "/api/people/{id}/facts",
    tag: "people",
    summary: "What rules read of a person now, with source and date",
    params: id,
    body: z.strictObject({
      period: z.string().max(20).optional(),
      /** The rule set whose parameters count. */
      ruleset: z.string().max(64).optional(),
      facts: z
        .array(z.strictObject({ fact: z.string().max(200), params: z.record(z.string(), Json).optional() }))
        .max(500),
    }),
    answer: z.object({ items: z.array(FactView) }),
  }),
  testRules: route({
    method: "post",
    path: "/api/definitions/ruleset/tests",
    tag: "definitions",
    summary:
      "Run the test cases of a rule set (saved or not), with what they reach and tests that would reach the rest",
    body: z.strictObject({ document: Json }),
    answer: RulesetTestsView,
  }),
  testWorkflow: route({
    method: "post",
    path: "/api/definitions/workflow/tests",
    tag: "definitions",
    summary:
      "Tell the stories beside a workflow (saved or not) against what is live, with the transitions that none takes",
    body: z.strictObject({ document: Json }),
    answer: WorkflowTestsView,
  }),
  rulesWhyNot: route({
    method: "post",
    path: "/api/definitions/ruleset/{id}/why-not",
    tag: "definitions",
    summary: "What would have to be different for a published rule set to give another answer",
    params: id,
    body: z.strictObject({
      wanted,
      person: z.string().max(100).optional(),
      period: z.string().max(20).optional(),
      facts: z.record(z.string(), Json).optional(),
    }),
    answer: WhyNotView,
  }),
  caseWhyNot: route({
    method: "get",
    path: "/api/cases/{id}/why-not",
    tag: "cases",
    summary: "What would have had to be different for a decision of a case, by what was known then",
    params: id,
    query: z.object({
      seq: z.coerce.number().int(),
      /** The step that decided, or the way that was asked about; the entry's first without it. */
      key: z.string().max(300).optional(),
      /** The answer of a decision; of a condition nothing else than its opposite can be asked for. */
      wanted: wanted.optional(),
    }),
    answer: WhyNotView,
  }),
  gateWhyNot: route({
    method: "get",
    path: "/api/payouts/{id}/people/{person}/why-not",
    tag: "payouts",
    summary: "What would have had to be different for a gate of a payout to pass, or not",
    params: id.extend({ person: z.string().max(100) }),
    query: z.object({ component: z.string().max(64) }),
    answer: WhyNotView,
  }),
};
