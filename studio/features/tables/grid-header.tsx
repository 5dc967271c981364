// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual grid are placed one by one, which no table element allows
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
import { ActionIcon } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { words } from "../../text/kinds.ts";
import classes from "./grid.module.css";
import { type ColumnPlace, type Place, placeOf, type Sheet } from "./sheet.ts";

/** The columns' headings: what each reads or says, its type and unit, and a way to change that. */
export function GridHeader(props: {
  sheet: Sheet;
  titles: readonly string[];
  /** Columns whose fact is not known to anybody. */
  unknown: ReadonlySet<number>;
  locked: boolean;
  onSelect: (column: number, add: boolean) => void;
  onSettings: (place: ColumnPlace) => void;
}) {
  const { sheet, titles, unknown, locked } = props;
  return (
    <div role="row" aria-rowindex={1} className={classes.head}>
      <div role="columnheader" className={classes.number}>
        #
      </div>
      {titles.map((title, column) => {
        const place = placeOf(sheet, column);
        return (
          <div
            key={`${place.side} ${place.side === "note" ? "" : place.at}`}
            role="columnheader"
            aria-colindex={column + 2}
            className={classes.headCell}
            data-side={place.side}
          >
            <button
              type="button"
              tabIndex={-1}
              className={classes.headTitle}
              title={title}
              onClick={(event) => props.onSelect(column, event.shiftKey)}
            >
              <span>{title}</span>
              <small data-unknown={unknown.has(column) || undefined}>
                {unknown.has(column) ? "choose what it reads" : subtitle(sheet, place)}
              </small>
            </button>
            {place.side !== "note" && !locked && (
              <ActionIcon
                size={24}
                variant="subtle"
                aria-label={`Settings of the column ${title}`}
                onClick={() => props.onSettings(place)}
              >
                <IconDots size={14} />
              </ActionIcon>
            )}
          </div>
        );
      })}
    </div>
  );
}

function subtitle(sheet: Sheet, place: Place): string {
  if (place.side === "note") return "for people";
  if (place.side === "cells") {
    const { type, unit } = sheet.columns[place.at]!;
    return [words(String(type ?? "text")).toLowerCase(), unit].filter(Boolean).join(", ");
  }
  const { type, unit } = sheet.outputs[place.at]!;
  return ["then", type && words(type).toLowerCase(), unit].filter(Boolean).join(", ");
}
