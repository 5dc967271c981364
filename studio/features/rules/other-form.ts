import type { Ruleset } from "#engine/definition/ruleset.ts";
import { rulesAsTable } from "#engine/rules/analyse/rules-as-table.ts";
import type { Rule } from "#engine/rules/ruleset.ts";
import type { DecisionTable } from "#engine/rules/table.ts";
import { compileTable } from "#engine/rules/table-compile.ts";
import { lowerTable } from "#engine/rules/table-lower.ts";
import { IssuesError } from "#engine/words/issue.ts";
import type { Json } from "#engine/words/json.ts";
import type { Command } from "../../document/document-state.ts";
import { withValue } from "../../document/json-value.ts";

/** A rule set in its other form, deciding the same; or why it does not fit, one sentence each. */
export type OtherForm = { fits: true; command: Command } | { fits: false; reasons: readonly string[] };

/** Rules as a decision table, a table as rules. */
export function otherForm(ruleset: Ruleset): OtherForm {
  if (ruleset.table) return asRules(ruleset.table);
  const shown = rulesAsTable(ruleset);
  return shown.fits ? { fits: true, command: become("table", shown.table as unknown as Json) } : shown;
}

const become =
  (form: "rules" | "table", content: Json): Command =>
  (document) =>
    withValue(withValue(document, [form === "rules" ? "table" : "rules"], undefined), [form], content);

/** Hit policies under which rules, of which the first that holds decides, answer as the rows do. */
const FIRST = new Set(["first", "priority"]);

function asRules(table: DecisionTable): OtherForm {
  if (!FIRST.has(table.hitPolicy))
    return {
      fits: false,
      reasons: [`Of rules one decides; this table combines its rows by “${table.hitPolicy}”.`],
    };
  try {
    const rules = lowerTable(table);
    const nothing = { output: null, matched: [], usedDefault: true, open: [], missing: [] };
    const event = table.default ? compileTable(table).eventOf(nothing) : null;
    const all: Rule[] = event
      ? [...rules, { name: "default row", conditions: { all: [] }, event: event as Rule["event"] }]
      : rules;
    return { fits: true, command: become("rules", all as unknown as Json) };
  } catch (cause) {
    if (cause instanceof IssuesError) return { fits: false, reasons: cause.issues.map(({ message }) => message) };
    throw cause;
  }
}
