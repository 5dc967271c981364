import type { Json } from "#engine/words/json.ts";
import { setField } from "../../document/commands/set-field.ts";
import { useField, useLocked, useOpen, useRun } from "../../document/editing.tsx";
import { isObject, valueAt } from "../../document/json-value.ts";
import { freeId } from "../../document/workflow/new-step.ts";
import inspector from "../inspector/parts/inspector.module.css";
import { ParameterFields } from "../inspector/parts/parameter-fields.tsx";
import { Fold } from "../inspector/parts/row.tsx";
import { LongField, TextField } from "../inspector/parts/text-field.tsx";
import { ConditionBuilder } from "../rules/conditions/condition-builder.tsx";
import { useFactChoices } from "../rules/conditions/use-fact-choices.ts";
import { ComponentCard } from "./component-card.tsx";
import type { Corner } from "./curve-points.ts";
import { Basics } from "./plan-basics.tsx";
import { Limits, Modifiers } from "./plan-limits.tsx";
import { Transactions } from "./plan-transactions.tsx";
import classes from "./plans.module.css";
import { WeightBar } from "./weight-bar.tsx";

/** An incentive plan: its components with their curves, then what happens to the sum. */
export function PlanEditor({ tried }: { tried: ReadonlyMap<string, Corner> }) {
  const basis = useOpen((state) => valueAt(state.document, ["basis"]));
  const components = useOpen((state) => valueAt(state.document, ["components"]));
  const parameters = useOpen((state) => valueAt(state.document, ["parameters"]));
  const selection = useOpen((state) => state.selection);
  const locked = useLocked();
  const run = useRun();
  const list = Array.isArray(components) ? components : [];
  const add = () => {
    const id = freeId("component", new Set(list.map((one) => String(valueAt(one, ["id"])))));
    const next: Json = {
      id,
      title: "New component",
      weight: "0",
      measure: "",
      credit: { to: "individual" },
      curve: {
        kind: "linear",
        points: [
          ["0.8", "0.5"],
          ["1", "1"],
          ["1.2", "1.5"],
        ],
        below: "zero",
        above: "flat",
      },
    };
    run(setField(["components"], [...list, next]), { label: "Add a component", select: [id] });
  };
  return (
    <div className={classes.plan}>
      <div className={classes.card}>
        <div>
          <TextField path={["title"]} label="Name" className={classes.title} required />
          <LongField
            path={["description"]}
            label="Description"
            className={inspector.about}
            placeholder="What it rewards, in a sentence anyone understands"
          />
        </div>
        <Basics />
      </div>
      {basis === "transaction" ? (
        <Transactions />
      ) : (
        <>
          <WeightBar components={list} parameters={parameters} />
          {list.map((component, index) =>
            isObject(component) ? (
              <ComponentCard
                key={`component ${String(index)}`}
                component={component}
                index={index}
                count={list.length}
                marked={selection.includes(String(component.id))}
                tried={tried.get(String(component.id)) ?? null}
              />
            ) : null,
          )}
          {!locked && (
            <button type="button" className={classes.add} onClick={add}>
              Add a component
            </button>
          )}
        </>
      )}
      <div className={classes.card}>
        <h3>Then, on the sum</h3>
        <Modifiers />
        <Limits />
      </div>
      <div className={classes.card}>
        <Fold title="Who is on the plan" open>
          <Eligible />
        </Fold>
        <Fold title="Parameters" open={parameters !== undefined}>
          <ParameterFields path={["parameters"]} />
        </Fold>
      </div>
    </div>
  );
}

function Eligible() {
  const [eligible, setEligible] = useField(["eligible"], "Who is on the plan");
  const choices = useFactChoices();
  const locked = useLocked();
  return (
    <ConditionBuilder
      value={eligible}
      choices={choices}
      disabled={locked}
      optional
      addLabel="Everybody. Narrow it down…"
      onChange={setEligible}
    />
  );
}
