import { expect, test } from "vitest";
import { Scenario } from "#engine/definition/story.ts";
import { runScenario } from "#engine/scenario/simulated-stage.ts";
import { documents, reviewForm } from "../../support/review.ts";
import { officeCalendar, smallOrganisation } from "../../support/small-world.ts";

const plan = {
  kind: "workflow",
  schema: 1,
  id: "plan",
  title: "Plan",
  subject: "person",
  start: "write",
  steps: {
    write: {
      kind: "form",
      title: "Write the plan",
      form: "review",
      mode: "iterative",
      actors: [{ relation: "subject" }, { relation: "manager" }],
      deadline: { after: { days: 10 }, pause: ["on-leave"] },
      on: { submitted: "agreed", due: "late" },
    },
    agreed: { kind: "end", title: "Agreed", outcome: "agreed" },
    late: { kind: "end", title: "Late", outcome: "late" },
  },
};
const story = (moments: object[]) =>
  Scenario.parse({
    title: "A plan",
    definition: { kind: "workflow", id: "plan" },
    subject: { kind: "person", id: "ana" },
    at: "2026-03-02T09:00",
    moments,
  });
const play = (moments: object[]) =>
  runScenario(story(moments), [officeCalendar, ...documents(reviewForm, plan)], smallOrganisation());

test("RC2, F54: a story passes a task on, pauses the case and lets it go on", async () => {
  const failures = await play([
    { pass: { step: "write", answers: { rating: 2 } }, expect: { tasks: { mia: ["write"] } } },
    { pass: { step: "write", by: "ana" }, refused: "not-yours" },
    { at: "2026-03-05T09:00", pause: { reason: "works council" } },
    { complete: { step: "write", outcome: "submitted" }, refused: "paused" },
    { at: "2026-04-20T09:00", expect: { status: "open" } },
    { resume: { reason: "agreed" } },
    { complete: { step: "write", outcome: "submitted" }, expect: { status: "closed", outcome: "agreed" } },
  ]);
  expect(failures).toEqual([]);
});

test("ES5: a story of a leave: the time of the leave is not counted", async () => {
  const failures = await play([
    { at: "2026-03-06T09:00", event: { event: "on-leave" } },
    { at: "2026-03-20T09:00", event: { event: "resumed" }, expect: { status: "open" } },
    { at: "2026-03-26T08:59", expect: { status: "open" } },
    { at: "2026-03-26T09:00", expect: { status: "closed", outcome: "late" } },
  ]);
  expect(failures).toEqual([]);
});
