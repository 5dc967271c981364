import { ActionIcon, NumberInput, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { DURATION_UNITS } from "#engine/words/duration.ts";
import type { Json } from "#engine/words/json.ts";
import { useEditing, useLocked, useOpen } from "../../../document/editing.tsx";
import { isObject, type JsonObject, valueAt } from "../../../document/json-value.ts";
import { words } from "../../../text/kinds.ts";
import classes from "./inspector.module.css";
import { More } from "./row.tsx";

const UNITS: Record<string, string> = {
  workingDays: "working days",
  days: "days",
  hours: "hours",
  minutes: "minutes",
  weeks: "weeks",
  months: "months",
};
const OFFERED = ["workingDays", "days", "hours", "minutes", "weeks", "months"];
const TIME_TYPES = ["workingDays", "days", "hours"];

/** The parameters that can stand for a length of time, of the document and of the sheets it uses. */
export function useTimeParameters(): { name: string; parameter: JsonObject }[] {
  const { others } = useEditing();
  const own = useOpen((state) => valueAt(state.document, ["parameters"]));
  const uses = useOpen((state) => valueAt(state.document, ["uses"]));
  const sheets = others.filter(
    (one) =>
      valueAt(one, ["kind"]) === "parameters" && Array.isArray(uses) && uses.includes(valueAt(one, ["id"]) ?? null),
  );
  return [own, ...sheets.map((sheet) => valueAt(sheet, ["values"]))].flatMap((values) =>
    isObject(values)
      ? Object.entries(values).flatMap(([name, parameter]) =>
          isObject(parameter) && TIME_TYPES.includes(String(parameter.type)) ? [{ name, parameter }] : [],
        )
      : [],
  );
}

/** A length of time: a number and a unit, or a parameter that an admin may change. */
export function DurationEditor({
  value,
  onChange,
  label,
  parameterAllowed = true,
  combined = true,
}: {
  value: Json | undefined;
  onChange: (value: Json) => void;
  label: string;
  parameterAllowed?: boolean;
  /** Whether a second unit may be added: one month and three days. */
  combined?: boolean;
}) {
  const locked = useLocked();
  const parameters = useTimeParameters();
  const duration = isObject(value) ? value : {};
  const parameter = typeof duration.parameter === "string" ? duration.parameter : null;
  const units = DURATION_UNITS.filter((unit) => typeof duration[unit] === "number");
  const unit = units[0] ?? "workingDays";
  const spare = OFFERED.find((one) => duration[one] === undefined);
  const known = parameters.find((one) => one.name === parameter);
  const options = [
    { group: "Length", items: OFFERED.map((one) => ({ value: one, label: UNITS[one] ?? one })) },
    ...(parameterAllowed && (parameters.length > 0 || parameter !== null)
      ? [
          {
            group: "Parameter",
            items: [
              ...parameters.map((one) => ({
                value: `parameter ${one.name}`,
                label: String(one.parameter.title ?? words(one.name)),
              })),
              ...(parameter !== null && !known
                ? [{ value: `parameter ${parameter}`, label: `${parameter} (unknown)` }]
                : []),
            ],
          },
        ]
      : []),
  ];
  return (
    <>
      <div className={classes.pair}>
        <NumberInput
          aria-label={`${label}: how many`}
          min={0}
          max={100000}
          allowDecimal={false}
          disabled={locked || parameter !== null}
          value={
            parameter === null
              ? Number(duration[unit] ?? 0)
              : typeof known?.parameter.default === "number"
                ? known.parameter.default
                : ""
          }
          onChange={(next) => typeof next === "number" && onChange({ ...duration, [unit]: next })}
        />
        <Select
          aria-label={`${label}: unit`}
          allowDeselect={false}
          disabled={locked}
          data={options}
          value={parameter === null ? unit : `parameter ${parameter}`}
          onChange={(next) => {
            if (next === null) return;
            if (next.startsWith("parameter ")) onChange({ parameter: next.slice(10) });
            else {
              const amount = parameter === null ? duration[unit] : known?.parameter.default;
              const { [unit]: _old, ...others } = parameter === null ? duration : {};
              onChange({ ...others, [next]: typeof amount === "number" ? amount : 1 });
            }
          }}
        />
      </div>
      {parameter === null &&
        units.slice(1).map((one) => (
          <div key={one} className={classes.pairAnd}>
            <NumberInput
              aria-label={`${label}: and how many ${UNITS[one]}`}
              min={0}
              max={100000}
              allowDecimal={false}
              disabled={locked}
              value={Number(duration[one])}
              onChange={(next) => typeof next === "number" && onChange({ ...duration, [one]: next })}
            />
            <span>{UNITS[one]}</span>
            <ActionIcon
              size={24}
              aria-label={`${label}: without ${UNITS[one]}`}
              disabled={locked}
              onClick={() => {
                const { [one]: _gone, ...rest } = duration;
                onChange(rest);
              }}
            >
              <IconX size={14} />
            </ActionIcon>
          </div>
        ))}
      {parameter === null && spare !== undefined && units.length > 0 && !locked && combined && (
        <More onClick={() => onChange({ ...duration, [spare]: 1 })}>And…</More>
      )}
      {parameter !== null && (
        <span className={classes.help}>
          Parameter <strong>{parameter}</strong>
          {known && typeof known.parameter.min === "number" && typeof known.parameter.max === "number"
            ? `, ${known.parameter.min} to ${known.parameter.max} ${UNITS[String(known.parameter.type)] ?? ""}`
            : ""}
        </span>
      )}
    </>
  );
}
