import { DocumentChooser } from "../parts/document-chooser.tsx";
import { DeadlineFields, OutcomesField, WhoFields } from "./asking-fields.tsx";
import type { StepFieldsProps } from "./field-props.ts";

export function FormFields({ place, subject }: StepFieldsProps) {
  return (
    <>
      <WhoFields place={place} subject={subject} />
      <DocumentChooser path={[...place.path, "form"]} kind="form" label="Form" />
      <DeadlineFields place={place} />
      <OutcomesField place={place} usual={["submitted"]} />
    </>
  );
}
