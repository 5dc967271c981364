import type { DecisionTable } from "../rules/table.ts";
import type { Ruleset } from "./ruleset.ts";

/** The events that the rules or the table of a rule set may emit, in the order in which they stand. */
export function eventsEmitted(ruleset: Ruleset): Set<string> {
  const events = (ruleset.rules ?? []).map((rule) => rule.event.type);
  return new Set([...events, ...(ruleset.table ? eventsOfTable(ruleset.table) : [])]);
}

/** The events that a table may emit: named by an output called `event`, else by the table, else `matched`. */
export function eventsOfTable(table: DecisionTable): Set<string> {
  const column = table.outputs.findIndex((output) => output.name === "event");
  const plain = table.event ?? "matched";
  // Where rows are collected, their answers are parameters of one event.
  const single = ["unique", "first", "any", "priority"].includes(table.hitPolicy);
  const events = new Set(!single && table.rows.length > 0 ? [plain] : []);
  for (const out of [...(single ? table.rows.map((row) => row.out) : []), ...(table.default ? [table.default] : [])]) {
    const named = column === -1 ? undefined : out[column];
    events.add(typeof named === "string" && named !== "" ? named : plain);
  }
  return events;
}
