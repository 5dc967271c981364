import { describe, expect, it } from "vitest";
import { rawMachine, runMachine } from "#engine";
import type { MachineState } from "#engine/execute/raw/raw-machine.ts";
import { IssuesError } from "#engine/words/issue.ts";
import { computing } from "../../../support/computing.ts";

const e = (type: string, more: object = {}) => ({ event: { type, ...more } });
const later = (after: number, type?: string) => (type === undefined ? { after } : { after, event: { type } });
const send = (type: string, more: object = {}) => ({ type: "send", params: { event: { type }, ...more } });
const raise = (type: string) => ({ type: "raise", params: { event: { type } } });
const expr = (value: unknown) => ({ type: "expr", params: { expr: value } });
const op = (name: string, ...args: unknown[]) => ({ op: name, args });
const add = (key: string, text: string) => ({
  type: "assign",
  params: { key, expr: op("+", { var: key }, { const: text }) },
});
/** What the context says in the end, restored before every event. */
function contextAfter(config: object, ...events: { event: { type: string } }[]): Record<string, unknown> {
  let state = rawMachine(config).start(0);
  for (const { event } of events)
    state = rawMachine(config).advance(JSON.parse(JSON.stringify(state)) as MachineState, event, 0);
  return rawMachine(config).context(state);
}

describe("history", () => {
  const tree = (history: "shallow" | "deep") => ({
    id: "m",
    initial: "in",
    states: {
      in: {
        id: "in",
        initial: "one",
        states: {
          h: { id: "h", type: "history", history, target: "#one" },
          one: { id: "one", on: { two: "#two" } },
          two: {
            id: "two",
            initial: "two-a",
            states: { "two-a": { id: "two-a", on: { next: "#two-b" } }, "two-b": { id: "two-b" } },
          },
        },
        on: { leave: "#out" },
      },
      out: { id: "out", on: { back: "#h" } },
    },
  });

  it.each([
    ["shallow", "two-a"],
    ["deep", "two-b"],
  ] as const)("%s comes back to %s after a restore", (kind, expected) => {
    const run = runMachine(tree(kind), [e("two"), e("next"), e("leave"), e("back")]);
    expect(run.steps).toEqual([["two-a"], ["two-b"], ["out"], [expected]]);
  });

  it("that has none goes to its default", () => {
    const config = { ...tree("deep"), initial: "out" };
    expect(runMachine(config, [e("back")]).steps).toEqual([["one"]]);
  });

  it("of parallel regions is kept for each region", () => {
    const region = (name: string) => ({
      id: name,
      initial: `${name}1`,
      states: { [`${name}1`]: { id: `${name}1`, on: { [name]: `#${name}2` } }, [`${name}2`]: { id: `${name}2` } },
    });
    const config = {
      id: "m",
      initial: "p",
      states: {
        p: {
          id: "p",
          type: "parallel",
          states: { x: region("x"), y: region("y"), h: { id: "h", type: "history", history: "deep" } },
          on: { leave: "#out" },
        },
        out: { id: "out", on: { back: "#h" } },
      },
    };
    expect(runMachine(config, [e("y"), e("leave"), e("back")]).steps.at(-1)).toEqual(["x1", "y2"]);
  });
});

