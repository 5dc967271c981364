import { DocumentChooser } from "../parts/document-chooser.tsx";
import { Row } from "../parts/row.tsx";
import { TextField } from "../parts/text-field.tsx";
import type { StepFieldsProps } from "./field-props.ts";

export function PayoutFields({ place }: StepFieldsProps) {
  return (
    <>
      <DocumentChooser
        path={[...place.path, "plan"]}
        kind="plan"
        label="Incentive plan"
        help="Computed from stored results, booked with its trace."
      />
      <Row label="Period" help="The case's own period where empty.">
        <TextField path={[...place.path, "period"]} label="Period" placeholder="2026-Q1" />
      </Row>
    </>
  );
}
