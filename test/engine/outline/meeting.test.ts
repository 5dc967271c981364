import { expect, test } from "vitest";
import { describe } from "#engine/outline/describe.ts";
import { documents, reviewForm } from "../../support/review.ts";

test("cases that meet and tasks that are worked on as one are said in words", () => {
  const [, workflow] = documents(reviewForm, {
    kind: "workflow",
    schema: 1,
    id: "review",
    title: "Review",
    subject: "person",
    triggers: [{ on: "metric.breached", metric: "sales", shared: { key: ["subject"] } }],
    start: "explain",
    steps: {
      explain: {
        kind: "form",
        title: "Explain",
        form: "review",
        actor: { relation: "manager" },
        bundle: ["actor", "period"],
        on: { submitted: "calibrate" },
      },
      calibrate: {
        kind: "calibration",
        title: "Calibrate",
        actor: { role: "hr-partner" },
        shared: { key: ["subject.unit.region", "period"] },
        on: { agreed: "end" },
      },
      end: { kind: "end", title: "End" },
    },
  });
  const words = JSON.stringify(describe(workflow!));
  expect(words).toContain(
    "Tasks with the same person who does it and period are worked on as one, row by row or all at once.",
  );
  expect(words).toContain("Cases with the same region and period meet in one while it is open.");
  expect(words).toContain("Cases with the same subject meet in one while it is open.");
});