describe("transitions", () => {
  const outer = (reenter: boolean) => ({
    id: "m",
    initial: "s",
    context: { log: "" },
    states: {
      s: {
        id: "s",
        initial: "a",
        entry: [add("log", "+s")],
        exit: [add("log", "-s")],
        states: {
          a: { id: "a", entry: [add("log", "+a")], exit: [add("log", "-a")] },
          b: { id: "b", entry: [add("log", "+b")] },
        },
        on: { t: { target: "#b", reenter } },
      },
    },
  });

  it("that stay inside do not leave their state, and those that reenter do", () => {
    expect(contextAfter(outer(false), e("t")).log).toBe("+s+a-a+b");
    expect(contextAfter(outer(true), e("t")).log).toBe("+s+a-a-s+s+b");
  });

  it("run exit, transition and entry actions in that order, innermost out first and outermost in first", () => {
    const config = {
      id: "m",
      initial: "p",
      context: { log: "" },
      states: {
        p: {
          initial: "q",
          exit: [add("log", "-p")],
          states: { q: { exit: [add("log", "-q")], on: { t: { target: "#r", actions: [add("log", "!")] } } } },
        },
        x: { entry: [add("log", "+x")], initial: "r", states: { r: { id: "r", entry: [add("log", "+r")] } } },
      },
    };
    expect(contextAfter(config, e("t")).log).toBe("-q-p!+x+r");
  });

  it("of a child go before its parent's, and the first that holds is taken", () => {
    const config = {
      id: "m",
      initial: "p",
      states: {
        p: {
          initial: "q",
          on: { t: "#wrong", u: "#right" },
          states: { q: { on: { t: [{ target: "#wrong", guard: expr({ const: false }) }, { target: "#right" }] } } },
        },
        right: { id: "right" },
        wrong: { id: "wrong" },
      },
    };
    expect(runMachine(config, [e("t")]).steps).toEqual([["right"]]);
    expect(runMachine(config, [e("u")]).steps).toEqual([["right"]]);
  });

  it("match a wildcard last, and a prefix before it", () => {
    const config = {
      id: "m",
      initial: "a",
      states: {
        a: { id: "a", on: { "*": "#any", "foo.*": "#foo", "foo.bar": "#bar" } },
        ...Object.fromEntries(["any", "foo", "bar"].map((id) => [id, { id }])),
      },
    };
    for (const [type, state] of [
      ["foo.bar", "bar"],
      ["foo.zoo.x", "foo"],
      ["fool", "any"],
    ])
      expect(runMachine(config, [e(type!)]).steps).toEqual([[state]]);
  });

  it("without an event go on until none holds, with internal events before those from outside", () => {
    const config = {
      id: "m",
      initial: "a",
      context: { n: 0, log: "" },
      states: {
        a: {
          id: "a",
          entry: [send("out"), raise("in")],
          always: [
            {
              target: "#a2",
              guard: expr(op(">=", { var: "n" }, 5)),
            },
            { actions: [{ type: "assign", params: { key: "n", expr: op("+", { var: "n" }, 1) } }] },
          ],
        },
        a2: { id: "a2", on: { in: { target: "#a3", actions: [add("log", "in")] }, out: "#wrong" } },
        a3: { id: "a3", on: { out: { target: "#end", actions: [add("log", " out")] } } },
        wrong: { id: "wrong" },
        end: { id: "end" },
      },
    };
    expect(runMachine(config, []).initial).toEqual(["end"]);
    expect(contextAfter(config)).toEqual({ n: 5, log: "in out" });
  });

  it("that nothing accepts change nothing", () => {
    const machine = rawMachine({ id: "m", initial: "a", states: { a: { entry: [send("x", { delay: 9 })] } } });
    const state = machine.start(0);
    expect(machine.advance(state, { type: "nothing" }, 0)).toEqual(state);
  });
});

describe("guards", () => {
  const region = (name: string) => ({
    initial: `${name}1`,
    states: { [`${name}1`]: { id: `${name}1`, on: { [name]: `#${name}2` } }, [`${name}2`]: { id: `${name}2` } },
  });
  const asking = (guard: unknown) => ({
    id: "m",
    type: "parallel",
    context: { n: 1 },
    states: {
      x: region("x"),
      y: region("y"),
      z: { initial: "z1", states: { z1: { id: "z1", on: { go: { target: "#z2", guard } } }, z2: { id: "z2" } } },
    },
  });

  it.each<[string, unknown, string]>([
    ["in", { in: "x2" }, "x"],
    ["in with a hash", { in: "#y2" }, "y"],
    ["and with data", op("&&", { in: "x2" }, op("===", { var: "n" }, 1)), "x"],
    ["not", op("!", { in: "x1" }), "x"],
    ["or", op("||", { in: "x2" }, { in: "y2" }), "y"],
    ["as a value", op("===", { in: "x2" }, { in: "y1" }), "x"],
    ["as a value in a choice", op("?:", { in: "x2" }, { in: "y1" }, { const: false }), "x"],
  ])("ask where the machine stands: %s", (_, guard, needed) => {
    const steps = runMachine(asking(expr(guard)), [e("go"), e(needed), e("go")]).steps;
    expect([steps[0]!.includes("z2"), steps[2]!.includes("z2")]).toEqual([false, true]);
  });

  it("read the event's name and data, by own names only", () => {
    const config = (guard: unknown) => ({
      id: "m",
      initial: "a",
      states: { a: { on: { "*": { target: "b", guard: expr(guard) } } }, b: {} },
    });
    const event = e("t", { data: { deep: { n: 3 }, list: [1, 2] } });
    for (const guard of [
      op("===", { event: "name" }, "t"),
      op("==", { event: "data", path: ["deep", "n"] }, "3"),
      op("===", { event: "data", path: ["list", "length"] }, { op: "length", args: [{ const: [1, 2] }] }),
      op("===", op("typeof", { event: "data", path: ["__proto__"] }), "undefined"),
      op("===", op("typeof", { var: "constructor" }), "undefined"),
    ])
      expect(runMachine(config(guard), [event]).steps, JSON.stringify(guard)).toEqual([["b"]]);
  });
});

