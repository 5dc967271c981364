import { useMemo } from "react";
import type { Json } from "#engine/words/json.ts";
import { valueAt } from "../document/json-value.ts";
import { escalationModel, FALLBACK_NODE, TRIGGER_NODE } from "./escalation-model.ts";
import type { Marks } from "./flow-elements.ts";
import { type GraphHandle, GraphView } from "./graph-view.tsx";
import { placeGraph } from "./layout.ts";
import type { EdgeMark, GraphModel, NodeMark } from "./model.ts";
import { storedPlaces } from "./stored-places.ts";
import { workflowModel } from "./workflow-model.ts";

export interface CaseGraphProps {
  /** A workflow, or an escalation (drawn as its ladder), as JSON. */
  document: Json;
  /** Ids of the steps where the case stands. */
  active?: readonly string[];
  /** Ids passed through, in order. */
  visited?: readonly string[];
  taken?: readonly { from: string; to: string; event: string; at: number }[];
  timers?: readonly { step: string; title: string; dueAt: number }[];
  /** "in 3 days" for an instant; without it timers are shown by their title only. */
  whenInWords?: (at: number) => string;
  selected?: string | null;
  onSelect?: (step: string | null) => void;
  onReady?: (handle: GraphHandle) => void;
  minimap?: boolean;
}

const NONE: readonly never[] = [];

/** Any document that is drawn as a graph. */
export function modelOf(document: Json): GraphModel {
  return valueAt(document, ["kind"]) === "escalation" ? escalationModel(document) : workflowModel(document);
}

/** A running or finished case on its graph, read only: where it stands, the way it took, what is still to come. */
export function CaseGraph({
  document,
  active = NONE,
  visited = NONE,
  taken = NONE,
  timers = NONE,
  whenInWords,
  selected = null,
  onSelect,
  onReady,
  minimap = false,
}: CaseGraphProps) {
  const placed = useMemo(() => placeGraph(modelOf(document), storedPlaces(document)), [document]);
  const marks = useMemo(() => {
    if (active.length + visited.length + taken.length === 0) return undefined;
    return caseMarks(placed, { active, visited, taken, timers, ...(whenInWords ? { whenInWords } : {}) });
  }, [placed, active, visited, taken, timers, whenInWords]);
  const title = valueAt(document, ["title"]);
  const chosen = useMemo(() => (selected ? [selected] : []), [selected]);
  return (
    <GraphView
      placed={placed}
      label={typeof title === "string" ? `Graph of ${title}` : "Graph"}
      {...(marks ? { marks } : {})}
      selection={chosen}
      onSelect={(ids) => onSelect?.(ids.at(-1) ?? null)}
      {...(onReady ? { onReady } : {})}
      minimap={minimap}
      fitKey={String(valueAt(document, ["id"]) ?? "")}
    />
  );
}

/** What is laid over the drawing for a case. Exported for the simulator and for tests. */
export function caseMarks(
  graph: GraphModel,
  run: Required<Pick<CaseGraphProps, "active" | "visited" | "taken" | "timers">> & Pick<CaseGraphProps, "whenInWords">,
): Marks {
  const here = new Set(run.active);
  const been = new Set(run.visited);
  const parents = new Map(graph.nodes.map((node) => [node.id, node.parent]));
  for (const id of [...here, ...been])
    for (let up = parents.get(id) ?? null; up !== null; up = parents.get(up) ?? null) been.add(up);
  const counts = new Map<string, number>();
  for (const step of run.taken) {
    const id = `${step.from}→${step.to}`;
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  // A ladder starts at its trigger, which is no step of the case.
  const begun = here.size + been.size > 0;
  if (begun) been.add(TRIGGER_NODE);
  const nodes: Record<string, NodeMark> = {};
  for (const node of graph.nodes) {
    if (node.shape === "lane") continue;
    const state = here.has(node.id) ? "active" : been.has(node.id) ? "visited" : "untouched";
    const timer = run.timers.filter((one) => one.step === node.id).sort((a, b) => a.dueAt - b.dueAt)[0];
    const due = timer ? (run.whenInWords?.(timer.dueAt) ?? "") : "";
    const chips = timer
      ? [{ text: due ? `due ${due}` : timer.title, tone: "accent" as const, title: `${timer.title} ${due}`.trim() }]
      : [];
    nodes[node.id] = {
      state: node.shape === "frame" && state === "visited" && holdsActive(node.id, here, parents) ? "active" : state,
      chips,
    };
  }
  const edges: Record<string, EdgeMark> = {};
  for (const edge of graph.edges) {
    const count = counts.get(edge.id) ?? 0;
    const ladder =
      (edge.from === TRIGGER_NODE && (here.has(edge.to) || been.has(edge.to))) ||
      (edge.to === FALLBACK_NODE && here.has(FALLBACK_NODE));
    edges[edge.id] = count > 0 || ladder ? { state: "taken", count: Math.max(1, count) } : { state: "untouched" };
  }
  return { nodes, edges };
}

function holdsActive(id: string, here: ReadonlySet<string>, parents: ReadonlyMap<string, string | null>): boolean {
  for (const step of here)
    for (let up = parents.get(step) ?? null; up !== null; up = parents.get(up) ?? null) if (up === id) return true;
  return false;
}
