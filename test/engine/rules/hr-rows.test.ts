import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compileRules } from "#engine/rules/compile.ts";
import { evaluateRules } from "#engine/rules/reference.ts";
import { CORPUS } from "./corpus.ts";

interface Row {
  id: string;
  facts: Record<string, unknown>;
  expected: { events: unknown[]; failureEvents: unknown[] };
}

const folder = `${CORPUS}hr-rows/`;
const here = existsSync(folder);
const bag = (events: readonly unknown[]) => events.map((event) => JSON.stringify(event)).sort();

/** The recording keeps only the type of an event that did not happen. */
const typeOnly = ({ type }: { type: string }) => ({ type });

describe.skipIf(!here)("an HR rule set over 1,470 real people", () => {
  const read = (file: string) => readFileSync(folder + file, "utf8");
  const ruleset = here ? JSON.parse(read("ibm-attrition.ruleset.json")) : undefined;
  const rows: Row[] = here
    ? read("ibm-attrition.rows.jsonl")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
    : [];

  it("gives each of them the recorded events, compiled", () => {
    const run = compileRules(ruleset.rules, { ...ruleset.options, conditions: ruleset.conditions });
    expect(rows.length).toBeGreaterThan(1000);
    for (const row of rows) {
      const { events, failureEvents } = run(row.facts);
      expect(bag(events), row.id).toEqual(bag(row.expected.events));
      expect(bag(failureEvents.map(typeOnly)), row.id).toEqual(bag(row.expected.failureEvents));
    }
  });

  it("and by the reference, for every twentieth", async () => {
    for (const row of rows.filter((_, at) => at % 20 === 0)) {
      const answer = await evaluateRules(ruleset.rules, row.facts, {
        ...ruleset.options,
        conditions: ruleset.conditions,
      });
      expect(bag(answer.events), row.id).toEqual(bag(row.expected.events));
    }
  });
});
