import { describe, expect, it } from "vitest";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import { parse } from "#engine/definition/parse.ts";
import { WorkflowTest } from "#engine/definition/story.ts";
import type { Workflow } from "#engine/definition/workflow.ts";
import { act, advanceTo, nextTimer, type SimulationSetup, simulate } from "#engine/execute/simulate.ts";
import { buildDirectory } from "#engine/organisation/build-directory.ts";
import { castData } from "#engine/scenario/cast.ts";
import { workflowCoverage } from "#engine/scenario/workflow-tests.ts";
import type { Json } from "#engine/words/json.ts";
import { happened, type Run, startRun } from "../../../studio/features/simulate/moments.ts";
import { recordedTest } from "../../../studio/features/simulate/tests/recorded-test.ts";
import { catalogueWith, setupFor } from "../../../studio/features/simulate/world-for.ts";
import { library } from "../../templates/templates.ts";

const review = library.find(({ kind, id }) => kind === "workflow" && id === "annual-review") as Workflow;
const directory = buildDirectory(castData);

/** The yearly review of Ana: she hands it in late, and her manager after her. */
function reviewOfAna(): { run: Run; setup: SimulationSetup; facts: { fact: string; params: object; value: object }[] } {
  const facts = [
    { fact: "metric", params: { id: "laptops-sold" }, value: { value: 40, target: 100, attainment: 0.4 } },
  ];
  const setup = setupFor({
    catalogue: catalogueOf(library),
    definition: review,
    directory,
    subject: { kind: "person", id: "ana" },
    known: undefined,
    period: "2025",
    startAt: Date.UTC(2026, 0, 5, 8),
    facts: facts as never,
    parameters: {},
  });
  const begun = simulate(setup);
  if ("ok" in begun) throw new Error(begun.message);
  let run = startRun(begun);
  const now = () => run.moments.at(-1)!.simulation;
  run = happened(run, { simulation: advanceTo(now(), nextTimer(now())!.timer.dueAt), label: "Late" });
  const handedIn: [string, Record<string, Json>][] = [
    ["self-review", { results: 4, growth: 4 }],
    ["manager-review", { sales: 5, customers: 4, why: "Two months without stock." }],
  ];
  for (const [step, answers] of handedIn) {
    const { state } = now().cases[0]!;
    const task = Object.values(state.tasks).find((one) => one.step === step)!;
    const event = {
      type: "complete" as const,
      task: task.id,
      outcome: "submitted",
      answers,
      by: task.assignees[0]!,
    };
    const next = act(now(), state.id, event);
    if ("ok" in next) throw new Error(next.message);
    run = happened(run, { simulation: next, label: step, did: { caseId: state.id, event } });
  }
  return { run, setup, facts };
}

describe("a simulation kept as a test", () => {
  it("ST3, U32: tells the same among made-up people, and takes the ways that were taken", async () => {
    const { run, setup, facts } = reviewOfAna();
    const test = recordedTest(run, { setup, facts: facts as never }, "A high rating on low sales");
    const written = JSON.parse(JSON.stringify(test));
    expect(WorkflowTest.parse(written)).toEqual(written);
    expect(parse({ ...review, tests: [written] }).ok).toBe(true);
    const coverage = (await workflowCoverage({ ...review, tests: [test] }, library))!;
    expect(coverage.runs).toEqual([{ index: 0, title: "A high rating on low sales", green: true, problems: [] }]);
    const taken = run.moments.at(-1)!.simulation.cases[0]!.journal.flatMap((entry) => entry.taken);
    expect(taken.length).toBeGreaterThan(2);
    const walked = coverage.parts.filter(({ walkedIn }) => walkedIn.length > 0);
    expect(walked.map(({ from, to, event }) => ({ from, to, event }))).toEqual(taken);
  });

  it("keeps nobody's id, name, address, pay or imported fields", () => {
    const { run, setup, facts } = reviewOfAna();
    const said = JSON.stringify(recordedTest(run, { setup, facts: facts as never }, "Kept"));
    for (const { id, name } of castData.people) {
      expect(said).not.toContain(`"${id}"`);
      expect(said).not.toContain(name);
    }
    expect(said).not.toMatch(/salary|@|fields/);
  });

  it("is red where the drawing is changed so that the case goes another way", async () => {
    const { run, setup, facts } = reviewOfAna();
    const test = recordedTest(run, { setup, facts: facts as never }, "Kept");
    const changed = structuredClone({ ...review, tests: [test] });
    const { outlier } = changed.steps;
    if (outlier?.kind !== "decision") throw new Error("the review decides nothing");
    outlier.on.outlier = "release";
    expect(catalogueWith(catalogueOf(library), changed).find("workflow", review.id)).toBe(changed);
    const coverage = (await workflowCoverage(changed, library))!;
    expect(coverage.runs[0]).toMatchObject({ green: false });
    expect(coverage.runs[0]!.problems[0]).toMatch(/^moment 4: where it stands is /);
  });
});
