import { expect, test } from "vitest";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import { replay } from "#engine/execute/replay.ts";
import { act, begin, type Simulation, simulation } from "#engine/execute/simulate.ts";
import { canonical } from "#engine/words/json.ts";
import { documents } from "../../support/review.ts";
import { RunningCase } from "../../support/run-case.ts";
import { MONDAY, smallWorld } from "../../support/small-world.ts";

const low = { all: [{ fact: "answer.rating", operator: "lessThanInclusive", value: 2 }] };
const form = {
  kind: "form",
  schema: 1,
  id: "review",
  title: "Review",
  sections: [
    {
      id: "main",
      title: "Main",
      questions: [
        { id: "rating", type: "rating", title: "Rating", required: true },
        { id: "plan", type: "text", title: "What will help", showWhen: low, required: true },
        {
          id: "until",
          type: "date",
          title: "Until when",
          showWhen: { all: [{ fact: "answer.plan", operator: "isPresent", value: true }] },
        },
      ],
    },
  ],
};
const flow = (first: object) =>
  documents(form, {
    kind: "workflow",
    schema: 1,
    id: "flow",
    title: "Flow",
    subject: "person",
    start: "first",
    data: { plan: { type: "text" }, rating: { type: "number" } },
    steps: {
      first: { title: "Review", form: "review", ...first },
      closed: {
        kind: "end",
        title: "Closed",
        outcome: "done",
        result: { plan: { fact: "case.plan" }, rating: { fact: "case.rating" } },
      },
      stopped: { kind: "end", title: "Stopped", outcome: "stopped" },
    },
  });
const on = (outcome: string) => ({
  [outcome]: { to: "closed", set: { plan: { fact: "step.first.plan" }, rating: { fact: "step.first.rating" } } },
});
/** Words that nobody may find again. */
const GONE = "typed and hidden";
const replays = (one: Pick<RunningCase, "compiled" | "journal" | "state">) =>
  expect(canonical(replay(one.compiled, JSON.parse(JSON.stringify(one.journal))))).toBe(canonical(one.state));

test("FM3: an answer that its form hides is in no journal and no state, nor one that only it showed", () => {
  const documentsOfOne = flow({ kind: "form", actor: { relation: "manager" }, on: on("submitted") });
  const one = new RunningCase(documentsOfOne, "flow", smallWorld(), MONDAY);
  const answer = one.complete("first", "submitted", { rating: 4, plan: GONE, until: "2026-05-01" });
  expect(answer).toMatchObject({ ok: true });
  expect(one.journal.at(-1)?.event).toMatchObject({ type: "complete", answers: { rating: 4 } });
  expect(JSON.stringify([one.journal, one.outcomes, one.state])).not.toMatch(/typed and hidden|2026-05-01/);
  expect(one.state).toMatchObject({ status: "closed", result: { rating: 4 } });
  replays(one);

  const shown = new RunningCase(documentsOfOne, "flow", smallWorld(), MONDAY);
  shown.complete("first", "submitted", { rating: 2, plan: "training", until: "2026-05-01" });
  expect(shown.journal.at(-1)?.event).toMatchObject({
    answers: { rating: 2, plan: "training", until: "2026-05-01" },
  });
  expect(shown.state.result).toEqual({ plan: "training", rating: 2 });
});

test("FM3: what is passed on between several people keeps only what is shown with all that was written", () => {
  const turns = { kind: "form", mode: "iterative", actors: [{ relation: "subject" }, { relation: "manager" }] };
  const one = new RunningCase(flow({ ...turns, on: on("submitted") }), "flow", smallWorld(), MONDAY);
  const [task] = Object.values(one.state.tasks);
  const passed = one.send({ type: "pass", task: task!.id, answers: { rating: 5, plan: GONE }, by: "ana" });
  expect(passed).toMatchObject({ ok: true });
  expect(Object.values(one.state.tasks)[0]?.together?.answers).toEqual({ rating: 5 });
  one.complete("first", "submitted", { plan: GONE });
  expect(one.state).toMatchObject({ status: "closed", result: { rating: 5 } });
  expect(JSON.stringify([one.journal, one.outcomes])).not.toContain(GONE);
  replays(one);
});

test("FM3: of a session each row keeps what is shown for it, whatever is shown for the others", () => {
  const session = flow({
    kind: "calibration",
    actor: { role: "hr-partner" },
    shared: { key: ["subject.unit.region", "period"] },
    on: { ...on("agreed"), failed: "stopped" },
  });
  let at: Simulation = simulation({ catalogue: catalogueOf(session), startAt: MONDAY, world: smallWorld() });
  for (const id of ["ana", "ben", "mia"]) {
    const next = begin(at, {
      definition: { kind: "workflow", id: "flow" },
      caseId: `review-${id}`,
      subject: { kind: "person", id },
      period: "2026",
      trigger: {},
      data: {},
      parent: null,
    });
    if ("ok" in next) throw new Error(next.message);
    at = next;
  }
  const shared = at.cases.find(({ state }) => state.definition.id === "flow.first")!;
  const [task] = Object.values(shared.state.tasks);
  const next = act(at, shared.state.id, {
    type: "complete",
    task: task!.id,
    outcome: "agreed",
    answers: { rating: 2, plan: "training for all" },
    rows: { ben: { rating: 4, plan: GONE }, mia: { rating: 5 } },
    by: task!.assignees[0]!,
  });
  if ("ok" in next) throw new Error(next.message);
  const resultOf = (id: string) => next.cases.find(({ state }) => state.id === `review-${id}`)!.state.result;
  expect(resultOf("ana")).toEqual({ plan: "training for all", rating: 2 });
  expect(resultOf("ben")?.plan ?? null).toBeNull();
  expect(resultOf("mia")?.plan ?? null).toBeNull();
  const ended = next.cases.find(({ state }) => state.id === shared.state.id)!;
  expect(ended.journal.at(-1)?.event).toMatchObject({
    answers: { rating: 2, plan: "training for all" },
    rows: { ben: { rating: 4 }, mia: { rating: 5 } },
  });
  expect(JSON.stringify(next.cases.map(({ journal, state }) => [journal, state]))).not.toContain(GONE);
  for (const one of next.cases) replays(one);
});
