import type { DefinitionOf } from "../definition/definition.ts";
import { eventsOfTable } from "../definition/events-emitted.ts";
import { rulesAsRun } from "../rules/rules-as-run.ts";
import { pointer } from "../words/pointer.ts";
import type { OutlineEdge, OutlineNode } from "./model.ts";
import type { Wording } from "./wording.ts";
import { capital, spell } from "./words.ts";

/** Rules in the order in which they win, each leading to its event; a table as one box leading to what it may say. */
export function rulesetOutline(
  ruleset: DefinitionOf<"ruleset">,
  wording: Wording,
): { nodes: OutlineNode[]; edges: OutlineEdge[] } {
  const nodes: OutlineNode[] = [];
  const edges: OutlineEdge[] = [];
  const lead = (from: string, event: string, path: string, guarded: boolean) => {
    const to = `$event-${event}`;
    if (!nodes.some((node) => node.id === to)) {
      nodes.push({ id: to, kind: "event", title: capital(spell(event)), chips: [], start: false, path });
    }
    if (!edges.some((edge) => edge.from === from && edge.to === to)) {
      edges.push({ id: `$${from}-${event}`, from, to, label: "", event, guarded, path });
    }
  };
  const byPriority = (ruleset.table ? [] : rulesAsRun(ruleset))
    .map((rule, index) => ({ rule, index }))
    .toSorted((a, b) => (b.rule.priority ?? 1) - (a.rule.priority ?? 1));
  for (const [place, { rule, index }] of byPriority.entries()) {
    const path = pointer("rules", index);
    const id = `$rule-${index}`;
    const title = rule.name ? capital(rule.name) : `Rule ${index + 1}`;
    nodes.push({
      id,
      kind: "rule",
      title,
      subtitle: capital(wording.condition(rule.conditions)),
      chips: rule.priority === undefined ? [] : [`priority ${rule.priority}`],
      start: place === 0,
      path,
    });
    lead(id, rule.event.type, `${path}/event`, true);
  }
  const { table } = ruleset;
  if (table) {
    const chips = [spell(table.hitPolicy), `${table.rows.length} rows`];
    nodes.push({
      id: "$table",
      kind: "table",
      title: ruleset.title,
      subtitle: table.columns.map((column) => column.title ?? spell(column.fact)).join(", "),
      chips,
      start: true,
      path: "/table",
    });
    for (const event of eventsOfTable(table)) lead("$table", event, "/table", true);
  }
  return { nodes, edges };
}
