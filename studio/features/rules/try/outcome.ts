import type { Ruleset } from "#engine/definition/ruleset.ts";
import type { Decision } from "#engine/rules/decide.ts";
import { lowerTable } from "#engine/rules/table-lower.ts";
import { IssuesError } from "#engine/words/issue.ts";
import type { Json } from "#engine/words/json.ts";
import { isObject } from "../../../document/json-value.ts";
import { words } from "../../../text/kinds.ts";
import { valueText } from "../../../ui/json-value.tsx";
import type { TriedRules } from "../use-rule-tries.ts";
import type { Outcome } from "./live-strip.tsx";

/** What came out, for the strip. */
export function outcomeOf({ decision, why }: TriedRules): Outcome | null {
  if (!decision) return null;
  const params = decision.winner?.event.params ?? {};
  return {
    word: decision.blocked ? "waits for data" : words(decision.outcome),
    tone: decision.winner ? "good" : decision.outcome === "not-evaluated" ? "attention" : "quiet",
    why,
    given: Object.entries(params).map(([name, value]) => `${words(name)}: ${valueText(value as Json)}`),
  };
}

/** The answers that a rule set can give. */
export function answersOf(ruleset: Ruleset): string[] {
  const rules = ruleset.table ? rowsOf(ruleset.table) : (ruleset.rules ?? []);
  const types = rules.map(({ event }) => event.type);
  return [...new Set([...types, ...(ruleset.table?.default ? [] : ["otherwise"])])];
}

/** The rows of a table as rules; none while a cell cannot be read. */
function rowsOf(table: NonNullable<Ruleset["table"]>) {
  try {
    return lowerTable(table);
  } catch (cause) {
    if (cause instanceof IssuesError) return [];
    throw cause;
  }
}

/** A title for a test that is saved from what is seen: `case rating 4, metric attainment 0.7: outlier`. */
export function testTitle(decision: Decision, facts: Record<string, Json>): string {
  const said = Object.entries(facts).map(([name, value]) => {
    const parts = isObject(value) ? Object.entries(value).map(([part, one]) => `${part} ${valueText(one)}`) : [];
    return `${words(name).toLowerCase()} ${parts.length > 0 ? parts.join(" ") : valueText(value)}`;
  });
  return `${said.join(", ")}: ${words(decision.outcome).toLowerCase()}`.slice(0, 200);
}
