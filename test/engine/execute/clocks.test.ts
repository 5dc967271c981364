import { describe, expect, test } from "vitest";
import { replay } from "#engine/execute/replay.ts";
import { elapsed } from "#engine/time/pause.ts";
import { canonical } from "#engine/words/json.ts";
import { documents, lateReview, reviewForm } from "../../support/review.ts";
import { RunningCase } from "../../support/run-case.ts";
import { DAY, HOUR, MONDAY, smallWorld } from "../../support/small-world.ts";

const end = (outcome = "completed") => ({ kind: "end", title: "End", outcome });
const flow = (steps: object, more: object = {}) => ({
  kind: "workflow",
  schema: 1,
  id: "flow",
  title: "Flow",
  subject: "person",
  data: { onLeave: { type: "boolean", default: false } },
  start: "first",
  steps,
  ...more,
});
const asked = (deadline: object, on: object = { submitted: "stop" }) => ({
  first: { kind: "form", title: "First", form: "review", actor: { relation: "subject" }, deadline, on },
  stop: end(),
});
const run = (steps: object, world = smallWorld(), more: object = {}) =>
  new RunningCase(documents(reviewForm, lateReview, flow(steps, more)), "flow", world, MONDAY);
const tell = (running: RunningCase, event: string) => running.send({ type: "event", event, by: null });
const due = (running: RunningCase) => Object.values(running.state.timers).map((timer) => timer.dueAt);
const shown = (running: RunningCase) => Object.values(running.state.tasks).map((task) => task.dueAt);
const replays = (running: RunningCase) =>
  expect(canonical(replay(running.compiled, JSON.parse(JSON.stringify(running.journal))))).toBe(
    canonical(running.state),
  );

