import { describe, expect, test } from "vitest";
import type { Calendar } from "#engine/definition/calendar.ts";
import { replay } from "#engine/execute/replay.ts";
import { calendarSet } from "#engine/time/calendar-set.ts";
import { canonical } from "#engine/words/json.ts";
import { documents, reviewForm } from "../../support/review.ts";
import { RunningCase } from "../../support/run-case.ts";
import { DAY, HOUR, MONDAY, officeCalendar, smallWorld } from "../../support/small-world.ts";

const end = (outcome = "completed") => ({ kind: "end", title: "End", outcome });
const flow = (steps: object, more: object = {}) => ({
  kind: "workflow",
  schema: 1,
  id: "flow",
  title: "Flow",
  subject: "person",
  start: "first",
  steps,
  ...more,
});
const run = (document: object, world = smallWorld(), now = MONDAY) =>
  new RunningCase(documents(reviewForm, document), "flow", world, now);
const replays = (running: RunningCase) =>
  expect(canonical(replay(running.compiled, JSON.parse(JSON.stringify(running.journal))))).toBe(
    canonical(running.state),
  );
const fired = (running: RunningCase) =>
  running.journal.filter(({ event }) => event.type === "timer").map(({ at }) => at);

describe("F05: absolute dates and recurrences in a zone, on both sides of a clock change", () => {
  const wait = (until: object) =>
    flow({ first: { kind: "wait", title: "Wait", until, on: { due: "stop" } }, stop: end() });

  test.each([
    // Berlin has winter time on 1 March and summer time from 29 March 2026.
    ["2026-03-28T09:00", Date.UTC(2026, 2, 28, 8)],
    ["2026-03-30T09:00", Date.UTC(2026, 2, 30, 7)],
    ["2026-10-24T09:00", Date.UTC(2026, 9, 24, 7)],
    ["2026-10-26T09:00", Date.UTC(2026, 9, 26, 8)],
  ])("at %s in Berlin", (at, instant) => {
    const one = run(wait({ at, calendar: "office" }));
    one.to(instant - 1);
    expect(one.state.status).toBe("open");
    one.to(instant);
    expect(one.state.status).toBe("closed");
    expect(fired(one)).toEqual([instant]);
    replays(one);
  });

  test("every day at nine in Berlin, over the night in which the clocks go forward", () => {
    const deadline = { every: "FREQ=DAILY;BYHOUR=9;BYMINUTE=0", calendar: "office" };
    const asked = {
      kind: "approval",
      title: "Ask",
      actor: { relation: "subject" },
      deadline,
      on: { approved: "stop", rejected: "stop" },
    };
    const one = run(flow({ first: asked, stop: end() }), smallWorld(), Date.UTC(2026, 2, 27, 12));
    one.to(Date.UTC(2026, 2, 31, 12));
    expect(fired(one)).toEqual([
      Date.UTC(2026, 2, 28, 8),
      Date.UTC(2026, 2, 29, 7),
      Date.UTC(2026, 2, 30, 7),
      Date.UTC(2026, 2, 31, 7),
    ]);
    replays(one);
  });
});

describe("F06: three working days over a holiday weekend are two dates in two countries", () => {
  test("over Whitsun: Germany does not work on the Monday, Sweden does", () => {
    const extra = (id: string, timeZone: string, days: string[]) =>
      ({ ...officeCalendar, id, timeZone, extra: days }) as Calendar;
    const world = {
      ...smallWorld(),
      // Whit Monday, 25 May 2026, is a holiday in Germany and a working day in Sweden.
      calendars: calendarSet(
        [officeCalendar, extra("germany", "Europe/Berlin", ["2026-05-25"]), extra("sweden", "Europe/Stockholm", [])],
        "office",
      ),
    };
    const friday = Date.UTC(2026, 4, 22, 13);
    const due = (calendarId: string) => {
      const deadline = { after: { workingDays: 3 }, calendar: calendarId };
      const asked = {
        kind: "approval",
        title: "Ask",
        actor: { relation: "subject" },
        deadline,
        on: { approved: "stop", rejected: "stop" },
      };
      return Object.values(run(flow({ first: asked, stop: end() }), world, friday).state.timers)[0]!.dueAt;
    };
    expect([due("germany"), due("sweden")]).toEqual([Date.UTC(2026, 4, 28, 13), Date.UTC(2026, 4, 27, 13)]);
  });
});

