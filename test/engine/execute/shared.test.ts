import { expect, test } from "vitest";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import { replay } from "#engine/execute/replay.ts";
import { act, advanceTo, begin, type SimulatedCase, type Simulation, simulation } from "#engine/execute/simulate.ts";
import { lint } from "#engine/lint/run.ts";
import { canonical } from "#engine/words/json.ts";
import { documents, reviewForm } from "../../support/review.ts";
import { DAY, MONDAY, smallOrganisation, smallWorld } from "../../support/small-world.ts";

const review = {
  kind: "workflow",
  schema: 1,
  id: "annual-review",
  title: "Annual review",
  subject: "person",
  data: { rating: { type: "number" } },
  start: "manager-review",
  steps: {
    "manager-review": {
      kind: "form",
      title: "Manager review",
      form: "review",
      actor: { relation: "manager" },
      on: { submitted: { to: "calibrate", set: { rating: { fact: "step.manager-review.rating" } } } },
    },
    calibrate: {
      kind: "calibration",
      title: "Calibration",
      form: "review",
      actor: { role: "hr-partner" },
      shared: { key: ["subject.unit.region", "period"] },
      deadline: { after: { days: 20 } },
      on: {
        agreed: { to: "closed", set: { rating: { fact: "step.calibrate.rating" } } },
        due: "late",
        failed: "stopped",
      },
    },
    closed: { kind: "end", title: "Closed", outcome: "completed", result: { rating: { fact: "case.rating" } } },
    late: { kind: "end", title: "Late", outcome: "late" },
    stopped: { kind: "end", title: "Stopped", outcome: "stopped" },
  },
};

const all = documents(reviewForm, review);
function world() {
  const organisation = smallOrganisation();
  organisation.assignments.find((one) => one.person === "lone")!.unit = "company";
  return smallWorld({}, {}, organisation);
}
const reviews = (subjects: string[]): Simulation =>
  subjects.reduce(
    (at, id) => {
      const next = begin(at, {
        definition: { kind: "workflow", id: "annual-review" },
        caseId: `review-${id}`,
        subject: { kind: "person", id },
        period: "2026",
        trigger: {},
        data: {},
        parent: null,
      });
      if ("ok" in next) throw new Error(next.message);
      return next;
    },
    simulation({ catalogue: catalogueOf(all), startAt: MONDAY, world: world() }),
  );
const of = (at: Simulation, id: string): SimulatedCase => at.cases.find(({ state }) => state.id === id)!;
const sessions = (at: Simulation) => at.cases.filter(({ state }) => state.definition.id === "annual-review.calibrate");
const done = (at: Simulation, id: string, step: string, outcome: string, more: object = {}): Simulation => {
  const task = Object.values(of(at, id).state.tasks).find((one) => one.step === step)!;
  const next = act(at, id, { type: "complete", task: task.id, outcome, by: task.assignees[0]!, ...more } as never);
  if ("ok" in next) throw new Error(next.message);
  return next;
};
const rated = (at: Simulation, person: string) =>
  done(at, `review-${person}`, "manager-review", "submitted", { answers: { rating: 3 } });
const allReplay = (at: Simulation) => {
  for (const one of at.cases)
    expect(canonical(replay(one.compiled, JSON.parse(JSON.stringify(one.journal))))).toBe(canonical(one.state));
};

test("CA1: reviews of one region meet in one session, which ends for all of them with a rating for each", () => {
  let at = reviews(["ana", "ben", "mia"]);
  for (const person of ["ana", "ben", "mia"]) at = rated(at, person);
  expect(sessions(at)).toHaveLength(1);
  const session = sessions(at)[0]!;
  expect(session.state.subject).toEqual({ kind: "unit", id: "south" });
  expect(session.state.members!.map((member) => member.subject.id)).toEqual(["ana", "ben", "mia"]);
  expect(of(at, "review-ana").state.pending).toMatchObject([{ step: "calibrate", shared: true }]);
  expect(of(at, "review-ana").state.status).toBe("open");
  at = done(at, session.state.id, "calibrate", "agreed", {
    answers: { rating: 4 },
    rows: { ben: { rating: 2 } },
  });
  expect(sessions(at)[0]!.state).toMatchObject({ status: "closed", outcome: "agreed" });
  for (const [person, rating] of [
    ["ana", 4],
    ["ben", 2],
    ["mia", 4],
  ])
    expect(of(at, `review-${person}`).state).toMatchObject({
      status: "closed",
      outcome: "completed",
      result: { rating },
    });
  allReplay(at);
});

