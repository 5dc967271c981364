import { describe, expect, it } from "vitest";
import { rawMachine, runMachine } from "#engine";
import { IssuesError } from "#engine/words/issue.ts";

const e = (type: string) => ({ event: { type } });
const expr = (value: unknown) => ({ type: "expr", params: { expr: value } });

describe("a state is found", () => {
  /** Two states with a dot in their ids, as the SCXML suites have them, beside a state that is found by a path. */
  const dotted = {
    id: "m",
    initial: "a",
    states: {
      a: {
        id: "a",
        on: { "to-id": "#b.2", "to-path": "#b.c", "to-history": "#h", "to-key": "b", "to-child": ".a1" },
        initial: "a0",
        states: { a0: {}, a1: {} },
      },
      b: {
        id: "b",
        initial: "b.1",
        states: {
          h: { id: "h", type: "history", history: "deep", target: "#b.2" },
          "b.1": { id: "b.1" },
          "b.2": { id: "b.2", on: { next: "#b.3" } },
          "b.3": { id: "b.3", on: { leave: "#a" } },
          c: { id: "see" },
        },
      },
    },
  };
  it.each([
    ["by an id with a dot in it", "to-id", "b.2"],
    ["by a path from an id", "to-path", "see"],
    ["by its key beside", "to-key", "b.1"],
    ["by its key inside", "to-child", "a1"],
    ["by the default of a history", "to-history", "b.2"],
  ])("%s", (_, event, state) => {
    expect(runMachine(dotted, [e(event)]).steps).toEqual([[state]]);
  });

  it("by a history that was kept over a stop, also where its id has a dot", () => {
    const steps = runMachine(dotted, [e("to-id"), e("next"), e("leave"), e("to-history")]).steps;
    expect(steps).toEqual([["b.2"], ["b.3"], ["a0"], ["b.3"]]);
  });

  it("by where it begins, with what is done on the way in", () => {
    const set = { type: "choose", params: { if: { const: true }, then: [{ type: "raise", params: { event: "go" } }] } };
    const config = {
      id: "m",
      initial: { target: "a", actions: [set] },
      states: { a: { id: "a", on: { go: "#b" } }, b: { id: "b" } },
    };
    expect(runMachine(config, []).initial).toEqual(["b"]);
  });
});

describe("whether a state is active is asked", () => {
  const asking = (question: string) => ({
    id: "m.n",
    type: "parallel",
    states: {
      x: { initial: "x.1", states: { "x.1": { id: "x.1", on: { x: "#x.2" } }, "x.2": { id: "x.2" } } },
      y: { id: "why", initial: "one", states: { one: { on: { x: "deep" } }, deep: {} } },
      z: { initial: "no", states: { no: { on: { go: { target: "yes", guard: expr({ in: question }) } } }, yes: {} } },
    },
  });

  it.each(["x.2", "#x.2", "deep", "why.deep", "#why.deep"])('by "%s"', (question) => {
    const steps = runMachine(asking(question), [e("go"), e("x"), e("go")]).steps;
    expect(steps.map((active) => active.includes("yes"))).toEqual([false, false, true]);
  });

  it("by no name that two states have, and by none that no state has", () => {
    const config = (question: string) => ({
      id: "m",
      type: "parallel",
      on: { t: { guard: expr({ in: question }) } },
      states: { a: { initial: "same", states: { same: {} } }, b: { initial: "same", states: { same: {} } } },
    });
    expect(rawMachine(config("m.a.same")).start(0).status).toBe("active");
    expect(() => rawMachine(config("same"))).toThrow(IssuesError);
    expect(() => rawMachine(config("same"))).toThrow('2 states are called "same"');
    expect(() => rawMachine(config("none"))).toThrow('no state "none"');
  });

  it("in an action as in a guard", () => {
    const config = {
      id: "m",
      type: "parallel",
      states: {
        x: { initial: "x.1", states: { "x.1": { on: { x: "x2" } }, x2: { id: "x.2" } } },
        y: {
          initial: "y1",
          states: {
            y1: {
              on: {
                y: {
                  actions: {
                    type: "choose",
                    params: [{ guard: { in: "x.2" }, actions: [{ type: "raise", params: { event: "go" } }] }],
                  },
                },
                go: "y2",
              },
            },
            y2: {},
          },
        },
      },
    };
    expect(runMachine(config, [e("y"), e("x"), e("y")]).steps.map(([, y]) => y)).toEqual(["y1", "y1", "y2"]);
  });
});
