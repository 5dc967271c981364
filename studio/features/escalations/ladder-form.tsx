import { ActionIcon, NumberInput, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { Json } from "#engine/words/json.ts";
import { setField } from "../../document/commands/set-field.ts";
import { useDocumentsOf, useField, useLocked, useOpen, useRun } from "../../document/editing.tsx";
import { isObject, type JsonObject, valueAt } from "../../document/json-value.ts";
import { freeId } from "../../document/workflow/new-step.ts";
import { words } from "../../text/kinds.ts";
import { CalendarSelect, ClockStart } from "../inspector/parts/clock-editor.tsx";
import { ClockHolds } from "../inspector/parts/clock-holds.tsx";
import { UsesField } from "../inspector/parts/data-fields.tsx";
import { DurationEditor } from "../inspector/parts/duration-editor.tsx";
import classes from "../inspector/parts/inspector.module.css";
import { ParameterFields } from "../inspector/parts/parameter-fields.tsx";
import { PersonRefEditor } from "../inspector/parts/person-ref-editor.tsx";
import { Fold, More, Row } from "../inspector/parts/row.tsx";
import { LongField, TextField } from "../inspector/parts/text-field.tsx";
import { TriggerBox } from "../inspector/parts/trigger-list.tsx";
import own from "./escalations.module.css";
import { LevelBox } from "./level-box.tsx";
import { MetricTriggerBox } from "./metric-trigger.tsx";

/** The ladder as a form: what starts it, its clocks, level after level, what happens when nobody answers. */
export function LadderForm() {
  const levels = useOpen((state) => valueAt(state.document, ["levels"]));
  const selection = useOpen((state) => state.selection);
  const sheets = useDocumentsOf("parameters");
  const locked = useLocked();
  const run = useRun();
  const list = Array.isArray(levels) ? levels.filter(isObject) : [];
  const add = () => {
    const id = freeId("level", new Set(list.map((level) => String(level.id))));
    const next: Json = {
      id,
      title: "New level",
      after: { workingDays: (list.length + 1) * 2 },
      notify: [{ relation: "skip-manager" }],
    };
    run(setField(["levels"], [...list, next]), { label: "Add a level", select: [id] });
  };
  return (
    <div className={own.form}>
      <div>
        <TextField path={["title"]} label="Name" className={classes.title} required />
        <LongField path={["description"]} label="Description" className={classes.about} placeholder="What it is for" />
      </div>
      <StartFields />
      <ClocksFields />
      <h3>Levels</h3>
      {list.map((level, index) => (
        <LevelBox
          key={`level ${String(index)}`}
          level={level}
          index={index}
          count={list.length}
          marked={selection.includes(String(level.id))}
        />
      ))}
      {!locked && (
        <button type="button" className={own.addLevel} onClick={add}>
          Add a level
        </button>
      )}
      <LastFields />
      <Fold title="Parameters" open={false}>
        <ParameterFields path={["parameters"]} />
        <UsesField sheets={sheets} />
      </Fold>
    </div>
  );
}

function StartFields() {
  const [subject, setSubject] = useField(["subject"], "About");
  const [trigger, setTrigger] = useField(["trigger"], "What starts it");
  const records = useDocumentsOf("record-type");
  const metrics = useDocumentsOf("metric");
  const rules = useDocumentsOf("ruleset");
  const locked = useLocked();
  const kind = !isObject(trigger) ? "step" : trigger.on === undefined ? "metric" : "event";
  const become = (next: string) => {
    if (next === "step") setTrigger(undefined);
    else if (next === "event") setTrigger({ on: "record.created" });
    else setTrigger({ metric: metrics[0]?.value ?? "", rule: rules[0]?.value ?? "" });
  };
  return (
    <div className={classes.halves}>
      <Row label="About">
        <Select
          aria-label="About"
          searchable
          allowDeselect={false}
          disabled={locked}
          data={[
            {
              group: "Organisation",
              items: [
                { value: "person", label: "A person" },
                { value: "unit", label: "A unit" },
                { value: "metric", label: "A metric" },
              ],
            },
            ...(records.length ? [{ group: "Records", items: records }] : []),
          ]}
          value={typeof subject === "string" ? subject : null}
          onChange={(next) => next && setSubject(next)}
        />
      </Row>
      <Row label="Starts">
        <Select
          aria-label="Starts"
          allowDeselect={false}
          disabled={locked}
          data={[
            { value: "step", label: "When a step is late" },
            { value: "event", label: "On an event" },
            { value: "metric", label: "When a metric is breached" },
          ]}
          value={kind}
          onChange={(next) => next && become(next)}
        />
      </Row>
      {kind === "event" && isObject(trigger) && (
        <div className={own.wide}>
          <TriggerBox trigger={trigger} disabled={locked} onChange={(next) => setTrigger(next ?? undefined)} />
        </div>
      )}
      {kind === "metric" && isObject(trigger) && (
        <div className={own.wide}>
          <MetricTriggerBox trigger={trigger} disabled={locked} onChange={setTrigger} />
        </div>
      )}
    </div>
  );
}

const CLOCK_WORDS: Record<string, string> = { acknowledge: "until somebody owns it", resolve: "until it is over" };

function ClocksFields() {
  const [clocks, setClocks] = useField(["clocks"], "Clocks");
  const locked = useLocked();
  const record = isObject(clocks) ? clocks : {};
  const set = (name: string, clock: JsonObject | null) => {
    const { [name]: _old, ...rest } = record;
    setClocks(clock === null ? (Object.keys(rest).length ? rest : undefined) : { ...record, [name]: clock });
  };
  const missing = ["acknowledge", "resolve"].filter((name) => record[name] === undefined);
  return (
    <Fold title="Clocks" open={Object.keys(record).length > 0}>
      {Object.entries(record).map(([name, clock]) => {
        const parts = isObject(clock) ? clock : {};
        const change = (next: JsonObject) => set(name, next);
        return (
          <div key={name} className={classes.box}>
            <div className={classes.boxHead}>
              <strong>
                {words(name)} <span className="quiet">{CLOCK_WORDS[name] ?? ""}</span>
              </strong>
              <ActionIcon
                size={24}
                aria-label={`Remove the clock ${name}`}
                disabled={locked}
                onClick={() => set(name, null)}
              >
                <IconX size={14} />
              </ActionIcon>
            </div>
            <CalendarSelect clock={parts} label={`Clock ${name}`} onChange={change} />
            <ClockStart clock={parts} label={`Clock ${name}`} onChange={change} />
            <ClockHolds clock={parts} label={`Clock ${name}`} onChange={change} />
          </div>
        );
      })}
      {!locked &&
        missing.map((name) => (
          <More key={name} onClick={() => set(name, {})}>{`Add the ${name} clock, ${CLOCK_WORDS[name]}`}</More>
        ))}
    </Fold>
  );
}

function LastFields() {
  const [fallback, setFallback] = useField(["fallback"], "Last resort");
  const [repeat, setRepeat] = useField(["repeat"], "Again");
  const [maxAge, setMaxAge] = useField(["maxAge"], "Given up after");
  const locked = useLocked();
  return (
    <>
      <h3>Where nobody answers</h3>
      <Row label="Again">
        {isObject(repeat) ? (
          <>
            <NumberInput
              aria-label="How often again"
              min={0}
              max={50}
              suffix={repeat.times === 1 ? " time" : " times"}
              disabled={locked}
              value={Number(repeat.times ?? 1)}
              onChange={(next) => typeof next === "number" && setRepeat({ ...repeat, times: next })}
            />
            <DurationEditor
              label="Each after"
              value={repeat.every}
              onChange={(next) => setRepeat({ ...repeat, every: next })}
            />
            {!locked && <More onClick={() => setRepeat(undefined)}>Only once</More>}
          </>
        ) : (
          !locked && (
            <More onClick={() => setRepeat({ times: 1, every: { workingDays: 3 } })}>Climb the ladder again…</More>
          )
        )}
      </Row>
      <Row label="Last resort" help="Gets it when the last repeat is over.">
        {fallback === undefined ? (
          !locked && <More onClick={() => setFallback({ role: "hr-admin" })}>Name who…</More>
        ) : (
          <PersonRefEditor label="Last resort" value={fallback} onChange={setFallback} />
        )}
      </Row>
      <Row label="Closed in any case after">
        {maxAge === undefined ? (
          !locked && <More onClick={() => setMaxAge({ days: 90 })}>Set a time…</More>
        ) : (
          <DurationEditor label="Closed after" value={maxAge} parameterAllowed={false} onChange={setMaxAge} />
        )}
        {maxAge !== undefined && !locked && <More onClick={() => setMaxAge(undefined)}>Never</More>}
      </Row>
    </>
  );
}
