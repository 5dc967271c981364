import { describe, expect, it } from "vitest";
import { rawMachine, runMachine } from "#engine";
import type { IssuesError } from "#engine/words/issue.ts";

type Params = Record<string, unknown>;
const op = (name: string, ...args: unknown[]) => ({ op: name, args });
const set = (key: string, expr: unknown, more: Params = {}) => ({ type: "assign", params: { key, expr, ...more } });
const send = (event: unknown, more: Params = {}) => ({ type: "send", params: { event, ...more } });
const on = (entry: unknown, context: Params = {}, more: Params = {}) => ({
  id: "m",
  initial: "a",
  context,
  states: { a: { entry, on: { go: "b" }, ...more }, b: {} },
});
const contextOf = (entry: unknown, context: Params = {}) => {
  const machine = rawMachine(on(entry, context));
  return machine.context(machine.start(0));
};
const active = (config: unknown) => runMachine(config, []).initial;

describe("actions", () => {
  it("send what a text or an expression names, with data", () => {
    expect(active(on([send("go")]))).toEqual(["b"]);
    expect(active(on([send({ var: "name" })], { name: "go" }))).toEqual(["b"]);
    expect(active(on([send({ type: op("+", "g", "o") })]))).toEqual(["b"]);
    expect(() => active(on([send({ var: "nothing" })]))).toThrow("what is sent has no name");
  });

  it("assign inside of what is there, and leave the rest and the config alone", () => {
    const context = { deep: { list: [{ n: 1 }, { n: 2 }] } };
    expect(contextOf([set("deep", 5, { path: ["list", "1", "n"] })], context)).toEqual({
      deep: { list: [{ n: 1 }, { n: 5 }] },
    });
    expect(context.deep.list[1]).toEqual({ n: 2 });
    expect(() => contextOf([set("none", 5, { path: ["a"] })])).toThrow('nothing to assign "a" in');
  });

  const way = (n: number) => [set("taken", n)];
  const is = (n: number) => ({ type: "expr", params: { expr: op("===", { var: "n" }, n) } });
  it.each<[string, unknown]>([
    [
      "branches",
      { branches: [{ guard: is(1), actions: way(1) }, { guard: is(2), actions: way(2) }, { actions: way(3) }] },
    ],
    ["a bare list", [{ cond: is(1), actions: way(1) }, { cond: is(2), actions: way(2) }, { actions: way(3) }]],
    ["if, elseif, else", { if: is(1), then: way(1), elseif: [{ if: is(2), then: way(2) }], else: way(3) }],
    [
      "an else beside the list",
      {
        cases: [
          { when: is(1), do: way(1) },
          { when: is(2), do: way(2) },
        ],
        else: way(3),
      },
    ],
    ["an else in the list", { branches: [{ if: is(1), then: way(1) }, { if: is(2), then: way(2) }, { else: way(3) }] }],
  ])("choose the first way that holds: %s", (_, params) => {
    const taken = [1, 2, 7].map((n) => contextOf([{ type: "choose", params }], { n }).taken);
    expect(taken).toEqual([1, 2, 3]);
  });

  it.each<[string, unknown, string, string]>([
    ["what assign does not know", set("x", 1, { pat: ["a"] }), "/states/a/entry/params/pat", "unknown-key"],
    ["what send does not know", send("x", { target: "other" }), "/states/a/entry/params/target", "unknown-key"],
    ["an event without a name", send({ name: "x" }), "/states/a/entry/params/event", "no-expression"],
    ["an event with an empty name", send({ type: "" }), "/states/a/entry/params/event", "no-event"],
    ["a path that is none", set("x", 1, { path: "a" }), "/states/a/entry/params/path", "no-path"],
    [
      "a path to what all objects share",
      set("x", 1, { path: ["__proto__", "y"] }),
      "/states/a/entry/params/path",
      "no-path",
    ],
    ["a choice without a way", { type: "choose", params: {} }, "/states/a/entry", "no-branches"],
  ])("refuse %s, with its place", (_, entry, path, code) => {
    try {
      rawMachine(on(entry));
      expect.unreachable();
    } catch (cause) {
      expect((cause as IssuesError).issues[0]).toMatchObject({ path, code });
    }
  });
});

