import { ActionIcon, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useMemo } from "react";
import { WEEKDAYS, type Weekday } from "#engine/time/calendar.ts";
import { useField, useLocked } from "../../document/editing.tsx";
import { isObject } from "../../document/json-value.ts";
import { timeZones } from "../../text/time-zones.ts";
import { ChoiceField, TagsField } from "../inspector/parts/plain-fields.tsx";
import { More, Row } from "../inspector/parts/row.tsx";
import { TextField } from "../inspector/parts/text-field.tsx";
import { DocumentHead } from "./document-head.tsx";
import classes from "./documents.module.css";

const DAY: Record<Weekday, string> = {
  mon: "Monday",
  tue: "Tuesday",
  wed: "Wednesday",
  thu: "Thursday",
  fri: "Friday",
  sat: "Saturday",
  sun: "Sunday",
};

/** A calendar: the hours of each weekday in its time zone, public holidays, days off, and times in which nothing runs. */
export function CalendarForm() {
  const [holidays, setHolidays] = useField(["holidays"], "Public holidays");
  const [blackouts, setBlackouts] = useField(["blackouts"], "Blackouts");
  const [zone] = useField(["timeZone"], "Time zone");
  const zones = useMemo(() => timeZones(zone), [zone]);
  const locked = useLocked();
  const spans = Array.isArray(blackouts) ? blackouts.filter(isObject) : [];
  const change = (index: number, member: string, text: string) => {
    const { [member]: _old, ...rest } = spans[index] ?? {};
    setBlackouts(spans.with(index, text === "" ? rest : { ...rest, [member]: text }));
  };
  return (
    <>
      <DocumentHead />
      <div className={classes.grid}>
        <ChoiceField path={["timeZone"]} label="Time zone" options={zones} />
      </div>
      <h3>Working hours</h3>
      <table className={classes.week}>
        <tbody>
          {WEEKDAYS.map((day) => (
            <DayHours key={day} day={day} />
          ))}
        </tbody>
      </table>
      <h3>Days off</h3>
      {holidays === undefined ? (
        !locked && <More onClick={() => setHolidays({ country: "DE" })}>Observe public holidays…</More>
      ) : (
        <>
          <div className={classes.grid}>
            <Row label="Country" help="Two letters, e.g. DE, US.">
              <TextField path={["holidays", "country"]} label="Country" required />
            </Row>
            <Row label="State">
              <TextField path={["holidays", "state"]} label="State" placeholder="the whole country" />
            </Row>
            <Row label="Region">
              <TextField path={["holidays", "region"]} label="Region" placeholder="the whole state" />
            </Row>
          </div>
          {!locked && <More onClick={() => setHolidays(undefined)}>No public holidays</More>}
        </>
      )}
      <TagsField
        path={["extra"]}
        label="Also not worked"
        placeholder="2026-12-24"
        help="Single dates, as year-month-day."
      />
      <h3>Nothing runs</h3>
      {spans.map((span, index) => (
        <div key={`span ${String(index)}`} className={classes.span}>
          <TextInput
            type="date"
            aria-label={`Blackout ${index + 1}: from`}
            disabled={locked}
            value={String(span.from ?? "")}
            onChange={(event) => change(index, "from", event.currentTarget.value)}
          />
          <TextInput
            type="date"
            aria-label={`Blackout ${index + 1}: until before`}
            disabled={locked}
            value={String(span.to ?? "")}
            onChange={(event) => change(index, "to", event.currentTarget.value)}
          />
          <TextInput
            aria-label={`Blackout ${index + 1}: why`}
            placeholder="Why"
            disabled={locked}
            value={String(span.title ?? "")}
            onChange={(event) => change(index, "title", event.currentTarget.value)}
          />
          <ActionIcon
            size={24}
            aria-label={`Remove blackout ${index + 1}`}
            disabled={locked}
            onClick={() => setBlackouts(spans.length === 1 ? undefined : spans.filter((_, at) => at !== index))}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      {!locked && (
        <More onClick={() => setBlackouts([...spans, { from: "2026-12-24", to: "2027-01-02" }])}>
          Add a time in which nothing is announced or calculated
        </More>
      )}
    </>
  );
}

/** The hours of one weekday, as pairs of a beginning and an end. */
function DayHours({ day }: { day: Weekday }) {
  const [value, set] = useField(["week", day], `Hours of ${DAY[day]}`);
  const locked = useLocked();
  const times = Array.isArray(value) ? value.map(String) : [];
  const pairs = Array.from({ length: Math.ceil(times.length / 2) }, (_, index) => index * 2);
  const change = (at: number, text: string) => text && set(times.with(at, text));
  return (
    <tr>
      <th scope="row">{DAY[day]}</th>
      <td>
        <div className={classes.hours}>
          {pairs.map((at) => (
            <span key={at} className={classes.hours}>
              <TextInput
                type="time"
                aria-label={`${DAY[day]}: begins`}
                disabled={locked}
                value={times[at] ?? ""}
                onChange={(event) => change(at, event.currentTarget.value)}
              />
              to
              <TextInput
                type="time"
                aria-label={`${DAY[day]}: ends`}
                disabled={locked}
                value={times[at + 1] ?? ""}
                onChange={(event) => change(at + 1, event.currentTarget.value)}
              />
              <ActionIcon
                size={24}
                aria-label={`${DAY[day]}: remove these hours`}
                disabled={locked}
                onClick={() => {
                  const rest = times.filter((_, index) => index !== at && index !== at + 1);
                  set(rest.length === 0 ? undefined : rest);
                }}
              >
                <IconX size={14} />
              </ActionIcon>
            </span>
          ))}
          {times.length === 0 && <span className="quiet">not worked</span>}
          {!locked && (
            <More onClick={() => set([...times, ...(times.length === 0 ? ["09:00", "17:00"] : ["18:00", "20:00"])])}>
              {times.length === 0 ? "Worked…" : "And…"}
            </More>
          )}
        </div>
      </td>
    </tr>
  );
}