describe("ES5: a clock starts, pauses, goes on, stops, is cancelled and counts anew", () => {
  const clock = { after: { days: 15 }, pause: ["waiting-on-customer"], resume: ["customer-answered"] };

  test("waiting on the customer for 4 days moves the instant by 4 days, as its next generation", () => {
    const one = run(asked(clock));
    expect(due(one)).toEqual([MONDAY + 15 * DAY]);
    one.to(MONDAY + 3 * DAY);
    const paused = tell(one, "waiting-on-customer");
    expect(paused.ok && paused.timers).toMatchObject({ armed: [], cancelled: [{ generation: 1 }] });
    expect([due(one), shown(one)]).toEqual([[], [null]]);
    one.to(MONDAY + 7 * DAY);
    const resumed = tell(one, "customer-answered");
    expect(resumed.ok && resumed.timers.armed).toMatchObject([{ generation: 2, dueAt: MONDAY + 19 * DAY }]);
    expect(shown(one)).toEqual([MONDAY + 19 * DAY]);
    expect(elapsed(MONDAY, MONDAY + 10 * DAY, one.state.clocks!["first.deadline"]!.pauses)).toBe(6 * DAY);
    replays(one);
  });

  test("twice paused it is paused once, and an event that nobody waits for is refused", () => {
    const one = run(asked(clock));
    expect(tell(one, "customer-answered").ok).toBe(false);
    expect(tell(one, "waiting-on-customer").ok).toBe(true);
    expect(tell(one, "waiting-on-customer").ok).toBe(false);
    expect(tell(one, "something-else").ok).toBe(false);
  });

  test("nothing is late while it stands still, however long", () => {
    const one = run(asked(clock));
    tell(one, "waiting-on-customer");
    one.to(MONDAY + 400 * DAY);
    expect(Object.values(one.state.tasks)[0]!.overdue).toBe(false);
    expect(one.complete("first", "submitted", { rating: 3 }).ok).toBe(true);
    expect([one.state.status, one.state.clocks]).toEqual(["closed", undefined]);
    replays(one);
  });

  test("of working days what was left of the working time is kept, over a weekend", () => {
    const one = run(asked({ after: { workingDays: 2 }, pause: ["wait"] }));
    // Monday 9:00 + 2 working days is Wednesday 9:00; at Tuesday 13:00 half a working day of 8 hours is left.
    one.to(MONDAY + DAY + 4 * HOUR);
    tell(one, "wait");
    // Friday 15:00: two hours of that day, then two of Monday.
    one.to(MONDAY + 4 * DAY + 6 * HOUR);
    tell(one, "resumed");
    expect(due(one)).toEqual([MONDAY + 7 * DAY + 2 * HOUR]);
    replays(one);
  });

  test("a condition pauses it for as long as it holds: data of the case with every command", () => {
    const one = run({
      first: {
        kind: "parallel",
        title: "Both",
        branches: {
          left: {
            start: "plan",
            steps: {
              plan: {
                kind: "form",
                title: "Plan",
                form: "review",
                actor: { relation: "subject" },
                deadline: {
                  after: { days: 10 },
                  pause: [{ all: [{ fact: "case.onLeave", operator: "equal", value: true }] }],
                },
                on: { submitted: "planned" },
              },
              planned: end("done"),
            },
          },
          right: {
            start: "leave",
            steps: {
              leave: {
                kind: "approval",
                title: "Leave",
                actor: { relation: "manager" },
                outcomes: ["away", "back"],
                on: {
                  away: { to: "leave", set: { onLeave: true }, maxVisits: 9 },
                  back: { to: "leave", set: { onLeave: false }, maxVisits: 9 },
                },
              },
            },
          },
        },
        on: { done: "stop" },
      },
      stop: end(),
    });
    one.to(MONDAY + 2 * DAY);
    one.complete("leave", "away");
    expect(due(one)).toEqual([]);
    one.to(MONDAY + 12 * DAY);
    one.complete("leave", "back");
    expect(due(one)).toEqual([MONDAY + 20 * DAY]);
    replays(one);
  });

  test("a condition from outside is looked at each midnight and whenever facts are said to have changed", () => {
    const leave = { all: [{ fact: "absence", operator: "equal", value: "leave" }] };
    const one = run(asked({ after: { days: 10 }, pause: [leave] }));
    const world = one.world;
    const away = smallWorld({ absence: "leave" });
    const looks = () => Object.values(one.state.timers).filter((timer) => timer.id.startsWith("rondo.look."));
    // Midnight in Berlin is 23:00 UTC in winter.
    expect(looks().map((timer) => timer.dueAt)).toEqual([Date.UTC(2026, 2, 2, 23)]);
    expect(one.send({ type: "look", reason: "people changed", by: null }).ok).toBe(false);
    one.world = { ...away, parameters: world.parameters };
    one.to(Date.UTC(2026, 2, 2, 23));
    expect(one.state.clocks!["first.deadline"]!.paused).toEqual({
      since: Date.UTC(2026, 2, 2, 23),
      because: ["condition 0"],
    });
    one.to(Date.UTC(2026, 2, 6, 23));
    one.world = world;
    one.now = Date.UTC(2026, 2, 7, 12);
    expect(one.send({ type: "look", reason: "people changed", by: null }).ok).toBe(true);
    const still = Date.UTC(2026, 2, 7, 12) - Date.UTC(2026, 2, 2, 23);
    expect(due(one)).toContain(MONDAY + 10 * DAY + still);
    one.complete("first", "submitted", { rating: 3 });
    expect(one.state.timers).toEqual({});
    replays(one);
  });

  test("it stops for good, and the task stays", () => {
    const one = run(asked({ after: { days: 1 }, stop: ["excused"] }));
    tell(one, "excused");
    one.to(MONDAY + 30 * DAY);
    expect(Object.values(one.state.tasks)).toMatchObject([{ overdue: false, dueAt: null }]);
    replays(one);
  });

  test("it counts anew from an event, also while it stands still", () => {
    const one = run(asked({ after: { days: 5 }, pause: ["wait"], reset: ["reopened"] }));
    one.to(MONDAY + 3 * DAY);
    tell(one, "reopened");
    expect([due(one), shown(one)]).toEqual([[MONDAY + 8 * DAY], [MONDAY + 8 * DAY]]);
    one.to(MONDAY + 4 * DAY);
    tell(one, "wait");
    one.to(MONDAY + 6 * DAY);
    tell(one, "reopened");
    expect(due(one)).toEqual([]);
    one.to(MONDAY + 7 * DAY);
    tell(one, "resumed");
    expect(due(one)).toEqual([MONDAY + 12 * DAY]);
    replays(one);
  });

  test("a wait and the deadline of a group stand still too, and a step that is entered again counts anew", () => {
    const wait = run({
      first: { kind: "wait", title: "Wait", until: { after: { days: 2 }, pause: ["hold"] }, on: { due: "stop" } },
      stop: end(),
    });
    tell(wait, "hold");
    wait.to(MONDAY + 10 * DAY);
    expect(wait.state.status).toBe("open");
    tell(wait, "resumed");
    wait.to(MONDAY + 12 * DAY);
    expect(wait.state.status).toBe("closed");
    replays(wait);

    const group = run({
      first: {
        kind: "group",
        title: "Group",
        start: "inner",
        deadline: { after: { days: 2 }, pause: ["hold"] },
        steps: {
          inner: {
            kind: "approval",
            title: "Inner",
            actor: { relation: "subject" },
            on: { approved: "out", rejected: "again" },
          },
          out: end("done"),
          again: end("again"),
        },
        on: { done: "stop", again: { to: "first", maxVisits: 3 }, due: "late" },
      },
      stop: end(),
      late: end("late"),
    });
    tell(group, "hold");
    group.to(MONDAY + 5 * DAY);
    group.complete("inner", "rejected");
    expect(due(group)).toEqual([MONDAY + 7 * DAY]);
    expect(group.state.clocks).toBeUndefined();
    replays(group);
  });

  test("a threshold changed while the clock stands still changes what is left", () => {
    const one = run(asked({ after: { parameter: "days" }, pause: ["wait"] }), smallWorld(), {
      parameters: { days: { title: "Days", type: "days", default: 10 } },
    });
    one.to(MONDAY + 2 * DAY);
    tell(one, "wait");
    one.world = { ...one.world, parameters: { days: 5 } };
    expect(one.send({ type: "rearm", reason: "shorter", by: "hana" }).ok).toBe(true);
    one.to(MONDAY + 6 * DAY);
    tell(one, "resumed");
    expect(due(one)).toEqual([MONDAY + 9 * DAY]);
    one.world = { ...one.world, parameters: { days: 20 } };
    one.send({ type: "rearm", reason: "longer", by: "hana" });
    expect(due(one)).toEqual([MONDAY + 24 * DAY]);
    replays(one);
  });
});

