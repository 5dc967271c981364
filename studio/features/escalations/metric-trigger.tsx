import { ActionIcon, Autocomplete, Select, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { Json } from "#engine/words/json.ts";
import { useDocumentsOf, useOpen } from "../../document/editing.tsx";
import { isObject, type JsonObject, valueAt } from "../../document/json-value.ts";
import { DurationEditor } from "../inspector/parts/duration-editor.tsx";
import classes from "../inspector/parts/inspector.module.css";
import { More, Row } from "../inspector/parts/row.tsx";
import { SharedKey } from "../inspector/parts/shared-field.tsx";
import own from "./escalations.module.css";

/** A breach of a metric: which, by which rule, and how bigger breaches start higher. */
export function MetricTriggerBox({
  trigger,
  disabled,
  onChange,
}: {
  trigger: JsonObject;
  disabled: boolean;
  onChange: (next: JsonObject) => void;
}) {
  const metrics = useDocumentsOf("metric");
  const rules = useDocumentsOf("ruleset");
  const parameters = useOpen((state) => valueAt(state.document, ["parameters"]));
  const levels = useOpen((state) => valueAt(state.document, ["levels"]));
  const names = isObject(parameters) ? Object.keys(parameters) : [];
  const options = Array.isArray(levels)
    ? levels.filter(isObject).map((level) => ({ value: String(level.id), label: String(level.title ?? level.id) }))
    : [];
  const tiers = Array.isArray(trigger.tiers) ? trigger.tiers.filter(isObject) : [];
  const set = (member: string, value: Json | undefined) => {
    const { [member]: _old, ...rest } = trigger;
    onChange(value === undefined ? rest : { ...trigger, [member]: value });
  };
  const setTier = (index: number, tier: JsonObject | null) => {
    const next = tier === null ? tiers.filter((_, at) => at !== index) : tiers.with(index, tier);
    set("tiers", next.length ? next : undefined);
  };
  return (
    <div className={classes.box}>
      <Select
        label="Metric"
        searchable
        allowDeselect={false}
        disabled={disabled}
        data={metrics}
        value={typeof trigger.metric === "string" ? trigger.metric : null}
        onChange={(next) => next && set("metric", next)}
      />
      <Select
        label="It is a breach when"
        searchable
        allowDeselect={false}
        disabled={disabled}
        data={rules}
        value={typeof trigger.rule === "string" ? trigger.rule : null}
        onChange={(next) => next && set("rule", next)}
      />
      <div className={classes.halves}>
        <Autocomplete
          label="For so many periods"
          placeholder="1"
          disabled={disabled}
          data={names}
          value={amountText(trigger.pending)}
          onChange={(next) => set("pending", amount(next, names))}
        />
        <Autocomplete
          label="Over again at"
          placeholder="the same level"
          disabled={disabled}
          data={names}
          value={amountText(trigger.clear)}
          onChange={(next) => set("clear", amount(next, names))}
        />
      </div>
      <div className={classes.halves}>
        <Select
          label="Looked at for"
          disabled={disabled}
          allowDeselect={false}
          data={[
            { value: "", label: "The metric's own" },
            { value: "person", label: "Each person" },
            { value: "unit", label: "Each unit" },
          ]}
          value={typeof trigger.of === "string" ? trigger.of : ""}
          onChange={(next) => set("of", next || undefined)}
        />
        {(trigger.of === "unit" || trigger.level !== undefined) && (
          <TextInput
            label="Units of the level"
            placeholder="every level"
            disabled={disabled}
            value={typeof trigger.level === "string" ? trigger.level : ""}
            onChange={(event) => set("level", event.currentTarget.value || undefined)}
          />
        )}
      </div>
      <Row label="Not again within">
        {trigger.cooldown === undefined ? (
          !disabled && <More onClick={() => set("cooldown", { days: 7 })}>Set a time…</More>
        ) : (
          <DurationEditor
            label="Not again within"
            value={trigger.cooldown}
            parameterAllowed={false}
            onChange={(next) => set("cooldown", next)}
          />
        )}
      </Row>
      <Row label="A bigger breach starts higher" help="By level; that level then fires at once.">
        {tiers.map((tier, index) => (
          <div key={`tier ${String(index)}`} className={own.tier}>
            <Select
              aria-label="Side of the bound"
              disabled={disabled}
              allowDeselect={false}
              data={["below", "above"]}
              value={tier.above === undefined ? "below" : "above"}
              onChange={(next) => {
                const { below, above, ...rest } = tier;
                if (next) setTier(index, { [next]: below ?? above ?? 0, ...rest });
              }}
            />
            <Autocomplete
              aria-label="Bound"
              disabled={disabled}
              data={names}
              value={amountText(tier.below ?? tier.above)}
              onChange={(next) =>
                setTier(index, { ...tier, [tier.above === undefined ? "below" : "above"]: amount(next, names) ?? 0 })
              }
            />
            <Select
              aria-label="Starts at"
              disabled={disabled}
              allowDeselect={false}
              data={options}
              value={typeof tier.startAt === "string" ? tier.startAt : null}
              onChange={(next) => next && setTier(index, { ...tier, startAt: next })}
            />
            <ActionIcon
              size={24}
              aria-label="Remove this tier"
              disabled={disabled}
              onClick={() => setTier(index, null)}
            >
              <IconX size={14} />
            </ActionIcon>
          </div>
        ))}
        {!disabled && (
          <More
            onClick={() =>
              set("tiers", [
                ...tiers,
                { below: names[0] ? { parameter: names[0] } : -0.1, startAt: options[0]?.value ?? "" },
              ])
            }
          >
            Add a tier
          </More>
        )}
      </Row>
      {trigger.shared === undefined ? (
        !disabled && (
          <More onClick={() => set("shared", { key: ["subject.region"] })}>One ladder for many breaches…</More>
        )
      ) : (
        <SharedKey
          label="One ladder for all breaches with the same"
          within="duration"
          value={trigger.shared}
          onChange={(next) => set("shared", next)}
        />
      )}
    </div>
  );
}

const amountText = (value: Json | undefined) =>
  isObject(value) ? String(value.parameter ?? "") : value === undefined ? "" : String(value);
function amount(text: string, parameters: readonly string[]): Json | undefined {
  if (text === "") return undefined;
  if (parameters.includes(text)) return { parameter: text };
  return Number.isNaN(Number(text)) ? { parameter: text } : Number(text);
}
