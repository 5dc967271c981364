import { describe, expect, it } from "vitest";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import { lint } from "#engine/lint/run.ts";
import { publishable } from "#engine/words/issue.ts";
import { computing } from "../../support/computing.ts";
import { FORMATS_DOCUMENTS } from "../definition/formats-documents.ts";
import { document, found, GOOD_STEPS, lintOf, NEIGHBOURS, workflow } from "./documents.ts";

const asking = (more: object = {}) => ({ ...GOOD_STEPS.agree, title: "Another", ...more });
const end = { kind: "end", title: "End" };
const group = (steps: object, more: object = {}) => ({
  kind: "group",
  title: "Group",
  start: "inner",
  steps,
  on: { done: "closed" },
  ...more,
});
const toGroup = { ...GOOD_STEPS.agree, on: { agreed: "frame", back: { to: "review", maxVisits: 2 } } };

describe("lint", () => {
  it("has nothing to say against a good workflow and its neighbours", () => {
    expect(lintOf(workflow())).toEqual([]);
    for (const neighbour of NEIGHBOURS) expect(lintOf(neighbour)).toEqual([]);
  });

  it("judges no reference to another document without a catalogue", () => {
    const strange = workflow({ review: { ...GOOD_STEPS.review, form: "unknown" } });
    expect(found(strange)).toEqual(["unknown-reference /steps/review/form"]);
    expect(lint(document(strange))).toEqual([]);
  });

  it("finds no error in the documents that FORMATS prints, taken one by one", () => {
    // The form there is an excerpt: one section of several.
    for (const source of FORMATS_DOCUMENTS.filter(({ id }) => id !== "manager-review")) {
      const issues = lint(document(source)).filter((issue) => issue.severity === "error");
      expect(issues, source.id).toEqual([]);
    }
  });

  it("takes milliseconds for 500 steps", () => {
    const steps = Object.fromEntries(
      Array.from({ length: 500 }, (_, n) => [
        `s${n}`,
        { ...GOOD_STEPS.agree, outcomes: undefined, on: { agreed: n < 499 ? `s${n + 1}` : "closed" } },
      ]),
    );
    const large = document({ ...workflow(), start: "s0", steps: { ...steps, closed: end }, data: {} });
    const computed = computing();
    expect(lint(large)).toEqual([]);
    expect(computed()).toBeLessThan(1000);
  });
});

