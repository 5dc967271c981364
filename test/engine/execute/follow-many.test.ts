import { describe, expect, test } from "vitest";
import { replay } from "#engine/execute/replay.ts";
import type { CaseState } from "#engine/execute/state.ts";
import type { OrganisationData } from "#engine/organisation/model.ts";
import { canonical } from "#engine/words/json.ts";
import { documents, lateReview, reviewForm } from "../../support/review.ts";
import { RunningCase } from "../../support/run-case.ts";
import { DAY, MONDAY, smallOrganisation, smallWorld } from "../../support/small-world.ts";

const flow = (onMove: string, step: object) =>
  documents(reviewForm, {
    kind: "workflow",
    schema: 1,
    id: "flow",
    title: "Flow",
    subject: "person",
    onMove,
    start: "review",
    steps: {
      review: {
        kind: "form",
        title: "Review",
        form: "review",
        deadline: { after: { days: 60 } },
        on: { submitted: "end", done: "end" },
        ...step,
      },
      end: { kind: "end", title: "End" },
    },
  });
const EACH = {
  each: { of: [{ relation: "manager" }, { relation: "skip-manager" }], as: "rater" },
  on: { done: "end" },
};
const TOGETHER = { actors: [{ relation: "subject" }, { relation: "manager" }], on: { submitted: "end" } };

/** Ana's manager is Mia until a day of the first quarter, and Lone, who reports to Dora, from then on. */
function movedOn(day: number): OrganisationData {
  const at = new Date(Date.UTC(2026, 0, 1) + day * DAY).toISOString().slice(0, 10);
  const organisation = smallOrganisation();
  const before = organisation.assignments.find(({ person }) => person === "ana")!;
  before.validTo = at;
  organisation.assignments.push({ ...before, manager: "lone", validFrom: at, validTo: null });
  organisation.assignments.find(({ person }) => person === "lone")!.manager = "dora";
  return organisation;
}
const START = Date.UTC(2026, 0, 1, 10);

/** A case in which people move on a day; its tasks before and after, by who had them. */
function moved(onMove: string, step: object, day: number, meanwhile: (one: RunningCase) => void = () => {}) {
  const one = new RunningCase(flow(onMove, step), "flow", smallWorld(), START, { period: "2026-Q1" });
  meanwhile(one);
  const before = one.state;
  one.world = smallWorld({}, {}, movedOn(day));
  one.now = START + day * DAY + DAY / 2;
  const answer = one.send({ type: "follow", reason: "Ana has another manager", by: null });
  const again = answer.ok ? one.send({ type: "follow", reason: "once more", by: null }) : answer;
  expect(again).toMatchObject({ ok: false });
  expect(canonical(replay(one.compiled, JSON.parse(JSON.stringify(one.journal))))).toBe(canonical(one.state));
  return { one, before, after: one.state, answer };
}
const people = ({ tasks }: CaseState) => Object.values(tasks).map(({ assignees }) => assignees);
const lookOn = ({ tasks }: CaseState) => Object.values(tasks).map(({ contributors }) => contributors ?? []);

