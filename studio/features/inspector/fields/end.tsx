import { useField, useOpen } from "../../../document/editing.tsx";
import { isObject, valueAt } from "../../../document/json-value.ts";
import { Row } from "../parts/row.tsx";
import { TextField } from "../parts/text-field.tsx";
import { ValueRecord } from "../parts/value-record.tsx";
import type { StepFieldsProps } from "./field-props.ts";

export function EndFields({ place }: StepFieldsProps) {
  const [result, setResult] = useField([...place.path, "result"], "Result");
  const data = useOpen((state) => valueAt(state.document, ["data"]));
  const inside = place.scope.length > 0;
  return (
    <>
      <Row
        label="Outcome"
        help={
          inside
            ? "The event by which the frame around it goes on."
            : "How the case ended, as lists and subflows read it."
        }
      >
        <TextField path={[...place.path, "outcome"]} label="Outcome" placeholder="done" />
      </Row>
      <Row label="Result" help="Values that stand on the closed case.">
        <ValueRecord
          label="Result"
          value={result}
          names={isObject(data) ? Object.keys(data) : []}
          add="Add a result"
          onChange={setResult}
        />
      </Row>
    </>
  );
}
