import type { StepPlace } from "../../../document/workflow/places.ts";

/** What the fields of a step kind get: the step where it stands. They read and write through the editing hooks. */
export interface StepFieldsProps {
  place: StepPlace;
  /** The kind of subject of the workflow, e.g. `person`. */
  subject: string;
}