describe("ST2: each structural defect is caught, with a path that points to the step", () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    [
      "unreachable step",
      workflow({ lost: asking({ on: { agreed: "closed", back: "closed" } }) }),
      ["unreachable /steps/lost"],
    ],
    [
      "dead end",
      workflow({
        closed: undefined,
        outlier: { ...GOOD_STEPS.outlier, on: { outlier: "agree", otherwise: "over", "not-evaluated": "agree" } },
        agree: asking({ on: { agreed: "trap", back: "over" } }),
        trap: asking({ on: { agreed: { to: "trap", maxVisits: 1 }, back: { to: "trap", maxVisits: 1 } } }),
        over: end,
      }),
      ["dead-end /steps/trap"],
    ],
    [
      "no end at all",
      workflow({
        closed: undefined,
        outlier: { ...GOOD_STEPS.outlier, on: { outlier: "agree", otherwise: "agree", "not-evaluated": "agree" } },
        agree: asking({ outcomes: ["back"], on: { back: { to: "review", maxVisits: 2 } } }),
      }),
      ["no-end /steps"],
    ],
    ["dangling start", workflow({}, { start: "reviw" }), ["unknown-start /start"]],
    [
      "unknown target",
      workflow({ agree: { ...GOOD_STEPS.agree, on: { agreed: "close", back: { to: "review", maxVisits: 2 } } } }),
      ["unknown-step /steps/agree/on/agreed"],
    ],
    [
      "target inside a group, from outside",
      workflow({
        agree: { ...toGroup, on: { agreed: "inner", back: "frame" } },
        frame: group({ inner: asking({ on: { agreed: "out", back: "out" } }), out: end }),
      }),
      ["target-outside /steps/agree/on/agreed"],
    ],
    [
      "target outside its group, from inside",
      workflow({
        agree: toGroup,
        frame: group({ inner: asking({ on: { agreed: "closed", back: "out" } }), out: end }),
      }),
      ["target-outside /steps/frame/steps/inner/on/agreed"],
    ],
    [
      "group without an end inside",
      workflow({
        agree: toGroup,
        frame: group(
          { inner: asking({ outcomes: ["again"], on: { again: { to: "inner", maxVisits: 3 } } }) },
          { on: {} },
        ),
      }),
      ["dead-end /steps/frame", "no-end /steps/frame"],
    ],
    [
      "group left by its deadline",
      workflow({
        agree: toGroup,
        frame: group(
          { inner: asking({ outcomes: ["again"], on: { again: { to: "inner", maxVisits: 3 } } }) },
          { deadline: { after: { days: 3 } }, on: { due: "closed" } },
        ),
      }),
      [],
    ],
    [
      "step id used twice across nesting",
      workflow({
        agree: toGroup,
        frame: group({ inner: asking({ on: { agreed: "closed", back: "closed" } }), closed: end }),
      }),
      ["duplicate-id /steps/frame/steps/closed"],
    ],
    ["step without actor", workflow({ agree: { ...GOOD_STEPS.agree, actor: undefined } }), ["no-actor /steps/agree"]],
    [
      "endless loop without a human or a timer",
      workflow({
        outlier: { ...GOOD_STEPS.outlier, on: { outlier: "tell", otherwise: "closed", "not-evaluated": "agree" } },
        tell: { kind: "notify", title: "Tell", to: [{ relation: "manager" }], message: "Hm", on: { done: "outlier" } },
      }),
      ["endless-loop /steps/outlier"],
    ],
    [
      "loop with a wait",
      workflow({
        outlier: { ...GOOD_STEPS.outlier, on: { outlier: "rest", otherwise: "closed", "not-evaluated": "agree" } },
        rest: { kind: "wait", title: "Rest", until: { after: { days: 1 } }, on: { due: "outlier" } },
      }),
      [],
    ],
    [
      "unbounded loop through people",
      workflow({ agree: { ...GOOD_STEPS.agree, on: { agreed: "closed", back: "review" } } }),
      ["unbounded-loop /steps/agree/on/back"],
    ],
    [
      "outcome that leads nowhere",
      workflow({ agree: { ...GOOD_STEPS.agree, outcomes: ["agreed", "back", "later"] } }),
      ["outcome-without-way /steps/agree/on"],
    ],
    [
      "event that never happens",
      workflow({ agree: { ...GOOD_STEPS.agree, on: { ...GOOD_STEPS.agree.on, agred: "closed" } } }),
      ["event-never-happens /steps/agree/on/agred"],
    ],
    [
      "no join: one person never comes to done",
      workflow({ agree: { ...GOOD_STEPS.agree, on: { ...GOOD_STEPS.agree.on, done: "closed" } } }),
      ["event-never-happens /steps/agree/on/done"],
    ],
    [
      "due without a clock",
      workflow({ agree: { ...GOOD_STEPS.agree, on: { ...GOOD_STEPS.agree.on, due: "closed" } } }),
      ["event-never-happens /steps/agree/on/due"],
    ],
    [
      "wait without a way",
      workflow({
        agree: toGroup,
        frame: { kind: "wait", title: "Wait", until: { after: { days: 1 } }, on: { passed: "closed" } },
      }),
      ["outcome-without-way /steps/frame/on", "event-never-happens /steps/frame/on/passed"],
    ],
    [
      "decision without otherwise",
      workflow({ outlier: { ...GOOD_STEPS.outlier, on: { outlier: "agree", "not-evaluated": "closed" } } }),
      ["no-otherwise /steps/outlier/on"],
    ],
    [
      "decision without not-evaluated",
      workflow({ outlier: { ...GOOD_STEPS.outlier, on: { outlier: "agree", otherwise: "closed" } } }),
      ["no-not-evaluated /steps/outlier/on"],
    ],
    [
      "event that no rule emits, and a rule without a way",
      workflow({
        outlier: { ...GOOD_STEPS.outlier, on: { outlyer: "agree", otherwise: "closed", "not-evaluated": "agree" } },
      }),
      ["rule-without-way /steps/outlier/on", "event-never-happens /steps/outlier/on/outlyer"],
    ],
    [
      "escalation policy without a ladder",
      workflow({ agree: { ...GOOD_STEPS.agree, deadline: { after: { days: 1 }, policy: "escalate" } } }),
      ["no-escalation /steps/agree/deadline"],
    ],
    [
      "ladder that never starts",
      workflow({
        agree: { ...GOOD_STEPS.agree, deadline: { after: { days: 1 }, policy: "hold", escalation: "late-review" } },
      }),
      ["escalation-unused /steps/agree/deadline/escalation"],
    ],
    [
      "deadline of a group that leads nowhere",
      workflow({
        agree: toGroup,
        frame: group(
          { inner: asking({ on: { agreed: "out", back: "out" } }), out: end },
          { deadline: { after: { days: 1 } } },
        ),
      }),
      ["deadline-without-way /steps/frame/deadline"],
    ],
    [
      "timer without a known calendar",
      workflow({ agree: { ...GOOD_STEPS.agree, deadline: { after: { workingDays: 1 }, calendar: "ofice" } } }),
      ["unknown-reference /steps/agree/deadline/calendar"],
    ],
    [
      "join of more branches than there are",
      workflow({
        agree: toGroup,
        frame: {
          kind: "parallel",
          title: "Both",
          join: { atLeast: 3 },
          branches: { one: { start: "a", steps: { a: end } }, two: { start: "b", steps: { b: end } } },
          on: { done: "closed" },
        },
      }),
      ["group-minimum /steps/frame/join"],
    ],
    [
      "minimum above the number of raters",
      workflow({
        agree: {
          ...GOOD_STEPS.agree,
          each: { of: [{ relation: "subject" }, { relation: "manager" }], as: "rater" },
          join: { atLeast: 3 },
        },
      }),
      ["group-minimum /steps/agree/join"],
    ],
  ])("%s", (_name, source, expected) => {
    expect(found(source)).toEqual(expected);
  });

  it("stops publishing on an error and not on a remark", () => {
    expect(publishable(lintOf(workflow({}, { start: "reviw" })))).toBe(false);
    expect(
      publishable(lintOf(workflow({ agree: { ...GOOD_STEPS.agree, on: { agreed: "closed", back: "review" } } }))),
    ).toBe(true);
  });
});

