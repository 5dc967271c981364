import type { DefinitionOf } from "../definition/definition.ts";
import { rulesAsRun } from "../rules/rules-as-run.ts";
import type { DecisionTable, HitPolicy } from "../rules/table.ts";
import { datedTable } from "../rules/table-dated.ts";
import type { Json } from "../words/json.ts";
import type { DescriptionSection } from "./description.ts";
import type { Wording } from "./wording.ts";
import { capital, listed, quoted, spell } from "./words.ts";

/** A rule set in words: each rule in the order in which it wins, or each row of its table. */
export function describeRuleset(ruleset: DefinitionOf<"ruleset">, wording: Wording): DescriptionSection[] {
  return [
    ...inForce(ruleset.valid),
    {
      heading: "Rules",
      sentences: ruleset.table ? tableSentences(datedTable(ruleset.table)) : ruleSentences(ruleset, wording),
    },
    { heading: "When data is missing", sentences: [missing[ruleset.missing ?? "not-evaluated"]] },
  ];
}

function inForce(valid: DefinitionOf<"ruleset">["valid"]) {
  if (valid?.from === undefined && valid?.to === undefined) return [];
  const said = [valid.from && `from ${valid.from} on`, valid.to && `until ${valid.to}, that day included`];
  return [{ heading: "In force", sentences: [`These rules count ${said.filter(Boolean).join(" and ")}.`] }];
}

const missing = {
  "not-evaluated": "A rule whose data is missing is not evaluated; it is never taken as false.",
  block: "Where data is missing, the case waits, visibly, until it is there.",
  skip: "A rule whose data is missing counts as not true.",
};

function ruleSentences(ruleset: DefinitionOf<"ruleset">, wording: Wording): string[] {
  const rules = rulesAsRun(ruleset).toSorted((a, b) => (b.priority ?? 1) - (a.priority ?? 1));
  const sentences = rules.map((rule, index) => {
    const name = rule.name ? `${capital(rule.name)}: if ` : "If ";
    const params = Object.entries(rule.event.params ?? {}).map(
      ([key, value]) => `${spell(key)} ${valueInWords(value)}`,
    );
    const also = index > 0 ? "and no rule before it applies, " : "";
    return `${name}${wording.condition(rule.conditions)}, ${also}the answer is ${quoted(spell(rule.event.type))}${params.length > 0 ? ` (${listed(params)})` : ""}.`;
  });
  return sentences.length > 0 ? sentences : ["There are no rules yet."];
}

const policies: Record<HitPolicy, string> = {
  unique: "Exactly one row applies.",
  first: "The first row that applies counts.",
  any: "All rows that apply say the same.",
  priority: "Of the rows that apply, the one with the strongest answer counts.",
  "rule-order": "All rows that apply count, in their order.",
  "output-order": "All rows that apply count, the strongest answer first.",
  collect: "All rows that apply count.",
  "collect-sum": "The answers of all rows that apply are added.",
  "collect-min": "The smallest answer of the rows that apply counts.",
  "collect-max": "The largest answer of the rows that apply counts.",
  "collect-count": "The rows that apply are counted.",
};

const SHOWN = 50;

function tableSentences(table: DecisionTable): string[] {
  const columns = table.columns.map((column) => column.title ?? spell(column.fact));
  const outputs = table.outputs.map((output) => output.title ?? spell(output.name));
  const answer = (out: Json[]) => listed(outputs.map((name, index) => `${name} ${valueInWords(out[index] ?? null)}`));
  const rows = table.rows.slice(0, SHOWN).map((row) => {
    const cells = row.cells.flatMap((cell, index) => (isAnything(cell) ? [] : [`${columns[index]} is ${cell.trim()}`]));
    return `${cells.length > 0 ? `If ${listed(cells)}` : "In every case"}: ${answer(row.out)}.`;
  });
  return [
    policies[table.hitPolicy],
    ...rows,
    ...(table.rows.length > SHOWN ? [`There are ${table.rows.length - SHOWN} more rows.`] : []),
    ...(table.default ? [`Otherwise: ${answer(table.default)}.`] : []),
  ];
}

const isAnything = (cell: string) => cell.trim() === "-" || cell.trim() === "";

function valueInWords(value: Json): string {
  if (value === null) return "nothing";
  if (typeof value === "string") return quoted(value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
