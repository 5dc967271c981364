import { ActionIcon, Select, TagsInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { Json } from "#engine/words/json.ts";
import { useDocumentsOf, useField, useFindDocument, useLocked, useOpen } from "../../../document/editing.tsx";
import { isObject, type JsonObject, valueAt } from "../../../document/json-value.ts";
import classes from "../parts/inspector.module.css";
import { More, Row } from "../parts/row.tsx";
import { ValueInput } from "../parts/value-input.tsx";
import { ValueRecord } from "../parts/value-record.tsx";
import type { StepFieldsProps } from "./field-props.ts";
import { UndoField } from "./undo-field.tsx";

export function RecordFields({ place }: StepFieldsProps) {
  const [set, setSet] = useField([...place.path, "set"], "Keep in the case");
  const [write, setWrite] = useField([...place.path, "write"], "Write down");
  const [release, setRelease] = useField([...place.path, "release"], "Release");
  const data = useOpen((state) => valueAt(state.document, ["data"]));
  const locked = useLocked();
  const names = isObject(data) ? Object.keys(data) : [];
  const writes = Array.isArray(write) ? write.filter(isObject) : [];
  return (
    <>
      <Row label="Write down" help="On the person, as an observation, or as a record of its own.">
        {writes.map((one, index) => (
          <WriteBox
            key={`write ${String(index)}`}
            write={one}
            disabled={locked}
            onChange={(next) =>
              setWrite(
                next === null
                  ? writes.length === 1
                    ? undefined
                    : writes.filter((_, at) => at !== index)
                  : writes.with(index, next),
              )
            }
          />
        ))}
        {!locked && (
          <More
            onClick={() =>
              setWrite([...writes, { to: "person.rating", value: names[0] ? { fact: `case.${names[0]}` } : "" }])
            }
          >
            Write something down
          </More>
        )}
      </Row>
      <Row label="Keep in the case">
        <ValueRecord label="Keep" value={set} names={names} add="Set a field" onChange={setSet} />
      </Row>
      <Row label="Release to the employee" help="From here on the employee sees these fields.">
        <TagsInput
          aria-label="Release"
          disabled={locked}
          data={names}
          value={Array.isArray(release) ? release.map(String) : []}
          onChange={(next) => setRelease(next.length === 0 ? undefined : next)}
        />
      </Row>
      <UndoField place={place} />
    </>
  );
}

const WAYS = [
  { value: "to", label: "A field of the person" },
  { value: "metric", label: "An observation of a metric" },
  { value: "record", label: "A record" },
];

function WriteBox({
  write,
  disabled,
  onChange,
}: {
  write: JsonObject;
  disabled: boolean;
  onChange: (next: JsonObject | null) => void;
}) {
  const metrics = useDocumentsOf("metric");
  const records = useDocumentsOf("record-type");
  const find = useFindDocument();
  const way = write.metric !== undefined ? "metric" : write.record !== undefined ? "record" : "to";
  const start: Record<string, JsonObject> = {
    to: { to: "person.rating", value: "" },
    metric: { metric: metrics[0]?.value ?? "", value: "" },
    record: { record: records[0]?.value ?? "", fields: {} },
  };
  const type = way === "record" ? find("record-type", String(write.record)) : undefined;
  const fields = type === undefined ? undefined : valueAt(type, ["fields"]);
  const set = (member: string, value: Json | undefined) => onChange({ ...write, [member]: value ?? "" });
  return (
    <div className={classes.box}>
      <div className={classes.boxHead}>
        <Select
          aria-label="Where to"
          allowDeselect={false}
          disabled={disabled}
          data={WAYS}
          value={way}
          onChange={(next) => next && next !== way && onChange(start[next]!)}
        />
        <ActionIcon size={24} aria-label="Remove this" disabled={disabled} onClick={() => onChange(null)}>
          <IconX size={14} />
        </ActionIcon>
      </div>
      {way === "to" && (
        <TagsInput
          aria-label="Field of the person"
          maxTags={1}
          disabled={disabled}
          data={["person.rating"]}
          value={typeof write.to === "string" ? [write.to] : []}
          onChange={(next) => next[0] && set("to", next[0].startsWith("person.") ? next[0] : `person.${next[0]}`)}
        />
      )}
      {way === "metric" && (
        <Select
          aria-label="Metric"
          searchable
          disabled={disabled}
          data={metrics}
          value={String(write.metric)}
          onChange={(next) => next && set("metric", next)}
        />
      )}
      {way === "record" && (
        <Select
          aria-label="Record type"
          searchable
          disabled={disabled}
          data={records}
          value={String(write.record)}
          onChange={(next) => next && set("record", next)}
        />
      )}
      {way === "metric" &&
        (write.period === undefined ? (
          !disabled && <More onClick={() => set("period", { fact: "period.id" })}>For another period…</More>
        ) : (
          <Row
            label="For the period"
            action={
              disabled ? undefined : (
                <More
                  onClick={() => {
                    const { period: _gone, ...rest } = write;
                    onChange(rest);
                  }}
                >
                  The case's own
                </More>
              )
            }
          >
            <ValueInput label="For the period" value={write.period} onChange={(next) => set("period", next)} />
          </Row>
        ))}
      {way === "record" ? (
        <ValueRecord
          label="Field"
          value={write.fields}
          names={isObject(fields) ? Object.keys(fields) : []}
          add="Add a field"
          onChange={(next) => set("fields", next ?? {})}
        />
      ) : (
        <ValueInput label="Value" value={write.value} onChange={(next) => set("value", next)} />
      )}
    </div>
  );
}
