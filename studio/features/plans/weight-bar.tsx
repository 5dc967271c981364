import { Decimal } from "#engine/words/decimal.ts";
import type { Json } from "#engine/words/json.ts";
import { isObject, valueAt } from "../../document/json-value.ts";
import classes from "./plans.module.css";
import { percentOf } from "./rate-input.tsx";

/** How the weights share the whole, and whether they sum to 100 %, live. */
export function WeightBar({ components, parameters }: { components: readonly Json[]; parameters: Json | undefined }) {
  const parts = components.filter(isObject).map((component, index) => {
    const { weight } = component;
    const value =
      isObject(weight) && typeof weight.parameter === "string"
        ? valueAt(parameters, [weight.parameter, "default"])
        : weight;
    return {
      key: `${index} ${String(component.id)}`,
      title: String(component.title ?? component.id),
      percent: percentOf(typeof value === "number" ? String(value) : value) ?? 0,
    };
  });
  const sum = parts.reduce((total, part) => total.plus(part.percent), new Decimal(0)).toNumber();
  const exact = sum === 100;
  return (
    <div className={classes.weights}>
      <div
        className={classes.bar}
        role="img"
        aria-label={parts.map((part) => `${part.title} ${part.percent} %`).join(", ")}
      >
        {parts.map((part, index) => (
          <span
            key={part.key}
            data-odd={index % 2 === 1 || undefined}
            style={{ flexGrow: Math.max(0, part.percent) }}
            title={`${part.title}: ${part.percent} %`}
          >
            {part.percent >= 12 && `${part.title} ${part.percent} %`}
          </span>
        ))}
        {sum < 100 && <i style={{ flexGrow: 100 - sum }} />}
      </div>
      <strong className={exact ? "good" : "bad"} aria-live="polite">
        {exact
          ? "100 % shared out"
          : sum < 100
            ? `${Math.round((100 - sum) * 100) / 100} % still to share out`
            : `${Math.round((sum - 100) * 100) / 100} % too much`}
      </strong>
    </div>
  );
}
