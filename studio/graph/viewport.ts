import type { PlacedGraph } from "./layout.ts";
import { centres } from "./neighbour.ts";

/** Room at the edges that something else lies over, in pixels. */
export interface Insets {
  top: number;
  right: number;
  bottom: number;
  left: number;
}
export const NO_INSETS: Insets = { top: 28, right: 28, bottom: 28, left: 28 };

export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The box around some nodes, or all of them; null where there are none. */
export function boundsOf(placed: PlacedGraph, ids?: readonly string[]): Bounds | null {
  const at = centres(placed);
  const chosen = placed.nodes.filter((node) => !ids || ids.includes(node.id));
  if (chosen.length === 0) return null;
  const left = Math.min(...chosen.map((node) => at.get(node.id)!.x - node.width / 2));
  const top = Math.min(...chosen.map((node) => at.get(node.id)!.y - node.height / 2));
  const right = Math.max(...chosen.map((node) => at.get(node.id)!.x + node.width / 2));
  const bottom = Math.max(...chosen.map((node) => at.get(node.id)!.y + node.height / 2));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * The pan and zoom that show a box in what is free of a view: as large as fits between the zoom limits. A drawing smaller
 * than the room stands in its upper middle, where one begins to read.
 */
export function viewportFor(
  bounds: Bounds,
  view: { width: number; height: number },
  insets: Insets,
  zoom: { min: number; max: number },
): { x: number; y: number; zoom: number } {
  const width = Math.max(80, view.width - insets.left - insets.right);
  const height = Math.max(80, view.height - insets.top - insets.bottom);
  const fitting = Math.min(width / Math.max(1, bounds.width), height / Math.max(1, bounds.height));
  const scale = Math.min(zoom.max, Math.max(zoom.min, fitting));
  const x = insets.left + (width - bounds.width * scale) / 2 - bounds.x * scale;
  const y = insets.top + Math.max(0, height - bounds.height * scale) * 0.42 - bounds.y * scale;
  return { x, y, zoom: scale };
}
