import { Menu } from "@mantine/core";
import { IconGripVertical } from "@tabler/icons-react";
import { type KeyboardEvent, type RefObject, useRef, useState } from "react";
import { pointerOf, useBuilder } from "./builder-context.ts";
import classes from "./conditions.module.css";
import { actionOfKey, STRUCTURE } from "./structure-actions.ts";
import type { Place } from "./tree.ts";
import { usePartDrag } from "./use-part-drag.ts";

/**
 * The handle of a part: drag it to move the part, click it for what can be done, or use the keys of that menu while it has
 * the keyboard. Arrows go from handle to handle.
 */
export function PartHandle({
  at,
  label,
  group,
  row,
}: {
  at: Place;
  label: string;
  group: boolean;
  row: RefObject<HTMLElement | null>;
}) {
  const { move, copy, paste, disabled } = useBuilder();
  const [open, setOpen] = useState(false);
  const handle = useRef<HTMLButtonElement>(null);
  usePartDrag({ at, group, row, handle });
  if (disabled) return null;
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>) => {
    if (open) return;
    if (goes(event, handle.current)) return;
    const action = actionOfKey(event);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    move(action.move, at, action.title);
  };
  return (
    <Menu opened={open} onChange={setOpen} position="bottom-start" width={290} trapFocus returnFocus>
      <Menu.Target>
        <button
          ref={handle}
          type="button"
          className={classes.handle}
          data-handle
          data-at={pointerOf(at)}
          aria-label={label}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Alt+ArrowLeft Alt+ArrowRight G A N D Enter Delete"
          title="Drag to move; click for more; ? lists the keys"
          onKeyDown={onKeyDown}
          onClick={(event) => {
            // Enter adds a condition; the menu opens by Space or the pointer.
            if (event.detail > 0 || event.nativeEvent instanceof PointerEvent) setOpen((old) => !old);
          }}
          onCopy={(event) => {
            event.clipboardData.setData("text/plain", copy(at));
            stop(event);
          }}
          onCut={(event) => {
            event.clipboardData.setData("text/plain", copy(at));
            stop(event);
            move(STRUCTURE.find(({ id }) => id === "delete")!.move, at, "Cut a condition");
          }}
          onPaste={(event) => {
            paste(at, event.clipboardData.getData("text/plain"));
            stop(event);
          }}
        >
          <IconGripVertical size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {STRUCTURE.filter((action) => (action.group ? group : true)).map((action) => (
          <Menu.Item
            key={action.id}
            {...(action.id === "delete" ? { color: "bad" } : {})}
            disabled={at.length === 0 && !["not", "add"].includes(action.id)}
            rightSection={<kbd className={classes.keys}>{action.keys}</kbd>}
            onClick={() => move(action.move, at, action.title)}
          >
            {action.title}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          rightSection={<kbd className={classes.keys}>Ctrl C</kbd>}
          onClick={() => void navigator.clipboard.writeText(copy(at))}
        >
          Copy
        </Menu.Item>
        <Menu.Item
          rightSection={<kbd className={classes.keys}>Ctrl V</kbd>}
          onClick={() => void navigator.clipboard.readText().then((text) => paste(at, text))}
        >
          Paste
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const stop = (event: { preventDefault(): void; stopPropagation(): void; nativeEvent: Event }) => {
  event.preventDefault();
  // The canvas listens for the same events on the document.
  event.nativeEvent.stopImmediatePropagation();
  event.stopPropagation();
};

/** Arrows between the handles of a builder, and into the row; whether the key was one of those. */
function goes(event: KeyboardEvent, handle: HTMLElement | null): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey || !handle) return false;
  const builder = handle.closest("[data-builder]");
  if (event.key === "ArrowRight") {
    const row = handle.closest("[data-condition]");
    row?.querySelector<HTMLElement>("input, select, button:not([data-handle])")?.focus();
  } else if (event.key === "ArrowUp" || event.key === "ArrowDown" || event.key === "Home" || event.key === "End") {
    const all = [...(builder?.querySelectorAll<HTMLElement>("[data-handle]") ?? [])];
    const here = all.indexOf(handle);
    const to = { ArrowUp: here - 1, ArrowDown: here + 1, Home: 0, End: all.length - 1 }[event.key];
    all[to]?.focus();
  } else return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}
