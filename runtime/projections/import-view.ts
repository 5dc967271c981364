import type { ImportView } from "#engine/contract/views/organisation.ts";
import type { ImportState } from "../ingest/import-state.ts";

/** An import as the API answers it: refusals name the column of the file, where one is mapped to the field they are about. */
export function importView(state: ImportState, job: string | null): ImportView {
  const columnOf = new Map(
    state.columns.flatMap(({ header, field }): [string, string][] => (field === null ? [] : [[field, header]])),
  );
  return {
    id: state.id,
    kind: state.kind,
    status: state.status,
    fileName: state.fileName,
    rows: state.rows,
    encoding: state.encoding,
    separator: state.separator,
    hasHeader: state.hasHeader,
    columns: state.columns,
    fields: state.fields,
    mapping: state.mapping.columns,
    counts: state.counts,
    changes: state.changes.map(({ row, id, what, words }) => ({ row, id, what, words })),
    refused: state.refused.map(({ row, message, field }) => ({
      row,
      reason: message,
      column: field === null ? null : (columnOf.get(field) ?? field),
    })),
    issues: [
      ...state.issues,
      ...newUnitIssue(state.newUnits),
      ...(state.error === null
        ? []
        : [{ code: "import-failed", path: "", severity: "error" as const, message: state.error }]),
    ],
    job,
  };
}

/** Units that nobody knows yet are made with the import; a typing error in a unit's name should be seen before that. */
function newUnitIssue(units: readonly string[]): ImportView["issues"] {
  if (units.length === 0) return [];
  const named = units.slice(0, 5).join(", ");
  const message = `${units.length === 1 ? "One unit is" : `${units.length} units are`} not known yet and would be made: ${named}${units.length > 5 ? ", …" : ""}.`;
  return [{ code: "new-units", path: "", severity: "info", message, hint: "Check that these are no misspelt names." }];
}