describe("delayed sends", () => {
  const waiting = (entry: object[], more: object = {}) => ({
    id: "m",
    initial: "a",
    states: {
      a: { id: "a", entry, on: { x: "#b", y: "#c", ...more } },
      b: { id: "b", on: { y: "#c" } },
      c: { id: "c" },
    },
  });

  it("are cancelled across a restore", () => {
    const config = {
      id: "m",
      initial: "a",
      states: {
        a: {
          id: "a",
          entry: [send("x", { delay: 50, id: "one" }), send("y", { delay: 60, id: "two" })],
          on: { stop: { actions: [{ type: "cancel", params: { id: "one" } }] }, x: "#b", y: "#c" },
        },
        b: { id: "b" },
        c: { id: "c" },
      },
    };
    expect(runMachine(config, [later(10, "stop"), later(100)]).steps).toEqual([["a"], ["c"]]);
    expect(runMachine(config, [later(100)]).steps).toEqual([["b"]]);
  });

  it("fire in the order in which they are due, equal ones in the order in which they were sent", () => {
    expect(
      runMachine(waiting([send("y", { delay: 20 }), send("x", { delay: 10 })]), [later(15), later(5)]).steps,
    ).toEqual([["b"], ["c"]]);
    expect(runMachine(waiting([send("x", { delay: 10 }), send("y", { delay: 10 })]), [later(10)]).steps).toEqual([
      ["c"],
    ]);
  });

  it("fire before an event that comes later, however long the stop was", () => {
    const config = waiting([send("x", { delay: 10 })], { late: "#c" });
    expect(runMachine(config, [later(1_000_000, "late")]).steps).toEqual([["b"]]);
    expect(runMachine(config, [later(9, "late")]).steps).toEqual([["c"]]);
  });

  it("that start others count from when they were due, as without a stop", () => {
    const config = {
      id: "m",
      initial: "a",
      states: {
        a: { id: "a", after: { 10: "#b" } },
        b: { id: "b", after: { 10: "#c" } },
        c: { id: "c", on: { t: "#end" } },
        end: { id: "end" },
      },
    };
    expect(runMachine(config, [later(20, "t")]).steps).toEqual([["end"]]);
    expect(runMachine(config, [later(19), later(1)]).steps).toEqual([["b"], ["c"]]);
  });

  it("of a state end when it is left, and begin again when it is entered again", () => {
    const config = {
      id: "m",
      initial: "a",
      states: {
        a: { id: "a", after: { 10: "#end" }, on: { t: { target: "#a", reenter: true } } },
        end: { id: "end" },
      },
    };
    expect(runMachine(config, [later(8, "t"), later(8, "t"), later(9), later(1)]).steps).toEqual([
      ["a"],
      ["a"],
      ["a"],
      ["end"],
    ]);
  });

  it("may have a delay that is reckoned or written as text", () => {
    const config = { ...waiting([send("x", { delay: op("*", { var: "n" }, 2) })]), context: { n: 5 } };
    expect(runMachine(config, [later(9), later(1)]).steps).toEqual([["a"], ["b"]]);
    expect(runMachine(waiting([send("x", { delay: "1.5s" })]), [later(1499), later(1)]).steps).toEqual([["a"], ["b"]]);
  });

  it("carry data, kept while the machine is stopped", () => {
    const config = {
      id: "m",
      initial: "a",
      context: { n: 7, got: null },
      states: {
        a: {
          entry: [send("x", { delay: 5, params: { n: { var: "n" } } })],
          on: { x: { actions: [{ type: "assign", params: { key: "got", expr: { event: "data", path: ["n"] } } }] } },
        },
      },
    };
    const machine = rawMachine(config);
    const state = machine.advanceTo(JSON.parse(JSON.stringify(machine.start(0))) as MachineState, 5);
    expect(machine.context(state)).toEqual({ n: 7, got: 7 });
    expect(machine.nextDue(state)).toBeUndefined();
  });

  it("of a machine that is done never fire", () => {
    const config = {
      id: "m",
      initial: "a",
      states: { a: { entry: [send("x", { delay: 5 })], on: { end: "b", x: "a" } }, b: { type: "final" } },
    };
    const machine = rawMachine(config);
    const state = machine.advance(machine.start(0), { type: "end" }, 1);
    expect(state).toMatchObject({ status: "done", timers: [] });
    expect(machine.active(machine.advance(state, { type: "x" }, 99))).toEqual(["b"]);
  });
});

