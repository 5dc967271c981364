// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual grid are placed one by one, which no table element allows
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
import {
  IconBan,
  IconCheck,
  IconCircleDashed,
  IconExclamationCircle,
  IconEyeOff,
  IconGripVertical,
  IconLayersIntersect,
  type IconProps,
} from "@tabler/icons-react";
import { type ComponentType, memo } from "react";
import { parseCell } from "#engine/rules/table-cell.ts";
import { isObject, type JsonObject } from "../../document/json-value.ts";
import { calendarDate } from "../../text/dates.ts";
import { CellInput, type Ended } from "./cell-input.tsx";
import classes from "./grid.module.css";
import type { RowMarks, RowTone } from "./marks.ts";
import { type Column, type Output, placeOf, rowText } from "./sheet.ts";

/** What a cell is edited with: as typed over, or as it stands. */
export interface Editing {
  row: number;
  column: number;
  /** What the first key was, where it replaces the cell. */
  typed: string | null;
}

export interface RowProps {
  row: JsonObject;
  /** From zero; the default row follows the last. */
  index: number;
  isDefault: boolean;
  top: number;
  columns: readonly Column[];
  outputs: readonly Output[];
  titles: readonly string[];
  marks: RowMarks | undefined;
  hit: boolean;
  /** No test case reaches it. */
  uncovered: boolean;
  /** Columns of the selection in this row, and whether it begins or ends here; null where there is none. */
  left: number | null;
  right: number | null;
  first: boolean;
  last: boolean;
  active: number | null;
  editing: Editing | null;
  /** Columns that a search found, joined with commas. */
  found: string;
  locked: boolean;
  onEnd: (ended: Ended) => void;
}

const SIGNS: Record<RowTone, { icon: ComponentType<IconProps>; word: string }> = {
  wrong: { icon: IconExclamationCircle, word: "cannot be read" },
  overlap: { icon: IconLayersIntersect, word: "overlaps" },
  masked: { icon: IconEyeOff, word: "never reached" },
  dead: { icon: IconBan, word: "never holds" },
};

export const cellId = (row: number, column: number) => `cell-${row}-${column}`;

/** One row of a decision table. Drawn again only where something of it changed. */
export const GridRow = memo(function GridRow(props: RowProps) {
  const { row, index, isDefault, columns, outputs, titles, marks, hit, locked, editing } = props;
  const found = props.found === "" ? [] : props.found.split(",").map(Number);
  const sign = marks?.tone ? SIGNS[marks.tone] : undefined;
  const Sign = sign?.icon;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classes.row}
      style={{ transform: `translateY(${props.top}px)` }}
      data-tone={marks?.tone ?? undefined}
      data-hit={hit || undefined}
      data-uncovered={props.uncovered || undefined}
      data-default={isDefault || undefined}
    >
      <div
        role="rowheader"
        className={classes.number}
        data-row={index}
        data-part="number"
        title={rowTitle(marks, props.uncovered)}
      >
        {isDefault ? (
          <span className={classes.else}>else</span>
        ) : (
          <>
            {!locked && (
              <span className={classes.grip} data-part="grip" data-row={index} aria-hidden="true">
                <IconGripVertical size={13} />
              </span>
            )}
            {index + 1}
            {hit && <IconCheck size={13} className={classes.hitSign} aria-label="fits what is tried" />}
            {Sign && <Sign size={13} className={classes.sign} aria-label={sign?.word} />}
            {props.uncovered && !hit && !Sign && (
              <IconCircleDashed size={13} className={classes.unreached} aria-label="no test reaches it" />
            )}
          </>
        )}
      </div>
      {titles.map((title, column) => {
        const place = placeOf({ columns, outputs }, column);
        const text = isDefault && place.side !== "out" ? "" : rowText(row, place, outputs);
        const mark = place.side === "note" ? undefined : marks?.cells.get(`${place.side}/${place.at}`);
        const read = place.side === "cells" && !isDefault ? parseCell(text, columns[place.at]!) : undefined;
        const wrong = read && !read.ok ? `${read.message}: ${read.hint}` : undefined;
        const inRange = props.left !== null && props.right !== null && column >= props.left && column <= props.right;
        const says = wrong ?? mark;
        return (
          <div
            key={`${place.side} ${place.side === "note" ? "" : place.at}`}
            id={cellId(index, column)}
            role="gridcell"
            aria-colindex={column + 2}
            aria-selected={inRange}
            aria-label={says ? `${text}. ${says}` : undefined}
            aria-invalid={wrong ? true : undefined}
            className={classes.cell}
            data-row={index}
            data-column={column}
            data-side={place.side}
            data-number={
              place.side === "out" && typeof (row.out as unknown[] | undefined)?.[place.at] === "number"
                ? ""
                : undefined
            }
            data-any={place.side === "cells" && (text === "-" || text === "") ? "" : undefined}
            data-selected={inRange || undefined}
            data-active={props.active === column || undefined}
            data-edge={
              inRange
                ? [
                    props.first && "top",
                    props.last && "bottom",
                    column === props.left && "left",
                    column === props.right && "right",
                  ]
                    .filter(Boolean)
                    .join(" ")
                : undefined
            }
            data-found={found.includes(column) || undefined}
            data-wrong={wrong ? "" : undefined}
            data-marked={!wrong && mark ? "" : undefined}
            title={says ?? (text.length > 14 ? text : undefined)}
          >
            {editing && editing.column === column ? (
              <CellInput
                label={isDefault ? `Otherwise, ${title}` : `Row ${index + 1}, ${title}`}
                text={text === "-" ? "" : text}
                typed={editing.typed}
                column={place.side === "cells" ? columns[place.at] : undefined}
                choices={choicesOf(
                  place.side === "out" ? outputs[place.at] : place.side === "cells" ? columns[place.at] : undefined,
                )}
                onEnd={props.onEnd}
              />
            ) : isDefault && column === 0 && place.side === "cells" ? (
              <span className={classes.otherwise}>where no row fits</span>
            ) : (
              <>
                {place.side === "note" && isObject(row.valid) && (
                  <span className={classes.valid}>{validityWords(row.valid)}</span>
                )}
                {text}
              </>
            )}
            {inRange && props.last && column === props.right && !editing && !locked && !isDefault && (
              <span className={classes.corner} data-part="corner" aria-hidden="true" />
            )}
          </div>
        );
      })}
    </div>
  );
});

/** What may stand in a cell where that is a handful of things. */
function choicesOf(column: Column | Output | undefined): string[] {
  if (column?.type === "boolean") return ["yes", "no"];
  return (column?.of ?? []).map(String);
}

function rowTitle(marks: RowMarks | undefined, uncovered: boolean): string | undefined {
  const words = [...(marks?.words ?? []), ...(uncovered ? ["No test case reaches this row."] : [])];
  return words.length > 0 ? words.join("\n") : undefined;
}

/** The days on which a row counts, where that is not always. */
function validityWords({ from, to }: JsonObject): string {
  const days = [
    typeof from === "string" && `from ${calendarDate(from)}`,
    typeof to === "string" && `to ${calendarDate(to)}`,
  ];
  return days.filter(Boolean).join(" ");
}
