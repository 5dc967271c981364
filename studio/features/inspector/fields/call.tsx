import { NumberInput } from "@mantine/core";
import { useField, useLocked } from "../../../document/editing.tsx";
import { Row } from "../parts/row.tsx";
import { TextField } from "../parts/text-field.tsx";
import { ValueRecord } from "../parts/value-record.tsx";
import type { StepFieldsProps } from "./field-props.ts";
import { UndoField } from "./undo-field.tsx";

const LITERAL = ["literal"] as const;

export function CallFields({ place }: StepFieldsProps) {
  const [body, setBody] = useField([...place.path, "body"], "What is sent");
  const [answer, setAnswer] = useField([...place.path, "answer"], "What comes back");
  const [retries, setRetries] = useField([...place.path, "retries"], "Tries");
  const locked = useLocked();
  return (
    <>
      <Row label="Address" help="Called with a signed POST; “failed” after the last try.">
        <TextField path={[...place.path, "url"]} label="Address" placeholder="https://…" required />
      </Row>
      <Row label="What is sent">
        <ValueRecord label="Send" value={body} names={[]} add="Add a value" onChange={setBody} />
      </Row>
      <Row
        label="What comes back"
        help="Fields of the answer that the case keeps, each with an example of what it holds."
      >
        <ValueRecord
          label="Answer"
          value={answer}
          names={[]}
          add="Expect a field"
          ways={LITERAL}
          onChange={setAnswer}
        />
      </Row>
      <Row label="Tries again">
        <NumberInput
          aria-label="Tries again"
          min={0}
          max={50}
          placeholder="as the server is set"
          disabled={locked}
          value={typeof retries === "number" ? retries : ""}
          onChange={(next) => setRetries(typeof next === "number" ? next : undefined)}
        />
      </Row>
      <UndoField place={place} />
    </>
  );
}
