import { ActionIcon, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import type { Json } from "#engine/words/json.ts";
import { useField, useLocked } from "../../document/editing.tsx";
import { isObject, type JsonObject } from "../../document/json-value.ts";
import conditions from "./conditions/conditions.module.css";
import type { FactChoice } from "./conditions/fact-choice.ts";
import { FactSelect } from "./conditions/fact-select.tsx";
import classes from "./rules.module.css";

/** What a rule says when it decides: the event, and the values it gives along, each typed or taken from a fact. */
export function EventEditor({ path, choices }: { path: readonly string[]; choices: readonly FactChoice[] }) {
  const [event, setEvent] = useField([...path, "event"], "What it says");
  const [name, setName] = useState<string | null>(null);
  const locked = useLocked();
  const parts = isObject(event) ? event : {};
  const params = isObject(parts.params) ? parts.params : {};
  const setParams = (next: JsonObject, step?: string) => {
    const { params: _old, ...rest } = parts;
    setEvent(Object.keys(next).length === 0 ? rest : { ...parts, params: next }, step);
  };
  const add = () => {
    const key = name?.trim();
    if (key && params[key] === undefined) setParams({ ...params, [key]: "" }, "Give a value along");
    setName(null);
  };
  return (
    <div className={classes.says}>
      <span className={classes.saysWord}>then it says</span>
      <TextInput
        aria-label="Event"
        placeholder="outlier"
        disabled={locked}
        value={typeof parts.type === "string" ? parts.type : ""}
        onChange={(change) => setEvent({ ...parts, type: change.currentTarget.value })}
      />
      {Object.entries(params).map(([key, value]) => (
        <Param
          key={key}
          name={key}
          value={value}
          choices={choices}
          disabled={locked}
          onChange={(next) => setParams({ ...params, [key]: next })}
          onRemove={() => {
            const { [key]: _gone, ...rest } = params;
            setParams(rest, "Take a value away");
          }}
        />
      ))}
      {!locked &&
        (name === null ? (
          <button type="button" className={classes.plain} onClick={() => setName("")}>
            with a value…
          </button>
        ) : (
          <TextInput
            aria-label="Name of the value given along"
            placeholder="name, e.g. reason"
            autoFocus
            value={name}
            onChange={(change) => setName(change.currentTarget.value)}
            onBlur={add}
            onKeyDown={(key) => {
              if (key.key === "Enter") add();
              else if (key.key === "Escape") setName(null);
            }}
          />
        ))}
    </div>
  );
}

function Param(props: {
  name: string;
  value: Json;
  choices: readonly FactChoice[];
  disabled: boolean;
  onChange: (value: Json) => void;
  onRemove: () => void;
}) {
  const { name, value, choices, disabled, onChange } = props;
  const asFact = isObject(value) && typeof value.fact === "string";
  // While it is typed the text stays as it is: "1." is a number on its way.
  const [typing, setTyping] = useState<string | null>(null);
  return (
    <span className={classes.param}>
      <span className="quiet">{name}</span>
      {asFact ? (
        <FactSelect
          choices={choices}
          value={value}
          disabled={disabled}
          label={`${name}, taken from`}
          onChange={({ fact, params, path }) =>
            onChange({ fact, ...(params ? { params } : {}), ...(path ? { path } : {}) })
          }
        />
      ) : (
        <TextInput
          aria-label={`${name}, given along`}
          disabled={disabled}
          value={typing ?? (typeof value === "string" ? value : JSON.stringify(value))}
          onChange={(change) => {
            setTyping(change.currentTarget.value);
            onChange(paramValue(change.currentTarget.value, value));
          }}
          onBlur={() => setTyping(null)}
        />
      )}
      {!disabled && (
        <>
          <button
            type="button"
            className={conditions.swap}
            title={asFact ? "A value" : "The value of a fact"}
            aria-label={asFact ? `Give a value for ${name}` : `Take ${name} from a fact`}
            onClick={() => onChange(asFact ? "" : { fact: choices[0]?.fact ?? "" })}
          >
            {asFact ? "123" : "ƒ"}
          </button>
          <ActionIcon size={24} aria-label={`Take ${name} away`} onClick={props.onRemove}>
            <IconX size={13} />
          </ActionIcon>
        </>
      )}
    </span>
  );
}

/** What reads as a number, yes or no becomes one where it was one; else it is text. Structures are edited in the source. */
function paramValue(text: string, before: Json): Json {
  const number = text.trim() !== "" && !Number.isNaN(Number(text));
  if (number && (typeof before === "number" || before === "")) return Number(text);
  if (typeof before === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}
