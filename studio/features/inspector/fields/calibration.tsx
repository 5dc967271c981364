import { DocumentChooser } from "../parts/document-chooser.tsx";
import { SharedField } from "../parts/shared-field.tsx";
import { DeadlineFields, OutcomesField, WhoFields } from "./asking-fields.tsx";
import type { StepFieldsProps } from "./field-props.ts";

export function CalibrationFields({ place, subject }: StepFieldsProps) {
  return (
    <>
      <WhoFields place={place} subject={subject} />
      <SharedField path={[...place.path, "shared"]} />
      <DocumentChooser path={[...place.path, "form"]} kind="form" label="Form" optional />
      <DeadlineFields place={place} />
      <OutcomesField place={place} usual={["agreed"]} />
    </>
  );
}
