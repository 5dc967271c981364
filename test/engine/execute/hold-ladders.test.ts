import { expect, test } from "vitest";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import type { CaseEvent } from "#engine/execute/journal.ts";
import { replay } from "#engine/execute/replay.ts";
import { act, advanceTo, begin, type Simulation, simulation } from "#engine/execute/simulate.ts";
import { canonical } from "#engine/words/json.ts";
import { documents, lateReview, reviewForm } from "../../support/review.ts";
import { DAY, HOUR, MONDAY, smallWorld } from "../../support/small-world.ts";

const flow = {
  kind: "workflow",
  schema: 1,
  id: "flow",
  title: "Flow",
  subject: "person",
  start: "self",
  steps: {
    self: {
      kind: "form",
      title: "Self",
      form: "review",
      actor: { relation: "subject" },
      deadline: { after: { days: 5 }, escalation: "late-review" },
      on: { submitted: "bye" },
    },
    bye: { kind: "end", title: "Bye", outcome: "completed" },
  },
};
const does = (at: Simulation, event: CaseEvent): Simulation => {
  const next = act(at, "one", event);
  if ("ok" in next) throw new Error(next.message);
  return next;
};
const by = { reason: "on leave", by: "hana" };

/** A case whose task is late, so that its ladder climbs. */
function late(): Simulation {
  const at = begin(
    simulation({
      catalogue: catalogueOf(documents(reviewForm, lateReview, flow)),
      startAt: MONDAY,
      world: smallWorld(),
    }),
    {
      definition: { kind: "workflow", id: "flow" },
      caseId: "one",
      subject: { kind: "person", id: "ana" },
      period: null,
      trigger: {},
      data: {},
      parent: null,
    },
  );
  if ("ok" in at) throw new Error(at.message);
  return advanceTo(at, MONDAY + 5 * DAY + HOUR);
}
const ladder = (at: Simulation) => at.cases[1]!.state;
const dues = (at: Simulation) =>
  Object.values(ladder(at).timers)
    .map(({ dueAt }) => dueAt)
    .sort((a, b) => a - b);

test("the ladder of a paused case stands still with it: nobody is told of what nobody can do", () => {
  let at = late();
  expect(at.cases).toHaveLength(2);
  const armed = dues(at).length;
  expect(armed).toBeGreaterThan(0);
  at = does(at, { type: "pause", ...by });
  const told = at.messages.length;
  at = advanceTo(at, MONDAY + 60 * DAY);
  expect([ladder(at).halted?.reason, dues(at), at.messages.length]).toEqual(["on leave", [], told]);
  at = does(at, { type: "resume", ...by });
  expect(ladder(at).halted).toBeUndefined();
  expect(dues(at)).toHaveLength(armed);
  expect(dues(at)[0]).toBeGreaterThan(MONDAY + 60 * DAY);
  at = advanceTo(at, MONDAY + 120 * DAY);
  expect(at.messages.length).toBeGreaterThan(told);
  for (const one of at.cases)
    expect(canonical(replay(one.compiled, JSON.parse(JSON.stringify(one.journal))))).toBe(canonical(one.state));
});

test("a ladder that stands still ends with what it was for", () => {
  let at = does(late(), { type: "pause", ...by });
  at = does(at, { type: "move", to: "bye", ...by });
  expect(at.cases.map(({ state }) => state.status)).toEqual(["closed", "closed"]);
});
