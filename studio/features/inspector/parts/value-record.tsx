import { ActionIcon, Autocomplete } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { ComponentProps } from "react";
import type { Json } from "#engine/words/json.ts";
import { useLocked } from "../../../document/editing.tsx";
import { isObject, withKeyRenamed } from "../../../document/json-value.ts";
import classes from "./inspector.module.css";
import { More } from "./row.tsx";
import { ValueInput } from "./value-input.tsx";

/** Names with values: case data to set, what a subflow gets, the result of an end. */
export function ValueRecord({
  value,
  onChange,
  names,
  label,
  add,
  ways,
}: {
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  names: readonly string[];
  label: string;
  add: string;
  ways?: ComponentProps<typeof ValueInput>["ways"];
}) {
  const locked = useLocked();
  const record = isObject(value) ? value : {};
  const entries = Object.entries(record);
  const free = names.find((name) => !Object.hasOwn(record, name)) ?? `field${entries.length + 1}`;
  return (
    <>
      {entries.map(([name, one], index) => (
        <div key={`place ${String(index)}`} className={classes.entry}>
          <Autocomplete
            aria-label={`${label}: name`}
            disabled={locked}
            data={names.filter((other) => other === name || !Object.hasOwn(record, other))}
            value={name}
            onChange={(next) =>
              next !== name && !Object.hasOwn(record, next) && onChange(withKeyRenamed(record, name, next))
            }
          />
          <ValueInput
            label={`${label}: ${name}`}
            value={one}
            {...(ways ? { ways } : {})}
            onChange={(next) => onChange({ ...record, [name]: next })}
          />
          <ActionIcon
            size={24}
            aria-label={`Remove ${name}`}
            disabled={locked}
            onClick={() => {
              const { [name]: _gone, ...rest } = record;
              onChange(Object.keys(rest).length === 0 ? undefined : rest);
            }}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      {!locked && <More onClick={() => onChange({ ...record, [free]: "" })}>{add}</More>}
    </>
  );
}
