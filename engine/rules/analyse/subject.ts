import { type ParameterisedRuleset, parameterValues } from "../parameter-values.ts";
import { planRules } from "../plan-rules.ts";
import { parseTable } from "../table-compile.ts";
import { datedTable } from "../table-dated.ts";
import { bindParameters } from "./bound-parameters.ts";
import type { Subject } from "./entry.ts";
import { rulesSubject } from "./rules-subject.ts";
import { tableSubject } from "./table-subject.ts";

/** A rule set made ready for analysis; undefined where its rules or cells cannot be read. */
export function subjectOf(ruleset: ParameterisedRuleset): Subject | undefined {
  if (ruleset.table) {
    const table = datedTable(ruleset.table);
    const { cells, issues } = parseTable(table);
    return issues.length > 0 ? undefined : tableSubject(table, cells, ruleset);
  }
  const { plan, planner } = planRules(ruleset.rules ?? [], {
    conditions: ruleset.conditions ?? {},
    replaceFactsInEventParams: true,
    rulesAt: "/rules",
  });
  return planner.issues.length > 0
    ? undefined
    : rulesSubject(bindParameters(plan, parameterValues(ruleset)).plan, ruleset);
}
