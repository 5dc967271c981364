import { combine } from "@atlaskit/pragmatic-drag-and-drop/combine";
import { draggable, dropTargetForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { attachInstruction, extractInstruction } from "@atlaskit/pragmatic-drag-and-drop-hitbox/list-item";
import { Menu } from "@mantine/core";
import { IconGripVertical } from "@tabler/icons-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import type { Json } from "#engine/words/json.ts";
import { setField } from "../../document/commands/set-field.ts";
import { useLocked, useRun } from "../../document/editing.tsx";
import { valueAt } from "../../document/json-value.ts";
import classes from "./rules.module.css";

const RULE = Symbol("rule");

/** The handle of a rule: drag the rule to its place, or use Alt with the arrows; a click opens what else can be done. */
export function RuleHandle({
  index,
  count,
  card,
}: {
  index: number;
  count: number;
  card: RefObject<HTMLElement | null>;
}) {
  const run = useRun();
  const locked = useLocked();
  const [open, setOpen] = useState(false);
  const handle = useRef<HTMLButtonElement>(null);
  const change = (edit: (rules: Json[]) => Json[], label: string) =>
    run((document) => {
      const rules = valueAt(document, ["rules"]);
      return Array.isArray(rules) ? setField(["rules"], edit(rules))(document) : document;
    }, label);
  const moveTo = (from: number, to: number) => {
    if (to < 0 || to >= count || to === from) return;
    change((rules) => rules.toSpliced(from, 1).toSpliced(to, 0, rules[from]!), "Move a rule");
  };
  const drop = useRef(moveTo);
  drop.current = moveTo;
  useEffect(() => {
    const element = card.current;
    const dragHandle = handle.current;
    if (!element || !dragHandle || locked) return;
    const mark = (operation?: string) => {
      if (operation) element.dataset.drop = operation;
      else delete element.dataset.drop;
    };
    return combine(
      draggable({ element, dragHandle, getInitialData: () => ({ kind: RULE, index }) }),
      dropTargetForElements({
        element,
        canDrop: ({ source }) => source.data.kind === RULE && source.data.index !== index,
        getData: ({ input }) =>
          attachInstruction(
            {},
            { element, input, operations: { "reorder-before": "available", "reorder-after": "available" } },
          ),
        onDrag: ({ self }) => mark(extractInstruction(self.data)?.operation),
        onDragLeave: () => mark(),
        onDrop: ({ self, source }) => {
          mark();
          const from = Number(source.data.index);
          const after = extractInstruction(self.data)?.operation === "reorder-after" ? 1 : 0;
          drop.current(from, index + after - (from < index ? 1 : 0));
        },
      }),
    );
  }, [card, index, locked]);
  if (locked) return null;
  const duplicate = () =>
    change((rules) => rules.toSpliced(index + 1, 0, structuredClone(rules[index]!)), "Duplicate a rule");
  const remove = () => change((rules) => rules.toSpliced(index, 1), "Delete a rule");
  return (
    <Menu opened={open} onChange={setOpen} position="bottom-start" width={200}>
      <Menu.Target>
        <button
          ref={handle}
          type="button"
          className={classes.handle}
          aria-label={`Rule ${index + 1} of ${count}: move, duplicate, delete`}
          aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
          title="Drag to move; click for more"
          onClick={() => setOpen((old) => !old)}
          onKeyDown={(event) => {
            if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
            event.preventDefault();
            const to = index + (event.key === "ArrowUp" ? -1 : 1);
            moveTo(index, to);
            // The card of the other place shows this rule now.
            const cards = card.current?.parentElement?.querySelectorAll<HTMLElement>(`.${classes.handle}`);
            cards?.[to]?.focus();
          }}
        >
          <IconGripVertical size={15} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled={index === 0} onClick={() => moveTo(index, index - 1)}>
          Move up
        </Menu.Item>
        <Menu.Item disabled={index === count - 1} onClick={() => moveTo(index, index + 1)}>
          Move down
        </Menu.Item>
        <Menu.Item onClick={duplicate}>Duplicate</Menu.Item>
        <Menu.Item color="bad" onClick={remove}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
