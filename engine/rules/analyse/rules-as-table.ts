import type { Json } from "../../words/json.ts";
import type { RulesetBody } from "../decide.ts";
import type { PlannedNode } from "../plan.ts";
import { planRules } from "../plan-rules.ts";
import type { DecisionTable } from "../table.ts";
import type { Column } from "../table-cell.ts";
import { cellText } from "../table-cell-text.ts";
import type { Dimension } from "./dimension.ts";
import type { Entry } from "./entry.ts";
import { leavesOf, rulesSubject } from "./rules-subject.ts";
import { testOfSet } from "./set-cells.ts";
import { type SpanSet, sameSet } from "./span-set.ts";

export type RulesAsTable =
  | { fits: true; table: DecisionTable }
  /** Why not, one sentence each. */
  | { fits: false; reasons: string[] };

/**
 * Rules as a decision table that decides the same: a row for each rule, the strongest first, and the first that matches
 * wins. Rules fit where each asks for one set of values of each fact, and where all events carry the same params.
 */
export function rulesAsTable(ruleset: RulesetBody): RulesAsTable {
  const { plan, planner } = planRules(ruleset.rules ?? [], {
    conditions: ruleset.conditions ?? {},
    replaceFactsInEventParams: true,
    rulesAt: "/rules",
  });
  if (planner.issues.length > 0) return { fits: false, reasons: ["The rules cannot be read yet."] };
  if (plan.rules.length === 0) return { fits: false, reasons: ["There are no rules yet."] };
  // Ranges that a fact declares would make cells say more than the rules do.
  const { facts, ...rest } = ruleset;
  const subject = rulesSubject(plan, { ...rest, ...(facts && { facts: withoutRanges(facts) }) });
  const params = Object.keys(plan.rules[0]?.event.params ?? {});
  const reasons = subject.entries.flatMap((entry, at) => {
    const rule = plan.rules[at];
    const why = entry.unclear.map((one) => `${entry.name}: ${one}.`);
    if (why.length > 0) return why;
    const own = Object.keys(rule?.event.params ?? {});
    if (own.length !== params.length || !own.every((name) => params.includes(name)))
      return [`${entry.name} answers with other params than the first rule.`];
    if (rule && rule.eventParams.length > 0) return [`${entry.name} answers with the value of a fact.`];
    if (params.includes("event"))
      return [`${entry.name} has a param called "event", which a table keeps for the event itself.`];
    return rule ? shapeProblem(entry, rule.node, subject.dimensions) : [];
  });
  if (reasons.length > 0) return { fits: false, reasons };
  const columns = subject.dimensions.map(columnOf);
  const rows = subject.entries.map((entry, at) => ({
    cells: columns.map((column, place) => cellOf(entry, place, column, subject.dimensions) as string),
    out: [plan.rules[at]?.event.type ?? "", ...params.map((name) => plan.rules[at]?.event.params?.[name] as Json)],
    ...noteOf(ruleset, entry),
  }));
  const outputs = [{ name: "event" }, ...params.map((name) => ({ name }))];
  return { fits: true, table: { hitPolicy: "first", columns, outputs, rows } };
}

function withoutRanges(facts: NonNullable<RulesetBody["facts"]>): NonNullable<RulesetBody["facts"]> {
  return Object.fromEntries(
    Object.entries(facts).map(([fact, { min: _min, max: _max, of: _of, ...type }]) => [fact, type]),
  );
}

const noteOf = (ruleset: RulesetBody, { index }: Entry) => {
  const rule = ruleset.rules?.[index];
  const note = [rule?.name, rule?.note].filter((part) => part !== undefined).join(": ");
  return note === "" ? {} : { note: note.slice(0, 1000) };
};

function shapeProblem(entry: Entry, node: PlannedNode, dimensions: readonly Dimension[]): string[] {
  const [box, other] = entry.answers.sure;
  if (dimensions.some(({ nullAtom }) => nullAtom !== undefined))
    return [`${entry.name}: some rule asks whether a fact is missing.`];
  // Each part asks about one fact, as a cell does: else a missing fact would leave the rule open where the row says no.
  const asked = partsOf(node).map((part) => new Set(leavesOf(part).map((leaf) => leaf.slot)));
  if (!box || other || asked.some((slots) => slots.size > 1))
    return [`${entry.name} asks for combinations of facts that one row cannot say.`];
  // A condition that always holds would vanish from the row, and with it what a missing fact means.
  const telling = box.filter((set, at) => set && !sameSet(set, (dimensions[at] as Dimension).full)).length;
  if (telling !== new Set(asked.flatMap((slots) => [...slots])).size)
    return [`${entry.name} asks about a fact without telling its values apart.`];
  const unsaid = dimensions.some((dimension, at) => cellOf(entry, at, columnOf(dimension), dimensions) === undefined);
  return unsaid ? [`${entry.name} asks for values that a cell cannot say.`] : [];
}

/** The parts that must all hold. */
function partsOf(node: PlannedNode): PlannedNode[] {
  return node.kind === "all" ? node.sets.flat().flatMap(partsOf) : [node];
}

function cellOf(entry: Entry, at: number, column: Column, dimensions: readonly Dimension[]): string | undefined {
  const set = entry.answers.sure[0]?.[at] as SpanSet | undefined;
  if (!set) return "-";
  const test = testOfSet(set, dimensions[at] as Dimension);
  return test && cellText(test, column);
}

function columnOf({ use, type, domain }: Dimension): Column {
  const known = { ...use, ...(type.title && { title: type.title }), ...(type.unit && { unit: type.unit }) };
  switch (domain.kind) {
    case "number":
      return { ...known, type: type.type === "percent" || type.type === "money" ? type.type : "number" };
    case "date":
    case "boolean":
      return { ...known, type: domain.kind };
    case "value":
      return { ...known, type: "text" };
    default:
      throw new Error(`unknown kind ${domain.kind satisfies never}`);
  }
}