describe("ES5, G7: a complaint", () => {
  const ladder = {
    kind: "escalation",
    schema: 1,
    id: "complaint-unresolved",
    title: "Unresolved complaint",
    subject: "complaint",
    clocks: {
      acknowledge: { calendar: "office" },
      resolve: {
        from: { fact: "complaint.complainedAt" },
        pause: ["waiting-on-customer"],
        resume: ["customer-answered"],
        stop: ["complaint.resolved"],
      },
    },
    levels: [
      {
        id: "team",
        title: "Team",
        clock: "acknowledge",
        after: { hours: 0 },
        notify: [{ unitRole: "head", level: "team" }],
      },
      {
        id: "lead",
        title: "Lead",
        clock: "acknowledge",
        after: { workingDays: 1 },
        notify: [{ unitRole: "head", level: "team" }],
      },
      {
        id: "region",
        title: "Region",
        clock: "resolve",
        after: { days: 10 },
        notify: [{ unitRole: "head", level: "region" }],
      },
      {
        id: "doorstep",
        title: "Doorstep service",
        clock: "resolve",
        after: { days: 15 },
        notify: [{ unitRole: "head", level: "region" }],
        start: { workflow: "flow" },
      },
    ],
    fallback: { role: "hr-admin" },
  };
  /** Complained on Monday at 9:00, told to Rondo `late` later. */
  const complain = (late = 0) => {
    const world = {
      ...smallWorld(),
      subject: () => ({ fields: { complainedAt: MONDAY }, about: "ana", unit: "team-1" }),
    };
    const subject = { kind: "record" as const, type: "complaint", id: "c-1" };
    return new RunningCase(
      documents(reviewForm, flow(asked({ after: { days: 1 } })), ladder),
      ladder.id,
      world,
      MONDAY + late,
      { subject },
    );
  };
  const started = (one: RunningCase) =>
    one.outcomes.flatMap(({ effects, entry }) =>
      effects.filter(({ kind }) => kind === "start-case").map(() => entry.at),
    );

  test("G7: unresolved for 15 days from the complaint, not from the import: exactly one doorstep visit, at that minute", () => {
    const one = complain(3 * DAY);
    one.to(MONDAY + 15 * DAY - 60_000);
    expect(started(one)).toEqual([]);
    one.to(MONDAY + 40 * DAY);
    expect(started(one)).toEqual([MONDAY + 15 * DAY]);
    replays(one);
  });

  test("G7: resolved on day 14 there is none", () => {
    const one = complain();
    one.to(MONDAY + 14 * DAY);
    tell(one, "complaint.resolved");
    one.to(MONDAY + 40 * DAY);
    expect([started(one), one.state.outcome]).toEqual([[], "resolved"]);
    replays(one);
  });

  test("ES5: 4 days of waiting on the customer count for every level of the clock, and not for the other clock", () => {
    const one = complain(2 * DAY);
    one.to(MONDAY + 5 * DAY);
    tell(one, "waiting-on-customer");
    one.to(MONDAY + 9 * DAY);
    tell(one, "customer-answered");
    one.to(MONDAY + 14 * DAY - 60_000);
    expect(one.steps).not.toContain("region");
    one.to(MONDAY + 14 * DAY);
    expect(one.steps).toContain("region");
    one.to(MONDAY + 19 * DAY - 60_000);
    expect(started(one)).toEqual([]);
    one.to(MONDAY + 19 * DAY);
    expect(started(one)).toEqual([MONDAY + 19 * DAY]);
    // Hand-computed: 19 days since the complaint, 4 of them waiting.
    expect(elapsed(MONDAY, one.now, one.state.clocks!["ladder:resolve"]!.pauses)).toBe(15 * DAY);
    const told = one.journal.flatMap(({ tape }) => tape.filter(({ ask }) => ask === "people").map(({ key }) => key));
    expect(told).toContain("lead");
    replays(one);
  });

  test("ES5: cancelled with the case, no clock is left", () => {
    const one = complain();
    tell(one, "waiting-on-customer");
    one.send({ type: "cancel", reason: "a mistake", by: "hana" });
    expect([one.state.timers, one.state.clocks]).toEqual([{}, undefined]);
    replays(one);
  });
});

