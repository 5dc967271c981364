import { IconChevronRight } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { UnitView } from "#engine/contract/views/organisation.ts";
import { number } from "../../text/number.ts";
import { type UnitNode, unitTree, visibleUnits } from "../../ui/unit-tree.ts";
import classes from "./people.module.css";

/** The units as a tree with how many people each holds. Arrow keys walk, open and close it. */
export function UnitTree(props: {
  units: readonly UnitView[];
  chosen: string | null;
  onChoose: (id: string | null) => void;
}) {
  const tree = useMemo(() => unitTree(props.units), [props.units]);
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(tree.map((node) => node.unit.id)));
  const rows = visibleUnits(tree, (id) => open.has(id));
  const place = useRef<HTMLDivElement>(null);

  // The chosen unit is in sight: everything above it is open.
  useEffect(() => {
    const parents = new Map(props.units.map((unit) => [unit.id, unit.parent]));
    const above: string[] = [];
    for (let at = props.chosen ? parents.get(props.chosen) : null; at && !above.includes(at); at = parents.get(at)) {
      above.push(at);
    }
    if (above.length > 0) setOpen((now) => new Set([...now, ...above]));
  }, [props.chosen, props.units]);

  const toggle = (id: string, to?: boolean) =>
    setOpen((now) => {
      const next = new Set(now);
      if (to ?? !next.has(id)) next.add(id);
      else next.delete(id);
      return next;
    });
  const focus = (index: number) => place.current?.querySelectorAll<HTMLElement>("[role=treeitem]")[index]?.focus();
  const press = (event: KeyboardEvent, node: UnitNode, index: number) => {
    const { id } = node.unit;
    const isOpen = open.has(id);
    // Above the units stands "Everyone", so a row is one further down among the tree items.
    if (event.key === "ArrowDown") focus(index + 2);
    else if (event.key === "ArrowUp") focus(index);
    else if (event.key === "ArrowRight" && isOpen) focus(index + 2);
    else if (event.key === "ArrowRight") toggle(id, true);
    else if (event.key === "ArrowLeft" && isOpen) toggle(id, false);
    else if (event.key === "ArrowLeft") focus(rows.findIndex((row) => row.unit.id === node.unit.parent) + 1);
    else if (event.key === "Enter" || event.key === " ") props.onChoose(id);
    else return;
    event.preventDefault();
  };
  return (
    <div ref={place} role="tree" aria-label="Units">
      <div
        role="treeitem"
        aria-level={1}
        aria-selected={props.chosen === null}
        tabIndex={props.chosen === null ? 0 : -1}
        className={classes.unit}
        data-chosen={props.chosen === null || undefined}
        onClick={() => props.onChoose(null)}
        onKeyDown={(event) => {
          if (event.key === "Enter" || event.key === " ") props.onChoose(null);
          else if (event.key === "ArrowDown") focus(1);
          else return;
          event.preventDefault();
        }}
      >
        <span className={classes.twist} />
        <span className={classes.unitTitle}>Everyone</span>
      </div>
      {rows.map((node, index) => (
        <div
          key={node.unit.id}
          role="treeitem"
          aria-level={node.depth + 1}
          aria-expanded={node.children.length > 0 ? open.has(node.unit.id) : undefined}
          aria-selected={props.chosen === node.unit.id}
          tabIndex={props.chosen === node.unit.id ? 0 : -1}
          className={classes.unit}
          data-chosen={props.chosen === node.unit.id || undefined}
          style={{ paddingLeft: 4 + node.depth * 14 }}
          onClick={() => props.onChoose(node.unit.id)}
          onKeyDown={(event) => press(event, node, index)}
        >
          {node.children.length > 0 ? (
            <button
              type="button"
              tabIndex={-1}
              className={classes.twist}
              data-open={open.has(node.unit.id) || undefined}
              aria-label={open.has(node.unit.id) ? `Close ${node.unit.title}` : `Open ${node.unit.title}`}
              onClick={(event) => {
                event.stopPropagation();
                toggle(node.unit.id);
              }}
            >
              <IconChevronRight size={13} stroke={2} aria-hidden="true" />
            </button>
          ) : (
            <span className={classes.twist} />
          )}
          <span className={`${classes.unitTitle} clip`}>{node.unit.title}</span>
          <span className={classes.unitCount}>{number(node.unit.people)}</span>
        </div>
      ))}
    </div>
  );
}
