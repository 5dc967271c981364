import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { attachInstruction, extractInstruction } from "@atlaskit/pragmatic-drag-and-drop-hitbox/list-item";
import { type RefObject, useEffect, useRef } from "react";
import { valueAt } from "../../../document/json-value.ts";
import { useBuilder } from "./builder-context.ts";
import { isWithin, listOf, type Place, seatOf } from "./tree.ts";
import { type Move, moveTo } from "./tree-moves.ts";

/** Makes a part draggable by its handle, and a place to drop others: before it, after it, or into it where it is a group. */
export function usePartDrag(part: {
  at: Place;
  group: boolean;
  row: RefObject<HTMLElement | null>;
  handle: RefObject<HTMLElement | null>;
}): void {
  const { owner, move, disabled } = useBuilder();
  const newest = useRef({ part, move });
  newest.current = { part, move };
  const { row, handle } = part;
  useEffect(() => {
    const element = row.current;
    const dragHandle = handle.current;
    if (!element || !dragHandle || disabled) return;
    const mine = (data: Record<string | symbol, unknown>) => data.owner === owner;
    const mark = (operation: string | null) => {
      if (operation === null) delete element.dataset.drop;
      else element.dataset.drop = operation;
    };
    return combine(
      draggable({
        element,
        dragHandle,
        canDrag: () => newest.current.part.at.length > 0,
        getInitialData: () => ({ owner, at: newest.current.part.at }),
        onDragStart: () => {
          element.dataset.dragging = "";
        },
        onDrop: () => {
          delete element.dataset.dragging;
        },
      }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => mine(source.data) && !isWithin(newest.current.part.at, source.data.at as Place),
        getData: ({ input }) => {
          const { at, group } = newest.current.part;
          const seated = seatOf(at) ? "available" : "not-available";
          return attachInstruction(
            {},
            {
              element,
              input,
              operations: {
                "reorder-before": seated,
                "reorder-after": seated,
                combine: group ? "available" : "not-available",
              },
            },
          );
        },
        onDrag: ({ self, location }) => {
          const innermost = location.current.dropTargets[0]?.element === element;
          mark(innermost ? (extractInstruction(self.data)?.operation ?? null) : null);
        },
        onDragLeave: () => mark(null),
        onDrop: ({ self, source, location }) => {
          mark(null);
          const instruction = extractInstruction(self.data);
          if (location.current.dropTargets[0]?.element !== element || !instruction) return;
          const { at } = newest.current.part;
          newest.current.move(dropAt(at, instruction.operation), source.data.at as Place, "Drag a condition");
        },
      }),
    );
  }, [row, handle, owner, disabled]);
}

/** Where a drop on a part puts what is dragged. */
const dropAt =
  (target: Place, operation: "reorder-before" | "reorder-after" | "combine"): Move =>
  (root, from) => {
    if (operation === "combine") {
      const value = valueAt(root, target);
      const group = value === undefined ? null : listOf(value, target);
      return group && moveTo(root, from, group.list, group.items.length);
    }
    const seat = seatOf(target);
    return seat && moveTo(root, from, seat.list, seat.index + (operation === "reorder-after" ? 1 : 0));
  };