test("CA1: only whose task it is may edit, and a final session takes no more", () => {
  let at = rated(reviews(["ana"]), "ana");
  const id = sessions(at)[0]!.state.id;
  const task = Object.keys(of(at, id).state.tasks)[0]!;
  const manager = { type: "complete", task, outcome: "agreed", answers: { rating: 5 }, by: "mia" } as const;
  expect(act(at, id, manager)).toMatchObject({ ok: false, code: "not-yours" });
  at = done(at, id, "calibrate", "agreed", { answers: { rating: 4 } });
  expect(act(at, id, { ...manager, by: "hana" })).toMatchObject({ ok: false, code: "closed" });
});

test("a late review joins the session while it is open, and a new one after it is final", () => {
  let at = rated(reviews(["ana", "ben", "mia"]), "ana");
  at = rated(advanceTo(at, MONDAY + 3 * DAY), "ben");
  expect(sessions(at)).toHaveLength(1);
  at = done(at, sessions(at)[0]!.state.id, "calibrate", "agreed", { answers: { rating: 4 } });
  at = rated(at, "mia");
  expect(sessions(at).map(({ state }) => [state.status, state.members!.length])).toEqual([
    ["closed", 2],
    ["open", 1],
  ]);
  allReplay(at);
});

test("a review that is cancelled leaves the session; the last to leave ends it", () => {
  let at = reviews(["ana", "ben"]);
  for (const person of ["ana", "ben"]) at = rated(at, person);
  const cancelled = (id: string) => {
    const next = act(at, id, { type: "cancel", reason: "left the company", by: null });
    if ("ok" in next) throw new Error(next.message);
    at = next;
  };
  cancelled("review-ana");
  expect(sessions(at)[0]!.state).toMatchObject({ status: "open", members: [{ subject: { id: "ben" } }] });
  cancelled("review-ben");
  expect(sessions(at)[0]!.state).toMatchObject({ status: "cancelled", members: [], tasks: {}, timers: {} });
  allReplay(at);
});

test("a session that is cancelled comes back to every review as failed, one whose time is up as due", () => {
  let at = reviews(["ana", "ben"]);
  for (const person of ["ana", "ben"]) at = rated(at, person);
  const next = act(at, sessions(at)[0]!.state.id, { type: "cancel", reason: "no quorum", by: "hana" });
  expect("ok" in next).toBe(false);
  for (const person of ["ana", "ben"])
    expect(of(next as Simulation, `review-${person}`).state).toMatchObject({ status: "closed", outcome: "stopped" });
  allReplay(next as Simulation);
  const late = advanceTo(at, MONDAY + 30 * DAY);
  for (const person of ["ana", "ben"])
    expect(of(late, `review-${person}`).state).toMatchObject({ status: "closed", outcome: "late" });
  allReplay(late);
});

test("who asks after a shared case takes no more meets in the next one, in the simulator as on the server", () => {
  const within = structuredClone(review);
  Object.assign(within.steps.calibrate.shared, { within: { minutes: 10 } });
  const opened = (at: Simulation, id: string): Simulation => {
    const next = begin(at, {
      definition: { kind: "workflow", id: "annual-review" },
      caseId: `review-${id}`,
      subject: { kind: "person", id },
      period: "2026",
      trigger: {},
      data: {},
      parent: null,
    });
    if ("ok" in next) throw new Error(next.message);
    return rated(next, id);
  };
  const catalogue = catalogueOf(documents(reviewForm, within));
  let at = opened(simulation({ catalogue, startAt: MONDAY, world: world() }), "ana");
  at = opened(advanceTo(at, MONDAY + 10 * 60_000), "ben");
  at = opened(advanceTo(at, MONDAY + 10 * 60_000 + 1), "mia");
  expect(sessions(at).map(({ state }) => state.members!.map(({ subject }) => subject.id))).toEqual([
    ["ana", "ben"],
    ["mia"],
  ]);
  expect(new Set(sessions(at).map(({ state }) => state.key)).size).toBe(2);
  allReplay(at);
});

