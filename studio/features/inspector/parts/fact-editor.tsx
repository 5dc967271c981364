import { TextInput } from "@mantine/core";
import type { Json } from "#engine/words/json.ts";
import { useLocked } from "../../../document/editing.tsx";
import { isObject } from "../../../document/json-value.ts";
import { words } from "../../../text/kinds.ts";
import type { FactChoice } from "../../rules/conditions/fact-choice.ts";
import { FactSelect } from "../../rules/conditions/fact-select.tsx";
import { useFactChoices } from "../../rules/conditions/use-fact-choices.ts";
import { DurationEditor } from "./duration-editor.tsx";
import classes from "./inspector.module.css";
import { More } from "./row.tsx";

/** A chosen fact as a reference: its name, with the params and the path that belong to it. */
export const factOf = (one: FactChoice): { [key: string]: Json } => ({
  fact: one.fact,
  ...(one.params ? { params: one.params } : {}),
  ...(one.path ? { path: one.path } : {}),
});

/** A fact of the case, the person or a metric: which one, of whom and when it says so, and how much later than its date. */
export function FactEditor({
  value,
  onChange,
  label,
}: {
  value: { [key: string]: Json };
  onChange: (value: Json) => void;
  label: string;
}) {
  const locked = useLocked();
  const choices = useFactChoices();
  const params = isObject(value.params) ? value.params : {};
  const { plus, ...unshifted } = value;
  const dated = choices.some((one) => one.fact === value.fact && (one.type === "date" || one.type === "date-time"));
  return (
    <>
      <FactSelect
        choices={choices}
        value={value}
        disabled={locked}
        label={label}
        onChange={(next) => onChange({ ...factOf(next), ...(plus === undefined ? {} : { plus }) })}
      />
      {Object.entries(params).flatMap(([name, param]) =>
        name === "id"
          ? []
          : [
              <TextInput
                key={name}
                aria-label={`${label}: ${name}`}
                leftSection={<span className={classes.help}>{words(name).toLowerCase()}</span>}
                leftSectionWidth={64}
                disabled={locked}
                value={typeof param === "string" ? param : JSON.stringify(param)}
                onChange={(event) => onChange({ ...value, params: { ...params, [name]: event.currentTarget.value } })}
              />,
            ],
      )}
      {typeof value.path === "string" && (
        <TextInput
          aria-label={`${label}: part of it`}
          leftSection={<span className={classes.help}>part</span>}
          leftSectionWidth={64}
          disabled={locked}
          value={value.path.replace(/^\$\.?/, "")}
          onChange={(event) =>
            onChange({ ...value, path: event.currentTarget.value ? `$.${event.currentTarget.value}` : "$" })
          }
        />
      )}
      {plus === undefined
        ? dated &&
          !locked && <More onClick={() => onChange({ ...value, plus: { days: 30 } })}>Some time after that date…</More>
        : null}
      {plus !== undefined && (
        <div className={classes.box}>
          <span className={classes.sub}>and this long after</span>
          <DurationEditor
            label={`${label}: later by`}
            value={plus}
            parameterAllowed={false}
            onChange={(next) => onChange({ ...value, plus: next })}
          />
          {!locked && <More onClick={() => onChange(unshifted)}>On that very date</More>}
        </div>
      )}
    </>
  );
}
