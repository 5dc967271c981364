import { TextInput } from "@mantine/core";
import { useState } from "react";
import type { Answer } from "../../api/call.ts";
import classes from "./imports.module.css";

/** Fields that no column holds, with one value for every row: the metric of a file that has results of one. */
export function Constants(props: {
  view: Answer<"import">;
  busy: boolean;
  onChange: (changes: Record<string, string | null>) => void;
}) {
  const { fields, columns, mapping } = props.view;
  const constants = new Map(
    Object.entries(mapping).flatMap(([column, field]): [string, string][] =>
      column.startsWith("=") && field !== null ? [[field, column.slice(1)]] : [],
    ),
  );
  const open = fields.filter(
    (field) => constants.has(field.name) || (field.required && !columns.some((column) => column.field === field.name)),
  );
  if (open.length === 0) return null;
  return (
    <div className={classes.constants}>
      <p className="secondary">No column holds these. Give a value for every row, or choose a column above.</p>
      {open.map((field) => (
        <Constant
          key={`${field.name}${constants.get(field.name) ?? ""}`}
          title={field.title}
          value={constants.get(field.name) ?? ""}
          busy={props.busy}
          onGive={(value, before) =>
            props.onChange({
              ...(before ? { [`=${before}`]: null } : {}),
              ...(value ? { [`=${value}`]: field.name } : {}),
            })
          }
        />
      ))}
    </div>
  );
}

function Constant(props: {
  title: string;
  value: string;
  busy: boolean;
  onGive: (value: string, before: string) => void;
}) {
  const [text, setText] = useState(props.value);
  const give = () => {
    if (text.trim() !== props.value) props.onGive(text.trim(), props.value);
  };
  return (
    <TextInput
      label={`${props.title}, in every row`}
      w={280}
      disabled={props.busy}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={give}
      onKeyDown={(event) => event.key === "Enter" && give()}
    />
  );
}
