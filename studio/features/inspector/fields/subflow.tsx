import { useField, useFindDocument } from "../../../document/editing.tsx";
import { isObject, valueAt } from "../../../document/json-value.ts";
import { DocumentChooser } from "../parts/document-chooser.tsx";
import { EachFields } from "../parts/each-fields.tsx";
import { More, Row } from "../parts/row.tsx";
import { SharedField } from "../parts/shared-field.tsx";
import { ValueInput } from "../parts/value-input.tsx";
import { ValueRecord } from "../parts/value-record.tsx";
import type { StepFieldsProps } from "./field-props.ts";
import { UndoField } from "./undo-field.tsx";

export function SubflowFields({ place }: StepFieldsProps) {
  const [gives, setGives] = useField([...place.path, "with"], "What it gets");
  const [about, setAbout] = useField([...place.path, "subject"], "About whom");
  const find = useFindDocument();
  const child = typeof place.step.workflow === "string" ? find("workflow", place.step.workflow) : undefined;
  const data = child === undefined ? undefined : valueAt(child, ["data"]);
  return (
    <>
      <DocumentChooser
        path={[...place.path, "workflow"]}
        kind="workflow"
        label="Workflow"
        help="The outcome of its end is the way out of this step."
      />
      <Row label="About whom" help={about === undefined ? "The same subject as this case." : undefined}>
        {about === undefined ? (
          <More onClick={() => setAbout({ fact: "case.subject" })}>Somebody else…</More>
        ) : (
          <ValueInput label="About whom" value={about} onChange={setAbout} />
        )}
        {about !== undefined && <More onClick={() => setAbout(undefined)}>The same subject</More>}
      </Row>
      <Row label="What it gets">
        <ValueRecord
          label="Give"
          value={gives}
          names={isObject(data) ? Object.keys(data) : []}
          add="Give a value"
          onChange={setGives}
        />
      </Row>
      <EachFields path={place.path} one="case" />
      <SharedField path={[...place.path, "shared"]} />
      <UndoField place={place} />
    </>
  );
}
