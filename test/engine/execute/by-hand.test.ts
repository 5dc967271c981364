import { expect, test } from "vitest";
import { replay } from "#engine/execute/replay.ts";
import type { CaseState } from "#engine/execute/state.ts";
import { canonical } from "#engine/words/json.ts";
import { documents, reviewForm } from "../../support/review.ts";
import { RunningCase } from "../../support/run-case.ts";
import { DAY, MONDAY, smallWorld } from "../../support/small-world.ts";

const end = (outcome: string) => ({ kind: "end", title: outcome, outcome });
const asks = (title: string, relation: string, to: string, more: object = {}) => ({
  kind: "form",
  title,
  form: "review",
  actor: { relation },
  deadline: { after: { days: 5 } },
  on: { submitted: to },
  ...more,
});
const flow = {
  kind: "workflow",
  schema: 1,
  id: "flow",
  title: "Flow",
  subject: "person",
  data: { rating: { type: "integer", min: 1, max: 5 }, note: { type: "text" } },
  start: "self",
  steps: {
    self: asks("Self", "subject", "manager"),
    manager: asks("Manager", "manager", "both"),
    both: {
      kind: "parallel",
      title: "Both",
      branches: {
        left: {
          start: "l1",
          steps: { l1: asks("Left one", "subject", "l2"), l2: asks("Left two", "manager", "le"), le: end("done") },
        },
        right: { start: "r1", steps: { r1: asks("Right", "skip-manager", "re"), re: end("done") } },
      },
      on: { done: "child" },
    },
    child: { kind: "subflow", title: "Child", workflow: "other", on: { done: "bye", failed: "bye" } },
    bye: end("completed"),
  },
};
const other = {
  kind: "workflow",
  schema: 1,
  id: "other",
  title: "Other",
  subject: "person",
  start: "ask",
  steps: { ask: asks("Ask", "subject", "done"), done: end("done") },
};
const run = () => new RunningCase(documents(reviewForm, flow, other), "flow", smallWorld(), MONDAY);
const replays = (one: RunningCase) =>
  expect(canonical(replay(one.compiled, JSON.parse(JSON.stringify(one.journal))))).toBe(canonical(one.state));
const hand = (one: RunningCase, type: "move" | "reopen", to: string) =>
  one.send({ type, to, reason: "it was a mistake", by: "hana" });
const undo = (one: RunningCase) => one.send({ type: "undo", reason: "too hasty", by: "hana" });
const place = (one: RunningCase) => Object.values(one.state.tasks).map(({ step }) => step);
/** What a case is, apart from how it is counted. */
const bare = ({ revision, undo: _, timers, generations, timerSeq, ...rest }: CaseState) => ({
  ...rest,
  due: Object.values(timers).map(({ id, dueAt }) => [id, dueAt]),
});

test("F42: a case is moved back by hand with a reason; tasks and timers of the state left are cancelled, data stay", () => {
  const one = run();
  one.complete("self", "submitted", { rating: 4 });
  const manager = Object.values(one.state.timers)[0]!;
  const outcome = hand(one, "move", "self");
  expect(place(one)).toEqual(["self"]);
  expect(outcome).toMatchObject({
    ok: true,
    tasks: [{ what: "cancelled" }, { what: "opened" }],
    timers: { cancelled: [{ id: manager.id }] },
    entry: {
      by: "hana",
      event: { type: "move", reason: "it was a mistake" },
      taken: [{ from: "manager", to: "self" }],
    },
  });
  expect(Object.values(one.state.timers).map(({ step }) => step)).toEqual(["self"]);
  expect((one.state.machine as { context: { steps: object } }).context.steps).toMatchObject({
    self: { visits: 2 },
    manager: { visits: 1 },
  });
  replays(one);
  one.complete("self", "submitted", { rating: 2 });
  expect(place(one)).toEqual(["manager"]);
  replays(one);
});

test("F42: forward into one branch of a parallel, whose other branch stays as it is", () => {
  const one = run();
  hand(one, "move", "both");
  expect(place(one).sort()).toEqual(["l1", "r1"]);
  const right = Object.values(one.state.tasks).find(({ step }) => step === "r1")!;
  hand(one, "move", "l2");
  expect(place(one).sort()).toEqual(["l2", "r1"]);
  expect(one.state.tasks[right.id]).toEqual(right);
  one.complete("r1", "submitted", { rating: 3 });
  one.complete("l2", "submitted", { rating: 3 });
  expect(one.steps).toEqual(["child"]);
  replays(one);
});

