import { Select } from "@mantine/core";
import { useField, useLocked, useOpen } from "../../../document/editing.tsx";
import { isObject, valueAt } from "../../../document/json-value.ts";
import { Row } from "../parts/row.tsx";
import type { StepFieldsProps } from "./field-props.ts";

const UNDOES = new Set(["record", "call", "notify"]);

/** The step that undoes this one when the case is cancelled after it: another of the same frame. */
export function UndoField({ place }: Pick<StepFieldsProps, "place">) {
  const [undo, setUndo] = useField([...place.path, "undo"], "Undone by");
  const steps = useOpen((state) => valueAt(state.document, [...place.scope, "steps"]));
  const locked = useLocked();
  const options = isObject(steps)
    ? Object.entries(steps).flatMap(([id, step]) =>
        id !== place.id && isObject(step) && UNDOES.has(String(step.kind))
          ? [{ value: id, label: String(step.title ?? id) }]
          : [],
      )
    : [];
  const named = typeof undo === "string" ? undo : null;
  return (
    <Row label="Undone by" help="Runs when the case is cancelled after this step; no way leads there otherwise.">
      <Select
        aria-label="Undone by"
        clearable
        searchable
        disabled={locked}
        placeholder="Nothing: what it did stays"
        data={
          named === null || options.some((one) => one.value === named)
            ? options
            : [{ value: named, label: `${named} (missing)` }, ...options]
        }
        value={named}
        onChange={(next) => setUndo(next ?? undefined)}
      />
    </Row>
  );
}
