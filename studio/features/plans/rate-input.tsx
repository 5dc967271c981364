import { Menu, NumberInput } from "@mantine/core";
import { Decimal } from "#engine/words/decimal.ts";
import type { Json } from "#engine/words/json.ts";
import { useLocked, useOpen } from "../../document/editing.tsx";
import { isObject, valueAt } from "../../document/json-value.ts";
import { words } from "../../text/kinds.ts";
import classes from "./plans.module.css";

/** A decimal text as a percent number: "0.7" is 70; null where it is none. */
export function percentOf(value: Json | undefined): number | null {
  if (typeof value !== "string" || !/^-?\d{1,15}(\.\d{1,12})?$/.test(value)) return null;
  return new Decimal(value).times(100).toNumber();
}

/** A percent number as the decimal text that documents hold: 70 is "0.7". Exact: no binary fractions on the way. */
export const rateText = (percent: number | string): string =>
  new Decimal(percent).dividedBy(100).toDecimalPlaces(12).toString();

/** A rate as percent, or the parameter that holds it. */
export function RateInput({
  value,
  onChange,
  label,
  description,
  clearable = false,
  factor = false,
}: {
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  label: string;
  description?: string;
  clearable?: boolean;
  factor?: boolean;
}) {
  const locked = useLocked();
  const parameters = useOpen((state) => valueAt(state.document, ["parameters"]));
  const decimals = isObject(parameters)
    ? Object.entries(parameters).filter(
        ([, one]) => isObject(one) && ["decimal", "percent", "number"].includes(String(one.type)),
      )
    : [];
  const parameter = isObject(value) && typeof value.parameter === "string" ? value.parameter : null;
  const choosable = decimals.length > 0 || parameter !== null;
  const percent = percentOf(value);
  const shown =
    parameter !== null
      ? isObject(parameters)
        ? percentOf(textOf(valueAt(parameters, [parameter, "default"])))
        : null
      : percent;
  return (
    <NumberInput
      label={label}
      description={description}
      disabled={locked}
      readOnly={parameter !== null}
      hideControls
      decimalScale={8}
      placeholder={clearable ? "none" : ""}
      value={shown === null ? "" : factor ? shown / 100 : shown}
      suffix={factor ? "×" : " %"}
      rightSectionWidth={choosable ? 34 : 8}
      rightSection={
        choosable && (
          <Menu position="bottom-end">
            <Menu.Target>
              <button
                type="button"
                className={classes.asParameter}
                data-on={parameter !== null || undefined}
                disabled={locked}
                aria-label={`${label}: a value or a parameter`}
                title={parameter === null ? "Take it from a parameter" : `Parameter ${parameter}`}
              >
                ƒ
              </button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item disabled={parameter === null} onClick={() => onChange(rateText(shown ?? 100))}>
                This value
              </Menu.Item>
              {decimals.map(([name, one]) => (
                <Menu.Item key={name} disabled={name === parameter} onClick={() => onChange({ parameter: name })}>
                  {isObject(one) ? String(one.title ?? words(name)) : name}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )
      }
      onChange={(next) => {
        if (parameter !== null) return;
        if (next === "") {
          if (clearable) onChange(undefined);
        } else onChange(rateText(factor ? new Decimal(next).times(100).toString() : next));
      }}
    />
  );
}

const textOf = (value: Json | undefined): Json | undefined => (typeof value === "number" ? String(value) : value);
