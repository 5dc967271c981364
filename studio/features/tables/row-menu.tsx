import { Menu } from "@mantine/core";
import type { JsonObject } from "../../document/json-value.ts";
import type { EditTable } from "./edit-table.ts";
import type { Range } from "./selection.ts";
import { cleared, withRowsDeleted, withRowsDoubled, withRowsInserted } from "./sheet-edits.ts";
import classes from "./tables.module.css";

/** What can be done with the selected rows, where the pointer is. */
export function RowMenu(props: {
  where: { x: number; y: number } | null;
  range: Range;
  count: number;
  edit: EditTable;
  /** Asks between which dates a row counts. */
  onValidity: (row: number) => void;
  onClose: () => void;
}) {
  const { where, range, count, edit } = props;
  const [top, bottom] = [Math.min(range.top, count - 1), Math.min(range.bottom, count - 1)];
  const many = bottom - top + 1;
  const rows = many === 1 ? "the row" : `${many} rows`;
  const item = (label: string, change: (table: JsonObject) => JsonObject, color?: string) => (
    <Menu.Item key={label} {...(color ? { color } : {})} onClick={() => edit(label, change)}>
      {label}
    </Menu.Item>
  );
  return (
    <Menu opened={where !== null} onClose={props.onClose} position="bottom-start" offset={2} returnFocus>
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label="What can be done with the rows"
          className={classes.menuPlace}
          style={{ left: where?.x ?? 0, top: where?.y ?? 0 }}
        />
      </Menu.Target>
      <Menu.Dropdown>
        {item("Insert a row above", (table) => withRowsInserted(table, top))}
        {item("Insert a row below", (table) => withRowsInserted(table, bottom + 1))}
        {count > 0 && item(`Double ${rows}`, (table) => withRowsDoubled(table, top, bottom))}
        {item("Empty the cells", (table) => cleared(table, range))}
        {many === 1 && count > 0 && <Menu.Item onClick={() => props.onValidity(top)}>From or to a date…</Menu.Item>}
        {count > 0 && item(`Delete ${rows}`, (table) => withRowsDeleted(table, top, bottom), "bad")}
      </Menu.Dropdown>
    </Menu>
  );
}
