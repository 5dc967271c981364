import { Checkbox } from "@mantine/core";
import { CHANNELS } from "#engine/words/channel.ts";
import { useField, useLocked } from "../../../document/editing.tsx";
import { PeopleList } from "../parts/person-ref-editor.tsx";
import { Row } from "../parts/row.tsx";
import { LongField } from "../parts/text-field.tsx";
import { OptionalField } from "./asking-fields.tsx";
import type { StepFieldsProps } from "./field-props.ts";
import { UndoField } from "./undo-field.tsx";

export function NotifyFields({ place }: StepFieldsProps) {
  const [to, setTo] = useField([...place.path, "to"], "Whom to tell");
  return (
    <>
      <Row label="Whom to tell">
        <PeopleList label="Recipient" value={to} onChange={setTo} />
      </Row>
      <Row label="Message" help="Keep it short and free of private detail: what happened and what to do.">
        <LongField path={[...place.path, "message"]} label="Message" rows={3} />
      </Row>
      <ViaField path={[...place.path, "via"]} />
      <OptionalField path={place.path} />
      <UndoField place={place} />
    </>
  );
}

/** Through which channels; the inbox always gets it. */
export function ViaField({ path }: { path: readonly (string | number)[] }) {
  const [via, setVia] = useField(path, "Through");
  const locked = useLocked();
  const list = Array.isArray(via) ? via : [];
  return (
    <Row label="Through">
      <div style={{ display: "flex", gap: 16 }}>
        {CHANNELS.map((channel) => (
          <Checkbox
            key={channel}
            label={channel === "inbox" ? "Inbox" : "E-mail"}
            disabled={locked || channel === "inbox"}
            checked={channel === "inbox" || list.includes(channel)}
            onChange={(event) => setVia(event.currentTarget.checked ? ["inbox", channel] : undefined)}
          />
        ))}
      </div>
    </Row>
  );
}
