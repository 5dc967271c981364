import { catalogueOf } from "#engine/definition/catalogue.ts";
import type { Definition } from "#engine/definition/definition.ts";
import { parse } from "#engine/definition/parse.ts";
import { lint } from "#engine/lint/run.ts";
import type { Issue } from "#engine/words/issue.ts";

/** A document as an author writes it, proven to have the right shape before its meaning is looked at. */
export function document(source: unknown): Definition {
  const parsed = parse(source);
  if (!parsed.ok) throw new Error(parsed.issues.map((issue) => `${issue.path} ${issue.message}`).join("\n"));
  return parsed.definition;
}

const head = (kind: string, id: string, title: string) => ({ kind, schema: 1, id, title });

/** The documents around the workflow under test. */
export const NEIGHBOURS = [
  {
    ...head("form", "review", "Review form"),
    sections: [
      {
        id: "results",
        title: "Results",
        weight: "0.6",
        questions: [{ id: "rating", type: "rating", title: "Rating" }],
      },
      { id: "growth", title: "Growth", weight: "0.4", questions: [{ id: "plan", type: "text", title: "Plan" }] },
    ],
  },
  {
    ...head("ruleset", "outlier", "Outlier"),
    rules: [
      {
        conditions: { all: [{ fact: "case.rating", operator: "greaterThan", value: 4 }] },
        event: { type: "outlier" },
      },
    ],
  },
  {
    ...head("metric", "sales", "Sales"),
    unit: "count",
    scale: 0,
    direction: "higher",
    grain: "month",
    aggregate: "sum",
  },
  { ...head("calendar", "office", "Office"), timeZone: "Europe/Berlin", week: { mon: ["09:00", "17:00"] } },
  {
    ...head("escalation", "late-review", "Late review"),
    subject: "person",
    levels: [{ id: "manager", title: "Manager", after: { workingDays: 1 }, notify: [{ relation: "manager" }] }],
    fallback: { role: "hr-admin" },
  },
  { ...head("parameters", "care", "Care"), values: { resolveDays: { title: "Days", type: "days", default: 15 } } },
  { ...head("record-type", "deal", "Deal"), fields: { amount: { type: "money" } } },
].map(document);

/** A workflow with nothing to say against it: form, decision, approval, end. */
export const GOOD_STEPS = {
  review: {
    kind: "form",
    title: "Review",
    form: "review",
    actor: { relation: "manager" },
    deadline: { after: { parameter: "days" }, policy: "escalate", escalation: "late-review", calendar: "office" },
    on: { submitted: { to: "outlier", set: { rating: { fact: "step.review.rating" } } } },
  },
  outlier: {
    kind: "decision",
    title: "Outlier?",
    rules: "outlier",
    on: { outlier: "agree", otherwise: "closed", "not-evaluated": "agree" },
  },
  agree: {
    kind: "approval",
    title: "Agree",
    actor: { role: "hr-partner" },
    outcomes: ["agreed", "back"],
    on: { agreed: "closed", back: { to: "review", maxVisits: 2 } },
  },
  closed: { kind: "end", title: "Closed" },
};

type Steps = Record<string, Record<string, unknown> | undefined>;

/** The good workflow with some steps replaced or added (undefined takes one out) and some members changed. */
export function workflow(steps: Steps = {}, more: object = {}): Record<string, unknown> {
  const merged = { ...GOOD_STEPS, ...steps };
  return {
    ...head("workflow", "annual-review", "Annual review"),
    subject: "person",
    parameters: { days: { title: "Days", type: "workingDays", default: 10, min: 3, max: 30 } },
    data: { rating: { type: "number" } },
    start: "review",
    steps: Object.fromEntries(Object.entries(merged).filter(([, step]) => step !== undefined)),
    ...more,
  };
}

/** What lint says of a document among its neighbours. */
export const lintOf = (source: unknown): Issue[] => lint(document(source), catalogueOf(NEIGHBOURS));

/** Code and place of what lint says, as short lines. */
export const found = (source: unknown): string[] => lintOf(source).map(({ code, path }) => `${code} ${path}`);