describe("the rest", () => {
  it("a state that is done, and regions that all are, say so", () => {
    const region = (name: string) => ({
      initial: `${name}1`,
      states: { [`${name}1`]: { on: { [name]: `${name}2` } }, [`${name}2`]: { type: "final" } },
    });
    const config = {
      id: "m",
      initial: "p",
      states: {
        p: { type: "parallel", states: { x: region("x"), y: region("y") }, onDone: "end" },
        end: { id: "end" },
      },
    };
    expect(runMachine(config, [e("x"), e("y")]).steps).toEqual([["x2", "y1"], ["end"]]);
  });

  it("assigns read what those before them wrote, and choose takes the first branch that holds", () => {
    const set = (key: string, value: unknown) => ({ type: "assign", params: { key, expr: value } });
    const choose = (params: object) => ({ type: "choose", params });
    const config = {
      id: "m",
      initial: "a",
      context: { x: 1, y: 0, z: 0 },
      states: {
        a: {
          entry: [
            set("x", op("+", { var: "x" }, 1)),
            set("y", op("*", { var: "x" }, 10)),
            choose({
              branches: [
                { guard: expr(op(">", { var: "y" }, 20)), actions: [set("z", 1)] },
                { guard: expr(op("===", { var: "y" }, 20)), actions: [set("z", 2), set("x", { var: "z" })] },
                { actions: [set("z", 3)] },
              ],
            }),
            choose({ if: op("===", { var: "z" }, 9), then: [set("y", 1)], else: [raise("go")] }),
          ],
          on: { go: "b" },
        },
        b: {},
      },
    };
    expect(contextAfter(config)).toEqual({ x: 2, y: 20, z: 2 });
    expect(runMachine(config, []).initial).toEqual(["b"]);
  });

  it("numbers that JSON cannot spell are the same after a restore", () => {
    const set = (key: string, value: unknown) => ({ type: "assign", params: { key, expr: value } });
    const config = {
      id: "m",
      initial: "a",
      context: {},
      states: { a: { entry: [set("nan", op("*", "x", 2)), set("far", op("/", 1, 0)), set("zero", op("*", 0, -1))] } },
    };
    expect(contextAfter(config, e("t"))).toEqual({ nan: Number.NaN, far: Number.POSITIVE_INFINITY, zero: -0 });
  });

  it("R35: a state of another machine, or one that names a state that is not there, is refused by name", () => {
    const machine = rawMachine({ id: "m", initial: "a", states: { a: {} } });
    const state = machine.start(0);
    const other = rawMachine({ id: "m", initial: "b", states: { b: {} } });
    expect(() => other.advance(state, { type: "t" }, 0)).toThrow("of another machine");
    const broken = { ...state, snapshot: { ...(state.snapshot as object), value: "gone" } } as MachineState;
    expect(() => machine.advance(broken, { type: "t" }, 0)).toThrow("stands in gone");
  });

  it("R16: circles without rest are an error within a tenth of a second, and the state before still stands", () => {
    const circle = {
      id: "m",
      initial: "a",
      states: {
        a: { on: { always: "b", raised: "d", sent: "e" } },
        b: { always: "c" },
        c: { always: "b" },
        d: { entry: [raise("x")], on: { x: { target: "d", reenter: true } } },
        e: { entry: [send("x")], on: { x: { target: "e", reenter: true } } },
      },
    };
    const machine = rawMachine(circle);
    const state = machine.start(0);
    for (const type of ["always", "raised", "sent"]) {
      const computed = computing();
      expect(() => machine.advance(state, { type }, 0), type).toThrow(/Infinite loop|without rest/);
      expect(computed()).toBeLessThan(type === "sent" ? 500 : 100);
    }
    expect(machine.active(machine.advanceTo(state, 1))).toEqual(["a"]);
  });

  it("R17: a guard that throws is an error, the state stays, and the next event works", () => {
    const config = {
      id: "m",
      initial: "a",
      context: { n: 1 },
      states: { a: { on: { bad: { actions: [send("x", { delay: "soon" })] }, good: "b" } }, b: {} },
    };
    const machine = rawMachine(config);
    const state = machine.start(0);
    expect(() => machine.advance(state, { type: "bad" }, 0)).toThrow('"soon" is no delay');
    expect(machine.active(machine.advance(state, { type: "good" }, 0))).toEqual(["b"]);
  });

  it.each<[string, unknown, string, string]>([
    ["an unknown action", { entry: [{ type: "boom" }] }, "/states/a/entry/0", "unknown-action"],
    ["an unknown operator", { on: { t: { guard: expr(op("=>", 1)) } } }, "/states/a/on/t/guard/op", "unknown-operator"],
    ["too few arguments", { on: { t: { guard: expr(op("%", 1)) } } }, "/states/a/on/t/guard/args", "wrong-arguments"],
    ["a state that is not there", { always: { guard: expr({ in: "q" }) } }, "/states/a/always/guard", "unknown-state"],
    ["an actor", { invoke: { src: "x" } }, "/states/a/invoke", "not-run"],
    ["an unknown key", { onn: {} }, "/states/a/onn", "unknown-key"],
    ["a delay without a number", { after: { soon: "a" } }, "/states/a/after/soon", "no-delay"],
    ["a target that is not there", { on: { t: "#nowhere" } }, "", "no-machine"],
  ])("%s is an issue with its place", (_, state, path, code) => {
    const build = () => rawMachine({ id: "m", initial: "a", states: { a: state } });
    expect(build).toThrow(IssuesError);
    try {
      build();
    } catch (cause) {
      expect((cause as IssuesError).issues[0]).toMatchObject({ path, code });
    }
  });

  it("R18: names that would change every object are refused, and 10,000 states are built", () => {
    expect(() => rawMachine(JSON.parse('{"id":"m","initial":"a","states":{"a":{},"__proto__":{}}}'))).toThrow(
      "No state",
    );
    const assign = JSON.parse('{"type":"assign","params":{"key":"__proto__","expr":{"const":{"bad":1}}}}') as object;
    expect(() => rawMachine({ id: "m", initial: "a", states: { a: { entry: [assign] } } })).toThrow("assigned");
    expect(({} as { bad?: number }).bad).toBeUndefined();
    const states = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`s${n}`, { on: { t: `s${n + 1}` } }]));
    const machine = rawMachine({ id: "m", initial: "s0", states: { ...states, s10000: {} } });
    expect(machine.active(machine.advance(machine.start(0), { type: "t" }, 0))).toEqual(["s1"]);
    let deep: object = {};
    for (let n = 0; n < 5_000; n++) deep = { initial: "a", states: { a: deep } };
    expect(() => rawMachine({ id: "m", ...deep })).toThrow("deeper than 100");
  });
});