describe("RC9: tasks of many follow people who moved", () => {
  test("move gives the task of whoever is no longer asked to whoever is asked instead, and leaves the others", () => {
    const { before, after, answer } = moved("move", EACH, 40);
    expect([people(before), people(after)]).toEqual([
      [["mia"], ["rolf"]],
      [["lone"], ["dora"]],
    ]);
    expect(Object.keys(after.tasks)).toEqual(Object.keys(before.tasks));
    expect(Object.values(after.tasks).map(({ dueAt }) => dueAt)).toEqual(
      Object.values(before.tasks).map(({ dueAt }) => dueAt),
    );
    expect(answer).toMatchObject({ ok: true, messages: [{ to: ["lone"] }, { to: ["dora"] }] });
  });

  test("share gives it to both; keep leaves it; majority goes by days of the period, and who had it looks on", () => {
    expect(people(moved("share", EACH, 40).after)).toEqual([
      ["mia", "lone"],
      ["rolf", "dora"],
    ]);
    expect(people(moved("keep", EACH, 40).after)).toEqual([["mia"], ["rolf"]]);
    const late = moved("majority", EACH, 40).after;
    expect([people(late), lookOn(late)]).toEqual([
      [["lone"], ["dora"]],
      [["mia"], ["rolf"]],
    ]);
    expect(people(moved("majority", EACH, 60).after)).toEqual([["mia"], ["rolf"]]);
  });

  test("who has answered has answered: only the open task goes on, and the step ends with the answers of both", () => {
    const { one, after } = moved("move", EACH, 40, (running) => {
      const task = Object.values(running.state.tasks).find(({ member }) => member === "mia")!;
      running.send({ type: "complete", task: task.id, outcome: "submitted", answers: { rating: 3 }, by: "mia" });
    });
    expect(people(after)).toEqual([["lone"]]);
    const [task] = Object.keys(after.tasks);
    one.send({ type: "complete", task: task!, outcome: "submitted", answers: { rating: 4 }, by: "lone" });
    expect(one.state.status).toBe("closed");
  });

  test("somebody who left is replaced under any policy", () => {
    for (const policy of ["keep", "move", "share", "majority"]) {
      const organisation = movedOn(40);
      Object.assign(organisation.people.find(({ id }) => id === "mia")!, { status: "left", endDate: "2026-02-01" });
      const one = new RunningCase(flow(policy, EACH), "flow", smallWorld(), START, { period: "2026-Q1" });
      one.world = smallWorld({}, {}, organisation);
      one.now = START + 45 * DAY;
      one.send({ type: "follow", reason: "Mia has left", by: null });
      expect(people(one.state)[0]).toEqual(["lone"]);
    }
  });
});

describe("RC9: a task of several together follows each of its actors", () => {
  test("in turns: the new manager is the one who hands it in, and what was written stays", () => {
    const { one, after, answer } = moved("move", { ...TOGETHER, mode: "iterative" }, 40, (running) => {
      const [task] = Object.keys(running.state.tasks);
      running.send({ type: "pass", task: task!, answers: { why: "so far" }, by: "ana" });
      expect(people(running.state)).toEqual([["mia"]]);
    });
    expect(people(after)).toEqual([["lone"]]);
    expect(answer).toMatchObject({ ok: true, messages: [{ to: ["lone"] }] });
    const [task] = Object.keys(after.tasks);
    const done = one.send({ type: "complete", task: task!, outcome: "submitted", answers: { rating: 4 }, by: "lone" });
    expect(done).toMatchObject({ ok: true });
    expect(JSON.stringify(one.state.machine)).toContain("so far");
  });

  test("all at once: who is no actor any more looks on where the policy says so", () => {
    const share = moved("share", { ...TOGETHER, mode: "collaborative" }, 40).after;
    expect(people(share)).toEqual([["ana", "mia", "lone"]]);
    const majority = moved("majority", { ...TOGETHER, mode: "collaborative" }, 40).after;
    expect([people(majority), lookOn(majority)]).toEqual([[["ana", "lone"]], [["mia"]]]);
    expect(people(moved("keep", { ...TOGETHER, mode: "collaborative" }, 40).after)).toEqual([["ana", "mia"]]);
  });
});

test("RC9: a level of a ladder stays with whom it told, and goes on where they have left", () => {
  const trigger = { assignees: ["ana"], task: "Review", workflow: "Flow" };
  const ladder = () =>
    new RunningCase(documents(reviewForm, lateReview), "late-review", smallWorld(), MONDAY, { trigger });
  const level = (one: RunningCase) => {
    while (people(one.state).flat()[0] !== "mia") one.to(one.now + DAY);
    return one;
  };
  const stays = level(ladder());
  stays.world = smallWorld({}, {}, movedOn(60));
  stays.send({ type: "follow", reason: "Ana has another manager", by: null });
  expect(people(stays.state)).toEqual([["mia"]]);
  const gone = movedOn(60);
  Object.assign(gone.people.find(({ id }) => id === "mia")!, { status: "left", endDate: "2026-03-01" });
  const left = level(ladder());
  left.world = smallWorld({}, {}, gone);
  expect(left.send({ type: "follow", reason: "Mia has left", by: null })).toMatchObject({ ok: true });
  expect(people(left.state)).toEqual([["lone"]]);
  expect(canonical(replay(left.compiled, JSON.parse(JSON.stringify(left.journal))))).toBe(canonical(left.state));
});