test("what was done by hand is taken back within ten minutes: same tasks, same due dates, same place", () => {
  const one = run();
  one.complete("self", "submitted", { rating: 4 });
  const before = bare(one.state);
  hand(one, "move", "both");
  one.now += 9 * 60_000;
  expect(undo(one)).toMatchObject({ ok: true });
  expect(bare(one.state)).toEqual(before);
  replays(one);
  one.to(MONDAY + 6 * DAY);
  expect(Object.values(one.state.tasks)).toMatchObject([{ step: "manager", overdue: true }]);
  replays(one);
});

test("it is not taken back after ten minutes, nor once the case has moved on, nor twice", () => {
  const late = run();
  hand(late, "move", "manager");
  late.now += 10 * 60_000 + 1;
  expect(undo(late)).toMatchObject({ ok: false, code: "not-possible", message: expect.stringContaining("10 minutes") });
  const moved = run();
  hand(moved, "move", "manager");
  moved.complete("manager", "submitted", { rating: 3 });
  expect(undo(moved)).toMatchObject({ ok: false, message: expect.stringContaining("moved on") });
  const twice = run();
  hand(twice, "move", "manager");
  expect(undo(twice)).toMatchObject({ ok: true });
  expect(undo(twice)).toMatchObject({ ok: false });
});

test("a case that ended is reopened at a step, and one that was cancelled too", () => {
  const one = run();
  hand(one, "move", "bye");
  expect(one.state).toMatchObject({ status: "closed", outcome: "completed", tasks: {}, timers: {} });
  expect(hand(one, "move", "self")).toMatchObject({ ok: false, code: "closed" });
  expect(hand(one, "reopen", "r1")).toMatchObject({ ok: true });
  expect(one.state).toMatchObject({ status: "open", outcome: null, closedAt: null });
  expect(place(one).sort()).toEqual(["l1", "r1"]);
  expect(hand(one, "reopen", "self")).toMatchObject({ ok: false, code: "not-possible" });
  replays(one);
  one.send({ type: "cancel", reason: "stop", by: "hana" });
  hand(one, "reopen", "manager");
  expect(place(one)).toEqual(["manager"]);
  one.complete("manager", "submitted", { rating: 3 });
  expect(place(one).sort()).toEqual(["l1", "r1"]);
  replays(one);
});

test("a cancellation and a hand-over are taken back too; a child that was told to end is told to go on", () => {
  const one = run();
  hand(one, "move", "child");
  const { pending } = one.state;
  one.send({ type: "cancel", reason: "stop", by: "hana" });
  expect(one.state).toMatchObject({ status: "cancelled", pending: [] });
  const back = undo(one);
  expect(one.state).toMatchObject({ status: "open", pending });
  expect(back).toMatchObject({ effects: [{ kind: "signal-case", child: pending[0]!.effect, event: "undo" }] });
  replays(one);
  hand(one, "move", "self");
  const [task] = Object.values(one.state.tasks);
  one.send({ type: "transfer", task: task!.id, to: "ben", reason: "on leave", by: "hana" });
  expect(one.people).toEqual(["ben"]);
  undo(one);
  expect(one.people).toEqual(["ana"]);
  replays(one);
});

test("a field of case data is corrected with a reason; what does not fit is refused by name", () => {
  const one = run();
  const set = (data: Record<string, never>) =>
    one.send({ type: "set-data", data, reason: "typed wrongly", by: "hana" });
  expect(set({ rating: 4 } as never)).toMatchObject({ ok: true });
  const data = () => (one.state.machine as unknown as { context: { data: object } }).context.data;
  expect(data()).toEqual({ rating: 4 });
  expect(set({ rating: 9 } as never)).toMatchObject({
    ok: false,
    code: "bad-answers",
    message: '"rating" is above 5.',
  });
  expect(set({ ratin: 4 } as never)).toMatchObject({ ok: false, message: expect.stringContaining("rating") });
  expect(undo(one)).toMatchObject({ ok: true });
  expect(data()).toEqual({});
  replays(one);
});

test("nobody is moved to a step that is not drawn, nor to the end of a frame", () => {
  const one = run();
  expect(hand(one, "move", "manger")).toMatchObject({ ok: false, message: expect.stringContaining("manager") });
  expect(hand(one, "move", "le")).toMatchObject({ ok: false, code: "not-possible" });
});

test("the config that is exported has only what the author drew", () => {
  expect(JSON.stringify(run().compiled.config)).not.toContain("rondo.to");
});
