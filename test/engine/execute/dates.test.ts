import { describe, expect, test } from "vitest";
import { replay } from "#engine/execute/replay.ts";
import { describe as said } from "#engine/outline/describe.ts";
import { canonical } from "#engine/words/json.ts";
import { documents, lateReview, reviewForm } from "../../support/review.ts";
import { RunningCase } from "../../support/run-case.ts";
import { DAY, HOUR, MONDAY, smallOrganisation, smallWorld } from "../../support/small-world.ts";

const end = (outcome = "completed") => ({ kind: "end", title: "End", outcome });
const flow = (deadline: object, on: object = { submitted: "stop" }, more: object = {}) => ({
  kind: "workflow",
  schema: 1,
  id: "flow",
  title: "Flow",
  subject: "person",
  start: "first",
  steps: {
    first: { kind: "form", title: "First", form: "review", actor: { relation: "subject" }, deadline, on, ...more },
    stop: end(),
  },
});
const run = (document: object, world = smallWorld()) =>
  new RunningCase(documents(reviewForm, lateReview, document), "flow", world, MONDAY);
const replays = (running: RunningCase) =>
  expect(canonical(replay(running.compiled, JSON.parse(JSON.stringify(running.journal))))).toBe(
    canonical(running.state),
  );
const fired = (running: RunningCase) =>
  running.journal.filter(({ event }) => event.type === "timer").map(({ at }) => at);
const messages = (running: RunningCase) =>
  running.outcomes.flatMap((outcome) => outcome.messages.map(({ title }) => title));

describe("a deadline that strikes again and again", () => {
  test("reminds every week until the step is left, and nobody is late", () => {
    const one = run(flow({ every: "FREQ=WEEKLY" }));
    one.to(MONDAY + 22 * DAY);
    expect(fired(one)).toEqual([7, 14, 21].map((days) => MONDAY + days * DAY));
    expect(messages(one).filter((title) => title === "Reminder: First: Ana Ruiz")).toHaveLength(3);
    expect(Object.values(one.state.tasks)).toMatchObject([{ overdue: false, dueAt: null }]);
    one.complete("first", "submitted", { rating: 3 });
    expect([one.state.status, one.state.timers]).toEqual(["closed", {}]);
    replays(one);
  });

  test("keeps its day and hour when it fires late, and takes a drawn way each time it holds", () => {
    const one = run(
      flow(
        { every: "FREQ=WEEKLY;BYDAY=FR;BYHOUR=16;BYMINUTE=0" },
        { submitted: "stop", due: { to: "first", maxVisits: 2 } },
      ),
    );
    const friday = MONDAY + 4 * DAY + 7 * HOUR;
    expect(Object.values(one.state.timers).map(({ dueAt }) => dueAt)).toEqual([friday]);
    one.now = friday + DAY;
    one.send({ type: "claim", task: Object.keys(one.state.tasks)[0]!, by: "ana" });
    expect(Object.values(one.state.timers).map(({ dueAt }) => dueAt)).toEqual([friday + 7 * DAY]);
    one.to(friday + 30 * DAY);
    // Twice the step is begun anew; after that the clock only reminds.
    expect(one.journal.flatMap(({ taken }) => taken)).toHaveLength(2);
    expect(messages(one).filter((title) => title.startsWith("Reminder")).length).toBeGreaterThan(0);
    expect(one.state.status).toBe("open");
    replays(one);
  });

  test("a rule that has come to its end strikes no more", () => {
    const one = run(flow({ every: "FREQ=DAILY;COUNT=3" }));
    one.to(MONDAY + 30 * DAY);
    expect(fired(one)).toEqual([MONDAY + DAY, MONDAY + 2 * DAY]);
    expect(one.state.timers).toEqual({});
    expect(one.state.status).toBe("open");
    replays(one);
  });

  test("starts its ladder once", () => {
    const one = run(flow({ every: "FREQ=DAILY", policy: "escalate", escalation: "late-review" }));
    one.to(MONDAY + 5 * DAY);
    expect(one.outcomes.flatMap(({ effects }) => effects.map(({ kind }) => kind))).toEqual(["start-case"]);
    replays(one);
  });

  test("keeps its dates over a pause: what it would have struck meanwhile is past", () => {
    const one = run(flow({ every: "FREQ=WEEKLY", pause: ["away"] }));
    one.to(MONDAY + DAY);
    one.send({ type: "event", event: "away", by: null });
    one.to(MONDAY + 16 * DAY);
    one.send({ type: "event", event: "resumed", by: null });
    one.to(MONDAY + 30 * DAY);
    // The clocks went forward on 29 March: nine o'clock is an hour earlier.
    expect(fired(one)).toEqual([MONDAY + 21 * DAY, MONDAY + 28 * DAY - HOUR]);
    replays(one);
  });

  test("says so in plain English", () => {
    const [document] = documents(flow({ every: "FREQ=WEEKLY" }));
    const sentences = said(document!).sections.flatMap((section) => section.sentences);
    expect(sentences).toContain("Every week, for as long as it is open, those who have it are reminded.");
  });
});

describe("RC3: the dates of a step", () => {
  const dated = { after: { days: 60 }, start: "2026-03-04", exit: "2026-03-10" };

  test("before its start it cannot be handed in, and its words say from when", () => {
    const one = run(flow(dated));
    const early = one.complete("first", "submitted", { rating: 3 });
    expect(early).toMatchObject({ ok: false, code: "too-early" });
    expect(early.ok === false && early.message).toContain("begins");
    // The day begins at midnight of the subject's zone: 23:00 UTC in winter.
    one.to(Date.UTC(2026, 2, 3, 23));
    expect(one.complete("first", "submitted", { rating: 3 })).toMatchObject({ ok: false, code: "too-early" });
    one.to(Date.UTC(2026, 2, 9, 22, 59));
    expect(one.complete("first", "submitted", { rating: 3 }).ok).toBe(false);
    one.to(Date.UTC(2026, 2, 9, 23));
    expect(one.complete("first", "submitted", { rating: 3 }).ok).toBe(true);
    replays(one);
  });

  test("due and goes on by itself at the set hour in the subject's time zone", () => {
    const organisation = smallOrganisation();
    organisation.people = organisation.people.map((person) =>
      person.id === "ana" ? { ...person, timeZone: "America/New_York" } : person,
    );
    const clock = { at: "2026-03-09T17:00", calendar: "subject", policy: "advance" };
    const one = run(flow(clock), smallWorld({}, {}, organisation));
    // New York has summer time since 8 March: 17:00 is 21:00 UTC.
    one.to(Date.UTC(2026, 2, 9, 20, 59));
    expect(one.state.status).toBe("open");
    one.to(Date.UTC(2026, 2, 9, 21));
    expect(one.state.status).toBe("closed");
    expect(fired(one)).toEqual([Date.UTC(2026, 2, 9, 21)]);
    replays(one);
  });
});