describe("references", () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ["form", workflow({ review: { ...GOOD_STEPS.review, form: "reviw" } }), ["unknown-reference /steps/review/form"]],
    [
      "rule set",
      workflow({ outlier: { ...GOOD_STEPS.outlier, rules: "outlyer" } }),
      ["unknown-reference /steps/outlier/rules"],
    ],
    [
      "ladder",
      workflow({ review: { ...GOOD_STEPS.review, deadline: { after: { days: 1 }, escalation: "late" } } }),
      ["unknown-reference /steps/review/deadline/escalation"],
    ],
    [
      "child workflow",
      workflow({
        agree: toGroup,
        frame: { kind: "subflow", title: "Child", workflow: "child", on: { done: "closed" } },
      }),
      ["unknown-reference /steps/frame/workflow"],
    ],
    [
      "plan",
      workflow({ agree: toGroup, frame: { kind: "payout", title: "Pay", plan: "bonus", on: { done: "closed" } } }),
      ["unknown-reference /steps/frame/plan"],
    ],
    [
      "metric and record type of a record step",
      workflow({
        agree: toGroup,
        frame: {
          kind: "record",
          title: "Write",
          write: [
            { metric: "sale", value: 1 },
            { record: "deel", fields: {} },
            { record: "deal", fields: { amuont: 1 } },
          ],
          on: { done: "closed" },
        },
      }),
      [
        "unknown-reference /steps/frame/write/0/metric",
        "unknown-reference /steps/frame/write/1/record",
        "unknown-field /steps/frame/write/2/fields/amuont",
      ],
    ],
    [
      "metric fact",
      workflow(
        {},
        {
          eligible: {
            all: [{ fact: "metric", params: { id: "sale" }, path: "$.value", operator: "greaterThan", value: 1 }],
          },
        },
      ),
      ["unknown-reference /eligible/all/0/params/id"],
    ],
    ["subject", workflow({}, { subject: "persn" }), ["unknown-reference /subject"]],
    ["parameter sheet", workflow({}, { uses: ["cares"] }), ["unknown-reference /uses/0"]],
    [
      "parameter",
      workflow({ agree: { ...GOOD_STEPS.agree, deadline: { after: { parameter: "dayz" } } } }),
      ["unknown-parameter /steps/agree/deadline/after/parameter"],
    ],
    [
      "parameter of a sheet",
      workflow(
        { agree: { ...GOOD_STEPS.agree, deadline: { after: { parameter: "resolveDays" } } } },
        { uses: ["care"] },
      ),
      [],
    ],
    [
      "parameter fact",
      workflow({}, { eligible: { all: [{ fact: "parameter.dayz", operator: "greaterThan", value: 1 }] } }),
      ["unknown-parameter /eligible/all/0/fact"],
    ],
    [
      "duration from a parameter that holds none",
      workflow(
        { agree: { ...GOOD_STEPS.agree, deadline: { after: { parameter: "share" } } } },
        {
          parameters: {
            days: { title: "D", type: "days", default: 1 },
            share: { title: "S", type: "percent", default: 0.1 },
          },
        },
      ),
      ["not-a-duration /steps/agree/deadline/after"],
    ],
    [
      "fact of a missing step",
      workflow({}, { eligible: { all: [{ fact: "step.reviw.rating", operator: "greaterThan", value: 1 }] } }),
      ["unknown-fact /eligible/all/0/fact"],
    ],
    [
      "answer that the form does not ask",
      workflow({
        review: {
          ...GOOD_STEPS.review,
          on: { submitted: { to: "outlier", set: { rating: { fact: "step.review.ratng" } } } },
        },
      }),
      ["unknown-fact /steps/review/on/submitted/set/rating/fact"],
    ],
    [
      "unknown kind of fact",
      workflow({}, { eligible: { all: [{ fact: "persn.role", operator: "equal", value: "sales" }] } }),
      ["unknown-fact /eligible/all/0/fact"],
    ],
    [
      "undeclared case data, written and read by a rule set",
      workflow({}, { data: {} }),
      ["unknown-fact /steps/outlier/rules", "unknown-field /steps/review/on/submitted/set/rating"],
    ],
    [
      "released field",
      workflow({
        agree: toGroup,
        frame: { kind: "record", title: "Release", release: ["ratng"], on: { done: "closed" } },
      }),
      ["unknown-field /steps/frame/release/0"],
    ],
    [
      "parameter as the operand of a comparison",
      workflow(
        {},
        { eligible: { all: [{ fact: "case.rating", operator: "lessThan", value: { parameter: "days" } }] } },
      ),
      ["parameter-as-operand /eligible/all/0/value"],
    ],
    [
      "operator",
      workflow({}, { eligible: { all: [{ fact: "case.rating", operator: "lesThan", value: 1 }] } }),
      ["unknown-operator /eligible/all/0/operator"],
    ],
  ])("unknown %s", (_name, source, expected) => {
    expect(found(source)).toEqual(expected);
  });

  it("judges the parameters of a rule set where it is asked", () => {
    const ruleset = {
      kind: "ruleset",
      schema: 1,
      id: "low",
      title: "Low",
      rules: [
        {
          conditions: { all: [{ fact: "case.rating", operator: "lessThan", value: { fact: "parameter.limit" } }] },
          event: { type: "outlier" },
        },
      ],
    };
    const asks = document(workflow({ outlier: { ...GOOD_STEPS.outlier, rules: "low" } }));
    const issues = lint(asks, catalogueOf([...NEIGHBOURS, document(ruleset)]));
    expect(issues).toMatchObject([{ code: "unknown-parameter", path: "/steps/outlier/rules" }]);
    expect(lint(document(ruleset))).toEqual([]);
  });

  it("says how to write a parameter in a comparison", () => {
    const source = workflow(
      {},
      { eligible: { all: [{ fact: "case.rating", operator: "lessThan", value: { parameter: "days" } }] } },
    );
    expect(lintOf(source)[0]?.hint).toBe('Write { "fact": "parameter.days" }.');
  });
});

