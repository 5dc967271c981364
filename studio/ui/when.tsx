import { Tooltip } from "@mantine/core";
import { clock, day, exact, relative } from "../text/dates.ts";
import { useNow, useTimeZone } from "./use-now.ts";

/**
 * An instant. `as="relative"`: "in 3 days"; `as="day"`: "Tue 3 Mar"; `as="time"`: "Tue 3 Mar, 14:05". The exact time is
 * on hover and focus, and in the machine-readable attribute.
 */
export function When({ at, as = "relative" }: { at: number; as?: "relative" | "day" | "time" }) {
  const now = useNow();
  const zone = useTimeZone();
  const text =
    as === "relative"
      ? relative(at, now)
      : as === "day"
        ? day(at, now, zone)
        : `${day(at, now, zone)}, ${clock(at, zone)}`;
  return (
    <Tooltip label={exact(at, zone)}>
      <time dateTime={new Date(at).toISOString()}>{text}</time>
    </Tooltip>
  );
}

/** A due date: what it says when it is near, and in the colour and the words of lateness when it is past. What is paused has none. */
export function Due({ at, overdue, paused = false }: { at: number | null; overdue: boolean; paused?: boolean }) {
  const now = useNow();
  const zone = useTimeZone();
  if (paused) return <span className="quiet">paused</span>;
  if (at === null) return <span className="quiet">no due date</span>;
  return (
    <Tooltip label={`Due ${exact(at, zone)}`}>
      <span className={overdue ? "bad" : ""}>
        {overdue ? `late, due ${relative(at, now)}` : `due ${relative(at, now)}`}
      </span>
    </Tooltip>
  );
}
