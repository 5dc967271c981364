import { expect, test } from "vitest";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import type { CaseEvent } from "#engine/execute/journal.ts";
import { replay } from "#engine/execute/replay.ts";
import { act, begin, type Simulation, simulation } from "#engine/execute/simulate.ts";
import { canonical } from "#engine/words/json.ts";
import { documents, reviewForm } from "../../support/review.ts";
import { RunningCase } from "../../support/run-case.ts";
import { MONDAY, smallWorld } from "../../support/small-world.ts";

const end = (outcome: string) => ({ kind: "end", title: outcome, outcome });
const asks = (title: string, to: string, actor: object = { relation: "subject" }) => ({
  kind: "form",
  title,
  form: "review",
  actor,
  on: { submitted: to },
});
const workflow = (id: string, start: string, steps: object) => ({
  kind: "workflow",
  schema: 1,
  id,
  title: id,
  subject: "person",
  start,
  steps,
});
const session = {
  ...workflow("session", "ask", { ask: asks("Align", "done", { role: "hr-partner" }), done: end("done") }),
  subject: "organisation",
};
const child = workflow("child", "ask", { ask: asks("Ask", "done"), done: end("done") });
const flow = (step: object) =>
  workflow("flow", "self", { self: asks("Self", "next"), next: step, bye: end("completed"), stopped: end("stopped") });
const subflow = (id: string, more: object = {}) => ({
  kind: "subflow",
  title: "Next",
  workflow: id,
  on: { done: "bye", failed: "stopped" },
  ...more,
});

function begun(step: object, called: object = child): Simulation {
  const at = begin(
    simulation({
      catalogue: catalogueOf(documents(reviewForm, session, called, flow(step))),
      startAt: MONDAY,
      world: smallWorld(),
    }),
    {
      definition: { kind: "workflow", id: "flow" },
      caseId: "one",
      subject: { kind: "person", id: "ana" },
      period: "2026",
      trigger: {},
      data: {},
      parent: null,
    },
  );
  if ("ok" in at) throw new Error(at.message);
  return at;
}
const does = (at: Simulation, id: string, event: CaseEvent): Simulation => {
  const next = act(at, id, event);
  if ("ok" in next) throw new Error(next.message);
  return next;
};
const move = (to: string): CaseEvent => ({ type: "move", to, reason: "by mistake", by: "hana" });
const undo: CaseEvent = { type: "undo", reason: "too hasty", by: "hana" };
const replays = (at: Simulation) => {
  for (const one of at.cases)
    expect(canonical(replay(one.compiled, JSON.parse(JSON.stringify(one.journal))))).toBe(canonical(one.state));
};

test("a child that a move began ends when the move is taken back: it has nobody to answer", () => {
  let at = does(begun(subflow("child")), "one", move("next"));
  expect(at.cases.map(({ state }) => state.status)).toEqual(["open", "open"]);
  at = does(at, "one", undo);
  expect(at.cases.map(({ state }) => state.status)).toEqual(["open", "cancelled"]);
  expect(at.cases[0]!.state).toMatchObject({ pending: [], tasks: { "one/1/1": { step: "self" } } });
  replays(at);
});

test("a session that a move joined is left when the move is taken back", () => {
  let at = does(begun(subflow("session", { shared: { key: ["period"] } })), "one", move("next"));
  expect(at.cases[1]!.state.members).toMatchObject([{ caseId: "one" }]);
  at = does(at, "one", undo);
  expect(at.cases[1]!.state).toMatchObject({ status: "cancelled", members: [] });
  expect(at.cases[0]!.state.pending).toEqual([]);
  replays(at);
});

test("the end of a session is not taken back once those who share it have been told", () => {
  let at = does(begun(subflow("session", { shared: { key: ["period"] } })), "one", move("next"));
  const id = at.cases[1]!.state.id;
  at = does(at, id, move("done"));
  expect(at.cases[0]!.state).toMatchObject({ status: "closed", outcome: "completed" });
  expect(act(at, id, undo)).toMatchObject({
    ok: false,
    code: "not-possible",
    message: expect.stringContaining("share"),
  });
});

test("a move into a payout is not taken back: it may have been booked by now", () => {
  const pays = { kind: "payout", title: "Pay", plan: "plan", on: { done: "bye", failed: "stopped" } };
  const one = new RunningCase(documents(reviewForm, flow(pays)), "flow", smallWorld(), MONDAY);
  expect(one.send(move("next")).ok).toBe(true);
  expect(one.state.pending).toMatchObject([{ kind: "payout" }]);
  expect(one.send(undo)).toMatchObject({ ok: false, message: expect.stringContaining("payout") });
});

test("a child that undid what it had done does not come back, and whoever waits for it again hears that", () => {
  const call = (title: string, more: object = {}) => ({
    kind: "call",
    title,
    url: "https://example.org/hook",
    on: {},
    ...more,
  });
  const grants = workflow("child", "grant", {
    grant: call("Grant", { undo: "revoke", on: { done: "ask" } }),
    revoke: { kind: "notify", title: "Revoke", to: [{ relation: "subject" }], message: "Revoked", on: {} },
    ask: asks("Ask", "done"),
    done: end("done"),
  });
  let at = begun(subflow("child"), grants);
  at = does(at, "one", move("next"));
  const { id, pending } = at.cases[1]!.state;
  at = does(at, id, { type: "answer", effect: pending[0]!.effect, outcome: "done" });
  at = does(at, "one", { type: "cancel", reason: "launched twice", by: "hana" });
  expect(at.cases.map(({ state }) => state.status)).toEqual(["cancelled", "cancelled"]);
  at = does(at, "one", undo);
  // The parent goes its drawn way for a child that failed.
  expect(at.cases[0]!.state).toMatchObject({ status: "closed", outcome: "stopped", pending: [] });
  replays(at);
});

test("a call that a move left is waited for again when the move is taken back: nothing new is asked of the other system", () => {
  const calls = {
    kind: "call",
    title: "Call",
    url: "https://example.org/hook",
    on: { done: "bye", failed: "stopped" },
  };
  for (const act of [move("self"), { type: "cancel", reason: "by mistake", by: "hana" } as CaseEvent]) {
    const one = new RunningCase(documents(reviewForm, flow(calls)), "flow", smallWorld(), MONDAY);
    one.send(move("next"));
    const [{ effect } = { effect: "" }] = one.state.pending;
    one.send(act);
    expect(one.state.pending).toEqual([]);
    const back = one.send(undo);
    expect(back.ok && back.effects).toMatchObject([{ kind: "answer-again", effect }]);
    expect(one.state.pending).toMatchObject([{ effect, kind: "call" }]);
    expect(canonical(replay(one.compiled, JSON.parse(JSON.stringify(one.journal))))).toBe(canonical(one.state));
    expect(one.send({ type: "answer", effect, outcome: "done" })).toMatchObject({ ok: true });
    expect(one.state.outcome).toBe("completed");
  }
});
