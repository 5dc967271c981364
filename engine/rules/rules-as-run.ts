import type { RulesetBody } from "./decide.ts";
import type { Rule } from "./ruleset.ts";
import { lowerTable } from "./table-lower.ts";
import { conditionsInForce } from "./validity.ts";

/**
 * The rules of a rule set as they run, for those who explain or tell them: the rows of a table lowered, and the dates
 * between which a rule is in force among its conditions. By their place in the document.
 * Throws IssuesError for a table that cannot be read.
 */
export function rulesAsRun({ table, rules = [] }: Pick<RulesetBody, "table" | "rules">): Rule[] {
  if (table) return lowerTable(table);
  return rules.map((rule) =>
    rule.valid ? { ...rule, conditions: conditionsInForce(rule.conditions, rule.valid) } : rule,
  );
}
