import { useFindDocument } from "../../../document/editing.tsx";
import { ruleEvents } from "../../../document/workflow/events.ts";
import { DocumentChooser } from "../parts/document-chooser.tsx";
import type { StepFieldsProps } from "./field-props.ts";

export function DecisionFields({ place }: StepFieldsProps) {
  const find = useFindDocument();
  const rules = typeof place.step.rules === "string" ? find("ruleset", place.step.rules) : undefined;
  const events = ruleEvents(rules);
  return (
    <DocumentChooser
      path={[...place.path, "rules"]}
      kind="ruleset"
      label="Rule set"
      help={
        events.length > 0
          ? `It may say ${events.join(", ")}; otherwise where none is true; not-evaluated where data is missing.`
          : "The winning rule's event is the way out."
      }
    />
  );
}
