import { expect, test } from "vitest";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import { advanceTo, simulate } from "#engine/execute/simulate.ts";
import { lint } from "#engine/lint/run.ts";
import { documents } from "../../support/review.ts";
import { DAY, MONDAY, smallWorld } from "../../support/small-world.ts";

const flow = (until: object) =>
  documents({
    kind: "workflow",
    schema: 1,
    id: "flow",
    title: "Flow",
    subject: "person",
    start: "wait",
    steps: {
      wait: { kind: "wait", title: "Wait", until, on: { due: "note", done: "end" } },
      note: { kind: "record", title: "Note", set: {}, on: { done: "wait" } },
      end: { kind: "end", title: "End", outcome: "done" },
    },
  });
const codes = (until: object) => lint(flow(until)[0]!).map(({ code }) => code);

test("R16: a loop whose only wait is for a day of the calendar is refused: once the day is over, nothing holds it up", () => {
  expect(codes({ at: "2026-03-20" })).toContain("endless-loop");
  expect(codes({ after: { days: 1 } })).not.toContain("endless-loop");
});

test("R16: a case that goes in a circle without time passing is stopped, in the simulator too, and says where", () => {
  const all = flow({ at: { fact: "person.hireDate" } });
  const begun = simulate({
    catalogue: catalogueOf(all),
    definition: { kind: "workflow", id: "flow" },
    subject: { kind: "person", id: "ana" },
    period: null,
    startAt: MONDAY,
    world: smallWorld(),
  });
  if ("ok" in begun) throw new Error(begun.message);
  const later = advanceTo(begun, MONDAY + DAY);
  expect(later.cases[0]!.journal.length).toBeLessThan(110);
  expect(later.parked).toMatchObject([
    { message: expect.stringContaining('The clock of "Wait" has come round 100 times') },
  ]);
  expect(later.now).toBe(MONDAY + DAY);
});
