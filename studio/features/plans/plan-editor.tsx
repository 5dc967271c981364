import { ActionIcon, NumberInput, Select, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { Json } from "#engine/words/json.ts";
import { setField } from "../../document/commands/set-field.ts";
import { useDocumentsOf, useField, useLocked, useOpen, useRun } from "../../document/editing.tsx";
import { isObject, type JsonObject, valueAt, withValue } from "../../document/json-value.ts";
import { freeId } from "../../document/workflow/new-step.ts";
import { DurationEditor } from "../inspector/parts/duration-editor.tsx";
import inspector from "../inspector/parts/inspector.module.css";
import { Fold, More, Row } from "../inspector/parts/row.tsx";
import { LongField, TextField } from "../inspector/parts/text-field.tsx";
import { ParameterFields } from "../inspector/workflow-inspector.tsx";
import { ConditionBuilder } from "../rules/conditions/condition-builder.tsx";
import { useFactChoices } from "../rules/conditions/use-fact-choices.ts";
import { ComponentCard } from "./component-card.tsx";
import type { Corner } from "./curve-points.ts";
import classes from "./plans.module.css";
import { RateInput } from "./rate-input.tsx";
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

function Basics() {
  const [currency, setCurrency] = useField(["currency"], "Currency");
  const [period, setPeriod] = useField(["period"], "Period");
  const [basis, setBasis] = useField(["basis"], "Pays for");
  const [incentive, setIncentive] = useField(["targetIncentive"], "Target incentive");
  const locked = useLocked();
  const kind = !isObject(incentive)
    ? "none"
    : incentive.shareOf !== undefined
      ? "share"
      : incentive.amount !== undefined
        ? "amount"
        : "fact";
  const become: Record<string, Json | undefined> = {
    share: { shareOf: "salary", value: "0.10" },
    amount: { amount: "1000" },
    fact: { fact: "person.targetIncentive" },
  };
  return (
    <div className={classes.basics}>
      <Select
        label="Pays for"
        allowDeselect={false}
        disabled={locked}
        data={[
          { value: "attainment", label: "Reaching targets" },
          { value: "transaction", label: "Each deal" },
        ]}
        value={String(basis ?? "attainment")}
        onChange={(next) => next && setBasis(next)}
      />
      <Select
        label="Every"
        allowDeselect={false}
        disabled={locked}
        data={["month", "quarter", "half-year", "year"]}
        value={String(period ?? "quarter")}
        onChange={(next) => next && setPeriod(next)}
      />
      <TextInput
        label="Currency"
        maxLength={3}
        disabled={locked}
        value={typeof currency === "string" ? currency : ""}
        onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
      />
      {basis !== "transaction" && (
        <>
          <Select
            label="At target it pays"
            allowDeselect={false}
            disabled={locked}
            data={[
              { value: "share", label: "a share of salary" },
              { value: "amount", label: "an amount" },
              { value: "fact", label: "a fact of the person" },
            ]}
            value={kind === "none" ? null : kind}
            onChange={(next) => next && setIncentive(become[next])}
          />
          {kind === "share" && isObject(incentive) && (
            <RateInput
              label="Share of the yearly salary"
              value={incentive.value}
              onChange={(next) => setIncentive({ ...incentive, value: next ?? "0" })}
            />
          )}
          {kind === "amount" && isObject(incentive) && (
            <TextInput
              label={`Amount in ${String(currency ?? "")}`}
              disabled={locked}
              value={typeof incentive.amount === "string" ? incentive.amount : ""}
              onChange={(event) => setIncentive({ amount: event.currentTarget.value })}
            />
          )}
          {kind === "fact" && isObject(incentive) && (
            <TextInput
              label="Fact"
              disabled={locked}
              value={String(incentive.fact ?? "")}
              onChange={(event) => setIncentive({ fact: event.currentTarget.value })}
            />
          )}
        </>
      )}
    </div>
  );
}

function Transactions() {
  const records = useDocumentsOf("record-type");
  const [transaction, setTransaction] = useField(["transaction"], "Deal");
  const [amount, setAmount] = useField(["amount"], "Amount");
  const [rate, setRate] = useField(["rate"], "Rates");
  const locked = useLocked();
  const parts = isObject(rate) ? rate : {};
  const bands = Array.isArray(parts.bands) ? parts.bands.filter(isObject) : [];
  const setBand = (index: number, band: JsonObject | null) =>
    setRate({ ...parts, bands: band === null ? bands.filter((_, at) => at !== index) : bands.with(index, band) });
  return (
    <div className={classes.card}>
      <h3>Each deal</h3>
      <div className={classes.basics}>
        <Select
          label="A deal is"
          searchable
          allowDeselect={false}
          disabled={locked}
          data={records}
          value={typeof transaction === "string" ? transaction : null}
          onChange={(next) => next && setTransaction(next)}
        />
        <TextInput
          label="Paid on"
          description="The field of the deal, e.g. $.grossMargin"
          disabled={locked}
          value={typeof amount === "string" ? amount : ""}
          onChange={(event) => setAmount(event.currentTarget.value)}
        />
        <TextInput
          label="The rate depends on"
          disabled={locked}
          value={typeof parts.by === "string" ? parts.by : ""}
          onChange={(event) => setRate({ ...parts, by: event.currentTarget.value })}
        />
        <Select
          label="A band's rate applies to"
          allowDeselect={false}
          disabled={locked}
          data={[
            { value: "whole-amount", label: "the whole amount" },
            { value: "marginal", label: "its slice only" },
          ]}
          value={String(parts.kind ?? "whole-amount")}
          onChange={(next) => next && setRate({ ...parts, kind: next })}
        />
      </div>
      <Row label="Bands">
        {bands.map((band, index) => (
          <div key={`band ${String(index)}`} className={classes.band}>
            {band.below === undefined ? (
              <span className={classes.rest}>everything above</span>
            ) : (
              <RateInput
                label="Below"
                value={band.below}
                onChange={(next) => setBand(index, { ...band, below: next ?? "0" })}
              />
            )}
            <RateInput
              label="Pays"
              value={band.rate}
              onChange={(next) => setBand(index, { ...band, rate: next ?? "0" })}
            />
            <ActionIcon
              aria-label={`Remove band ${index + 1}`}
              disabled={locked || bands.length === 1}
              onClick={() => setBand(index, null)}
            >
              <IconX size={14} />
            </ActionIcon>
          </div>
        ))}
        {!locked && (
          <More onClick={() => setRate({ ...parts, bands: [{ below: "0.1", rate: "0" }, ...bands] })}>Add a band</More>
        )}
      </Row>
    </div>
  );
}

function Modifiers() {
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

function Limits() {
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
