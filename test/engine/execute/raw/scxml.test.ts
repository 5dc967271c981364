import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rawMachine, runMachine } from "#engine";
import type { MachineState } from "#engine/execute/raw/raw-machine.ts";
import type { MachineStep } from "#engine/execute/raw/run.ts";

interface Case {
  id: string;
  machine: object;
  events: MachineStep[];
  expected: { initial: string[]; steps: string[][] };
}

/** Each line of each file there is a machine. Others are run from a folder that `RONDO_MACHINES` names. */
const FOLDER = process.env.RONDO_MACHINES ?? join(import.meta.dirname, "../../../../../shared/data/machines");
const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith(".jsonl")) : [];
const cases = files.flatMap((name) =>
  readFileSync(join(FOLDER, name), "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line) as Case),
);

describe.skipIf(files.length === 0)("a machine of the SCXML suites", () => {
  it("is there to be run, each by a name of its own", () => {
    expect(cases).not.toEqual([]);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  });

  it.each(cases)("$id reaches the expected states, stopped and restored before every event", (one) => {
    expect(runMachine(one.machine, one.events)).toEqual(one.expected);
  });

  it.each(cases)("$id reaches the same without a stop", (one) => {
    const machine = rawMachine(one.machine);
    let state: MachineState = machine.start(0);
    expect(machine.active(state)).toEqual(one.expected.initial);
    const steps = one.events.map(({ after = 0, event }) => {
      const at = state.at + after;
      state = event ? machine.advance(state, event, at) : machine.advanceTo(state, at);
      return machine.active(state);
    });
    expect(steps).toEqual(one.expected.steps);
  });
});
