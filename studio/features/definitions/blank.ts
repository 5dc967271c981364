import type { Json } from "#engine/words/json.ts";

/** An id from a title: "Annual review 2026" is `annual-review-2026`; empty where no letter is left. */
export function idFrom(title: string): string {
  return title
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "")
    .slice(0, 60);
}

/** The smallest document of a kind that can be drawn on: it may have problems, which the editor then names. */
export function blank(kind: string, id: string, title: string): { [key: string]: Json } {
  const envelope = { kind, schema: 1, id, title };
  switch (kind) {
    case "workflow":
      return {
        ...envelope,
        subject: "person",
        key: ["subject", "period"],
        start: "review",
        steps: {
          review: {
            kind: "approval",
            title: "Review",
            actor: { relation: "manager" },
            outcomes: ["approved"],
            on: { approved: "closed" },
          },
          closed: { kind: "end", title: "Closed", outcome: "completed" },
        },
      };
    case "escalation":
      return {
        ...envelope,
        subject: "person",
        trigger: { on: "task.overdue" },
        clocks: { acknowledge: {}, resolve: {} },
        levels: [
          {
            id: "manager",
            title: "Their manager",
            clock: "acknowledge",
            after: { workingDays: 0 },
            notify: [{ relation: "manager" }],
            via: ["inbox"],
          },
        ],
        fallback: { role: "hr-admin" },
      };
    case "plan":
      return {
        ...envelope,
        currency: "USD",
        period: "quarter",
        basis: "attainment",
        targetIncentive: { shareOf: "salary", value: "0.10" },
        components: [],
      };
    case "ruleset":
      return { ...envelope, missing: "not-evaluated", facts: {}, rules: [] };
    case "form":
      return {
        ...envelope,
        sections: [
          {
            id: "main",
            title: "Questions",
            questions: [{ id: "comment", type: "text", title: "What do you want to say?" }],
          },
        ],
      };
    case "metric":
      return { ...envelope, unit: "count", scale: 0, direction: "higher", grain: "month", aggregate: "sum" };
    case "calendar": {
      const day = ["09:00", "17:00"];
      return { ...envelope, timeZone: "Europe/Berlin", week: { mon: day, tue: day, wed: day, thu: day, fri: day } };
    }
    case "cadence":
      return {
        ...envelope,
        starts: { workflow: "review" },
        every: "FREQ=MONTHLY;BYMONTHDAY=1",
        period: "previous-month",
      };
    case "record-type":
      return { ...envelope, fields: { about: { type: "person" }, note: { type: "text" } }, about: "about" };
    case "scorecard":
      return { ...envelope, perspectives: ["financial", "customer", "process", "learning"], metrics: [], limit: 12 };
    case "parameters":
      return { ...envelope, values: {} };
    default:
      return envelope;
  }
}
