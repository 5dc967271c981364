import { NumberInput, Select, TextInput } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import type { FactUse } from "#engine/rules/facts.ts";
import type { Json } from "#engine/words/json.ts";
import { useMe } from "../../../api/me.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { useOpen } from "../../../document/editing.tsx";
import { isObject } from "../../../document/json-value.ts";
import { useDirectory } from "../../../document/use-directory.ts";
import { words } from "../../../text/kinds.ts";
import { periodName, recentPeriods } from "../../../text/period.ts";
import { PersonChooser } from "../../../ui/person-chooser.tsx";
import type { FactChoice } from "../conditions/fact-choice.ts";
import { inputsOf, type TryInput, valuesOfPerson } from "./inputs.ts";
import classes from "./try.module.css";

/** The facts of a try, by input key. */
export type TryValues = ReadonlyMap<string, Json>;

/** "Try it": a person's facts, or typed ones; what comes out is told by the caller, who lights up the path. */
export function TryPanel(props: {
  uses: readonly FactUse[];
  choices: readonly FactChoice[];
  values: TryValues;
  onChange: (values: TryValues) => void;
  outcome: { word: string; tone: string; why?: string } | null;
}) {
  const { uses, choices, values, onChange, outcome } = props;
  const me = useMe();
  const directory = useDirectory();
  const document = useOpen((state) => state.document);
  const [person, setPerson] = useState<string | null>(null);
  const [period, setPeriod] = useState(() => recentPeriods(me.now, "month", 2)[1] ?? "");
  const inputs = useMemo(() => inputsOf(uses), [uses]);
  const stored = useAnswer(
    "simulationFacts",
    { body: { document, subject: { kind: "person", id: person ?? "-" }, period } },
    { enabled: person !== null, keep: true },
  );
  const facts = stored.data;
  // A newly chosen person or period brings their values; what is typed afterwards stays until then.
  // biome-ignore lint/correctness/useExhaustiveDependencies: inputs and the setter change while editing and must not overwrite what was typed
  useEffect(() => {
    if (person === null || !directory || !facts) return;
    onChange(
      valuesOfPerson(inputs, {
        person,
        period,
        directory,
        stored: facts.facts,
        parameters: facts.parameters,
        date: new Date(me.now).toISOString().slice(0, 10),
      }),
    );
  }, [person, period, directory, facts]);
  const periods = [...recentPeriods(me.now, "month", 14), ...recentPeriods(me.now, "quarter", 5)].map((value) => ({
    value,
    label: periodName(value),
  }));
  return (
    <div className={classes.panel}>
      <div>
        <h2>Try it</h2>
        <p className="secondary">On a person, or on facts that you type. Nothing is stored.</p>
      </div>
      <PersonChooser label="Person" value={person} onChange={setPerson} />
      {person !== null && (
        <Select
          label="Period"
          searchable
          allowDeselect={false}
          data={periods}
          value={period}
          onChange={(next) => next && setPeriod(next)}
        />
      )}
      <div className={classes.outcome} data-tone={outcome?.tone} aria-live="polite">
        <span className="secondary">Says</span>
        <strong>{outcome?.word ?? "nothing yet"}</strong>
        {outcome?.why && <p>{outcome.why}</p>}
      </div>
      {inputs.length === 0 && <p className="secondary">The rules read no facts yet.</p>}
      {inputs.map((input) => (
        <InputRow
          key={input.key}
          input={input}
          choices={choices}
          value={values.get(input.key)}
          onChange={(value) => onChange(withInput(values, input.key, value))}
        />
      ))}
    </div>
  );
}

function withInput(values: TryValues, key: string, value: Json | undefined): TryValues {
  const next = new Map(values);
  if (value === undefined) next.delete(key);
  else next.set(key, value);
  return next;
}

function InputRow({
  input,
  choices,
  value,
  onChange,
}: {
  input: TryInput;
  choices: readonly FactChoice[];
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
}) {
  const id = typeof input.params?.id === "string" ? input.params.id : input.fact;
  const known = choices.find(
    (one) => one.fact === input.fact && (input.fact !== "metric" || one.params?.id === input.params?.id),
  );
  const title =
    input.fact === "metric" ? (known?.title.split(":")[0] ?? words(id)) : (known?.title ?? words(input.fact));
  if (input.parts.length > 0) {
    const parts = isObject(value) ? value : {};
    return (
      <fieldset className={classes.parts}>
        <legend>{title}</legend>
        {input.parts.map((part) => (
          <NumberInput
            key={part}
            size="xs"
            label={words(part)}
            hideControls
            placeholder="missing"
            value={typeof parts[part] === "number" ? parts[part] : ""}
            suffix={
              part === "attainment" && typeof parts[part] === "number"
                ? ` (${Math.round(Number(parts[part]) * 100)} %)`
                : ""
            }
            onChange={(next) => {
              const { [part]: _old, ...rest } = parts;
              onChange(
                typeof next === "number" ? { ...parts, [part]: next } : Object.keys(rest).length ? rest : undefined,
              );
            }}
          />
        ))}
      </fieldset>
    );
  }
  const type = known?.type ?? (typeof value === "number" ? "number" : "text");
  if (type === "boolean")
    return (
      <Select
        size="xs"
        label={title}
        clearable
        placeholder="missing"
        data={[
          { value: "true", label: "yes" },
          { value: "false", label: "no" },
        ]}
        value={typeof value === "boolean" ? String(value) : null}
        onChange={(next) => onChange(next === null ? undefined : next === "true")}
      />
    );
  if (known?.of?.length)
    return (
      <Select
        size="xs"
        label={title}
        clearable
        placeholder="missing"
        data={[...new Set(known.of.map(String))]}
        value={value === undefined ? null : String(value)}
        onChange={(next) =>
          onChange(next === null ? undefined : (known.of?.find((one) => String(one) === next) ?? next))
        }
      />
    );
  if (["number", "integer", "money", "percent"].includes(type))
    return (
      <NumberInput
        size="xs"
        label={title}
        hideControls
        placeholder="missing"
        value={typeof value === "number" ? value : ""}
        onChange={(next) => onChange(typeof next === "number" ? next : undefined)}
      />
    );
  return (
    <TextInput
      size="xs"
      label={title}
      placeholder="missing"
      type={type === "date" ? "date" : "text"}
      value={typeof value === "string" ? value : value === undefined ? "" : JSON.stringify(value)}
      onChange={(event) => onChange(event.currentTarget.value === "" ? undefined : event.currentTarget.value)}
    />
  );
}
