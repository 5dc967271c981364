import { describe, expect, test } from "vitest";
import { replay } from "#engine/execute/replay.ts";
import { describe as said } from "#engine/outline/describe.ts";
import { canonical } from "#engine/words/json.ts";
import { documents, reviewForm } from "../../support/review.ts";
import { RunningCase } from "../../support/run-case.ts";
import { DAY, MONDAY, smallWorld } from "../../support/small-world.ts";
import { found, GOOD_STEPS, workflow } from "../lint/documents.ts";

const flow = (more: object) => ({
  kind: "workflow",
  schema: 1,
  id: "flow",
  title: "Flow",
  subject: "person",
  data: { rating: { type: "number" } },
  start: "first",
  steps: {
    first: {
      kind: "form",
      title: "First",
      form: "review",
      actors: [{ relation: "subject" }, { relation: "manager" }],
      on: { submitted: { to: "stop", set: { rating: { fact: "step.first.rating" } } } },
      ...more,
    },
    stop: {
      kind: "end",
      title: "End",
      outcome: "completed",
      result: { rating: { fact: "case.rating" }, by: { fact: "step.first.by" } },
    },
  },
});
const run = (more: object) => new RunningCase(documents(reviewForm, flow(more)), "flow", smallWorld(), MONDAY);
const task = (running: RunningCase) => Object.values(running.state.tasks)[0]!;
const pass = (running: RunningCase, by: string, answers?: Record<string, number | string>, to?: string) =>
  running.send({ type: "pass", task: task(running).id, by, ...(answers ? { answers } : {}), ...(to ? { to } : {}) });
const handIn = (running: RunningCase, by: string, answers: Record<string, number> = {}) =>
  running.send({ type: "complete", task: task(running).id, outcome: "submitted", answers, by });
const replays = (running: RunningCase) =>
  expect(canonical(replay(running.compiled, JSON.parse(JSON.stringify(running.journal))))).toBe(
    canonical(running.state),
  );

describe("RC2: iterative: passed to and fro, and only the exit actor hands it in", () => {
  test("the holder alone writes and passes back and forth n times; the exit actor's hand-in goes on with all that was written", () => {
    const one = run({ mode: "iterative" });
    expect(one.people).toEqual(["ana"]);
    expect(handIn(one, "ana", { rating: 3 })).toMatchObject({ ok: false, code: "not-yours" });
    expect(pass(one, "mia")).toMatchObject({ ok: false, code: "not-yours" });
    for (let round = 0; round < 5; round++) {
      expect(pass(one, "ana", { rating: 1 + (round % 5), why: "as agreed" }).ok).toBe(true);
      expect(one.people).toEqual(["mia"]);
      expect(pass(one, "ana", { rating: 5 })).toMatchObject({ ok: false, code: "not-yours" });
      expect(handIn(one, "ana", { rating: 5 })).toMatchObject({ ok: false, code: "not-yours" });
      if (round < 4) expect(pass(one, "mia").ok).toBe(true);
    }
    expect(task(one).together).toMatchObject({ passes: 9, answers: { rating: 5, why: "as agreed" } });
    expect(handIn(one, "mia").ok).toBe(true);
    expect(one.state).toMatchObject({ status: "closed", result: { rating: 5, by: "mia" } });
    expect(one.journal.filter(({ event }) => event.type === "pass")).toHaveLength(9);
    replays(one);
  });

  test("what is passed on need not be complete, but it must be answers to the form; handing in must be complete", () => {
    const one = run({ mode: "iterative" });
    expect(pass(one, "ana", { rating: 9 })).toMatchObject({ ok: false, code: "bad-answers" });
    expect(pass(one, "ana", { why: "not yet" }).ok).toBe(true);
    expect(handIn(one, "mia")).toMatchObject({ ok: false, code: "bad-answers" });
    expect(handIn(one, "mia", { rating: 2 }).ok).toBe(true);
    replays(one);
  });

  test("three actors: to whom is named, else to the next in order; not to a stranger nor to oneself", () => {
    const one = run({
      mode: "iterative",
      exit: 0,
      actors: [{ relation: "manager" }, { relation: "subject" }, { role: "hr-partner" }],
    });
    expect(pass(one, "mia", undefined, "lone")).toMatchObject({ ok: false, code: "not-possible" });
    expect(pass(one, "mia", undefined, "mia")).toMatchObject({ ok: false, code: "not-possible" });
    expect(pass(one, "mia", undefined, "hana").ok).toBe(true);
    expect(pass(one, "hana").ok).toBe(true);
    expect(one.people).toEqual(["mia"]);
    expect(handIn(one, "mia", { rating: 4 }).ok).toBe(true);
    replays(one);
  });

  test("whom it is passed to is told, and its deadline runs on", () => {
    const one = run({ mode: "iterative", deadline: { after: { days: 3 } } });
    const passed = pass(one, "ana");
    expect(passed.ok && passed.messages.map(({ to, body }) => ({ to, body }))).toEqual([
      { to: ["mia"], body: "Passed on to you by Ana Ruiz." },
    ]);
    expect(task(one).dueAt).toBe(MONDAY + 3 * DAY);
    one.to(MONDAY + 3 * DAY);
    expect(task(one)).toMatchObject({ overdue: true, assignees: ["mia"] });
    replays(one);
  });

  test("handed over, the other stands in the place of whoever had it", () => {
    const one = run({ mode: "iterative" });
    pass(one, "ana");
    one.send({ type: "transfer", task: task(one).id, to: "rolf", reason: "mia is away", by: "hana" });
    expect(one.people).toEqual(["rolf"]);
    pass(one, "rolf");
    pass(one, "ana");
    expect(one.people).toEqual(["rolf"]);
    expect(handIn(one, "rolf", { rating: 3 }).ok).toBe(true);
    replays(one);
  });

  test("RC10: an actor whom nobody is blocks visibly instead of being left out", () => {
    const one = run({ mode: "iterative", actors: [{ relation: "subject" }, { role: "nobody-has-this" }] });
    expect([one.state.status, one.state.tasks]).toEqual(["blocked", {}]);
    expect(one.state.blocks[0]?.code).toBe("no-actor");
    replays(one);
  });
});

