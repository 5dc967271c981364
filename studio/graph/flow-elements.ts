import { type Box, crosses } from "./edge-path.ts";
import type { PlacedGraph } from "./layout.ts";
import type { EdgeMark, NodeMark } from "./model.ts";
import type { FlowNode } from "./nodes.tsx";
import type { FlowEdge } from "./way-edge.tsx";

export interface Marks {
  nodes?: Readonly<Record<string, NodeMark>>;
  edges?: Readonly<Record<string, EdgeMark>>;
}

interface Options {
  marks: Marks;
  selection: readonly string[];
  editable: boolean;
}

/**
 * The elements for React Flow. A node or edge of which nothing changed is the same object as before, so that only what an
 * edit touched is drawn again.
 */
export function createFlowElements(): (
  placed: PlacedGraph,
  options: Options,
) => { nodes: FlowNode[]; edges: FlowEdge[] } {
  let before = new Map<string, FlowNode>();
  let edgesBefore = new Map<string, FlowEdge>();
  return (placed, { marks, selection, editable }) => {
    const chosen = new Set(selection);
    const depth = new Map<string, number>();
    for (const node of placed.nodes) depth.set(node.id, node.parent === null ? 0 : (depth.get(node.parent) ?? 0) + 1);
    const nodes = [...placed.nodes]
      .sort((a, b) => depth.get(a.id)! - depth.get(b.id)!)
      .map((node): FlowNode => {
        const at = placed.at.get(node.id)!;
        const mark = marks.nodes?.[node.id];
        const old = before.get(node.id);
        const selected = chosen.has(node.id);
        const data = old && alike(old.data.node, node) && alike(old.data.mark, mark) ? old.data : { node, mark };
        if (
          old &&
          data === old.data &&
          old.position.x === at.x &&
          old.position.y === at.y &&
          old.selected === selected &&
          old.draggable === (editable && node.shape !== "lane")
        )
          return old;
        return {
          id: node.id,
          type: node.shape,
          position: at,
          data,
          width: node.width,
          height: node.height,
          selected,
          selectable: node.shape !== "lane",
          focusable: node.shape !== "lane",
          draggable: editable && node.shape !== "lane",
          connectable: editable && node.shape !== "lane",
          ...(node.parent === null ? {} : { parentId: node.parent }),
          ariaLabel: sayNode(data.node, mark),
          zIndex: depth.get(node.id)! * 2 + (node.shape === "frame" || node.shape === "lane" ? 0 : 1),
        };
      });
    const pairs = new Set(placed.edges.map((edge) => edge.id));
    const parents = new Map(placed.nodes.map((node) => [node.id, node.parent]));
    const blocked = blockedEdges(placed);
    const edges = placed.edges.map((edge): FlowEdge => {
      const around = blocked.has(edge.id);
      const mark = marks.edges?.[edge.id];
      const old = edgesBefore.get(edge.id);
      const selected = chosen.has(edge.id);
      const nested = (parents.get(edge.from) ?? null) !== null;
      const twoWay = edge.from !== edge.to && pairs.has(`${edge.to}→${edge.from}`);
      if (
        old?.data &&
        alike(old.data.edge, edge) &&
        alike(old.data.mark, mark) &&
        old.selected === selected &&
        old.data.twoWay === twoWay &&
        old.data.around === around
      )
        return old;
      return {
        id: edge.id,
        type: "way",
        source: edge.from,
        target: edge.to,
        data: { edge, mark, twoWay, nested, around },
        selected,
        ariaLabel: `${edge.labels.join(" or ")}: from ${edge.from} to ${edge.to}`,
        zIndex: nested ? 2 : 0,
      };
    });
    before = new Map(nodes.map((node) => [node.id, node]));
    edgesBefore = new Map(edges.map((edge) => [edge.id, edge]));
    return { nodes, edges };
  };
}

const known = new WeakMap<PlacedGraph, ReadonlySet<string>>();

/** The edges whose straight way would run over another node of the same scope, in the same row or column. */
function blockedEdges(placed: PlacedGraph): ReadonlySet<string> {
  const before = known.get(placed);
  if (before) return before;
  const parents = new Map(placed.nodes.map((node) => [node.id, node.parent]));
  const scopes = new Map<string | null, { id: string; box: Box }[]>();
  const boxes = new Map<string, Box>();
  for (const node of placed.nodes) {
    const box = { ...placed.at.get(node.id)!, width: node.width, height: node.height };
    boxes.set(node.id, box);
    const scope = scopes.get(node.parent);
    if (scope) scope.push({ id: node.id, box });
    else scopes.set(node.parent, [{ id: node.id, box }]);
  }
  const blocked = new Set<string>();
  for (const edge of placed.edges) {
    const [from, to] = [boxes.get(edge.from), boxes.get(edge.to)];
    const scope = parents.get(edge.from) ?? null;
    if (!from || !to || scope !== (parents.get(edge.to) ?? null)) continue;
    if (from.y >= to.y + to.height || to.y >= from.y + from.height) continue;
    const left = Math.min(from.x + from.width, to.x + to.width);
    const right = Math.max(from.x, to.x);
    const between = scopes
      .get(scope)
      ?.some(
        ({ id, box }) =>
          box.x < right && box.x + box.width > left && id !== edge.from && id !== edge.to && crosses(from, to, box),
      );
    if (between) blocked.add(edge.id);
  }
  known.set(placed, blocked);
  return blocked;
}

/** A node as a screen reader says it. */
function sayNode(node: FlowNode["data"]["node"], mark: NodeMark | undefined): string {
  const state = mark?.state === "active" ? "the case is here" : mark?.state === "visited" ? "done" : "";
  const chips = [...node.chips, ...(mark?.chips ?? [])].map((chip) => chip.title ?? chip.text);
  const clock = (node.clockSigns ?? []).map((one) => one.title);
  return [`${node.word}: ${node.title}`, node.who, node.time, ...clock, ...chips, state].filter(Boolean).join(", ");
}

/** Whether two pieces of data say the same; they are small and plain. */
const alike = (a: unknown, b: unknown) =>
  a === b || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b));
