import { expect, test } from "vitest";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import { replay } from "#engine/execute/replay.ts";
import { begin, type Simulation, simulation } from "#engine/execute/simulate.ts";
import { lint } from "#engine/lint/run.ts";
import { canonical } from "#engine/words/json.ts";
import { documents, reviewForm } from "../../support/review.ts";
import { MONDAY, smallWorld } from "../../support/small-world.ts";

const all = (bundle: string[]) =>
  documents(reviewForm, {
    kind: "workflow",
    schema: 1,
    id: "assessment",
    title: "Assessment",
    subject: "person",
    data: { level: { type: "text" } },
    start: "explain",
    steps: {
      explain: {
        kind: "form",
        title: "Explain",
        form: "review",
        actor: { relation: "manager" },
        bundle,
        on: { submitted: "end" },
      },
      end: { kind: "end", title: "End" },
    },
  });
const assessments = (bundle: string[], people: string[]): Simulation =>
  people.reduce(
    (at, id) => {
      const next = begin(at, {
        definition: { kind: "workflow", id: "assessment" },
        caseId: `of-${id}`,
        subject: { kind: "person", id },
        period: "2026-02",
        trigger: {},
        data: {},
        parent: null,
      });
      if ("ok" in next) throw new Error(next.message);
      return next;
    },
    simulation({ catalogue: catalogueOf(all(bundle)), startAt: MONDAY, world: smallWorld() }),
  );
const bundlesOf = (at: Simulation) => at.cases.map(({ state }) => Object.values(state.tasks)[0]!.bundle);

test("the exceptions of one manager and period are one bundle, those of another manager another", () => {
  const at = assessments(["actor", "period"], ["ana", "ben", "mia"]);
  const [ana, ben, mia] = bundlesOf(at);
  expect(ana).toMatch(/^[0-9a-f]{24}$/);
  expect(ben).toBe(ana);
  expect(mia).not.toBe(ana);
  for (const one of at.cases)
    expect(canonical(replay(one.compiled, JSON.parse(JSON.stringify(one.journal))))).toBe(canonical(one.state));
});

test("a manager hears once a day of all that is in a bundle", () => {
  const at = assessments(["actor", "period"], ["ana", "ben", "mia"]);
  expect(at.messages.filter(({ to }) => to.includes("mia")).map(({ title }) => title)).toEqual(["Explain: Assessment"]);
  expect(at.messages.filter(({ to }) => to.includes("rolf"))).toHaveLength(1);
});

test("a task whose part of the bundle is not known stands alone", () => {
  expect(bundlesOf(assessments(["actor", "case.level"], ["ana", "ben"]))).toEqual([undefined, undefined]);
});

test("a bundle by a fact that the workflow does not have is told where it stands", () => {
  const [, workflow] = all(["actor", "case.nothing"]);
  expect(lint(workflow!)).toContainEqual(
    expect.objectContaining({ code: "unknown-fact", path: "/steps/explain/bundle/1" }),
  );
});
