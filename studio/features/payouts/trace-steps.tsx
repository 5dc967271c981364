import type { Json } from "#engine/words/json.ts";
import { words } from "../../text/kinds.ts";
import { number } from "../../text/number.ts";
import { valueText } from "../../ui/json-value.tsx";
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
              {words(step.formula)} of {Object.entries(step.inputs).map(inputText).join(", ")}
              {step.detail && <div className={classes.detail}>{detailText(step)}</div>}
            </td>
            <td>{shown(step.result)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function inputText([name, value]: [string, Json]): string {
  const label = words(name).toLowerCase();
  if (value !== null && typeof value === "object" && !Array.isArray(value)) {
    if (typeof value.from === "string") return `the ${stepName(value.from)}`;
    return label;
  }
  if (Array.isArray(value)) return value.map((part) => inputText([name, part]).replace(`${label} `, "")).join(" and ");
  return `${label} ${typeof value === "string" ? shown(value) : valueText(value)}`;
}

/** The last part of a step's id: "laptops/attainment" is "attainment". */
const stepName = (id: string) => words(id.split("/").at(-1) ?? id).toLowerCase();

const detailText = (step: Step) =>
  Object.entries(step.detail ?? {})
    .filter(([, value]) => value === null || typeof value !== "object")
    .map(([name, value]) => `${words(name).toLowerCase()} ${valueText(value)}`)
    .join(", ");

/** A decimal text with thousands; what is no number stays as it is. */
const shown = (text: string) => (/^-?\d+(\.\d+)?$/.test(text) ? number(Number(text), 6) : text);
