import type { Command } from "../document-state.ts";
import { isObject, valueAt, withValue } from "../json-value.ts";

export interface Position {
  x: number;
  y: number;
}

/** Puts steps where a person dragged them; a step moved by hand is pinned, so that tidying up leaves it there. */
export function moveNodes(positions: Readonly<Record<string, Position>>): Command {
  return (document) => {
    const layout = valueAt(document, ["layout"]);
    const base = isObject(layout) ? layout : {};
    const moved = Object.fromEntries(
      Object.entries(positions).map(([id, at]) => [id, { x: Math.round(at.x), y: Math.round(at.y), pinned: true }]),
    );
    return withValue(document, ["layout"], { ...base, ...moved });
  };
}

/** Writes a computed layout down, in one step; places of steps that the layout does not know are dropped. */
export function tidyUp(positions: Readonly<Record<string, Position>>): Command {
  return (document) => {
    const layout = valueAt(document, ["layout"]);
    const pinned = (id: string) => {
      const at = isObject(layout) ? layout[id] : undefined;
      return isObject(at) && at.pinned === true;
    };
    const next = Object.fromEntries(
      Object.entries(positions).map(([id, at]) => {
        const place = { x: Math.round(at.x), y: Math.round(at.y) };
        return [id, pinned(id) ? { ...place, pinned: true } : place];
      }),
    );
    return withValue(document, ["layout"], next);
  };
}