describe("clocks that stand still", () => {
  const timed = (clock: object) =>
    workflow({ agree: { ...GOOD_STEPS.agree, deadline: { after: { days: 1 }, ...clock } } });

  it.each<[string, object, string[]]>([
    [
      "paused by an event and by a condition",
      { pause: ["away", { all: [{ fact: "case.rating", operator: "equal", value: 1 }] }] },
      [],
    ],
    [
      "a fact that is never known",
      { pause: [{ all: [{ fact: "case.ratin", operator: "equal", value: 1 }] }] },
      ["unknown-fact /steps/agree/deadline/pause/0/all/0/fact"],
    ],
    [
      "a condition that cannot run",
      { pause: [{ not: { fact: "case.rating", operator: "equalz", value: 1 } }] },
      ["unknown-operator /steps/agree/deadline/pause/0/not/operator"],
    ],
    ["goes on, and nothing pauses it", { resume: ["back"] }, ["resume-unused /steps/agree/deadline/resume"]],
    ["paused and resumed by one event", { pause: ["x"], resume: ["x"] }, ["clock-events /steps/agree/deadline/resume"]],
    [
      "a date that is counted anew",
      { after: undefined, at: "2026-03-31", reset: ["x"] },
      ["reset-date /steps/agree/deadline/reset"],
    ],
  ])("%s", (_name, clock, expected) => {
    expect(found(timed(clock))).toEqual(expected);
  });

  it("a wait whose clock is stopped would wait for ever", () => {
    const wait = {
      kind: "wait",
      title: "Wait",
      until: { after: { days: 2 }, stop: ["enough"] },
      on: { due: "closed" },
    };
    const source = workflow({
      agree: { ...GOOD_STEPS.agree, on: { agreed: "wait", back: { to: "review", maxVisits: 2 } } },
      wait,
    });
    expect(found(source)).toEqual(["stopped-wait /steps/wait/until/stop"]);
  });
});
