import { useField } from "../../../document/editing.tsx";
import { ClockEditor } from "../parts/clock-editor.tsx";
import { Row } from "../parts/row.tsx";
import { TriggerList } from "../parts/trigger-list.tsx";
import type { StepFieldsProps } from "./field-props.ts";

export function WaitFields({ place }: StepFieldsProps) {
  const [until, setUntil] = useField([...place.path, "until"], "Until");
  return (
    <>
      <Row label="Waits for" help="Any of these ends the wait with “done”.">
        <TriggerList path={[...place.path, "for"]} waits />
      </Row>
      <Row label="And never longer than" help="Then the way out is “due”.">
        <ClockEditor label="Until" value={until} onChange={setUntil} />
      </Row>
    </>
  );
}
