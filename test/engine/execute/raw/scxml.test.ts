import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rawMachine, runMachine } from "#engine";
import type { MachineState } from "#engine/execute/raw/raw-machine.ts";
import type { MachineStep } from "#engine/execute/raw/run.ts";

interface Case {
  id: string;
  machine: object;
  events: (MachineStep & { event: { type: string } })[];
  expected: { initial: string[]; steps: string[][] };
}

const FILE = new URL("../../../../../shared/data/machines/scxml.jsonl", import.meta.url);
const cases: Case[] = existsSync(FILE)
  ? readFileSync(FILE, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Case)
  : [];

describe.skipIf(cases.length === 0)("a machine of the SCXML suites", () => {
  it("is there to be run, 24 times", () => expect(cases).toHaveLength(24));

  it.each(cases)("$id reaches the expected states, stopped and restored before every event", (one) => {
    expect(runMachine(one.machine, one.events)).toEqual(one.expected);
  });

  it.each(cases)("$id reaches the same without a stop", (one) => {
    const machine = rawMachine(one.machine);
    let state: MachineState = machine.start(0);
    expect(machine.active(state)).toEqual(one.expected.initial);
    const steps = one.events.map(({ after = 0, event }) => {
      state = machine.advance(state, event, state.at + after);
      return machine.active(state);
    });
    expect(steps).toEqual(one.expected.steps);
  });
});
