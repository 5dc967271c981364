import { expect, it } from "vitest";
import { rawMachine } from "#engine";
import type { MachineState } from "#engine/execute/raw/raw-machine.ts";

const op = (name: string, ...args: unknown[]) => ({ op: name, args });
const set = (key: string, expr: unknown) => ({ type: "assign", params: { key, expr } });
const stopped = (state: MachineState) => JSON.parse(JSON.stringify(state)) as MachineState;

it("a stop keeps the order in which states were entered: transitions without an event are taken in it", () => {
  const add = (text: string) => set("log", op("+", { var: "log" }, text));
  const guard = { type: "expr", params: { expr: { var: "go" } } };
  const machine = rawMachine({
    id: "m",
    type: "parallel",
    context: { go: false, log: "" },
    on: { go: { actions: [set("go", true)] } },
    states: {
      a: {
        initial: "a1",
        states: { a1: { on: { t: "a2" } }, a2: { always: { target: "a3", guard, actions: add("a") } }, a3: {} },
      },
      b: { initial: "b1", states: { b1: { always: { target: "b2", guard, actions: add("b") } }, b2: {} } },
    },
  });
  // The region b was entered before a2 was: XState's living actor says "ba" too, and "ab" when it is stopped in between.
  const moved = machine.advance(stopped(machine.start(0)), { type: "t" }, 0);
  expect(machine.context(machine.advance(stopped(moved), { type: "go" }, 0)).log).toBe("ba");
});

it("a stop keeps what JSON cannot spell in the data of an event that is still to come", () => {
  const params = {
    nan: op("*", "x", 2),
    far: op("/", -1, 0),
    zero: op("*", 0, -1),
    own: { const: { $v: { $v: "NaN" } } },
  };
  const machine = rawMachine({
    id: "m",
    initial: "a",
    context: { far: { $v: "Infinity" } },
    states: {
      a: {
        entry: [{ type: "send", params: { event: "x", delay: 5, params } }],
        on: { x: { actions: [set("got", { event: "data" })] } },
      },
    },
  });
  const after = machine.advanceTo(stopped(machine.start(0)), 5);
  expect(machine.context(stopped(after))).toEqual({
    far: Number.POSITIVE_INFINITY,
    got: { nan: Number.NaN, far: Number.NEGATIVE_INFINITY, zero: -0, own: { $v: "NaN" } },
  });
});

it("a state that was entered in what the machine does not have is refused by name", () => {
  const machine = rawMachine({ id: "m", initial: "a", states: { a: { on: { t: "b" } }, b: {} } });
  const state = machine.start(0);
  const broken = { ...state, snapshot: { ...(state.snapshot as object), order: ["m", "m.c"] } } as MachineState;
  expect(() => machine.advance(broken, { type: "t" }, 0)).toThrow("'#m.c' does not exist");
});