describe("F01: what stands in a frame inherits its ways", () => {
  const inner = {
    first: {
      kind: "group",
      title: "Outer",
      start: "middle",
      deadline: { after: { days: 5 } },
      steps: {
        middle: {
          kind: "group",
          title: "Middle",
          start: "ask",
          steps: {
            ask: {
              kind: "approval",
              title: "Ask",
              actor: { relation: "subject" },
              deadline: { after: { days: 9 } },
              on: { approved: "asked", rejected: "asked" },
            },
            asked: end("done"),
          },
          on: { done: "over" },
        },
        over: end("done"),
      },
      on: { done: "stop", withdrawn: "gone", due: "late" },
    },
    stop: end(),
    gone: end("withdrawn"),
    late: end("late"),
  };

  test("an event of the outer frame is taken two frames within, and all timers inside are cancelled", () => {
    const one = run(flow(inner));
    expect(Object.keys(one.state.timers)).toHaveLength(2);
    const left = one.send({ type: "event", event: "withdrawn", by: null });
    expect(left.ok && left.timers.cancelled).toHaveLength(2);
    expect(one.state).toMatchObject({ status: "closed", outcome: "withdrawn", timers: {}, tasks: {} });
    replays(one);
  });

  test("the outer frame's time is up for what stands inside", () => {
    const one = run(flow(inner));
    one.to(MONDAY + 5 * DAY);
    expect(one.state).toMatchObject({ outcome: "late", timers: {}, tasks: {} });
    replays(one);
  });
});

describe("F03: going back into a group that was finished begins it anew", () => {
  test("instead of standing where nothing can happen any more", () => {
    const one = run(
      flow({
        first: {
          kind: "group",
          title: "Group",
          start: "ask",
          steps: {
            ask: {
              kind: "approval",
              title: "Ask",
              actor: { relation: "subject" },
              on: { approved: "asked", rejected: "asked" },
            },
            asked: end("done"),
          },
          on: { done: "check" },
        },
        check: {
          kind: "approval",
          title: "Check",
          actor: { relation: "manager" },
          on: { approved: "stop", rejected: { to: "first", history: true, maxVisits: 3 } },
        },
        stop: end(),
      }),
    );
    one.complete("ask", "approved");
    one.complete("check", "rejected");
    expect([one.state.status, one.steps, one.people]).toEqual(["open", ["first", "ask"], ["ana"]]);
    one.complete("ask", "approved");
    one.complete("check", "approved");
    expect(one.state.status).toBe("closed");
    replays(one);
  });
});

describe("a call and what it declares to be answered", () => {
  const call = flow(
    {
      first: {
        kind: "call",
        title: "Ask payroll",
        url: "https://example.org/hook",
        answer: { ticket: "T-1", amount: 12, lines: [{ id: 1 }] },
        on: { done: { to: "stop", set: { ticket: { fact: "step.first.ticket" } } }, failed: "wrong" },
      },
      stop: { ...end(), result: { ticket: { fact: "case.ticket" }, more: { fact: "step.first.more" } } },
      wrong: { ...end("wrong"), result: { why: { fact: "step.first.message" } } },
    },
    { data: { ticket: { type: "text" } } },
  );
  const answer = (data: Record<string, never> | object) => {
    const one = run(call);
    one.send({ type: "answer", effect: one.state.pending[0]!.effect, outcome: "done", data: data as never });
    replays(one);
    return one.state;
  };

  test("of the declared shape it goes on, and only what is declared is kept", () => {
    const state = answer({ ticket: "T-9", amount: 3, lines: [], more: "noise" });
    expect(state).toMatchObject({ outcome: "completed", result: { ticket: "T-9", more: null } });
  });

  test.each<[object, string]>([
    [{ amount: 3, lines: [] }, 'The answer is not what was agreed. The answer has no "ticket".'],
    [
      { ticket: 9, amount: 3, lines: [] },
      'The answer is not what was agreed. "ticket" is a number, and should be a text.',
    ],
    [
      { ticket: "T", amount: 3, lines: [{ id: 1 }, {}] },
      'The answer is not what was agreed. item 2 of "lines" has no "id".',
    ],
  ])("of another shape it counts as failed, with words: %o", (data, why) => {
    expect(answer(data)).toMatchObject({ outcome: "wrong", result: { why } });
  });
});

describe("what an event says is read by conditions and set", () => {
  test("event.<field> guards a way and becomes data of the case", () => {
    const one = run(
      flow(
        {
          first: {
            kind: "wait",
            title: "Wait for a price",
            until: { after: { days: 9 } },
            on: {
              offered: [
                {
                  to: "stop",
                  when: { all: [{ fact: "event.price", operator: "lessThan", value: 100 }] },
                  set: { price: { fact: "event.price" } },
                },
              ],
              due: "late",
            },
          },
          stop: { ...end(), result: { price: { fact: "case.price" } } },
          late: end("late"),
        },
        { data: { price: { type: "number" } } },
      ),
    );
    const offer = (price?: number) =>
      one.send({ type: "event", event: "offered", ...(price === undefined ? {} : { data: { price } }), by: null });
    one.now += HOUR;
    expect([offer(500).ok, offer().ok]).toEqual([false, false]);
    expect(offer(80).ok).toBe(true);
    expect(one.state).toMatchObject({ status: "closed", result: { price: 80 } });
    replays(one);
  });
});