describe("F54: a whole case is paused and goes on", () => {
  test("its timers neither fire nor get lost, what was left is kept, no task can be done", () => {
    const one = run(asked({ after: { days: 5 }, policy: "advance" }));
    one.to(MONDAY + 2 * DAY);
    expect(one.send({ type: "pause", reason: "works council", by: "hana" }).ok).toBe(true);
    expect(one.send({ type: "pause", reason: "again", by: "hana" })).toMatchObject({ ok: false, code: "paused" });
    const task = Object.values(one.state.tasks)[0]!;
    const done = one.send({ type: "complete", task: task.id, outcome: "submitted", answers: { rating: 3 }, by: "ana" });
    expect(done).toMatchObject({ ok: false, code: "paused" });
    expect(done.ok === false && done.message).toContain("works council");
    one.to(MONDAY + 60 * DAY);
    expect([one.state.status, one.state.timers]).toEqual(["open", {}]);
    one.send({ type: "resume", reason: "agreed", by: "hana" });
    expect(due(one)).toEqual([MONDAY + 63 * DAY]);
    one.to(MONDAY + 63 * DAY);
    expect(one.state.status).toBe("closed");
    replays(one);
  });

  test("a clock that an event has paused stays so when the case goes on", () => {
    const one = run(asked({ after: { days: 5 }, pause: ["wait"] }));
    tell(one, "wait");
    one.send({ type: "pause", reason: "stop", by: "hana" });
    one.to(MONDAY + DAY);
    one.send({ type: "resume", reason: "go", by: "hana" });
    expect(due(one)).toEqual([]);
    one.to(MONDAY + 2 * DAY);
    tell(one, "resumed");
    expect(due(one)).toEqual([MONDAY + 7 * DAY]);
    replays(one);
  });

  test("what is told to a paused case is not lost: a wait ends, and the next clock begins when the case goes on", () => {
    const one = run({
      first: {
        kind: "wait",
        title: "Wait",
        for: [{ on: "record.created" }],
        until: { after: { days: 9 } },
        on: { done: "next", due: "stop" },
      },
      next: {
        kind: "approval",
        title: "Next",
        actor: { relation: "manager" },
        deadline: { after: { days: 3 } },
        on: { approved: "stop", rejected: "stop" },
      },
      stop: end(),
    });
    one.send({ type: "pause", reason: "stop", by: "hana" });
    one.to(MONDAY + DAY);
    expect(tell(one, "done").ok).toBe(true);
    expect([one.steps, due(one)]).toEqual([["next"], []]);
    one.to(MONDAY + 4 * DAY);
    one.send({ type: "resume", reason: "go", by: "hana" });
    expect(due(one)).toEqual([MONDAY + 7 * DAY]);
    replays(one);
  });
});

test("a recurrence that counts from a parameter counts from its new value, each time, and stays nobody's due date", () => {
  const more = { parameters: { begins: { title: "Begins", type: "date", default: "2026-03-04" } } };
  const weekly = { every: "FREQ=WEEKLY", from: { parameter: "begins" } };
  const one = run(asked(weekly), smallWorld(), more);
  const first = due(one)[0]!;
  expect(first).toBeLessThan(MONDAY + 3 * DAY);
  one.world = { ...one.world, parameters: { begins: "2026-03-05" } };
  expect(one.send({ type: "rearm", reason: "a day later", by: "hana" }).ok).toBe(true);
  expect([due(one), shown(one)]).toEqual([[first + DAY], [null]]);
  one.to(first + DAY);
  expect(due(one)).toEqual([first + 8 * DAY]);
  replays(one);
});
