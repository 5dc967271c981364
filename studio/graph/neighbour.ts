import type { PlacedGraph } from "./layout.ts";
import type { Point } from "./model.ts";

export type Direction = "left" | "right" | "up" | "down";
const VECTORS: Record<Direction, Point> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};

/** The middle of every node in absolute coordinates. */
export function centres(placed: PlacedGraph): Map<string, Point> {
  const parents = new Map(placed.nodes.map((node) => [node.id, node.parent]));
  return new Map(
    placed.nodes.map((node) => {
      let { x, y } = placed.at.get(node.id) ?? { x: 0, y: 0 };
      for (let up = parents.get(node.id) ?? null; up !== null; up = parents.get(up) ?? null) {
        x += placed.at.get(up)?.x ?? 0;
        y += placed.at.get(up)?.y ?? 0;
      }
      return [node.id, { x: x + node.width / 2, y: y + node.height / 2 }];
    }),
  );
}

/**
 * Where an arrow key leads from a node: along an edge (either way) that points in that direction, else to the nearest
 * node there; null where there is none.
 */
export function neighbour(placed: PlacedGraph, id: string, direction: Direction): string | null {
  const at = centres(placed);
  const from = at.get(id);
  if (!from) return null;
  const vector = VECTORS[direction];
  const joined = new Set(
    placed.edges.flatMap((edge) => (edge.from === id ? [edge.to] : edge.to === id ? [edge.from] : [])),
  );
  let best: { id: string; score: number } | null = null;
  for (const node of placed.nodes) {
    const to = at.get(node.id)!;
    if (node.id === id || node.shape === "lane") continue;
    const ahead = (to.x - from.x) * vector.x + (to.y - from.y) * vector.y;
    const aside = Math.abs((to.x - from.x) * vector.y) + Math.abs((to.y - from.y) * vector.x);
    if (ahead < 8 || aside > ahead * 2.5) continue;
    const score = ahead + aside * 2 - (joined.has(node.id) ? 100_000 : 0);
    if (!best || score < best.score) best = { id: node.id, score };
  }
  return best?.id ?? null;
}