test("a review whose key is not known blocks where everybody sees it, instead of meeting strangers", () => {
  const at = rated(rated(reviews(["ana", "hana"]), "ana"), "hana");
  expect(sessions(at)).toHaveLength(1);
  expect(of(at, "review-hana").state).toMatchObject({
    status: "blocked",
    blocks: [{ step: "calibrate", code: "missing-facts" }],
  });
  allReplay(at);
});

test("a shared step is published without complaint, and one that also asks each of many is not", () => {
  expect(lint(all.find(({ id }) => id === "annual-review")!, catalogueOf(all))).toEqual([]);
  const both = structuredClone(review) as { steps: { calibrate: object } };
  Object.assign(both.steps.calibrate, { each: { of: { relation: "reports" }, as: "one" } });
  const [broken] = documents(both).filter(({ id }) => id === "annual-review");
  expect(lint(broken!).map(({ code }) => code)).toContain("shared-by-each");
});

const beginOne = (at: Simulation, kind: "workflow" | "escalation", id: string, person: string): Simulation => {
  const next = begin(at, {
    definition: { kind, id },
    caseId: `${id}-${person}`,
    subject: { kind: "person", id: person },
    period: "2026",
    trigger: {},
    data: {},
    parent: null,
  });
  if ("ok" in next) throw new Error(next.message);
  return next;
};
const audit = {
  kind: "workflow",
  schema: 1,
  id: "audit",
  title: "Audit",
  subject: "person",
  data: { why: { type: "text" } },
  start: "look",
  steps: {
    look: {
      kind: "approval",
      title: "Look",
      actor: { role: "hr-partner" },
      outcomes: ["clean", "dirty"],
      on: { clean: "clean", dirty: "dirty" },
    },
    clean: { kind: "end", title: "Clean", outcome: "clean", result: { members: { fact: "case.memberCount" } } },
    dirty: { kind: "end", title: "Dirty", outcome: "dirty" },
  },
};

test("a subflow that many share is one case, whose end and result come back to each", () => {
  const asking = {
    ...audit,
    id: "asking",
    start: "ask",
    steps: {
      ask: {
        kind: "subflow",
        title: "Ask",
        workflow: "audit",
        with: { why: "spot check" },
        shared: { key: ["subject.unit"] },
        on: { clean: "good", dirty: "bad" },
      },
      good: { kind: "end", title: "Good", outcome: "good", result: { members: { fact: "step.ask.members" } } },
      bad: { kind: "end", title: "Bad", outcome: "bad" },
    },
  };
  const setup = { catalogue: catalogueOf(documents(audit, asking)), startAt: MONDAY, world: world() };
  let at = simulation(setup);
  for (const person of ["ana", "ben"]) at = beginOne(at, "workflow", "asking", person);
  const audits = at.cases.filter(({ state }) => state.definition.id === "audit");
  expect(audits).toHaveLength(1);
  at = done(at, audits[0]!.state.id, "look", "clean");
  for (const person of ["ana", "ben"])
    expect(of(at, `asking-${person}`).state).toMatchObject({
      status: "closed",
      outcome: "good",
      result: { members: 2 },
    });
  allReplay(at);
});

test("levels of many ladders that share the process they start start it once, and do not wait for it", () => {
  const ladder = {
    kind: "escalation",
    schema: 1,
    id: "ladder",
    title: "Ladder",
    subject: "person",
    levels: [
      {
        id: "team",
        title: "Team",
        after: { hours: 0 },
        notify: [{ role: "hr-partner" }],
        start: { workflow: "audit", with: { why: "late" } },
        shared: { key: ["subject.unit"] },
      },
    ],
  };
  const setup = { catalogue: catalogueOf(documents(audit, ladder)), startAt: MONDAY, world: world() };
  let at = simulation(setup);
  for (const person of ["ana", "ben"]) at = beginOne(at, "escalation", "ladder", person);
  const audits = at.cases.filter(({ state }) => state.definition.id === "audit");
  expect(audits).toHaveLength(1);
  expect(audits[0]!.state.members).toMatchObject([
    { subject: { id: "ana" }, waits: false },
    { subject: { id: "ben" }, waits: false },
  ]);
  at = done(at, audits[0]!.state.id, "look", "dirty");
  expect(of(at, "ladder-ana").state.status).toBe("open");
  allReplay(at);
});
