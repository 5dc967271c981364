import { ActionIcon, NumberInput, Select, TagsInput, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { PARAMETER_TYPES } from "#engine/definition/parameter.ts";
import { Name } from "#engine/words/ids.ts";
import type { Json } from "#engine/words/json.ts";
import { useField, useLocked } from "../../../document/editing.tsx";
import { isObject, type JsonObject, withKeyRenamed } from "../../../document/json-value.ts";
import { words } from "../../../text/kinds.ts";
import { Bounds, freeName } from "./data-fields.tsx";
import classes from "./inspector.module.css";
import { PersonRefEditor } from "./person-ref-editor.tsx";
import { More, Row } from "./row.tsx";

const NEW: JsonObject = { title: "New parameter", type: "workingDays", default: 5, min: 1, max: 30 };

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
      {Object.entries(record).map(([name, parameter], index) => (
        <ParameterBox
          key={`parameter ${String(index)}`}
          name={name}
          parts={isObject(parameter) ? parameter : {}}
          disabled={locked}
          taken={(other) => Object.hasOwn(record, other)}
          onRename={(next) => setValue(withKeyRenamed(record, name, next))}
          onChange={(next) => set(name, next)}
        />
      ))}
      {!locked && (
        <More onClick={() => setValue({ ...record, [freeName(record, "parameter")]: NEW })}>Add a parameter</More>
      )}
    </>
  );
}

interface BoxProps {
  name: string;
  parts: JsonObject;
  disabled: boolean;
  taken: (name: string) => boolean;
  onRename: (name: string) => void;
  onChange: (parameter: JsonObject | null) => void;
}

function ParameterBox({ name, parts, disabled, taken, onRename, onChange }: BoxProps) {
  const set = (member: string, value: Json | undefined) => {
    const { [member]: _old, ...rest } = parts;
    onChange(value === undefined ? rest : { ...parts, [member]: value });
  };
  const text = (member: string) => (typeof parts[member] === "string" ? parts[member] : "");
  const choices = Array.isArray(parts.of) ? parts.of.map(String) : [];
  const numeric = !["choice", "boolean", "text"].includes(String(parts.type)) || parts.min !== undefined;
  return (
    <div className={classes.box}>
      <div className={classes.boxHead}>
        <TextInput
          aria-label={`Title of ${name}`}
          disabled={disabled}
          value={text("title")}
          onChange={(event) => set("title", event.currentTarget.value)}
        />
        <ActionIcon size={24} aria-label={`Remove ${name}`} disabled={disabled} onClick={() => onChange(null)}>
          <IconX size={14} />
        </ActionIcon>
      </div>
      <div className={classes.halves}>
        <Select
          aria-label={`Type of ${name}`}
          allowDeselect={false}
          disabled={disabled}
          data={PARAMETER_TYPES.map((type) => ({ value: type, label: words(type) }))}
          value={String(parts.type ?? "number")}
          onChange={(next) => next && set("type", next)}
        />
        <TextInput
          aria-label={`Default of ${name}`}
          disabled={disabled}
          value={String(parts.default ?? "")}
          onChange={(event) => set("default", typed(event.currentTarget.value, parts.type))}
        />
      </div>
      {parts.type === "choice" || choices.length > 0 ? (
        <TagsInput
          aria-label={`Choices of ${name}`}
          placeholder={choices.length ? "" : "Choices"}
          disabled={disabled}
          value={choices}
          onChange={(next) => set("of", next.length ? next : undefined)}
        />
      ) : null}
      {numeric && <Bounds parts={parts} disabled={disabled} onChange={onChange} />}
      <details>
        <summary className={classes.help}>What it is for, its name in rules, who may change it</summary>
        <div className={classes.folded}>
          <TextInput
            aria-label={`What ${name} is for`}
            placeholder="What it is for"
            disabled={disabled}
            value={text("description")}
            onChange={(event) => set("description", event.currentTarget.value || undefined)}
          />
          {numeric && (
            <div className={classes.halves}>
              <NumberInput
                aria-label={`Steps of ${name}`}
                placeholder="in steps of"
                hideControls
                disabled={disabled}
                value={typeof parts.step === "number" ? parts.step : ""}
                onChange={(next) => set("step", typeof next === "number" ? next : undefined)}
              />
              <TextInput
                aria-label={`Unit of ${name}`}
                placeholder="unit"
                disabled={disabled}
                value={text("unit")}
                onChange={(event) => set("unit", event.currentTarget.value || undefined)}
              />
            </div>
          )}
          {parts.owner === undefined ? (
            !disabled && <More onClick={() => set("owner", { role: "hr-admin" })}>Only some may change it…</More>
          ) : (
            <Row
              label="Changed by"
              action={disabled ? undefined : <More onClick={() => set("owner", undefined)}>Every admin</More>}
            >
              <PersonRefEditor
                label={`Who may change ${name}`}
                value={parts.owner}
                onChange={(next) => set("owner", next)}
              />
            </Row>
          )}
          <NameField name={name} disabled={disabled} taken={taken} onRename={onRename} />
        </div>
      </details>
    </div>
  );
}

/** The name by which rules and clocks call it; kept until a good new one is left. */
function NameField({ name, disabled, taken, onRename }: Pick<BoxProps, "name" | "disabled" | "taken" | "onRename">) {
  const [typedName, setTypedName] = useState<string | null>(null);
  const good = typedName === null || (Name.safeParse(typedName).success && (typedName === name || !taken(typedName)));
  return (
    <TextInput
      size="xs"
      aria-label={`Name of ${name} in rules`}
      disabled={disabled}
      value={typedName ?? name}
      error={good ? undefined : "One word like reviewDays that no other parameter has"}
      onChange={(event) => setTypedName(event.currentTarget.value)}
      onBlur={() => {
        if (typedName !== null && typedName !== name && good) onRename(typedName);
        setTypedName(null);
      }}
    />
  );
}

const TEXTUAL = new Set(["text", "choice", "date", "decimal", "money"]);
function typed(text: string, type: Json | undefined): Json {
  if (TEXTUAL.has(String(type))) return text;
  if (type === "boolean") return text === "true";
  return text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);
}
