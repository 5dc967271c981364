import { Select, TextInput } from "@mantine/core";
import type { Json } from "#engine/words/json.ts";
import { useField, useLocked } from "../../document/editing.tsx";
import { isObject } from "../../document/json-value.ts";
import classes from "./plans.module.css";
import { RateInput } from "./rate-input.tsx";

/** What the plan pays for, how often, in which currency, and how much at target. */
export function Basics() {
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
