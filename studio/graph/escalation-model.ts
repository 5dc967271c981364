import type { Json } from "#engine/words/json.ts";
import { isObject, valueAt } from "../document/json-value.ts";
import { parametersOf } from "../document/parameters.ts";
import { words } from "../text/kinds.ts";
import type { Chip, GraphEdge, GraphModel, GraphNode } from "./model.ts";
import { cardSize, pillSize } from "./size.ts";
import { chipsOf, clockSigns } from "./step-chips.ts";
import { durationWords, whoInWords } from "./words.ts";

/** The ids of what a ladder has beside its levels; a level's id cannot hold a colon. */
export const TRIGGER_NODE = "ladder:trigger";
export const FALLBACK_NODE = "ladder:fallback";

/** A ladder as a chain: what starts it, its levels with their time, the repeat and the last resort. */
export function escalationModel(document: Json, sheets: readonly Json[] = []): GraphModel {
  const parameters = parametersOf(document, sheets);
  const levels = valueAt(document, ["levels"]);
  const list = Array.isArray(levels) ? levels.filter(isObject) : [];
  const nodes: GraphNode[] = [pill(TRIGGER_NODE, triggerWords(document), ["trigger"], true)];
  const edges: GraphEdge[] = [];
  let previous = TRIGGER_NODE;
  list.forEach((level, index) => {
    const id = typeof level.id === "string" ? level.id : `level-${index}`;
    if (nodes.some((node) => node.id === id)) return;
    nodes.push(levelNode(level, id, index, parameters, valueAt(document, ["clocks", String(level.clock)])));
    edges.push(edge(previous, id, index === 0 ? "starts" : `not ${stopWord(level, list[index - 1])}`));
    previous = id;
  });
  edges.push(...tierEdges(document, new Set(nodes.map((node) => node.id))));
  const first = nodes[1];
  const times = valueAt(document, ["repeat", "times"]);
  if (first && typeof times === "number" && times > 0) {
    const every = durationWords(valueAt(document, ["repeat", "every"]), parameters);
    edges.push({
      ...edge(previous, first.id, `again ${times === 1 ? "once" : `${times} times`}${every ? `, after ${every}` : ""}`),
      quiet: true,
    });
  }
  const fallback = whoInWords(valueAt(document, ["fallback"]));
  if (fallback) {
    nodes.push({ ...pill(FALLBACK_NODE, `Last resort: ${fallback}`, ["fallback"], false), hue: "waiting" });
    edges.push({ ...edge(previous, FALLBACK_NODE, "nobody"), quiet: true });
  }
  return { nodes, edges };
}

/** Where a bigger breach starts: from the trigger to a level further up. */
function tierEdges(document: Json, known: ReadonlySet<string>): GraphEdge[] {
  const tiers = valueAt(document, ["trigger", "tiers"]);
  const labels = new Map<string, string[]>();
  for (const tier of Array.isArray(tiers) ? tiers.filter(isObject) : []) {
    const to = String(tier.startAt ?? "");
    const [word, bound] = tier.above === undefined ? ["below", tier.below] : ["above", tier.above];
    const amount = isObject(bound) ? words(String(bound.parameter ?? "a value")).toLowerCase() : String(bound ?? "…");
    if (known.has(to)) labels.set(to, [...(labels.get(to) ?? []), `${word} ${amount}`]);
  }
  return [...labels].map(([to, said]) => ({ ...edge(TRIGGER_NODE, to, ""), labels: said, quiet: true }));
}

function levelNode(
  level: { [key: string]: Json },
  id: string,
  index: number,
  parameters: Json | undefined,
  clock: Json | undefined,
): GraphNode {
  const title = typeof level.title === "string" && level.title ? level.title : id;
  const who = whoInWords(level.notify);
  const chips: Chip[] = [];
  const start = valueAt(level.start, ["workflow"]);
  if (typeof start === "string") chips.push({ text: `starts ${start}`, tone: "accent" });
  chips.push(...chipsOf({ shared: level.shared ?? null }));
  const via = Array.isArray(level.via) ? level.via.filter((one) => one !== "inbox") : [];
  if (via.length) chips.push({ text: `by ${via.join(", ")}`, tone: "quiet" });
  const after = durationWords(level.after, parameters);
  return {
    id,
    shape: "card",
    kind: "level",
    word: `Level ${index + 1}`,
    hue: index === 0 ? "form" : "decision",
    title,
    who,
    time: after === null ? null : /^0 /.test(after) ? "at once" : after,
    clockSigns: clockSigns(clock),
    chips,
    parent: null,
    ...cardSize("card", title, who !== null, chips),
    start: false,
    path: ["levels", String(index)],
  };
}

const stopWord = (level: { [key: string]: Json }, before: { [key: string]: Json } | undefined) =>
  (level.clock ?? before?.clock) === "resolve" ? "resolved" : "acknowledged";

function triggerWords(document: Json): string {
  const trigger = valueAt(document, ["trigger"]);
  if (!isObject(trigger)) return "Started by a step";
  if (typeof trigger.metric === "string" && trigger.on === undefined) return `${words(trigger.metric)} breached`;
  if (trigger.on === "record.created") {
    const record = typeof trigger.record === "string" ? trigger.record : valueAt(document, ["subject"]);
    return `${words(String(record ?? "record"))} created`;
  }
  return words(String(trigger.on ?? "trigger"));
}

const pill = (id: string, title: string, path: string[], start: boolean): GraphNode => ({
  id,
  shape: "pill",
  kind: "trigger",
  word: "Trigger",
  hue: "end",
  title,
  who: null,
  time: null,
  chips: [],
  parent: null,
  ...pillSize(title),
  start,
  path,
});

const edge = (from: string, to: string, label: string): GraphEdge => ({
  id: `${from}→${to}`,
  from,
  to,
  labels: [label],
  ways: [],
  quiet: false,
});
