import type { OperatorRow } from "#engine/rules/operators.ts";
import type { Json } from "#engine/words/json.ts";
import { isObject } from "../../../document/json-value.ts";
import classes from "./conditions.module.css";
import { type FactChoice, unknownChoice } from "./fact-choice.ts";
import { FactSelect } from "./fact-select.tsx";
import { LiteralEditor } from "./literal-editor.tsx";
import { isNumeric, startValue } from "./start-value.ts";

interface Props {
  value: Json | undefined;
  operator: OperatorRow | undefined;
  fact: FactChoice | undefined;
  choices: readonly FactChoice[];
  disabled: boolean;
  onChange: (value: Json) => void;
}

/** The right side of a comparison: an editor that fits the operator and the fact, or another fact or parameter. */
export function ValueEditor(props: Props) {
  const { value, operator, fact, choices, disabled, onChange } = props;
  if (operator?.argument === "none") return null;
  const asFact = isObject(value) && typeof value.fact === "string";
  const fits = choices.filter((one) => !fact || one.type === fact.type || (isNumeric(one) && isNumeric(fact)));
  return (
    <span className={classes.value}>
      {asFact ? (
        <FactSelect
          choices={fits}
          value={value}
          disabled={disabled}
          label="Compared with"
          onChange={(next) => onChange(factOperand(next))}
        />
      ) : (
        <LiteralEditor
          value={value}
          fact={fact}
          argument={operator?.argument ?? "same"}
          disabled={disabled}
          onChange={onChange}
        />
      )}
      {(fits.length > 0 || asFact) && !disabled && (
        <button
          type="button"
          className={classes.swap}
          title={asFact ? "Compare with a value" : "Compare with a parameter or another fact"}
          aria-label={asFact ? "Compare with a value" : "Compare with a parameter or another fact"}
          onClick={() =>
            onChange(
              asFact
                ? startValue(operator?.argument ?? "same", fact)
                : factOperand(fits.find((one) => one.group === "Parameters") ?? fits[0] ?? unknownChoice({ fact: "" })),
            )
          }
        >
          {asFact ? "123" : "ƒ"}
        </button>
      )}
    </span>
  );
}

const factOperand = (one: FactChoice): Json => ({
  fact: one.fact,
  ...(one.params ? { params: one.params } : {}),
  ...(one.path ? { path: one.path } : {}),
});
