import type { Json } from "#engine/words/json.ts";
import { words } from "../../text/kinds.ts";
import { valueText } from "../../ui/json-value.tsx";
import { formulaText, operand } from "./formula-text.ts";
import classes from "./payouts.module.css";
import { type Step, stepsOf } from "./trace-shape.ts";

/** A calculation step by step: what was done, with which numbers, and what came out. */
export function TraceSteps({ trace }: { trace: Json }) {
  const steps = stepsOf(trace);
  if (steps.length === 0) return <p className="quiet">No steps were recorded.</p>;
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
              {formulaText(step)}
              {step.detail && <div className={classes.detail}>{detailText(step)}</div>}
            </td>
            <td>{operand(step.result)}</td>
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
