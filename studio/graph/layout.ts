import dagre from "@dagrejs/dagre";
import type { GraphEdge, GraphModel, GraphNode, Point } from "./model.ts";
import { FRAME, LANE_TOP } from "./size.ts";
import { wrapColumns } from "./wrap-columns.ts";

/** A drawing in which every node has its place (relative to its parent) and frames are as large as what they hold. */
export interface PlacedGraph {
  nodes: readonly GraphNode[];
  edges: readonly GraphEdge[];
  at: ReadonlyMap<string, Point>;
}

/** A place as the document keeps it. */
export interface StoredPlace extends Point {
  pinned?: boolean;
}

export interface LayoutOptions {
  /** Makes every place anew that is not pinned. */
  tidy?: boolean;
  /** How wide the drawing should be for its height, and the fewest columns of a row. */
  ratio?: number;
  least?: number;
}

/**
 * Places every node. Stored places count; where a scope has few of them the layout makes all places itself, and keeps
 * only those that a person pinned. With `tidy`, every place that is not pinned is made anew.
 */
export function placeGraph(
  model: GraphModel,
  stored: ReadonlyMap<string, StoredPlace>,
  options: LayoutOptions = {},
): PlacedGraph {
  const children = new Map<string | null, GraphNode[]>();
  for (const node of model.nodes) children.set(node.parent, [...(children.get(node.parent) ?? []), node]);
  const at = new Map<string, Point>();
  const sized = new Map<string, GraphNode>();

  const layScope = (parent: GraphNode | null): void => {
    const inside = children.get(parent?.id ?? null) ?? [];
    for (const node of inside) {
      if (node.shape === "frame" || node.shape === "lane") layScope(node);
      if (!sized.has(node.id)) sized.set(node.id, node);
    }
    const nodes = inside.map((node) => sized.get(node.id)!);
    const margin =
      parent === null ? { x: 0, y: 0 } : { x: FRAME.side, y: parent.shape === "lane" ? LANE_TOP : FRAME.top };
    if (nodes.some((node) => node.shape === "lane")) stackLanes(nodes, at, margin, sized);
    else {
      const places = placeScope(nodes, model.edges, stored, { ...options, nested: parent !== null });
      const left = Math.min(0, ...nodes.map((node) => places.get(node.id)!.x));
      const top = Math.min(0, ...nodes.map((node) => places.get(node.id)!.y));
      for (const [id, place] of places)
        at.set(id, parent === null ? place : { x: place.x - left + margin.x, y: place.y - top + margin.y });
    }
    if (parent !== null)
      sized.set(parent.id, {
        ...parent,
        ...extent(
          nodes.map((node) => sized.get(node.id)!),
          at,
          parent,
        ),
      });
  };
  layScope(null);
  return { nodes: model.nodes.map((node) => sized.get(node.id) ?? node), edges: model.edges, at };
}

function placeScope(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  stored: ReadonlyMap<string, StoredPlace>,
  options: LayoutOptions & { nested: boolean },
): Map<string, Point> {
  const inside = new Set(nodes.map((node) => node.id));
  const between = edges.filter((edge) => inside.has(edge.from) && inside.has(edge.to));
  const known = nodes.filter((node) => stored.has(node.id));
  const keepStored = !options.tidy && known.length * 2 > nodes.length;
  const kept = known.filter((node) => keepStored || stored.get(node.id)!.pinned === true);
  const places = new Map<string, Point>(kept.map((node) => [node.id, point(stored.get(node.id)!)]));
  if (kept.length === nodes.length) return places;
  const auto = autoPlaces(nodes, between, options.nested ? 4 : (options.ratio ?? 1.5), options.least);
  if (kept.length === 0) return new Map(auto);
  // Missing ones go beside the step that leads to them; in a scope laid out anew, where the layout says.
  for (const node of nodes) {
    if (places.has(node.id)) continue;
    const before = keepStored ? between.find((edge) => edge.to === node.id && places.has(edge.from)) : undefined;
    const source = before ? nodes.find((one) => one.id === before.from) : undefined;
    const wish = source
      ? { x: places.get(source.id)!.x + source.width + 96, y: places.get(source.id)!.y }
      : auto.get(node.id)!;
    places.set(node.id, freePlace(node, wish, nodes, places));
  }
  return places;
}

