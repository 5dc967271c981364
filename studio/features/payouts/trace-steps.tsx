import type { Json } from "#engine/words/json.ts";
import { words } from "../../text/kinds.ts";
import { exactMoney } from "../../text/money.ts";
import { valueText } from "../../ui/json-value.tsx";
import { formulaText, plain } from "./formula-text.ts";
import classes from "./payouts.module.css";
import { isMoney, type Step, stepsOf } from "./trace-shape.ts";

/** A calculation step by step: what was done, with which numbers, and what came out. `shared` are steps it refers to. */
export function TraceSteps(props: { trace: Json; shared: readonly Step[]; currency: string }) {
  const steps = stepsOf(props.trace);
  if (steps.length === 0) return <p className="quiet">No steps were recorded.</p>;
  const shown = (step: Step) => (isMoney(step) ? exactMoney(step.result, props.currency) : plain(step.result));
  const known = new Map([...props.shared, ...steps].map((step) => [step.id, step]));
  const look = (id: string) => {
    const step = known.get(id);
    return step ? shown(step) : words(id.split("/").at(-1) ?? id).toLowerCase();
  };
  return (
    <table className={classes.steps}>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col">How</th>
          <th scope="col">Result</th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step.id}>
            <td>{words(step.stage)}</td>
            <td>
              {formulaText(step, look)}
              {step.detail && <div className={classes.detail}>{detailText(step)}</div>}
            </td>
            <td>{shown(step)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const detailText = (step: Step) =>
  Object.entries(step.detail ?? {})
    .filter(([, value]) => value === null || typeof value !== "object")
    .map(([name, value]) => `${words(name).toLowerCase()} ${valueText(value)}`)
    .join(", ");
