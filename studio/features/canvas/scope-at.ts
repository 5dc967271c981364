import type { PlacedGraph } from "../../graph/layout.ts";
import type { Point } from "../../graph/model.ts";

/** Where something new goes: segments of the scope, and the place inside its frame. */
export interface Spot {
  scope: readonly string[];
  at: Point;
}

/** The innermost group or branch that a point of the canvas lies in; the workflow itself where it lies in none. */
export function scopeAt(placed: PlacedGraph, point: Point): Spot {
  let spot: Spot = { scope: [], at: point };
  let parent: string | null = null;
  for (let found = true; found; ) {
    found = false;
    for (const node of placed.nodes) {
      if (node.parent !== parent || (node.shape !== "frame" && node.shape !== "lane")) continue;
      const place = placed.at.get(node.id);
      if (!place) continue;
      const inside = { x: spot.at.x - place.x, y: spot.at.y - place.y };
      if (inside.x < 0 || inside.y < 0 || inside.x > node.width || inside.y > node.height) continue;
      // A parallel frame itself holds no steps: only its branches do.
      spot = node.kind === "parallel" ? { scope: spot.scope, at: inside } : { scope: node.path, at: inside };
      parent = node.id;
      found = true;
      break;
    }
  }
  return spot;
}
