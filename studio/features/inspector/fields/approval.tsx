import { DocumentChooser } from "../parts/document-chooser.tsx";
import { DeadlineFields, OutcomesField, WhoFields } from "./asking-fields.tsx";
import type { StepFieldsProps } from "./field-props.ts";

export function ApprovalFields({ place, subject }: StepFieldsProps) {
  return (
    <>
      <WhoFields place={place} subject={subject} />
      <OutcomesField place={place} usual={["approved", "rejected"]} />
      <DeadlineFields place={place} />
      <DocumentChooser path={[...place.path, "form"]} kind="form" label="Form beside it" optional />
    </>
  );
}
