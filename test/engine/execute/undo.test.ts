import { describe, expect, test } from "vitest";
import { replay } from "#engine/execute/replay.ts";
import { describe as said } from "#engine/outline/describe.ts";
import { outline } from "#engine/outline/outline.ts";
import { canonical } from "#engine/words/json.ts";
import { documents, reviewForm } from "../../support/review.ts";
import { RunningCase } from "../../support/run-case.ts";
import { MONDAY, smallWorld } from "../../support/small-world.ts";
import { found, GOOD_STEPS, workflow } from "../lint/documents.ts";

const call = (title: string, more: object = {}) => ({
  kind: "call",
  title,
  url: "https://example.org/hook",
  body: { what: title },
  on: {},
  ...more,
});

/** Five steps that each ask another system for something, and what takes each of them back. */
const onboarding = {
  kind: "workflow",
  schema: 1,
  id: "flow",
  title: "Flow",
  subject: "person",
  start: "do-1",
  steps: {
    ...Object.fromEntries(
      [1, 2, 3, 4, 5].flatMap((n) => [
        [`do-${n}`, call(`Do ${n}`, { undo: `undo-${n}`, on: { done: n < 5 ? `do-${n + 1}` : "end", failed: "end" } })],
        [`undo-${n}`, call(`Undo ${n}`)],
      ]),
    ),
    end: { kind: "end", title: "End", outcome: "completed" },
  },
};
const run = (document: object = onboarding) =>
  new RunningCase(documents(reviewForm, document), "flow", smallWorld(), MONDAY);
const effects = (running: RunningCase) => running.outcomes.flatMap((outcome) => outcome.effects);
const asked = (running: RunningCase) =>
  effects(running).map((effect) => ("step" in effect ? effect.step : effect.kind));
const answer = (running: RunningCase, outcome = "done") =>
  running.send({ type: "answer", effect: running.state.pending.at(-1)!.effect, outcome });
const cancel = (running: RunningCase) =>
  running.send({ type: "cancel", reason: "does not start after all", by: "hana" });
const replays = (running: RunningCase) =>
  expect(canonical(replay(running.compiled, JSON.parse(JSON.stringify(running.journal))))).toBe(
    canonical(running.state),
  );

