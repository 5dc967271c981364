import type { Definition } from "#engine/definition/definition.ts";
import { parse } from "#engine/definition/parse.ts";

/** Parses documents that a test wrote; a document with issues is the test's own mistake. */
export function documents(...all: unknown[]): Definition[] {
  return all.map((one) => {
    const parsed = parse(one);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues, null, 1));
    return parsed.definition;
  });
}

export const reviewForm = {
  kind: "form",
  schema: 1,
  id: "review",
  title: "Review",
  sections: [
    {
      id: "main",
      title: "Main",
      questions: [
        { id: "rating", type: "rating", title: "Rating", required: true },
        { id: "why", type: "text", title: "Why" },
      ],
    },
  ],
  score: { kind: "weighted-mean" },
};

export const outlierRules = {
  kind: "ruleset",
  schema: 1,
  id: "rating-outlier",
  title: "Rating outlier",
  rules: [
    {
      name: "far from results",
      conditions: {
        all: [
          { fact: "case.rating", operator: "greaterThanInclusive", value: 4 },
          {
            fact: "metric",
            params: { id: "sales", of: "$subject", window: "$period" },
            path: "$.attainment",
            operator: "lessThan",
            value: 0.8,
          },
        ],
      },
      event: { type: "outlier", params: { reason: "high rating, low attainment" } },
    },
  ],
};

/** Self review, manager review, a decision, two notes in parallel, a wait, sign-off with a bounded way back. */
export const reviewWorkflow = {
  kind: "workflow",
  schema: 1,
  id: "annual-review",
  title: "Annual review",
  subject: "person",
  key: ["subject", "period"],
  parameters: { selfDays: { title: "Days", type: "workingDays", default: 5, min: 1, max: 30 } },
  data: { rating: { type: "number", min: 1, max: 5 } },
  start: "self-review",
  steps: {
    "self-review": {
      kind: "form",
      title: "Self review",
      form: "review",
      actor: { relation: "subject" },
      deadline: { after: { parameter: "selfDays" }, policy: "escalate", escalation: "late-review" },
      on: { submitted: "manager-review" },
    },
    "manager-review": {
      kind: "form",
      title: "Manager review",
      form: "review",
      actor: { relation: "manager" },
      on: { submitted: { to: "outlier", set: { rating: { fact: "step.manager-review.rating" } } } },
    },
    outlier: {
      kind: "decision",
      title: "Outlier?",
      rules: "rating-outlier",
      on: { outlier: "both", otherwise: "sign-off", "not-evaluated": "both" },
    },
    both: {
      kind: "parallel",
      title: "Both look",
      branches: {
        hr: {
          start: "hr-look",
          steps: {
            "hr-look": {
              kind: "approval",
              title: "HR looks",
              actor: { role: "hr-partner" },
              on: { approved: "hr-done" },
            },
            "hr-done": { kind: "end", title: "HR done" },
          },
        },
        skip: {
          start: "skip-look",
          steps: {
            "skip-look": {
              kind: "approval",
              title: "Skip-level looks",
              actor: { relation: "skip-manager" },
              on: { approved: "skip-done" },
            },
            "skip-done": { kind: "end", title: "Skip done" },
          },
        },
      },
      on: { done: "rest" },
    },
    rest: { kind: "wait", title: "Let it rest", until: { after: { days: 2 } }, on: { due: "sign-off" } },
    "sign-off": {
      kind: "approval",
      title: "Sign-off",
      actor: { relation: "subject" },
      outcomes: ["acknowledged", "disputed"],
      on: { acknowledged: "closed", disputed: { to: "manager-review", maxVisits: 1 } },
    },
    closed: { kind: "end", title: "Closed", outcome: "completed", result: { rating: { fact: "case.rating" } } },
  },
};

export const lateReview = {
  kind: "escalation",
  schema: 1,
  id: "late-review",
  title: "Late review",
  subject: "person",
  levels: [
    { id: "reviewer", title: "Reviewer", after: { hours: 0 }, notify: [{ fact: "trigger.assignees" }] },
    { id: "manager", title: "Their manager", after: { workingDays: 2 }, notify: [{ relation: "manager" }] },
    {
      id: "region",
      title: "Regional head",
      after: { workingDays: 5 },
      notify: [{ unitRole: "head", level: "region" }],
    },
  ],
  repeat: { times: 1, every: { workingDays: 3 } },
  fallback: { role: "hr-admin" },
};
