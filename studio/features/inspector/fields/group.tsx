import { Select } from "@mantine/core";
import { useField, useLocked } from "../../../document/editing.tsx";
import { isObject } from "../../../document/json-value.ts";
import { Row } from "../parts/row.tsx";
import { DeadlineFields } from "./asking-fields.tsx";
import type { StepFieldsProps } from "./field-props.ts";

export function GroupFields({ place }: StepFieldsProps) {
  return (
    <>
      <StartField path={[...place.path, "start"]} steps={place.step.steps} label="Begins with" />
      <DeadlineFields place={place} />
    </>
  );
}

/** The step in which a scope begins. */
export function StartField({
  path,
  steps,
  label,
}: {
  path: readonly (string | number)[];
  steps: unknown;
  label: string;
}) {
  const [start, setStart] = useField(path, label);
  const locked = useLocked();
  const options = isObject(steps)
    ? Object.entries(steps).map(([id, step]) => ({ value: id, label: isObject(step) ? String(step.title ?? id) : id }))
    : [];
  return (
    <Row label={label}>
      <Select
        aria-label={label}
        searchable
        allowDeselect={false}
        disabled={locked}
        data={options}
        value={typeof start === "string" ? start : null}
        onChange={(next) => next && setStart(next)}
      />
    </Row>
  );
}
