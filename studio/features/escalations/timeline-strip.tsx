import { TextInput } from "@mantine/core";
import { useMemo, useState } from "react";
import type { Escalation } from "#engine/definition/escalation.ts";
import { instantOf } from "#engine/time/instant-text.ts";
import { zone } from "#engine/time/zone.ts";
import { useMe } from "../../api/me.ts";
import { useEditing, useOpen } from "../../document/editing.tsx";
import { parametersOf } from "../../document/parameters.ts";
import { useDirectory } from "../../document/use-directory.ts";
import { clock, day } from "../../text/dates.ts";
import type { Problems } from "../problems/use-problems.ts";
import { calendarsOf } from "../simulate/world-for.ts";
import own from "./escalations.module.css";
import { firingDays } from "./firing-days.ts";

/** On which working day each level would fire, from a start that one can choose. */
export function TimelineStrip({ escalation, problems }: { escalation: Escalation | null; problems: Problems }) {
  const { store, others } = useEditing();
  const document = useOpen((state) => state.document);
  const me = useMe();
  const directory = useDirectory();
  const [start, setStart] = useState(() => `${new Date(me.now).toISOString().slice(0, 10)}T09:00`);
  const firings = useMemo(() => {
    if (!escalation || !directory) return null;
    const place = zone(directory.data.timeZone);
    const startAt = instantOf(start, place, "start");
    if (startAt === undefined) return null;
    const calendars = calendarsOf(problems.catalogue, directory);
    return {
      startAt,
      zone: directory.data.timeZone,
      all: firingDays(
        escalation,
        startAt,
        calendars,
        { zone: place, calendar: calendars.default },
        parametersOf(document, others),
      ),
    };
  }, [escalation, directory, start, problems.catalogue, document, others]);
  const last = Math.max(...(firings?.all.map((one) => one.at ?? 0) ?? []), (firings?.startAt ?? 0) + 1);
  const left = (at: number) => (firings ? ((at - firings.startAt) / (last - firings.startAt)) * 100 : 0);
  return (
    <section className={own.strip} aria-label="When each level fires">
      <div className={own.stripHead}>
        <TextInput
          type="datetime-local"
          label="If it starts"
          size="xs"
          value={start}
          onChange={(event) => event.currentTarget.value && setStart(event.currentTarget.value)}
        />
        <p className="secondary">
          {firings
            ? "and nobody answers, each level is told on"
            : directory
              ? "The days show once the ladder's shape is right."
              : "Looking up the calendars…"}
        </p>
      </div>
      {firings && (
        <ol className={own.line}>
          {firings.all.map((one, index) => (
            <li key={one.level} style={{ left: one.at === null ? "100%" : `${left(one.at)}%` }} data-row={index % 2}>
              <button type="button" onClick={() => store.getState().select([one.level])} title={one.title}>
                <span className={own.tick} />
                <strong>{one.title}</strong>
                <span>
                  {one.at === null
                    ? "not known: a parameter or a calendar is missing"
                    : `${day(one.at, firings.startAt, firings.zone)}, ${clock(one.at, firings.zone)}`}
                  {one.workingDay !== null && (
                    <em>{one.workingDay === 0 ? "same day" : `working day ${one.workingDay}`}</em>
                  )}
                </span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
