import { describe, expect, test } from "vitest";
import { replay } from "#engine/execute/replay.ts";
import { describe as said } from "#engine/outline/describe.ts";
import { canonical } from "#engine/words/json.ts";
import { documents, reviewForm } from "../../support/review.ts";
import { RunningCase } from "../../support/run-case.ts";
import { DAY, MONDAY, smallWorld } from "../../support/small-world.ts";
import { found, workflow } from "../lint/documents.ts";

const flow = {
  kind: "workflow",
  schema: 1,
  id: "flow",
  title: "Flow",
  subject: "person",
  data: { amount: { type: "number" } },
  start: "first",
  steps: {
    first: {
      kind: "approval",
      title: "First",
      actor: { relation: "subject" },
      on: { approved: "wait", rejected: "wait" },
    },
    wait: {
      kind: "wait",
      title: "Wait for the deal",
      for: [{ on: "record.created", record: "deal", hold: { days: 30 } }],
      until: { after: { days: 60 } },
      on: { done: { to: "stop", set: { amount: { fact: "event.amount" } } }, due: "late" },
    },
    stop: { kind: "end", title: "End", outcome: "completed", result: { amount: { fact: "case.amount" } } },
    late: { kind: "end", title: "Late", outcome: "late" },
  },
};
const run = () => new RunningCase(documents(reviewForm, flow), "flow", smallWorld(), MONDAY);
const hold = (running: RunningCase, amount: number, until: number) =>
  running.send({ type: "hold", step: "wait", event: "done", data: { amount }, until, by: null });
const replays = (running: RunningCase) =>
  expect(canonical(replay(running.compiled, JSON.parse(JSON.stringify(running.journal))))).toBe(
    canonical(running.state),
  );

describe("F13: what happens before the case waits for it is kept or refused, and never lost silently", () => {
  test("kept, it ends the wait as soon as the case comes to it, with what it said", () => {
    const one = run();
    one.to(MONDAY + DAY);
    expect(hold(one, 500, MONDAY + 31 * DAY).ok).toBe(true);
    expect(one.steps).toEqual(["first"]);
    expect(one.state.held).toEqual([
      { step: "wait", event: "done", data: { amount: 500 }, at: MONDAY + DAY, until: MONDAY + 31 * DAY },
    ]);
    one.to(MONDAY + 10 * DAY);
    one.complete("first", "approved");
    expect(one.state).toMatchObject({ status: "closed", result: { amount: 500 }, timers: {} });
    expect(one.state.held).toBeUndefined();
    expect(one.journal.at(-1)!.taken.map(({ to }) => to)).toEqual(["wait", "stop"]);
    replays(one);
  });

  test("past its time it counts no more, and is still seen", () => {
    const one = run();
    hold(one, 500, MONDAY + 5 * DAY);
    one.to(MONDAY + 5 * DAY);
    one.complete("first", "approved");
    expect(one.steps).toEqual(["wait"]);
    expect(one.state.held).toHaveLength(1);
    one.to(MONDAY + 65 * DAY);
    expect(one.state.outcome).toBe("late");
    replays(one);
  });

  test("where the case waits by now, it is taken at once and nothing is kept", () => {
    const one = run();
    one.complete("first", "approved");
    expect(hold(one, 7, MONDAY + DAY).ok).toBe(true);
    expect(one.state).toMatchObject({ status: "closed", result: { amount: 7 } });
    replays(one);
  });

  test("an event of one's own that nobody waits for is refused with what is possible instead", () => {
    const one = run();
    const refused = one.send({ type: "event", event: "signed", by: "ana" });
    expect(refused).toMatchObject({ ok: false, code: "not-possible" });
    expect(refused.ok === false && refused.possible.map(({ event }) => event)).toEqual(["approved", "rejected"]);
    expect(
      hold(one, 1, MONDAY).ok &&
        one.send({ type: "hold", step: "first", event: "done", data: {}, until: MONDAY, by: null }),
    ).toMatchObject({ ok: false });
  });

  test("it is said, and an author is told where it would do nothing", () => {
    const sentences = said(documents(flow)[0]!).sections.flatMap((section) => section.sentences);
    expect(sentences).toContain("What happened up to 30 days before counts as well.");
    const triggered = workflow({}, { triggers: [{ on: "person.hired", hold: { days: 2 } }] });
    expect(found(triggered)).toEqual(["hold-unused /triggers/0/hold"]);
  });
});
