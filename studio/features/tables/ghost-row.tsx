// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual grid are placed one by one, which no table element allows
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
import { IconPlus } from "@tabler/icons-react";
import classes from "./grid.module.css";
import type { Ghost } from "./marks.ts";
import { type Column, type Output, placeOf, rowText } from "./sheet.ts";

/** A row that is missing: what nobody has said an answer for, ready to be added. */
export function GhostRow(props: {
  ghost: Ghost;
  top: number;
  columns: readonly Column[];
  outputs: readonly Output[];
  width: number;
  onAdd: (() => void) | null;
}) {
  const { ghost, columns, outputs, onAdd } = props;
  return (
    <div
      role="row"
      className={classes.row}
      data-ghost
      style={{ transform: `translateY(${props.top}px)` }}
      title={ghost.words}
    >
      <div role="rowheader" className={classes.number}>
        <span className={classes.else}>gap</span>
      </div>
      {Array.from({ length: props.width }, (_, column) => {
        const place = placeOf({ columns, outputs }, column);
        const isFirstAnswer = place.side === "out" && place.at === 0;
        return (
          <div
            key={`${place.side} ${place.side === "note" ? "" : place.at}`}
            role="gridcell"
            className={classes.cell}
            data-side={place.side}
            data-any={place.side === "cells" && rowText(ghost.row, place, outputs) === "-" ? "" : undefined}
          >
            {isFirstAnswer && onAdd ? (
              <button type="button" className={classes.addGhost} onClick={onAdd}>
                <IconPlus size={13} /> Add this row
              </button>
            ) : place.side === "cells" ? (
              rowText(ghost.row, place, outputs)
            ) : null}
          </div>
        );
      })}
    </div>
  );
}
