import { ActionIcon, NumberInput, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { Json } from "#engine/words/json.ts";
import { setField } from "../../document/commands/set-field.ts";
import { useDocumentsOf, useField, useFindDocument, useLocked, useRun } from "../../document/editing.tsx";
import { isObject, type JsonObject, valueAt, withValue } from "../../document/json-value.ts";
import { More, Row } from "../inspector/parts/row.tsx";
import { LongField, TextField } from "../inspector/parts/text-field.tsx";
import { ConditionBuilder } from "../rules/conditions/condition-builder.tsx";
import { emptyConditions } from "../rules/conditions/tree.ts";
import { useFactChoices } from "../rules/conditions/use-fact-choices.ts";
import { CurvePlot, type LevelMark } from "./curve-plot.tsx";
import { type Corner, cornersOf, curveOfKind, withCorners } from "./curve-points.ts";
import classes from "./plans.module.css";
import { percentOf, RateInput, rateText } from "./rate-input.tsx";

const CURVES = [
  { value: "linear", label: "Straight between corners" },
  { value: "steps", label: "Steps" },
  { value: "marginal-tiers", label: "Tiers, each slice at its rate" },
  { value: "whole-amount-tiers", label: "Tiers, everything at the rate reached" },
];
const CREDIT = [
  { value: "individual", label: "The person's own result" },
  { value: "teams", label: "Results of the teams they work in" },
  { value: "unit", label: "The unit's result" },
  { value: "reports", label: "Results of their reports" },
];
const LEVELS = ["threshold", "target", "stretch"] as const;

/** A separately paid part: what is measured, how much it weighs, and the curve from attainment to pay. */
export function ComponentCard({
  component,
  index,
  count,
  marked,
  tried,
}: {
  component: JsonObject;
  index: number;
  count: number;
  marked: boolean;
  tried: Corner | null;
}) {
  const path = ["components", String(index)];
  const run = useRun();
  const locked = useLocked();
  const find = useFindDocument();
  const choices = useFactChoices();
  const metrics = useDocumentsOf("metric");
  const [weight, setWeight] = useField([...path, "weight"], "Weight");
  const [measure, setMeasure] = useField([...path, "measure"], "Measure");
  const [credit, setCredit] = useField([...path, "credit"], "Credit");
  const [gate, setGate] = useField([...path, "gate"], "Gate");
  const [cap, setCap] = useField([...path, "cap"], "Cap");
  const [target, setTarget] = useField([...path, "target"], "Target");
  const { curve } = component;
  const metric = typeof measure === "string" ? find("metric", measure) : undefined;
  const levels: LevelMark[] = LEVELS.flatMap((title) => {
    const at = Number(valueAt(metric, ["levels", title]) ?? (title === "target" ? 1 : Number.NaN));
    return Number.isFinite(at) ? [{ title, at }] : [];
  });
  const setCurve = (next: Json, group: string) =>
    run(setField([...path, "curve"], next), { label: "Shape the curve", group: `curve ${index} ${group}` });
  const remove = () =>
    run((document) => {
      const list = valueAt(document, ["components"]);
      return Array.isArray(list)
        ? withValue(
            document,
            ["components"],
            list.filter((_, at) => at !== index),
          )
        : document;
    }, "Delete a component");
  return (
    <section className={classes.component} data-marked={marked || undefined} aria-label={`Component ${index + 1}`}>
      <header className={classes.head}>
        <TextField path={[...path, "title"]} label="Name of the component" className={classes.title} required />
        {!locked && (
          <ActionIcon aria-label="Delete this component" disabled={count === 1} onClick={remove}>
            <IconX size={15} />
          </ActionIcon>
        )}
      </header>
      <div className={classes.body}>
        <div className={classes.fields}>
          <RateInput label="Weight" value={weight} onChange={setWeight} />
          <Select
            label="Measures"
            searchable
            allowDeselect={false}
            disabled={locked}
            data={
              typeof measure === "string" && !metrics.some((one) => one.value === measure)
                ? [{ value: measure, label: `${measure} (missing)` }, ...metrics]
                : metrics
            }
            value={typeof measure === "string" ? measure : null}
            onChange={(next) => next && setMeasure(next)}
          />
          <Select
            label="Credits"
            allowDeselect={false}
            disabled={locked}
            data={CREDIT}
            value={String(valueAt(credit, ["to"]) ?? "individual")}
            onChange={(next) => next && setCredit({ ...(isObject(credit) ? credit : {}), to: next })}
          />
          {valueAt(credit, ["to"]) === "teams" && (
            <Select
              label="Teams count"
              allowDeselect={false}
              disabled={locked}
              data={[
                { value: "assignment", label: "by share of work" },
                { value: "equal", label: "equally" },
              ]}
              value={String(valueAt(credit, ["weights"]) ?? "assignment")}
              onChange={(next) => next && setCredit({ ...(isObject(credit) ? credit : {}), weights: next })}
            />
          )}
          <RateInput
            label="On target at"
            description="Where the data carry no target"
            clearable
            factor
            value={target}
            onChange={setTarget}
          />
        </div>
        <div>
          <CurvePlot
            curve={curve}
            levels={levels}
            tried={tried}
            disabled={locked}
            label={String(component.title ?? "")}
            onChange={setCurve}
          />
        </div>
      </div>
      <CurveFields curve={isObject(curve) ? curve : {}} disabled={locked} onChange={setCurve} />
      <div className={classes.gate}>
        <Row label="Pays only when">
          {isObject(gate) ? (
            <>
              <ConditionBuilder
                value={gate.when}
                choices={choices}
                disabled={locked}
                onChange={(next, step) => next !== undefined && setGate({ ...gate, when: next }, step)}
              />
              <div className={classes.else}>
                <RateInput
                  label="Otherwise it pays this much of it"
                  value={gate.else}
                  onChange={(next) => setGate({ ...gate, else: next ?? "0" })}
                />
                {!locked && <More onClick={() => setGate(undefined)}>No gate</More>}
              </div>
            </>
          ) : (
            !locked && <More onClick={() => setGate({ when: emptyConditions(), else: "0" })}>Add a gate…</More>
          )}
        </Row>
        <div className={classes.halves}>
          <RateInput label="At most" description="Of this component's share" clearable value={cap} onChange={setCap} />
          <Row label="Note">
            <LongField path={[...path, "note"]} label="Note" />
          </Row>
        </div>
      </div>
    </section>
  );
}

/** The kind of curve, what happens outside of it, and its corners as numbers: the table behind the plot. */
function CurveFields({
  curve,
  disabled,
  onChange,
}: {
  curve: JsonObject;
  disabled: boolean;
  onChange: (curve: Json, group: string) => void;
}) {
  const kind = String(curve.kind ?? "linear");
  const corners = cornersOf(curve);
  const tiers = kind.endsWith("tiers");
  const set = (index: number, member: keyof Corner, value: number | string) =>
    value !== "" &&
    onChange(
      withCorners(curve, corners.with(index, { ...corners[index]!, [member]: Number(rateText(value)) })),
      `${member} ${index}`,
    );
  return (
    <div className={classes.curveFields}>
      <Select
        label="Curve"
        allowDeselect={false}
        disabled={disabled}
        data={CURVES}
        value={kind}
        onChange={(next) => next && next !== kind && onChange(curveOfKind(curve, next), "kind")}
      />
      {!tiers && (
        <Select
          label="Below the first corner"
          allowDeselect={false}
          disabled={disabled}
          data={[
            { value: "zero", label: "Nothing" },
            { value: "flat", label: "The same" },
            ...(kind === "linear" ? [{ value: "extend", label: "Goes on straight" }] : []),
          ]}
          value={String(curve.below ?? "zero")}
          onChange={(next) => next && onChange({ ...curve, below: next }, "below")}
        />
      )}
      {kind === "linear" && (
        <Select
          label="Above the last corner"
          allowDeselect={false}
          disabled={disabled}
          data={[
            { value: "flat", label: "The same" },
            { value: "extend", label: "Goes on straight" },
          ]}
          value={String(curve.above ?? "flat")}
          onChange={(next) => next && onChange({ ...curve, above: next }, "above")}
        />
      )}
      <div className={classes.corners}>
        <span className={classes.cornerHead}>{tiers ? "from" : "at"}</span>
        <span className={classes.cornerHead}>{tiers ? "rate" : "pays"}</span>
        <span />
        {corners.map((corner, index) => (
          <div key={`corner ${String(index)}`} style={{ display: "contents" }}>
            <NumberInput
              size="xs"
              hideControls
              suffix=" %"
              decimalScale={4}
              aria-label={`Corner ${index + 1}: attainment`}
              disabled={disabled}
              value={percentOf(String(corner.attainment)) ?? 0}
              onChange={(next) => set(index, "attainment", next)}
            />
            <NumberInput
              size="xs"
              hideControls
              suffix=" %"
              decimalScale={4}
              aria-label={`Corner ${index + 1}: pays`}
              disabled={disabled}
              value={percentOf(String(corner.factor)) ?? 0}
              onChange={(next) => set(index, "factor", next)}
            />
            <ActionIcon
              size={24}
              aria-label={`Remove corner ${index + 1}`}
              disabled={disabled || corners.length < 2}
              onClick={() =>
                onChange(
                  withCorners(
                    {
                      ...curve,
                      ...(tiers
                        ? { tiers: (curve.tiers as Json[]).filter((_, at) => at !== index) }
                        : { points: (curve.points as Json[]).filter((_, at) => at !== index) }),
                    },
                    corners.filter((_, at) => at !== index),
                  ),
                  `remove ${index}`,
                )
              }
            >
              <IconX size={13} />
            </ActionIcon>
          </div>
        ))}
        {!disabled && (
          <More
            onClick={() => {
              const last = corners.at(-1) ?? { attainment: 0.9, factor: 0.9 };
              onChange(
                withCorners(curve, [
                  ...corners,
                  {
                    attainment: Math.round((last.attainment + 0.1) * 1000) / 1000,
                    factor: Math.round((last.factor + 0.25) * 1000) / 1000,
                  },
                ]),
                `add ${corners.length}`,
              );
            }}
          >
            Add a corner
          </More>
        )}
      </div>
    </div>
  );
}
