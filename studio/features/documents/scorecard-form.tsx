import { DocumentsField, NumberField, TagsField } from "../inspector/parts/plain-fields.tsx";
import { DocumentHead } from "./document-head.tsx";
import classes from "./documents.module.css";

const PERSPECTIVES = ["financial", "customer", "process", "learning"];

/** A scorecard: its perspectives, its metrics, and how many of them a person can keep in mind. */
export function ScorecardForm() {
  return (
    <>
      <DocumentHead />
      <TagsField path={["perspectives"]} label="Perspectives" data={PERSPECTIVES} />
      <DocumentsField path={["metrics"]} label="Metrics" kind="metric" />
      <div className={classes.grid}>
        <NumberField
          path={["limit"]}
          label="At most so many metrics"
          min={1}
          max={100}
          placeholder="no limit"
          help="A person keeps about a dozen in mind."
        />
      </div>
    </>
  );
}
