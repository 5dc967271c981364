import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { parseCell } from "#engine/rules/table-cell.ts";
import classes from "./grid.module.css";
import type { Column } from "./sheet.ts";

/** How an edit ended: with which text (null: given up), and where to go from there. */
export interface Ended {
  text: string | null;
  go: "Enter" | "Tab" | "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight" | null;
  back: boolean;
}

/** A cell while it is typed into. What cannot be read says so below, and is kept as it is typed. */
export function CellInput(props: {
  label: string;
  text: string;
  typed: string | null;
  column: Column | undefined;
  choices: readonly string[];
  onEnd: (ended: Ended) => void;
}) {
  const { column, onEnd } = props;
  const [text, setText] = useState(props.typed ?? props.text);
  const input = useRef<HTMLInputElement>(null);
  const ended = useRef(false);
  const list = useId();
  useEffect(() => {
    input.current?.focus();
    const end = input.current?.value.length ?? 0;
    input.current?.setSelectionRange(end, end);
  }, []);
  const end = (how: Ended) => {
    if (ended.current) return;
    ended.current = true;
    onEnd(how);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const { key } = event;
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    const arrow = key === "ArrowUp" || key === "ArrowDown" || key === "ArrowLeft" || key === "ArrowRight";
    if (key === "Escape") end({ text: null, go: null, back: false });
    else if (key === "Enter" || key === "Tab") end({ text, go: key, back: event.shiftKey });
    // Typed over, arrows go on to the next cell, as in a spreadsheet; while correcting a cell they move the caret.
    else if (arrow && props.typed !== null && props.choices.length === 0) end({ text, go: key, back: false });
    else return;
    event.preventDefault();
  };
  const read = column ? parseCell(text, column) : undefined;
  return (
    <>
      <input
        ref={input}
        className={classes.input}
        aria-label={props.label}
        aria-invalid={read ? !read.ok : undefined}
        value={text}
        list={props.choices.length > 0 ? list : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => event.stopPropagation()}
        onBlur={() => end({ text, go: null, back: false })}
      />
      {props.choices.length > 0 && (
        <datalist id={list}>
          {props.choices.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
      {read && !read.ok && (
        <span role="alert" className={classes.inputSays}>
          {read.message}: {read.hint}
        </span>
      )}
    </>
  );
}
