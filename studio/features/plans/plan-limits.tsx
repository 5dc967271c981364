import { ActionIcon, NumberInput, Select, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { Json } from "#engine/words/json.ts";
import { useDocumentsOf, useField, useLocked } from "../../document/editing.tsx";
import { isObject, type JsonObject, valueAt, withValue } from "../../document/json-value.ts";
import { DurationEditor } from "../inspector/parts/duration-editor.tsx";
import inspector from "../inspector/parts/inspector.module.css";
import { Fold, More, Row } from "../inspector/parts/row.tsx";
import classes from "./plans.module.css";
import { RateInput } from "./rate-input.tsx";

/** Factors that rule sets say. */
export function Modifiers() {
  const [modifiers, setModifiers] = useField(["modifiers"], "Modifiers");
  const rules = useDocumentsOf("ruleset");
  const locked = useLocked();
  const list = Array.isArray(modifiers) ? modifiers.filter(isObject) : [];
  const set = (index: number, next: JsonObject | null) => {
    const rest = next === null ? list.filter((_, at) => at !== index) : list.with(index, next);
    setModifiers(rest.length ? rest : undefined);
  };
  return (
    <Row label="Modifiers" help="Each multiplies the payout by a factor that a rule set says; in this order.">
      {list.map((modifier, index) => (
        <div key={`modifier ${String(index)}`} className={classes.modifier}>
          <TextInput
            label="Name"
            disabled={locked}
            value={String(modifier.title ?? "")}
            onChange={(event) => set(index, { ...modifier, title: event.currentTarget.value })}
          />
          <Select
            label="Rule set"
            searchable
            allowDeselect={false}
            disabled={locked}
            data={rules}
            value={typeof modifier.rules === "string" ? modifier.rules : null}
            onChange={(next) => next && set(index, { ...modifier, rules: next })}
          />
          <TextInput
            label="Factor"
            disabled={locked}
            value={String(modifier.factor ?? "")}
            onChange={(event) => set(index, { ...modifier, factor: event.currentTarget.value })}
          />
          <RateInput
            label="At least"
            clearable
            factor
            value={modifier.floor}
            onChange={(next) => set(index, withMember(modifier, "floor", next))}
          />
          <RateInput
            label="At most"
            clearable
            factor
            value={modifier.ceiling}
            onChange={(next) => set(index, withMember(modifier, "ceiling", next))}
          />
          <ActionIcon aria-label={`Remove modifier ${index + 1}`} disabled={locked} onClick={() => set(index, null)}>
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      {!locked && (
        <More onClick={() => setModifiers([...list, { rules: rules[0]?.value ?? "", factor: "$.factor" }])}>
          Add a modifier
        </More>
      )}
    </Row>
  );
}

const withMember = (object: JsonObject, member: string, value: Json | undefined) =>
  withValue(object, [member], value) as JsonObject;

/** Cap, windfall, holdback, proration, rounding and ramp. */
export function Limits() {
  const [cap, setCap] = useField(["cap"], "Cap");
  const [windfall, setWindfall] = useField(["windfall"], "Windfall");
  const [holdback, setHoldback] = useField(["holdback"], "Holdback");
  const [proration, setProration] = useField(["proration"], "Proration");
  const [rounding, setRounding] = useField(["rounding"], "Rounding");
  const [ramp, setRamp] = useField(["ramp"], "Ramp");
  const locked = useLocked();
  const single = isObject(cap) ? cap : Array.isArray(cap) ? null : {};
  const parts = isObject(proration) ? proration : {};
  const prorate = (member: string, label: string, on: string, off: string) => (
    <Select
      label={label}
      allowDeselect={false}
      disabled={locked}
      data={[
        { value: on, label: on === "days" ? "by days" : "by full-time share" },
        { value: "none", label: off },
      ]}
      value={String(parts[member] ?? on)}
      onChange={(next) => next && setProration({ ...parts, [member]: next })}
    />
  );
  const months = Array.isArray(ramp) ? ramp.filter(isObject) : [];
  return (
    <>
      <div className={classes.basics}>
        {single && (
          <RateInput
            label="Cap"
            description="Of the target incentive"
            clearable
            value={single.value}
            onChange={(next) => setCap(next === undefined ? undefined : { per: "plan", ...single, value: next })}
          />
        )}
        {Array.isArray(cap) && <p className="secondary">Two caps are set; they are edited in the source.</p>}
        <RateInput
          label="Windfall review above"
          description="Held until somebody looks"
          clearable
          value={valueAt(windfall, ["above"])}
          onChange={(next) => setWindfall(next === undefined ? undefined : { above: next })}
        />
        <RateInput
          label="Held back"
          description="Paid later"
          clearable
          value={valueAt(holdback, ["share"])}
          onChange={(next) =>
            setHoldback(
              next === undefined
                ? undefined
                : { release: { after: { days: 90 } }, ...(isObject(holdback) ? holdback : {}), share: next },
            )
          }
        />
        {isObject(holdback) && (
          <Row label="Released after">
            <DurationEditor
              label="Released after"
              parameterAllowed={false}
              value={valueAt(holdback, ["release", "after"])}
              onChange={(next) => setHoldback({ ...holdback, release: { after: next } })}
            />
          </Row>
        )}
        <Select
          label="Rounding"
          allowDeselect={false}
          disabled={locked}
          data={[
            { value: "half-even", label: "half to even" },
            { value: "half-up", label: "half up" },
            { value: "down", label: "down" },
          ]}
          value={String(rounding ?? "half-even")}
          onChange={(next) => next && setRounding(next)}
        />
      </div>
      <div className={classes.basics}>
        {prorate("hire", "Part of the period employed", "days", "in full")}
        {prorate("leave", "Leave", "days", "in full")}
        {prorate("fte", "Part time", "share", "in full")}
      </div>
      <Fold title="Ramp for new hires" open={months.length > 0}>
        {months.map((one, index) => (
          <div key={`month ${String(index)}`} className={inspector.entry}>
            <NumberInput
              aria-label="Month"
              prefix="month "
              min={1}
              disabled={locked}
              value={Number(one.month ?? index + 1)}
              onChange={(next) => typeof next === "number" && setRamp(months.with(index, { ...one, month: next }))}
            />
            <RateInput
              label=""
              value={one.quota}
              onChange={(next) => setRamp(months.with(index, { ...one, quota: next ?? "1" }))}
            />
            <ActionIcon
              size={24}
              aria-label="Remove this month"
              disabled={locked}
              onClick={() => setRamp(months.length === 1 ? undefined : months.filter((_, at) => at !== index))}
            >
              <IconX size={14} />
            </ActionIcon>
          </div>
        ))}
        {!locked && (
          <More onClick={() => setRamp([...months, { month: months.length + 1, quota: "0.5" }])}>
            Add a month with a smaller quota
          </More>
        )}
      </Fold>
    </>
  );
}
