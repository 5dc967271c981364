import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { attachClosestEdge, extractClosestEdge } from "@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge";
import { IconGripVertical } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import classes from "./sortable.module.css";

/**
 * One item of a list that can be put in another order: by its grip with the pointer, or with the grip in focus by Alt and
 * an arrow. `list` keeps lists apart: an item is only taken by a list of the same name. `onMove` gets where the item was
 * and the place it should have afterwards, both in this list.
 */
export function SortableItem({
  list,
  index,
  count,
  label,
  disabled = false,
  onMove,
  children,
}: {
  list: string;
  index: number;
  count: number;
  label: string;
  disabled?: boolean;
  onMove: (from: number, to: number) => void;
  children: ReactNode;
}) {
  const item = useRef<HTMLDivElement>(null);
  const grip = useRef<HTMLButtonElement>(null);
  const [edge, setEdge] = useState<"top" | "bottom" | null>(null);
  const move = useRef(onMove);
  move.current = onMove;
  useEffect(() => {
    const [element, handle] = [item.current, grip.current];
    if (!element || !handle || disabled) return;
    return combine(
      draggable({ element, dragHandle: handle, getInitialData: () => ({ list, index }) }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data.list === list,
        getData: ({ input }) => attachClosestEdge({}, { element, input, allowedEdges: ["top", "bottom"] }),
        onDrag: ({ self, source }) => {
          const near = extractClosestEdge(self.data);
          setEdge(source.data.index !== index && (near === "top" || near === "bottom") ? near : null);
        },
        onDragLeave: () => setEdge(null),
        onDrop: ({ self, source }) => {
          setEdge(null);
          const from = Number(source.data.index);
          const before = extractClosestEdge(self.data) === "top" ? index : index + 1;
          const to = before > from ? before - 1 : before;
          if (to !== from) move.current(from, to);
        },
      }),
    );
  }, [list, index, disabled]);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (!event.altKey || by === 0 || index + by < 0 || index + by >= count) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(index, index + by);
  };
  return (
    <div ref={item} className={classes.item} data-edge={edge ?? undefined}>
      {!disabled && count > 1 && (
        <button
          ref={grip}
          type="button"
          className={classes.grip}
          aria-label={`Move ${label}. Alt and an arrow moves it.`}
          title="Drag, or press Alt with an arrow"
          onKeyDown={onKeyDown}
        >
          <IconGripVertical size={14} />
        </button>
      )}
      <div className={classes.content}>{children}</div>
    </div>
  );
}

/** A list with one item at another place. */
export function moved<Item>(list: readonly Item[], from: number, to: number): Item[] {
  const rest = list.filter((_, index) => index !== from);
  const item = list[from];
  return item === undefined ? [...list] : [...rest.slice(0, to), item, ...rest.slice(to)];
}