describe("RC2: collaborative: all of them write, and only the exit actor hands it in", () => {
  test("everybody has the task at once", () => {
    const one = run({ mode: "collaborative" });
    expect(one.people).toEqual(["ana", "mia"]);
    expect(pass(one, "ana")).toMatchObject({ ok: false, code: "not-possible" });
    expect(one.send({ type: "claim", task: task(one).id, by: "ana" })).toMatchObject({
      ok: false,
      code: "not-possible",
    });
    const refused = handIn(one, "ana", { rating: 3 });
    expect(refused.ok === false && refused.message).toBe('"First" is handed in by Mia Stein.');
    expect(handIn(one, "mia", { rating: 3 }).ok).toBe(true);
    expect(one.state.status).toBe("closed");
    replays(one);
  });
});

describe("RC2: authors are told what is wrong, and readers how it works", () => {
  const asked = (more: object) =>
    workflow({ agree: { ...GOOD_STEPS.agree, actor: undefined, form: "review", ...more } });
  const two = [{ relation: "manager" }, { role: "hr-partner" }];

  test.each<[string, object, string[]]>([
    ["two actors", { mode: "iterative", actors: two, exit: 1 }, []],
    ["one actor", { mode: "iterative", actors: [{ relation: "manager" }] }, ["mode-actors /steps/agree"]],
    ["an exit that is nobody", { mode: "collaborative", actors: two, exit: 2 }, ["exit-actor /steps/agree/exit"]],
    ["an exit without a mode", { actors: two, exit: 1 }, ["exit-unused /steps/agree/exit"]],
    [
      "for each of many",
      { mode: "iterative", actors: two, each: { of: { relation: "peers" }, as: "peer" } },
      ["mode-many /steps/agree/each"],
    ],
    ["no form", { mode: "iterative", actors: two, form: undefined }, ["mode-form /steps/agree"]],
  ])("%s", (_name, more, expected) => {
    expect(found(asked(more)).filter((line) => !line.startsWith("event-never"))).toEqual(expected);
  });

  test("plain English", () => {
    const sentences = (mode: string) =>
      said(documents(flow({ mode }))[0]!)
        .sections.flatMap((section) => section.sentences)
        .join(" ");
    expect(sentences("iterative")).toContain("only their manager hands it in");
    expect(sentences("collaborative")).toContain("They all work on it at once");
  });
});
