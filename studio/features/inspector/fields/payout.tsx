import { useField, useLocked } from "../../../document/editing.tsx";
import { DocumentChooser } from "../parts/document-chooser.tsx";
import { More, Row } from "../parts/row.tsx";
import { ValueInput } from "../parts/value-input.tsx";
import type { StepFieldsProps } from "./field-props.ts";
import { UndoField } from "./undo-field.tsx";

export function PayoutFields({ place }: StepFieldsProps) {
  const [period, setPeriod] = useField([...place.path, "period"], "Period");
  const locked = useLocked();
  return (
    <>
      <DocumentChooser
        path={[...place.path, "plan"]}
        kind="plan"
        label="Incentive plan"
        help="Computed from stored results, booked with its trace."
      />
      <Row label="Period" help={period === undefined ? "The case's own period." : undefined}>
        {period === undefined ? (
          !locked && <More onClick={() => setPeriod({ fact: "period.id" })}>Another period…</More>
        ) : (
          <>
            <ValueInput label="Period" value={period} onChange={setPeriod} />
            {!locked && <More onClick={() => setPeriod(undefined)}>The case's own</More>}
          </>
        )}
      </Row>
      <UndoField place={place} />
    </>
  );
}
