import { expect, test } from "vitest";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import { advanceTo, simulate } from "#engine/execute/simulate.ts";
import { documents } from "../../support/review.ts";
import { DAY, HOUR, MONDAY, smallWorld } from "../../support/small-world.ts";

test("a timer that cannot fire is set aside with its reason, and the others of the simulation go on", () => {
  const endless = {
    kind: "workflow",
    schema: 1,
    id: "flow",
    title: "Flow",
    subject: "person",
    start: "both",
    steps: {
      both: {
        kind: "parallel",
        title: "Both",
        branches: {
          bad: {
            start: "wait",
            steps: {
              wait: { kind: "wait", title: "Wait", until: { after: { hours: 1 } }, on: { due: "round" } },
              round: { kind: "record", title: "Round", on: { done: "again" } },
              again: { kind: "record", title: "Again", on: { done: "round" } },
            },
          },
          good: {
            start: "rest",
            steps: {
              rest: { kind: "wait", title: "Rest", until: { after: { days: 1 } }, on: { due: "rested" } },
              rested: { kind: "end", title: "Rested", outcome: "rested" },
            },
          },
        },
        join: [{ count: "rested", atLeast: 1, emit: "rested" }],
        on: { rested: "end", done: "end" },
      },
      end: { kind: "end", title: "End", outcome: "completed" },
    },
  };
  const begun = simulate({
    catalogue: catalogueOf(documents(endless)),
    definition: { kind: "workflow", id: "flow" },
    subject: { kind: "person", id: "ana" },
    period: null,
    startAt: MONDAY,
    world: smallWorld(),
  });
  if ("ok" in begun) throw new Error(begun.message);
  const later = advanceTo(begun, MONDAY + 12 * HOUR);
  expect(later.parked.map(({ timer, message }) => [timer.step, message.includes("could not go on")])).toEqual([
    ["wait", true],
  ]);
  expect(later.cases[0]!.state.status).toBe("open");
  expect(advanceTo(later, MONDAY + 2 * DAY).cases[0]!.state).toMatchObject({ status: "closed", outcome: "completed" });
});
