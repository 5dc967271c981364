import { ActionIcon, Autocomplete, Checkbox, NumberInput, Select } from "@mantine/core";
import { IconSettings, IconX } from "@tabler/icons-react";
import { useState } from "react";
import type { Json } from "#engine/words/json.ts";
import {
  changeEvent,
  connect,
  orderWays,
  retarget,
  setTransition,
  whyNotConnect,
} from "../../../document/commands/connect.ts";
import { useFindDocument, useLocked, useOpen, useRun } from "../../../document/editing.tsx";
import { isObject, type JsonObject, valueAt } from "../../../document/json-value.ts";
import { eventsOf } from "../../../document/workflow/events.ts";
import { type StepPlace, stepPlaces, type Way, wayKey, waysOf } from "../../../document/workflow/places.ts";
import { conditionLabel } from "../../../graph/words.ts";
import { SortableItem } from "../../../ui/sortable.tsx";
import { ConditionBuilder } from "../../rules/conditions/condition-builder.tsx";
import { useFactChoices } from "../../rules/conditions/use-fact-choices.ts";
import classes from "./inspector.module.css";
import { LongText } from "./long-text.tsx";
import { More, Row } from "./row.tsx";
import { ValueRecord } from "./value-record.tsx";

/** "Then": the ways out of a step. Each has an outcome, a target, and behind the wheel its condition, data and bound. */
export function WaysEditor({ place, only }: { place: StepPlace; only?: readonly string[] }) {
  const document = useOpen((state) => state.document);
  const run = useRun();
  const locked = useLocked();
  const find = useFindDocument();
  const events = eventsOf(place.step, find);
  const all = waysOf(place);
  const ways = only ? all.filter((way) => only.includes(wayKey(way))) : all;
  const open = events.filter((event) => event !== "due" && !all.some((way) => way.event === event));
  const targets = stepPlaces(document)
    .filter((one) => whyNotConnect(document, place.id, one.id) === null)
    .map((one) => ({ value: one.id, label: String(one.step.title ?? one.id) }));
  return (
    <Row
      label={only ? "This connection" : "Then"}
      help={open.length > 0 && !only ? `Leads nowhere yet: ${open.join(", ")}.` : undefined}
    >
      {ways.map((way) => {
        const count = all.filter((one) => one.event === way.event).length;
        return (
          <SortableItem
            key={wayKey(way)}
            list={`ways ${place.id} ${way.event}`}
            index={way.index ?? 0}
            count={only ? 1 : count}
            label={`the way to ${way.to}, tried ${(way.index ?? 0) + 1} of ${count}`}
            disabled={locked}
            onMove={(from, to) => run(orderWays(place.id, way.event, from, to), "Try the ways in another order")}
          >
            <WayRow way={way} events={events} targets={targets} disabled={locked} expanded={only !== undefined} />
          </SortableItem>
        );
      })}
      {!only && all.some((way) => (way.index ?? 0) > 0) && (
        <span className={classes.help}>Of several ways for one outcome the first that holds is taken.</span>
      )}
      {!locked && !only && targets.length > 0 && (
        <More
          onClick={() =>
            run(
              connect({
                from: place.id,
                event: open[0] ?? events[0] ?? "done",
                to: targets.find((one) => one.value !== place.id)?.value ?? targets[0]!.value,
              }),
              "Add a way",
            )
          }
        >
          Add a way
        </More>
      )}
    </Row>
  );
}

function WayRow({
  way,
  events,
  targets,
  disabled,
  expanded,
}: {
  way: Way;
  events: readonly string[];
  targets: { value: string; label: string }[];
  disabled: boolean;
  expanded: boolean;
}) {
  const run = useRun();
  const [open, setOpen] = useState(expanded);
  const [event, setEvent] = useState<string | null>(null);
  const parts: JsonObject = isObject(way.value) ? way.value : { to: way.to };
  const guard = conditionLabel(parts.when);
  const commit = (name: string) => {
    setEvent(null);
    if (name && name !== way.event) run(changeEvent(way, name), "Change the outcome");
  };
  return (
    <div className={open ? classes.box : undefined}>
      <div className={classes.way}>
        <Autocomplete
          aria-label="Outcome"
          disabled={disabled}
          data={[...events]}
          value={event ?? way.event}
          onChange={setEvent}
          onOptionSubmit={commit}
          onBlur={() => event !== null && commit(event)}
          onKeyDown={(key) => key.key === "Enter" && event !== null && commit(event)}
        />
        <span className={classes.arrow}>→</span>
        <Select
          aria-label={`Where ${way.event} leads`}
          searchable
          allowDeselect={false}
          disabled={disabled}
          data={
            targets.some((one) => one.value === way.to)
              ? targets
              : [{ value: way.to, label: `${way.to} (missing)` }, ...targets]
          }
          value={way.to}
          onChange={(to) => to && run(retarget(way, to), "Lead elsewhere")}
        />
        {!expanded && (
          <ActionIcon
            size={24}
            aria-label={`Condition and data of ${way.event}`}
            aria-expanded={open}
            onClick={() => setOpen((old) => !old)}
          >
            <IconSettings size={14} />
          </ActionIcon>
        )}
      </div>
      {!open && guard && <span className={classes.help}>only if {guard}</span>}
      {open && <WayDetails way={way} parts={parts} disabled={disabled} />}
    </div>
  );
}

function WayDetails({ way, parts, disabled }: { way: Way; parts: JsonObject; disabled: boolean }) {
  const run = useRun();
  const choices = useFactChoices();
  const data = useOpen((state) => valueAt(state.document, ["data"]));
  const set = (member: string, value: Json | undefined, label: string, step?: string) => {
    const { [member]: _old, ...rest } = parts;
    const next = value === undefined ? rest : { ...parts, [member]: value };
    run(setTransition(way, next), step ?? { label, group: `${wayKey(way)} ${member}` });
  };
  return (
    <>
      <Row label="Only if">
        <ConditionBuilder
          value={parts.when}
          choices={choices}
          disabled={disabled}
          optional
          addLabel="Add a condition"
          onChange={(next, step) => set("when", next, "Change the condition", step)}
        />
      </Row>
      <Row label="Keep in the case">
        <ValueRecord
          value={parts.set}
          names={isObject(data) ? Object.keys(data) : []}
          label="Set"
          add="Set a field"
          onChange={(next) => set("set", next, "Set a field")}
        />
      </Row>
      <div className={classes.halves}>
        <NumberInput
          label="At most so often"
          disabled={disabled}
          min={1}
          max={1000}
          placeholder="5"
          value={typeof parts.maxVisits === "number" ? parts.maxVisits : ""}
          onChange={(next) => set("maxVisits", typeof next === "number" ? next : undefined, "Change the bound")}
        />
        <Checkbox
          mt={24}
          label="Where it left off"
          disabled={disabled}
          checked={parts.history === true}
          onChange={(event) => set("history", event.currentTarget.checked ? true : undefined, "Where it left off")}
        />
      </div>
      <LongText label="Note" value={parts.note} disabled={disabled} onChange={(next) => set("note", next, "Note")} />
      {!disabled && (
        <button
          type="button"
          className={classes.more}
          onClick={() => run(setTransition(way, undefined), { label: "Delete the connection", select: [way.from] })}
        >
          <IconX size={12} /> Delete this way
        </button>
      )}
    </>
  );
}
