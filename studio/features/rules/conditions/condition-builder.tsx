import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Json } from "#engine/words/json.ts";
import { type JsonObject, valueAt, withValue } from "../../../document/json-value.ts";
import { useShortcutGroup } from "../../../ui/shortcuts.ts";
import { type Builder, BuilderProvider, pointerOf, type Verdicts } from "./builder-context.ts";
import classes from "./conditions.module.css";
import type { FactChoice } from "./fact-choice.ts";
import { Part } from "./parts.tsx";
import { SentenceLine } from "./sentence-line.tsx";
import { STRUCTURE_KEYS } from "./structure-actions.ts";
import { emptyConditions, type Place } from "./tree.ts";
import { insertAt } from "./tree-moves.ts";

export interface ConditionBuilderProps {
  value: Json | undefined;
  /** With `step`, the change is a step of undo of its own under that name; without, typing on joins it. */
  onChange: (value: Json | undefined, step?: string) => void;
  choices: readonly FactChoice[];
  /** Named conditions that may be used, with what they stand for. */
  shared?: JsonObject;
  verdicts?: Verdicts | null;
  disabled?: boolean;
  /** Offered where there are no conditions: "Add a condition". */
  addLabel?: string;
  /** Whether all of it may be taken away. */
  optional?: boolean;
}

const NO_NAMES: JsonObject = {};
type Clipboard = typeof import("./clipboard.ts");

/**
 * Conditions as a tree one can read and take apart: groups of all, any, not; comparisons with choosers by type; a sentence
 * below that can be typed instead. Everything by pointer can be done by keyboard, and is said aloud.
 */
export function ConditionBuilder(props: ConditionBuilderProps) {
  const { value, onChange, choices, shared = NO_NAMES, verdicts = null, disabled = false } = props;
  const [said, setSaid] = useState("");
  const [owner] = useState(() => Symbol("builder"));
  const frame = useRef<HTMLDivElement>(null);
  const focus = useRef<Place | null>(null);
  const clipboard = useClipboardTools();
  useShortcutGroup(STRUCTURE_KEYS);
  useFocusKept(frame, focus);
  const builder = useMemo<Builder>(() => {
    const move: Builder["move"] = (action, at, label) => {
      const moved = value === undefined ? null : action(value, at);
      if (!moved) {
        setSaid("That cannot be done here");
        return false;
      }
      focus.current = moved.at;
      setSaid(moved.said);
      onChange(moved.root, label);
      return true;
    };
    return {
      choices,
      shared,
      verdicts,
      disabled,
      owner,
      edit: (at, next) => value !== undefined && onChange(withValue(value, at, next)),
      move,
      copy: (at) => {
        setSaid("Copied");
        const part = valueAt(value, at) ?? null;
        return clipboard.current ? clipboard.current.copyConditions(part, shared) : JSON.stringify(part, null, 2);
      },
      paste: (at, text) => {
        const part = clipboard.current?.pasteConditions(text, Object.keys(shared));
        if (!part) setSaid("What is on the clipboard is no condition");
        else move((root, place) => insertAt(root, place, part, "Pasted"), at, "Paste a condition");
      },
    };
  }, [choices, shared, verdicts, disabled, value, onChange, owner, clipboard]);
  if (value === undefined)
    return disabled ? (
      <span className="quiet">Always</span>
    ) : (
      <button type="button" className={classes.add} onClick={() => onChange(emptyConditions(), "Add a condition")}>
        {props.addLabel ?? "Add a condition"}
      </button>
    );
  return (
    <BuilderProvider value={builder}>
      <div ref={frame} className={classes.builder} data-builder>
        <Part value={value} at={[]} />
        <SentenceLine
          value={value}
          choices={choices}
          shared={shared}
          disabled={disabled}
          onChange={(next) => onChange(next, "Write conditions as a sentence")}
        />
        <output className="unseen" aria-live="polite">
          {said}
        </output>
        {props.optional && !disabled && (
          <button type="button" className={classes.add} onClick={() => onChange(undefined, "Take the conditions away")}>
            Take the conditions away
          </button>
        )}
      </div>
    </BuilderProvider>
  );
}

/**
 * After a move the keyboard stays with what was moved; and where an undo takes the handle away that had it, with the nearest
 * that is left.
 */
function useFocusKept(frame: RefObject<HTMLElement | null>, wanted: RefObject<Place | null>): void {
  const held = useRef<string | null>(null);
  useEffect(() => {
    const builder = frame.current;
    if (!builder) return;
    const onFocus = (event: FocusEvent) => {
      held.current = (event.target as HTMLElement).dataset.at ?? null;
    };
    // A handle that is taken away is blurred without going anywhere; a person who leaves goes somewhere, or clicks.
    const onLeave = (event: Event) => {
      if (!builder.contains(event.target as Node)) held.current = null;
    };
    builder.addEventListener("focusin", onFocus);
    document.addEventListener("pointerdown", onLeave);
    document.addEventListener("focusin", onLeave);
    return () => {
      builder.removeEventListener("focusin", onFocus);
      document.removeEventListener("pointerdown", onLeave);
      document.removeEventListener("focusin", onLeave);
    };
  }, [frame]);
  useLayoutEffect(() => {
    const handleAt = (place: string) =>
      frame.current?.querySelector<HTMLElement>(`[data-handle][data-at="${CSS.escape(place)}"]`);
    if (wanted.current) {
      // What was said is drawn before the document that it is about: the handle may come with the next drawing.
      const handle = handleAt(pointerOf(wanted.current));
      if (!handle) return;
      wanted.current = null;
      return handle.focus();
    }
    if (document.activeElement !== document.body) return;
    for (let place = held.current; place !== null; place = place ? place.slice(0, place.lastIndexOf("/")) : null) {
      const handle = handleAt(place);
      if (handle) return handle.focus();
    }
  });
}

/** What reads and writes the clipboard brings the schemas along, so it comes after the first paint. */
function useClipboardTools() {
  const tools = useRef<Clipboard | null>(null);
  useEffect(() => {
    void import("./clipboard.ts").then((loaded) => {
      tools.current = loaded;
    });
  }, []);
  return tools;
}