/** The nearest place at or below a wish where a node overlaps nothing that has a place. */
export function freePlace(
  node: Pick<GraphNode, "width" | "height">,
  wish: Point,
  nodes: readonly GraphNode[],
  places: ReadonlyMap<string, Point>,
): Point {
  const gap = 24;
  let y = wish.y;
  for (let tries = 0; tries < 1000; tries++) {
    const hit = nodes.find((other) => {
      const place = places.get(other.id);
      return (
        place !== undefined &&
        wish.x < place.x + other.width + gap &&
        wish.x + node.width + gap > place.x &&
        y < place.y + other.height + gap &&
        y + node.height + gap > place.y
      );
    });
    if (!hit) break;
    y = places.get(hit.id)!.y + hit.height + gap + 1;
  }
  return { x: Math.round(wish.x), y: Math.round(y) };
}

const KEPT = 24;
const remembered = new Map<string, Map<string, Point>>();

/**
 * The automatic places of a scope, remembered by what they depend on: ids, sizes and who leads where. Typing a title does
 * not lay the drawing out again.
 */
function autoPlaces(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  ratio: number,
  least?: number,
): Map<string, Point> {
  const parts = [
    nodes.map((node) => `${node.id} ${node.width} ${node.height} ${node.start}`).join(","),
    edges.map((edge) => `${edge.id} ${edge.labels.join("|")}`).join(","),
  ];
  const key = `${ratio} ${least} ${parts.join(";")}`;
  const known = remembered.get(key);
  if (known) return known;
  const places = computePlaces(nodes, edges, ratio, least);
  remembered.set(key, places);
  const [oldest] = remembered.keys();
  if (remembered.size > KEPT && oldest !== undefined) remembered.delete(oldest);
  return places;
}

function computePlaces(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  ratio: number,
  least?: number,
): Map<string, Point> {
  if (nodes.length === 0) return new Map();
  const graph = new dagre.graphlib.Graph({ multigraph: false });
  const longest = Math.max(0, ...edges.flatMap((edge) => edge.labels.map((label) => label.length)));
  const gap = Math.min(170, Math.max(72, longest * 6.4 + 40));
  graph.setGraph({
    rankdir: "LR",
    nodesep: 36,
    ranksep: gap,
    ranker: nodes.length > 60 ? "longest-path" : "network-simplex",
  });
  graph.setDefaultEdgeLabel(() => ({}));
  // The start first: where the drawing has cycles, the layout breaks them as seen from here.
  for (const node of [...nodes].sort((a, b) => Number(b.start) - Number(a.start)))
    graph.setNode(node.id, { width: node.width, height: node.height });
  for (const edge of edges) if (edge.from !== edge.to) graph.setEdge(edge.from, edge.to);
  dagre.layout(graph);
  const places = new Map<string, Point>();
  for (const node of nodes) {
    const { x, y } = graph.node(node.id) as Point;
    places.set(node.id, { x: x - node.width / 2, y: y - node.height / 2 });
  }
  return wrapColumns(nodes, places, { gap, ratio, ...(least === undefined ? {} : { least }) });
}

/** Branches of a parallel step one below the other, all as wide as the widest. */
function stackLanes(
  lanes: readonly GraphNode[],
  at: Map<string, Point>,
  margin: Point,
  sized: Map<string, GraphNode>,
): void {
  const width = Math.max(...lanes.map((lane) => lane.width), 200);
  let y = margin.y;
  for (const lane of lanes) {
    sized.set(lane.id, { ...lane, width });
    at.set(lane.id, { x: margin.x, y });
    y += lane.height + FRAME.gap;
  }
}

function extent(
  nodes: readonly GraphNode[],
  at: ReadonlyMap<string, Point>,
  parent: GraphNode,
): { width: number; height: number } {
  const right = Math.max(160, ...nodes.map((node) => at.get(node.id)!.x + node.width));
  const bottom = Math.max(60, ...nodes.map((node) => at.get(node.id)!.y + node.height));
  return { width: Math.max(right + FRAME.side, parent.title.length * 8 + 120), height: bottom + FRAME.bottom };
}

const point = ({ x, y }: Point): Point => ({ x, y });