describe("expressions", () => {
  it.each<[unknown, unknown]>([
    [op("+", 1, "2"), "12"],
    [op("-", 7), -7],
    [op("%", -7, 3), -1],
    [op("**", 2, 10), 1024],
    [op("Math.pow", 2, 3), 8],
    [op("Math.max", 2, 3, 1), 3],
    [op("Math.floor", -1.5), -2],
    [op("&", 6, 3), 2],
    [op("|", 6, 3), 7],
    [op("^", 6, 3), 5],
    [op("~", 6), -7],
    [op("<<", 1, 4), 16],
    [op(">>>", -1, 28), 15],
    [op("??", { var: "none" }, { const: null }, 3), 3],
    [op("??", 0, 3), 0],
    [op("||", 0, "", 3), 3],
    [op("&&", 1, 0, 3), 0],
    [op("in", "a", { const: { a: 1 } }), true],
    [op("in", "constructor", { const: {} }), false],
    [op("typeof", { const: { $v: "undefined" } }), "undefined"],
    [op("!==", { const: { $v: "NaN" } }, { const: { $v: "NaN" } }), true],
    [op("[]", { var: "list" }, op("-", { var: "n" }, 1)), "y"],
    [{ var: "list", path: ["length"] }, 2],
    [op("?:", op("<", { var: "n" }, 3), "less", "more"), "less"],
  ])("%j is %j", (expression, value) => {
    expect(contextOf([set("got", expression)], { list: ["x", "y"], n: 2 }).got).toEqual(value);
  });
});

describe("states", () => {
  it("read a delay in any unit, each way in the order of the config", () => {
    const guard = { type: "expr", params: { expr: { const: false } } };
    const config = on([], {}, { after: { "0.5s": [{ target: "b", guard }, { actions: set("n", 1) }], "2s": "b" } });
    const run = runMachine(config, [{ after: 499 }, { after: 1500 }, { after: 1 }]);
    expect(run.steps).toEqual([["a"], ["a"], ["b"]]);
    const machine = rawMachine(config);
    expect(machine.context(machine.advanceTo(machine.start(0), 500))).toEqual({ n: 1 });
  });

  it("take null for nothing", () => {
    const config = on(null, {}, { on: { go: [{ target: "b", guard: null, actions: null }], stay: null }, exit: null });
    expect(runMachine(config, [{ event: { type: "stay" } }, { event: { type: "go" } }]).steps).toEqual([["a"], ["b"]]);
  });

  it.each([
    ["a name", "isReady"],
    ["another kind", { type: "isReady" }],
  ])("have no guard that is %s: no text is ever run", (_, guard) => {
    const issue = expect.objectContaining({ code: "unknown-guard", path: "/states/a/on/t/guard" });
    const wanted = { issues: [issue] };
    expect(() => rawMachine(on([], {}, { on: { t: { target: "b", guard } } }))).toThrow(
      expect.objectContaining(wanted),
    );
  });

  it("are of a type that there is", () => {
    expect(() => rawMachine(on([], {}, { type: "paralel" }))).toThrow('never "paralel"');
  });

  it("that are done hand over their output, and regions that all are say so", () => {
    const region = (event: string) => ({
      initial: "open",
      states: { open: { on: { [event]: "shut" } }, shut: { type: "final" } },
    });
    const config = {
      id: "m",
      initial: "one",
      context: { got: null },
      states: {
        one: {
          initial: "in",
          states: { in: { on: { t: "out" } }, out: { type: "final", output: { n: 3 } } },
          onDone: { target: "two", actions: set("got", { event: "output", path: ["n"] }) },
        },
        two: {
          type: "parallel",
          states: { x: { type: "parallel", states: { p: region("p"), q: region("q") } }, y: region("y") },
          onDone: [{ target: "wrong", guard: op("===", { var: "got" }, 4) }, { target: "end" }],
        },
        wrong: {},
        end: { type: "final", tags: ["over"], description: "all is done", meta: { seen: true } },
      },
    };
    const events = ["t", "p", "y", "q"].map((type) => ({ event: { type } }));
    expect(runMachine(config, events).steps).toEqual([
      ["open", "open", "open"],
      ["open", "open", "shut"],
      ["open", "shut", "shut"],
      ["end"],
    ]);
  });

  it("stand in several regions at once where a way leads to all of them", () => {
    const region = (name: string) => ({
      initial: `${name}1`,
      states: Object.fromEntries([1, 2, 3].map((n) => [`${name}${n}`, { id: `${name}${n}` }])),
    });
    const config = {
      id: "m",
      initial: "out",
      states: {
        out: { on: { t: { target: ["#x2", "#y3"] }, u: { target: ["#h"] } } },
        p: {
          type: "parallel",
          on: { leave: "out" },
          states: { x: region("x"), y: region("y"), h: { id: "h", type: "history", target: ["#x3", "#y2"] } },
        },
      },
    };
    const events = ["u", "leave", "t", "leave", "u"].map((type) => ({ event: { type } }));
    expect(runMachine(config, events).steps).toEqual([["x3", "y2"], ["out"], ["x2", "y3"], ["out"], ["x1", "y1"]]);
  });
});
