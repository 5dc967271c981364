import { ActionIcon, TagsInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { TRIGGER_EVENTS } from "#engine/steps/trigger.ts";
import type { Json } from "#engine/words/json.ts";
import { useLocked } from "../../../document/editing.tsx";
import { isObject, type JsonObject } from "../../../document/json-value.ts";
import { ConditionBuilder } from "../../rules/conditions/condition-builder.tsx";
import { useFactChoices } from "../../rules/conditions/use-fact-choices.ts";
import classes from "./inspector.module.css";
import { More } from "./row.tsx";

const ON_LEAVE: Json = { all: [{ fact: "person.status", operator: "equal", value: "leave" }] };

/** What freezes a clock (events, and conditions for as long as they hold), lets it go on, stops it and starts it anew. */
export function ClockHolds({
  clock,
  label,
  onChange,
}: {
  clock: JsonObject;
  label: string;
  onChange: (value: JsonObject) => void;
}) {
  const locked = useLocked();
  const choices = useFactChoices();
  const pause = Array.isArray(clock.pause) ? clock.pause : [];
  const stop = Array.isArray(clock.stop) ? clock.stop.map(String) : [];
  const events = pause.filter((one): one is string => typeof one === "string");
  const conditions = pause.filter(isObject);
  const goesOn = Array.isArray(clock.resume) ? clock.resume.map(String) : [];
  const anew = Array.isArray(clock.reset) ? clock.reset.map(String) : [];
  const set = (member: "pause" | "resume" | "stop" | "reset", list: Json[]) => {
    const { [member]: _old, ...rest } = clock;
    onChange(list.length === 0 ? rest : { ...clock, [member]: list });
  };
  return (
    <>
      {pause.length > 0 && (
        <div className={classes.box}>
          <span className={classes.sub}>Pauses: what is left is kept</span>
          <TagsInput
            aria-label={`${label}: pauses on these events`}
            placeholder={events.length ? "" : "On an event"}
            disabled={locked}
            data={[...TRIGGER_EVENTS]}
            value={events}
            onChange={(next) => set("pause", [...next, ...conditions])}
          />
          {conditions.map((condition, index) => (
            <div key={`while ${String(index)}`} className={classes.boxHead}>
              <ConditionBuilder
                value={condition}
                choices={choices}
                disabled={locked}
                onChange={(next) =>
                  next !== undefined &&
                  set("pause", [...events, ...conditions.map((one, at) => (at === index ? next : one))])
                }
              />
              <ActionIcon
                size={24}
                aria-label={`${label}: do not pause so`}
                disabled={locked}
                onClick={() => set("pause", [...events, ...conditions.filter((_, at) => at !== index)])}
              >
                <IconX size={14} />
              </ActionIcon>
            </div>
          ))}
          {(events.length > 0 || goesOn.length > 0) && (
            <TagsInput
              aria-label={`${label}: goes on after these events`}
              leftSection={<span className={classes.help}>until</span>}
              leftSectionWidth={44}
              placeholder={goesOn.length ? "" : "resumed"}
              disabled={locked}
              data={["resumed", ...TRIGGER_EVENTS]}
              value={goesOn}
              onChange={(next) => set("resume", next)}
            />
          )}
          {!locked && <More onClick={() => set("pause", [...pause, ON_LEAVE])}>While something is so…</More>}
        </div>
      )}
      {stop.length > 0 && (
        <div className={classes.box}>
          <span className={classes.sub}>Stops for good on</span>
          <TagsInput
            aria-label={`${label}: stops on these events`}
            disabled={locked}
            data={[...TRIGGER_EVENTS]}
            value={stop}
            onChange={(next) => set("stop", next)}
          />
        </div>
      )}
      {anew.length > 0 && (
        <div className={classes.box}>
          <span className={classes.sub}>Counts anew on</span>
          <TagsInput
            aria-label={`${label}: counts anew on these events`}
            disabled={locked}
            data={[...TRIGGER_EVENTS]}
            value={anew}
            onChange={(next) => set("reset", next)}
          />
        </div>
      )}
      {!locked && (pause.length === 0 || stop.length === 0 || anew.length === 0) && (
        <div className={classes.links}>
          {pause.length === 0 && <More onClick={() => set("pause", [ON_LEAVE])}>Pause it…</More>}
          {stop.length === 0 && <More onClick={() => set("stop", ["case.closed"])}>Stop it…</More>}
          {anew.length === 0 && <More onClick={() => set("reset", ["record.created"])}>Count anew…</More>}
        </div>
      )}
    </>
  );
}
