import { type KeyboardEvent, useRef } from "react";

/**
 * Walking through a table by keyboard: arrows move from row to row, every other key is the table's. Give the body the
 * returned props; rows are focusable and carry `data-row` with their id.
 */
export function useRowKeys(onKey: (key: string, row: string) => boolean) {
  const body = useRef<HTMLTableSectionElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>("[data-row]");
    if (!row || target.closest("textarea, input:not([type=radio]):not([type=checkbox])")) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && target === row) {
      const rows = [...(body.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
      rows[rows.indexOf(row) + step]?.focus();
      event.preventDefault();
    } else if (target === row && !event.ctrlKey && !event.metaKey && onKey(event.key, row.dataset.row ?? ""))
      event.preventDefault();
  };
  return { ref: body, onKeyDown };
}