describe("F12: compensation", () => {
  test("cancelled after 3 of 5 steps, 3 compensations run in reverse order, each once", () => {
    const one = run();
    for (let n = 0; n < 3; n++) answer(one);
    expect(one.steps).toEqual(["do-4"]);
    expect(cancel(one).ok).toBe(true);
    // One after the other: the next is asked for when the one before has answered.
    expect(asked(one)).toEqual(["do-1", "do-2", "do-3", "do-4", "undo-3"]);
    expect([one.state.status, one.steps]).toEqual(["open", ["undo-3"]]);
    replays(one);
    answer(one);
    answer(one);
    expect(one.state.status).toBe("open");
    answer(one);
    expect(asked(one)).toEqual(["do-1", "do-2", "do-3", "do-4", "undo-3", "undo-2", "undo-1"]);
    expect(one.state).toMatchObject({ status: "cancelled", outcome: "cancelled", tasks: {}, timers: {}, pending: [] });
    expect(new Set(effects(one).map(({ id }) => id)).size).toBe(7);
    replays(one);
  });

  test("an answer that came twice undoes nothing twice, and nothing else may happen meanwhile", () => {
    const one = run();
    answer(one);
    answer(one);
    cancel(one);
    const effect = one.state.pending[0]!.effect;
    expect(cancel(one)).toMatchObject({ ok: false, code: "closed" });
    expect(one.send({ type: "event", event: "done", by: null })).toMatchObject({ ok: false, code: "closed" });
    expect(one.send({ type: "answer", effect, outcome: "done" }).ok).toBe(true);
    expect(one.send({ type: "answer", effect, outcome: "done" }).ok).toBe(false);
    expect(asked(one).filter((step) => step.startsWith("undo"))).toEqual(["undo-2", "undo-1"]);
    replays(one);
  });

  test("what cannot be undone stops visibly and is tried again", () => {
    const one = run();
    answer(one);
    cancel(one);
    answer(one, "failed");
    expect(one.state).toMatchObject({ status: "blocked", blocks: [{ step: "undo-1", code: "incident" }] });
    expect(one.send({ type: "retry", reason: "the other system is back", by: "hana" }).ok).toBe(true);
    expect([one.state.status, one.state.blocks]).toEqual(["open", []]);
    answer(one);
    expect(one.state.status).toBe("cancelled");
    replays(one);
  });

  test("whoever is impatient while an answer is awaited undoes nothing twice", () => {
    const one = run();
    answer(one);
    answer(one);
    cancel(one);
    expect(one.send({ type: "retry", reason: "it takes long", by: "hana" })).toMatchObject({
      ok: false,
      code: "not-possible",
    });
    expect(asked(one).filter((step) => step.startsWith("undo"))).toEqual(["undo-2"]);
    answer(one);
    answer(one);
    expect(asked(one).filter((step) => step.startsWith("undo"))).toEqual(["undo-2", "undo-1"]);
    expect(one.state.status).toBe("cancelled");
  });

  test("a step that failed has done nothing, and a case that did nothing is cancelled at once", () => {
    const one = run({
      ...onboarding,
      steps: { ...onboarding.steps, "do-1": call("Do 1", { undo: "undo-1", on: { done: "do-2", failed: "do-2" } }) },
    });
    answer(one, "failed");
    cancel(one);
    expect(one.state.status).toBe("cancelled");
    expect(asked(one)).toEqual(["do-1", "do-2"]);
    replays(one);
  });

  test("records and messages undo at once, in the same entry of the journal", () => {
    const mixed = {
      ...onboarding,
      start: "grant",
      data: { level: { type: "number", default: 2 } },
      steps: {
        grant: {
          kind: "record",
          title: "Grant",
          write: [{ record: "grant", fields: { level: { fact: "case.level" } } }],
          undo: "revoke",
          on: { done: "tell" },
        },
        tell: {
          kind: "notify",
          title: "Tell",
          to: [{ relation: "manager" }],
          message: "Granted",
          undo: "untell",
          on: { done: "wait" },
        },
        wait: {
          kind: "approval",
          title: "Wait",
          actor: { relation: "subject" },
          on: { approved: "end", rejected: "end" },
        },
        revoke: {
          kind: "record",
          title: "Revoke",
          write: [{ record: "revocation", fields: { level: { fact: "case.level" } } }],
          on: {},
        },
        untell: { kind: "notify", title: "Untell", to: [{ relation: "manager" }], message: "Taken back", on: {} },
        end: { kind: "end", title: "End", outcome: "completed" },
      },
    };
    const one = run(mixed);
    const cancelled = cancel(one);
    expect(cancelled.ok && cancelled.messages.map(({ title, to }) => ({ title, to }))).toEqual([
      { title: "Untell: Ana Ruiz", to: ["mia"] },
    ]);
    expect(cancelled.ok && cancelled.effects).toMatchObject([
      { kind: "write-record", type: "revocation", fields: { level: 2 } },
    ]);
    expect(one.state.status).toBe("cancelled");
    replays(one);

    const through = run(mixed);
    through.complete("wait", "approved");
    expect([through.state.status, asked(through)]).toEqual(["closed", ["grant"]]);
    replays(through);
  });

  test("authors are told what cannot undo, and it is drawn and said", () => {
    const asking = { ...GOOD_STEPS.agree, on: { agreed: "do", back: { to: "review", maxVisits: 2 } } };
    const drawn = (undo: string, by: Record<string, unknown> = call("Undo")) =>
      workflow({ agree: asking, do: call("Do", { undo, on: { done: "closed", failed: "closed" } }), back: by });
    expect(found(drawn("back"))).toEqual([]);
    expect(new Set(found(drawn("bakc")))).toEqual(
      new Set(["unreachable /steps/back", "outcome-without-way /steps/back/on", "unknown-step /steps/do/undo"]),
    );
    expect(found(drawn("agree"))).toContain("undo-kind /steps/do/undo");
    expect(found(drawn("agree"))).toContain("undo-reached /steps/do/undo");
    expect(found(drawn("back", { kind: "record", title: "Back", set: { rating: 1 }, on: {} }))).toEqual([
      "undo-set /steps/back",
    ]);
    const [document] = documents(onboarding);
    expect(
      outline(document!)
        .edges.filter(({ event }) => event === "undo")
        .map(({ from, to }) => `${from} ${to}`),
    ).toContain("do-1 undo-1");
    const sentences = said(document!).sections.flatMap((section) => section.sentences);
    expect(sentences).toContain("If the case is cancelled after that, “Undo 1” undoes it.");
  });
});
