import { ActionIcon, Autocomplete, Checkbox, NumberInput, Select, TagsInput, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { FIELD_TYPES } from "#engine/definition/field.ts";
import type { Json } from "#engine/words/json.ts";
import { useField, useLocked } from "../../../document/editing.tsx";
import { isObject, type JsonObject, withKeyRenamed } from "../../../document/json-value.ts";
import { words } from "../../../text/kinds.ts";
import classes from "./inspector.module.css";
import { More, Row } from "./row.tsx";
import { literal } from "./value-input.tsx";
import { VisibilityField } from "./visibility-field.tsx";

const NUMERIC = new Set(["number", "integer", "percent", "money"]);

/** Named, typed fields: the data of a case, the fields of a record type. A new name that is taken is not accepted. */
export function DataFields({ path, label }: { path: readonly string[]; label: string }) {
  const [data, setData] = useField(path, label);
  const locked = useLocked();
  const record = isObject(data) ? data : {};
  const set = (name: string, field: JsonObject | null) => {
    const { [name]: _old, ...rest } = record;
    setData(field === null ? (Object.keys(rest).length ? rest : undefined) : { ...record, [name]: field });
  };
  return (
    <>
      {Object.entries(record).map(([name, field], index) => (
        <FieldBox
          key={`field ${String(index)}`}
          name={name}
          field={isObject(field) ? field : {}}
          disabled={locked}
          onRename={(next) => next && !Object.hasOwn(record, next) && setData(withKeyRenamed(record, name, next))}
          onChange={(next) => set(name, next)}
        />
      ))}
      {!locked && (
        <More onClick={() => setData({ ...record, [freeName(record, "field")]: { type: "number" } })}>Add a field</More>
      )}
    </>
  );
}

function FieldBox({
  name,
  field,
  disabled,
  onRename,
  onChange,
}: {
  name: string;
  field: JsonObject;
  disabled: boolean;
  onRename: (name: string) => void;
  onChange: (field: JsonObject | null) => void;
}) {
  const set = (member: string, value: Json | undefined) => {
    const { [member]: _old, ...rest } = field;
    onChange(value === undefined ? rest : { ...field, [member]: value });
  };
  const type = String(field.type ?? "text");
  const choices = Array.isArray(field.of) ? field.of.map(String) : [];
  return (
    <div className={classes.box}>
      <div className={classes.boxHead}>
        <TextInput
          aria-label="Name of the field"
          disabled={disabled}
          value={name}
          onChange={(event) => onRename(event.currentTarget.value)}
        />
        <Select
          aria-label={`Type of ${name}`}
          w={110}
          allowDeselect={false}
          disabled={disabled}
          data={FIELD_TYPES.map((one) => ({ value: one, label: words(one) }))}
          value={type}
          onChange={(next) => next && set("type", next)}
        />
        <ActionIcon size={24} aria-label={`Remove ${name}`} disabled={disabled} onClick={() => onChange(null)}>
          <IconX size={14} />
        </ActionIcon>
      </div>
      <TextInput
        aria-label={`Title of ${name}`}
        placeholder={`Title: ${words(name)}`}
        disabled={disabled}
        value={typeof field.title === "string" ? field.title : ""}
        onChange={(event) => set("title", event.currentTarget.value || undefined)}
      />
      {(type === "choice" || type === "list" || field.of !== undefined) && (
        <TagsInput
          aria-label={`Choices of ${name}`}
          placeholder={choices.length ? "" : "Choices"}
          disabled={disabled}
          value={choices}
          onChange={(next) => set("of", next.length ? next : undefined)}
        />
      )}
      {(NUMERIC.has(type) || field.min !== undefined || field.max !== undefined) && (
        <Bounds parts={field} disabled={disabled} onChange={onChange} />
      )}
      <details>
        <summary className={classes.help}>How it begins, who sees it</summary>
        <div className={classes.folded}>
          <div className={classes.halves}>
            {choices.length > 0 ? (
              <Autocomplete
                aria-label={`Begins as, of ${name}`}
                placeholder="begins empty"
                disabled={disabled}
                data={choices}
                value={field.default === undefined ? "" : String(field.default)}
                onChange={(next) => set("default", next === "" ? undefined : next)}
              />
            ) : (
              <TextInput
                aria-label={`Begins as, of ${name}`}
                placeholder="begins empty"
                disabled={disabled}
                value={
                  field.default === undefined
                    ? ""
                    : typeof field.default === "string"
                      ? field.default
                      : JSON.stringify(field.default)
                }
                onChange={(event) =>
                  set("default", event.currentTarget.value === "" ? undefined : literal(event.currentTarget.value))
                }
              />
            )}
            <Checkbox
              label="Needed"
              disabled={disabled}
              checked={field.required === true}
              onChange={(event) => set("required", event.currentTarget.checked ? true : undefined)}
            />
          </div>
          {field.visibility === undefined ? (
            !disabled && (
              <More onClick={() => set("visibility", { audience: ["manager", "hr-partner"] })}>Who sees it…</More>
            )
          ) : (
            <VisibilityField
              label="Who sees it"
              named={`Who sees ${name}`}
              value={field.visibility}
              onChange={(next) => set("visibility", next)}
            />
          )}
        </div>
      </details>
    </div>
  );
}

/** The lowest and the highest value of a field or a parameter. */
export function Bounds({
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

/** A name that a record does not have yet: `field1`, `field2`. */
export function freeName(record: JsonObject, base: string): string {
  for (let n = 1; ; n++) if (!Object.hasOwn(record, `${base}${n}`)) return `${base}${n}`;
}

/** Which parameter sheets a document takes values from. */
export function UsesField({ sheets }: { sheets: { value: string; label: string }[] }) {
  const [uses, setUses] = useField(["uses"], "Shared parameters");
  const locked = useLocked();
  const list = Array.isArray(uses) ? uses.map(String) : [];
  return (
    <Row label="Shared parameters" help="Sheets whose values may be used here, and change in one place.">
      <TagsInput
        aria-label="Shared parameters"
        disabled={locked}
        data={sheets.map((one) => one.value)}
        value={list}
        onChange={(next) => setUses(next.length === 0 ? undefined : next)}
      />
    </Row>
  );
}
