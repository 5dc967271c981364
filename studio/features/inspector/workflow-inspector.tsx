import { ActionIcon, NumberInput, Select, TagsInput, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { FIELD_TYPES } from "#engine/definition/field.ts";
import { PARAMETER_TYPES } from "#engine/definition/parameter.ts";
import type { Json } from "#engine/words/json.ts";
import { useDocumentsOf, useField, useLocked, useOpen } from "../../document/editing.tsx";
import { isObject, type JsonObject, withKeyRenamed } from "../../document/json-value.ts";
import { words } from "../../text/kinds.ts";
import { ConditionBuilder } from "../rules/conditions/condition-builder.tsx";
import { useFactChoices } from "../rules/conditions/use-fact-choices.ts";
import { StartField } from "./fields/group.tsx";
import classes from "./parts/inspector.module.css";
import { Fold, More, Row } from "./parts/row.tsx";
import { LongField, TextField } from "./parts/text-field.tsx";
import { TriggerList } from "./parts/trigger-list.tsx";

const MOVES = [
  { value: "keep", label: "Whoever has it keeps it" },
  { value: "move", label: "It moves to the new manager" },
  { value: "share", label: "Both have it" },
  { value: "majority", label: "Whoever managed longest in the period" },
];

/** What is true of the whole workflow; shown while no step is selected. */
export function WorkflowInspector() {
  const steps = useOpen((state) => (isObject(state.document) ? state.document.steps : undefined));
  const id = useOpen((state) => state.id);
  const [subject, setSubject] = useField(["subject"], "Subject");
  const [key, setKey] = useField(["key"], "Unique by");
  const [onMove, setOnMove] = useField(["onMove"], "When people move");
  const [eligible, setEligible] = useField(["eligible"], "Who takes part");
  const [triggers] = useField(["triggers"], "Triggers");
  const choices = useFactChoices();
  const records = useDocumentsOf("record-type");
  const locked = useLocked();
  return (
    <div className={classes.panel}>
      <div className={classes.top}>
        <span className={classes.kind}>Workflow</span>
        <span className={classes.id} title="Id">
          {id}
        </span>
      </div>
      <div>
        <TextField path={["title"]} label="Name" id="inspector-title" className={classes.title} required />
        <LongField path={["description"]} label="Description" className={classes.about} placeholder="What it is for" />
      </div>
      <Row label="About">
        <Select
          aria-label="About"
          searchable
          allowDeselect={false}
          disabled={locked}
          data={[
            {
              group: "Organisation",
              items: [
                { value: "person", label: "A person" },
                { value: "unit", label: "A unit" },
                { value: "metric", label: "A metric" },
              ],
            },
            ...(records.length ? [{ group: "Records", items: records }] : []),
          ]}
          value={typeof subject === "string" ? subject : null}
          onChange={(next) => next && setSubject(next)}
        />
      </Row>
      <Row
        label="One case for each"
        help={
          Array.isArray(key) ? "Launching again opens nothing new." : "Not unique: launching again opens another case."
        }
      >
        <TagsInput
          aria-label="Unique by"
          disabled={locked}
          data={["subject", "period"]}
          value={Array.isArray(key) ? key.map(String) : []}
          onChange={(next) => setKey(next.length === 0 ? undefined : next)}
        />
      </Row>
      <StartField path={["start"]} steps={steps} label="Begins with" />
      <Row label="When people move">
        <Select
          aria-label="When people move"
          disabled={locked}
          allowDeselect={false}
          data={MOVES}
          value={typeof onMove === "string" ? onMove : "majority"}
          onChange={(next) => next && setOnMove(next)}
        />
      </Row>
      <Row label="Who takes part">
        <ConditionBuilder
          value={eligible}
          choices={choices}
          disabled={locked}
          optional
          addLabel="Everybody. Narrow it down…"
          onChange={setEligible}
        />
      </Row>
      <Fold title="Data of the case" open>
        <DataFields />
      </Fold>
      <Fold title="Parameters" open>
        <ParameterFields path={["parameters"]} />
      </Fold>
      <Fold title="Starts by itself" open={Array.isArray(triggers)}>
        <TriggerList path={["triggers"]} />
      </Fold>
    </div>
  );
}

/** The fields a case keeps. */
export function DataFields() {
  const [data, setData] = useField(["data"], "Data of the case");
  const locked = useLocked();
  const record = isObject(data) ? data : {};
  const set = (name: string, field: JsonObject | null) => {
    const { [name]: _old, ...rest } = record;
    setData(field === null ? (Object.keys(rest).length ? rest : undefined) : { ...record, [name]: field });
  };
  return (
    <>
      {Object.entries(record).map(([name, field], index) => {
        const parts = isObject(field) ? field : {};
        const audience = isObject(parts.visibility) ? parts.visibility.audience : undefined;
        return (
          <div key={`field ${String(index)}`} className={classes.box}>
            <div className={classes.boxHead}>
              <TextInput
                aria-label="Name of the field"
                disabled={locked}
                value={name}
                onChange={(event) =>
                  event.currentTarget.value &&
                  !Object.hasOwn(record, event.currentTarget.value) &&
                  setData(withKeyRenamed(record, name, event.currentTarget.value))
                }
              />
              <Select
                aria-label={`Type of ${name}`}
                w={110}
                allowDeselect={false}
                disabled={locked}
                data={FIELD_TYPES.map((type) => ({ value: type, label: words(type) }))}
                value={String(parts.type ?? "text")}
                onChange={(next) => next && set(name, { ...parts, type: next })}
              />
              <ActionIcon size={24} aria-label={`Remove ${name}`} disabled={locked} onClick={() => set(name, null)}>
                <IconX size={14} />
              </ActionIcon>
            </div>
            {parts.type === "choice" && (
              <TagsInput
                aria-label={`Choices of ${name}`}
                placeholder="Choices"
                disabled={locked}
                value={Array.isArray(parts.of) ? parts.of.map(String) : []}
                onChange={(next) => set(name, { ...parts, of: next })}
              />
            )}
            {(parts.type === "number" || parts.type === "integer") && (
              <Bounds parts={parts} disabled={locked} onChange={(next) => set(name, next)} />
            )}
            <TagsInput
              aria-label={`Who sees ${name}`}
              placeholder="Who sees it"
              disabled={locked}
              data={["subject", "manager", "manager-chain", "hr-partner", "hr-admin"]}
              value={Array.isArray(audience) ? audience.map(String) : []}
              onChange={(next) => {
                const { visibility, ...rest } = parts;
                set(
                  name,
                  next.length
                    ? { ...rest, visibility: { ...(isObject(visibility) ? visibility : {}), audience: next } }
                    : rest,
                );
              }}
            />
          </div>
        );
      })}
      {!locked && (
        <More onClick={() => setData({ ...record, [freeName(record, "field")]: { type: "number" } })}>Add a field</More>
      )}
    </>
  );
}

/** The values an admin may change without a new version. */
export function ParameterFields({ path }: { path: readonly string[] }) {
  const [value, setValue] = useField(path, "Parameters");
  const locked = useLocked();
  const record = isObject(value) ? value : {};
  const set = (name: string, parameter: JsonObject | null) => {
    const { [name]: _old, ...rest } = record;
    setValue(parameter === null ? (Object.keys(rest).length ? rest : undefined) : { ...record, [name]: parameter });
  };
  return (
    <>
      {Object.entries(record).map(([name, parameter], index) => {
        const parts = isObject(parameter) ? parameter : {};
        return (
          <div key={`parameter ${String(index)}`} className={classes.box}>
            <div className={classes.boxHead}>
              <TextInput
                aria-label={`Title of ${name}`}
                disabled={locked}
                value={String(parts.title ?? "")}
                onChange={(event) => set(name, { ...parts, title: event.currentTarget.value })}
              />
              <ActionIcon size={24} aria-label={`Remove ${name}`} disabled={locked} onClick={() => set(name, null)}>
                <IconX size={14} />
              </ActionIcon>
            </div>
            <div className={classes.halves}>
              <Select
                aria-label={`Type of ${name}`}
                allowDeselect={false}
                disabled={locked}
                data={PARAMETER_TYPES.map((type) => ({ value: type, label: words(type) }))}
                value={String(parts.type ?? "number")}
                onChange={(next) => next && set(name, { ...parts, type: next })}
              />
              <TextInput
                aria-label={`Default of ${name}`}
                disabled={locked}
                value={String(parts.default ?? "")}
                onChange={(event) => set(name, { ...parts, default: typed(event.currentTarget.value, parts.type) })}
              />
            </div>
            <Bounds parts={parts} disabled={locked} onChange={(next) => set(name, next)} />
            <span className={classes.help}>{name}</span>
          </div>
        );
      })}
      {!locked && (
        <More
          onClick={() =>
            setValue({
              ...record,
              [freeName(record, "parameter")]: {
                title: "New parameter",
                type: "workingDays",
                default: 5,
                min: 1,
                max: 30,
              },
            })
          }
        >
          Add a parameter
        </More>
      )}
    </>
  );
}

function Bounds({
  parts,
  disabled,
  onChange,
}: {
  parts: JsonObject;
  disabled: boolean;
  onChange: (next: JsonObject) => void;
}) {
  const set = (member: "min" | "max", next: number | string) => {
    const { [member]: _old, ...rest } = parts;
    onChange(typeof next === "number" ? { ...parts, [member]: next } : rest);
  };
  return (
    <div className={classes.halves}>
      <NumberInput
        aria-label="At least"
        placeholder="at least"
        hideControls
        disabled={disabled}
        value={typeof parts.min === "number" ? parts.min : ""}
        onChange={(next) => set("min", next)}
      />
      <NumberInput
        aria-label="At most"
        placeholder="at most"
        hideControls
        disabled={disabled}
        value={typeof parts.max === "number" ? parts.max : ""}
        onChange={(next) => set("max", next)}
      />
    </div>
  );
}

const TEXTUAL = new Set(["text", "choice", "date", "decimal", "money"]);
function typed(text: string, type: Json | undefined): Json {
  if (TEXTUAL.has(String(type))) return text;
  if (type === "boolean") return text === "true";
  return text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);
}

function freeName(record: JsonObject, base: string): string {
  for (let n = 1; ; n++) if (!Object.hasOwn(record, `${base}${n}`)) return `${base}${n}`;
}
