import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import type { Point } from "../../graph/model.ts";
import classes from "./canvas.module.css";

export interface PickItem {
  id: string;
  title: string;
  note?: string;
  /** A colour variable for the small square. */
  colour?: string;
  /** Searched too: ids, fields, people. */
  words?: string;
}

/**
 * A small search list that opens where one is looking: add a step, choose a target, an outcome, find. Arrows walk, Enter
 * takes, Esc closes. `free` lets the typed text itself be taken.
 */
export function PickList(props: {
  at: Point;
  label: string;
  items: readonly PickItem[];
  onPick: (id: string) => void;
  onClose: () => void;
  empty?: string;
  free?: (text: string) => string | null;
}) {
  const { items, onPick, onClose } = props;
  const [text, setText] = useState("");
  const [index, setIndex] = useState(0);
  const listId = useId();
  const frame = useRef<HTMLDivElement>(null);
  const found = useMemo(() => {
    const wanted = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
    return items
      .map((item) => ({ item, hay: `${item.title} ${item.note ?? ""} ${item.words ?? ""}`.toLowerCase() }))
      .filter(({ hay }) => wanted.every((word) => hay.includes(word)))
      .sort(
        (a, b) =>
          Number(b.item.title.toLowerCase().startsWith(text.toLowerCase())) -
          Number(a.item.title.toLowerCase().startsWith(text.toLowerCase())),
      )
      .map(({ item }) => item)
      .slice(0, 80);
  }, [items, text]);
  const own = text.trim() && props.free ? props.free(text.trim()) : null;
  const count = found.length + (own ? 1 : 0);

  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (!frame.current?.contains(event.target as Node)) onClose();
    };
    window.addEventListener("pointerdown", outside, true);
    return () => window.removeEventListener("pointerdown", outside, true);
  }, [onClose]);
  const active = Math.min(index, Math.max(0, count - 1));
  useEffect(() => {
    frame.current?.querySelector(`[data-index="${active}"]`)?.scrollIntoView({ block: "nearest" });
  }, [active]);

  const take = (at: number) => {
    const item = found[at];
    if (item) onPick(item.id);
    else if (own && at === found.length) onPick(text.trim());
  };
  const onKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      onClose();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setIndex((active + (event.key === "ArrowDown" ? 1 : -1) + count) % Math.max(1, count));
    } else if (event.key === "Enter") {
      event.preventDefault();
      take(active);
    }
  };
  const left = Math.max(8, Math.min(props.at.x, window.innerWidth - 276));
  const top = Math.max(8, Math.min(props.at.y, window.innerHeight - 330));
  return (
    <div ref={frame} className={classes.pick} style={{ left, top }} role="dialog" aria-label={props.label}>
      <input
        // biome-ignore lint/a11y/noAutofocus: opened by a key or a click in order to type here
        autoFocus
        className={classes.pickInput}
        placeholder={props.label}
        aria-label={props.label}
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={count > 0 ? `${listId}-${active}` : undefined}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setIndex(0);
        }}
        onKeyDown={onKey}
      />
      <div id={listId} role="listbox" aria-label={props.label} className={classes.pickList}>
        {found.map((item, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input above holds the keyboard
          <div
            key={item.id}
            id={`${listId}-${at}`}
            data-index={at}
            role="option"
            tabIndex={-1}
            aria-selected={at === active}
            className={classes.pickItem}
            onPointerMove={() => setIndex(at)}
            onClick={() => take(at)}
          >
            {item.colour && <span className={classes.square} style={{ background: item.colour }} />}
            <span className={classes.pickTitle}>{item.title}</span>
            {item.note && <span className={classes.pickNote}>{item.note}</span>}
          </div>
        ))}
        {own && (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input above holds the keyboard
          <div
            id={`${listId}-${found.length}`}
            data-index={found.length}
            role="option"
            tabIndex={-1}
            aria-selected={active === found.length}
            className={classes.pickItem}
            onClick={() => take(found.length)}
          >
            {own}
          </div>
        )}
        {count === 0 && <div className={classes.pickNone}>{props.empty ?? "Nothing like that"}</div>}
      </div>
    </div>
  );
}
