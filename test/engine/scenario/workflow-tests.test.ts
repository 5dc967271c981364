import { describe, expect, it } from "vitest";
import type { Definition } from "#engine/definition/definition.ts";
import { parse } from "#engine/definition/parse.ts";
import { Scenario, WorkflowTest } from "#engine/definition/story.ts";
import type { Workflow } from "#engine/definition/workflow.ts";
import { redStories, workflowCoverage } from "#engine/scenario/workflow-tests.ts";
import { library, templates } from "../../templates/templates.ts";

/** A signature that is asked for, and asked again where it is refused; two ways lead from refusing to the same end. */
const workflow = (tests: unknown[]): Workflow => {
  const read = parse({
    kind: "workflow",
    schema: 1,
    id: "sign",
    title: "Signature",
    subject: "person",
    start: "ask",
    steps: {
      ask: {
        kind: "approval",
        title: "Signature",
        actor: { relation: "manager" },
        outcomes: ["approved", "refused"],
        deadline: { after: { days: 5 }, policy: "advance" },
        on: {
          approved: "signed",
          refused: [
            {
              to: "unsigned",
              when: { all: [{ fact: "person.role", operator: "equal", value: "sales" }] },
            },
            "unsigned",
          ],
          due: "unsigned",
        },
      },
      signed: { kind: "end", title: "Signed", outcome: "signed" },
      unsigned: { kind: "end", title: "Not signed", outcome: "unsigned" },
    },
    tests,
  });
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  return read.definition as Workflow;
};

const story = (title: string, subject: string, ...moments: unknown[]) => ({
  title,
  subject: { kind: "person", id: subject },
  at: "2026-03-02T09:00",
  moments,
});
const signs = story(
  "Their manager signs",
  "ana",
  { expect: { tasks: { mia: ["ask"] } } },
  { complete: { step: "ask", outcome: "approved", by: "mia" }, expect: { status: "closed", outcome: "signed" } },
);
const refuses = (by: string, subject: string) =>
  story("It is refused", subject, { complete: { step: "ask", outcome: "refused", by } });

describe("the stories beside a workflow", () => {
  it("ST5: says which transitions a story takes, and the share of all that are drawn", async () => {
    const coverage = (await workflowCoverage(workflow([signs]), []))!;
    expect(coverage.runs).toEqual([{ index: 0, title: "Their manager signs", green: true, problems: [] }]);
    expect(coverage.parts.map(({ words, walkedIn }) => [words, walkedIn])).toEqual([
      ["Signature, approved, to Signed", [0]],
      ["Signature, refused, if role is sales, to Not signed", []],
      ["Signature, refused, else, to Not signed", []],
      ["Signature, when due, to Not signed", []],
    ]);
    expect([coverage.reached, coverage.total, coverage.share]).toEqual([1, 4, 0.25]);
  });

  it("tells apart two ways between the same steps by whether the condition held", async () => {
    const walked = async (by: string, subject: string) =>
      (await workflowCoverage(workflow([refuses(by, subject)]), []))!.parts.map(({ walkedIn }) => walkedIn.length);
    expect(await walked("mia", "ana")).toEqual([0, 1, 0, 0]);
    expect(await walked("dora", "cara")).toEqual([0, 0, 1, 0]);
  });

  it("ST5: a story that does not come out as written is red, says why, and is an error of the definition", async () => {
    const wrong = story("Nobody signs", "ana", { at: "2026-03-09T09:00", expect: { outcome: "signed" } });
    const coverage = (await workflowCoverage(workflow([signs, wrong]), []))!;
    expect(coverage.runs.map(({ green }) => green)).toEqual([true, false]);
    expect(redStories(coverage)).toEqual([
      {
        code: "test-red",
        path: "/tests/1",
        severity: "error",
        message: 'The test "Nobody signs": moment 1 (2026-03-09T09:00): the outcome is "unsigned", expected "signed".',
        hint: "Correct the drawing, or the test.",
      },
    ]);
    expect(coverage.parts.filter(({ walkedIn }) => walkedIn.length > 0).map(({ event }) => event)).toEqual([
      "approved",
      "due",
    ]);
  });

  it("a story that cannot be told is red with a sentence: nobody of that name, no such date, a date that is centuries off", async () => {
    const tests = [
      story("No such date", "ana", { at: "31 March" }),
      { ...story("Nobody", "ana", {}), people: [{ id: "nobody", status: "leave" }] },
    ];
    const coverage = (await workflowCoverage(workflow(tests), []))!;
    expect(coverage.runs.map(({ problems }) => problems)).toEqual([
      ['"31 March" is no date and time'],
      ['there is nobody "nobody"'],
    ]);
  });

  it("plays in a company of its own where it brings one", async () => {
    const own = {
      ...story("A small shop", "p1", {
        complete: { step: "ask", outcome: "approved", by: "p2" },
        expect: { outcome: "signed" },
      }),
      company: {
        timeZone: "Asia/Kolkata",
        calendar: "india",
        currency: "INR",
        units: [{ id: "shop", title: "Shop", level: "location" }],
        people: [
          { id: "p1", name: "Person 1" },
          { id: "p2", name: "Person 2" },
        ],
        works: [
          { person: "p1", unit: "shop", manager: "p2" },
          { person: "p2", unit: "shop" },
        ],
        roles: [],
      },
    };
    expect((await workflowCoverage(workflow([own]), []))!.runs[0]).toMatchObject({ green: true });
  });

  it("a workflow that cannot be compiled tells no stories", async () => {
    const whole = workflow([signs]);
    const decides = {
      kind: "decision" as const,
      title: "Decide",
      rules: "nowhere",
      on: { otherwise: "ask", "not-evaluated": "ask" },
    };
    expect(
      await workflowCoverage({ ...whole, start: "decide", steps: { ...whole.steps, decide: decides } }, []),
    ).toBeUndefined();
  });

  it("the stories of every template are tests beside its workflows, all green", async () => {
    const told: Record<string, number> = {};
    for (const { documents, scenarios } of templates) {
      for (const document of documents) {
        if (document.kind !== "workflow") continue;
        const own = (scenarios.scenarios ?? []).map((one) => Scenario.parse(one));
        const tests = own
          .filter(({ definition }) => definition.kind === "workflow" && definition.id === document.id)
          .map(({ definition: _, ...test }) => WorkflowTest.parse(test));
        if (tests.length === 0) continue;
        const coverage = (await workflowCoverage({ ...document, tests }, library as Definition[]))!;
        expect(coverage.runs.filter(({ green }) => !green)).toEqual([]);
        told[document.id] = Math.round(coverage.share * 100);
      }
    }
    expect(Object.keys(told).length).toBeGreaterThan(8);
    // Each template shows at least its main road.
    expect(Object.values(told).every((share) => share >= 30)).toBe(true);
  });
});
