import { describe, expect, it } from "vitest";
import { chipsOf, clockSigns } from "../../../studio/graph/step-chips.ts";
import { workflowModel } from "../../../studio/graph/workflow-model.ts";

const EACH = { of: { relation: "peers" }, as: "rater" };
const texts = (step: Parameters<typeof chipsOf>[0]) => chipsOf(step).map((chip) => chip.text);

describe("what the drawing says of a step", () => {
  it("says how many are enough, and a veto apart", () => {
    expect(texts({ kind: "form", each: EACH })).toEqual(["all of them"]);
    expect(texts({ kind: "form", each: EACH, join: { atLeast: 3 } })).toEqual(["3 of them"]);
    const join = [
      { count: "refused", atLeast: 1, emit: "refused" },
      { count: "approved", atLeast: "all", emit: "approved" },
    ];
    expect(texts({ kind: "approval", each: EACH, join })).toEqual(["by count", "veto: refused"]);
    expect(texts({ kind: "parallel", join: "any" })).toEqual(["the first"]);
    expect(texts({ kind: "form", each: EACH, join: [] })).toEqual(["join is not finished"]);
  });

  it("says what is shared with other cases, and how people share a form", () => {
    expect(texts({ kind: "calibration", shared: { key: ["subject.unit.region", "period"] } })).toEqual([
      "one per region, period",
    ]);
    expect(texts({ kind: "form", bundle: ["actor", "period"] })).toEqual(["one task of many"]);
    expect(texts({ kind: "form", mode: "iterative" })).toEqual(["to and fro"]);
    expect(texts({ kind: "form", mode: "collaborative" })).toEqual(["together"]);
  });

  it("marks a clock that pauses, stops and comes again, each with its sentence", () => {
    const holds = { all: [{ fact: "person.status", operator: "equal", value: "leave" }] };
    expect(clockSigns({ after: { days: 3 }, pause: ["on-leave", holds], stop: ["case.closed"] })).toEqual([
      { sign: "pause", title: "The clock pauses: on leave, a condition holds" },
      { sign: "stop", title: "The clock stops on case.closed" },
    ]);
    expect(clockSigns({ every: "FREQ=WEEKLY" }).map((one) => one.sign)).toEqual(["every"]);
  });

  it("draws many people as a stack, and says the bound of a loop and where a frame resumes on its way", () => {
    const model = workflowModel({
      kind: "workflow",
      start: "ask",
      steps: {
        ask: {
          kind: "form",
          title: "Ask",
          each: EACH,
          on: { submitted: [{ to: "ask", maxVisits: 2, history: true }, "over"] },
        },
        over: { kind: "end", title: "Over" },
      },
    });
    expect(model.nodes.map((node) => node.many)).toEqual([true, false]);
    expect(model.edges.flatMap((edge) => edge.labels)).toEqual([
      "submitted ↻ at most 2 Ⓗ where it left off",
      "submitted",
    ]);
  });
});
