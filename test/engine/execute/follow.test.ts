import { expect, test } from "vitest";
import { replay } from "#engine/execute/replay.ts";
import { canonical } from "#engine/words/json.ts";
import { documents, reviewForm } from "../../support/review.ts";
import { RunningCase } from "../../support/run-case.ts";
import { DAY, MONDAY, smallOrganisation, smallWorld } from "../../support/small-world.ts";

const flow = (onMove: string) =>
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
        actor: { relation: "manager" },
        deadline: { after: { days: 60 } },
        on: { submitted: "end" },
      },
      end: { kind: "end", title: "End" },
    },
  });
/** Ana's manager is Mia up to a date and Rolf from then on. */
function movedOn(date: string) {
  const organisation = smallOrganisation();
  const before = organisation.assignments.find(({ person }) => person === "ana")!;
  before.validTo = date;
  organisation.assignments.push({ ...before, manager: "rolf", validFrom: date, validTo: null });
  return organisation;
}
/** A quarter of 90 days that begins on 1 January: the move is on the given day of it. */
const QUARTER = { period: "2026-Q1", start: Date.UTC(2026, 0, 1) };
function moved(onMove: string, day: number) {
  const at = new Date(QUARTER.start + day * DAY).toISOString().slice(0, 10);
  const one = new RunningCase(flow(onMove), "flow", smallWorld({}, {}), QUARTER.start + 10 * 3_600_000, {
    period: QUARTER.period,
  });
  one.world = smallWorld({}, {}, movedOn(at));
  one.now = QUARTER.start + day * DAY + 12 * 3_600_000;
  const before = Object.values(one.state.tasks)[0]!;
  const answer = one.send({ type: "follow", reason: "Ana has another manager", by: null });
  const after = Object.values(one.state.tasks)[0]!;
  expect(canonical(replay(one.compiled, JSON.parse(JSON.stringify(one.journal))))).toBe(canonical(one.state));
  return { one, before, after, answer };
}

test("RC9: a move on day 40 of 90 with majority gives the task to the new manager; the old one looks on, the due date stays", () => {
  const { before, after, answer } = moved("majority", 40);
  expect(before.assignees).toEqual(["mia"]);
  expect(after).toMatchObject({ id: before.id, assignees: ["rolf"], contributors: ["mia"], dueAt: before.dueAt });
  expect(answer).toMatchObject({ ok: true, messages: [{ to: ["rolf"] }], entry: { event: { type: "follow" } } });
});

test("RC9: a move on day 60 of 90 leaves the task with whom she had for most of the period, and the new one looks on", () => {
  expect(moved("majority", 60).after).toMatchObject({ assignees: ["mia"], contributors: ["rolf"] });
});

test("keep leaves the task where it is and writes nothing down, move gives it away, share gives it to both", () => {
  const kept = moved("keep", 40);
  expect(kept.answer).toMatchObject({ ok: false });
  expect(kept.after.assignees).toEqual(["mia"]);
  const given = moved("move", 40).after;
  expect(given.assignees).toEqual(["rolf"]);
  expect(given.contributors).toBeUndefined();
  expect(moved("share", 40).after.assignees).toEqual(["mia", "rolf"]);
});

test("a task whose people have all left follows under any policy, and is never with nobody", () => {
  const organisation = movedOn("2026-02-10");
  organisation.people.find(({ id }) => id === "mia")!.endDate = "2026-02-11";
  organisation.people.find(({ id }) => id === "mia")!.status = "left";
  for (const policy of ["keep", "move", "share", "majority"]) {
    const one = new RunningCase(flow(policy), "flow", smallWorld(), MONDAY - 30 * DAY);
    one.world = smallWorld({}, {}, organisation);
    one.now = MONDAY;
    one.send({ type: "follow", reason: "Mia has left", by: null });
    expect(one.people).toEqual(["rolf"]);
  }
  const nobody = new RunningCase(flow("move"), "flow", smallWorld(), MONDAY);
  const headless = smallOrganisation();
  headless.assignments.find(({ person }) => person === "ana")!.manager = null;
  nobody.world = smallWorld({}, {}, headless);
  expect(nobody.send({ type: "follow", reason: "no manager any more", by: null })).toMatchObject({ ok: false });
  expect(nobody.people).toEqual(["mia"]);
});
