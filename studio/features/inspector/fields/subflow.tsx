import { useField, useFindDocument } from "../../../document/editing.tsx";
import { isObject, valueAt } from "../../../document/json-value.ts";
import { DocumentChooser } from "../parts/document-chooser.tsx";
import { JoinEditor } from "../parts/join-editor.tsx";
import { PersonRefEditor } from "../parts/person-ref-editor.tsx";
import { Fold, More, Row } from "../parts/row.tsx";
import { SharedField } from "../parts/shared-field.tsx";
import { TextField } from "../parts/text-field.tsx";
import { ValueInput } from "../parts/value-input.tsx";
import { ValueRecord } from "../parts/value-record.tsx";
import type { StepFieldsProps } from "./field-props.ts";

export function SubflowFields({ place }: StepFieldsProps) {
  const [gives, setGives] = useField([...place.path, "with"], "What it gets");
  const [about, setAbout] = useField([...place.path, "subject"], "About whom");
  const [each, setEach] = useField([...place.path, "each"], "One for each");
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
      <Fold title="One for each of several people" open={each !== undefined}>
        {isObject(each) ? (
          <>
            <Row label="One for each of">
              <PersonRefEditor
                label="Each of"
                value={Array.isArray(each.of) ? each.of[0] : each.of}
                onChange={(next) => setEach({ ...each, of: next ?? { relation: "peers" } })}
              />
            </Row>
            <Row label="Called">
              <TextField path={[...place.path, "each", "as"]} label="Called" required />
            </Row>
            <JoinEditor path={[...place.path, "join"]} />
            <More onClick={() => setEach(undefined)}>Only one</More>
          </>
        ) : (
          <More onClick={() => setEach({ of: { fact: "case.raters" }, as: "rater", distinct: true })}>
            For each of several people…
          </More>
        )}
      </Fold>
      <SharedField path={[...place.path, "shared"]} />
    </>
  );
}
