import { type PointerEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { Cell, Range } from "./selection.ts";

/** What is being dragged: a selection drawn out, its corner to fill, or rows to another place. */
export type Drag =
  | { kind: "select" | "rows"; to: Cell }
  | { kind: "fill"; from: Range; to: Cell }
  | { kind: "move"; from: Range; before: number };

/** Nearer to an edge than this, in pixels, the table scrolls by itself while something is dragged. */
const EDGE = 28;

/** The cell under the pointer: by what is drawn there, or the nearest. */
export function cellUnder(scroll: HTMLElement, x: number, y: number): Cell | undefined {
  const box = scroll.getBoundingClientRect();
  const inside = (value: number, low: number, high: number) => Math.max(low, Math.min(value, high));
  const found = document.elementFromPoint(
    inside(x, box.left + 2, box.left + scroll.clientWidth - 2),
    inside(y, box.top + 50, box.top + scroll.clientHeight - 2),
  );
  const cell = found?.closest<HTMLElement>("[data-row]");
  if (!cell || !scroll.contains(cell)) return undefined;
  return { row: Number(cell.dataset.row), column: Number(cell.dataset.column ?? 0) };
}

/**
 * Follows the pointer from where a drag began until it is let go; the table scrolls at its edges. `onMove` hears of each
 * new cell, `onDrop` of the end.
 */
export function useGridDrag(
  scroll: RefObject<HTMLElement | null>,
  rowHeight: number,
  on: { move: (drag: Drag) => void; drop: (drag: Drag) => void },
) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const now = useRef<Drag | null>(null);
  const heard = useRef(on);
  heard.current = on;
  const set = (next: Drag | null) => {
    now.current = next;
    setDrag(next);
  };
  const going = drag !== null;
  useEffect(() => {
    if (!going) return;
    const follow = (event: globalThis.PointerEvent) => {
      const element = scroll.current;
      const old = now.current;
      if (!element || !old) return;
      const box = element.getBoundingClientRect();
      if (event.clientY > box.bottom - EDGE) element.scrollTop += rowHeight / 2;
      else if (event.clientY < box.top + 48 + EDGE) element.scrollTop -= rowHeight / 2;
      if (event.clientX > box.right - EDGE) element.scrollLeft += 24;
      const under = cellUnder(element, event.clientX, event.clientY);
      if (!under) return;
      let next: Drag;
      if (old.kind === "move") {
        const head = document.elementFromPoint(box.left + 4, event.clientY)?.closest<HTMLElement>("[data-row]");
        const middle = head ? head.getBoundingClientRect().top + rowHeight / 2 : 0;
        next = { ...old, before: under.row + (event.clientY > middle ? 1 : 0) };
      } else next = { ...old, to: under };
      set(next);
      heard.current.move(next);
    };
    const drop = () => {
      const last = now.current;
      set(null);
      if (last) heard.current.drop(last);
    };
    const give = (event: KeyboardEvent) => event.key === "Escape" && set(null);
    window.addEventListener("pointermove", follow);
    window.addEventListener("pointerup", drop);
    window.addEventListener("keydown", give);
    return () => {
      window.removeEventListener("pointermove", follow);
      window.removeEventListener("pointerup", drop);
      window.removeEventListener("keydown", give);
    };
  });
  const begin = (event: PointerEvent, first: Drag) => {
    event.preventDefault();
    set(first);
  };
  return { drag, begin };
}
