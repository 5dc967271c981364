import { ActionIcon, Select, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useDocumentsOf, useField, useLocked } from "../../document/editing.tsx";
import { isObject, type JsonObject } from "../../document/json-value.ts";
import { More, Row } from "../inspector/parts/row.tsx";
import classes from "./plans.module.css";
import { RateInput } from "./rate-input.tsx";

/** A plan on deals: what a deal is, on what it pays, and the bands of its rate. */
export function Transactions() {
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
