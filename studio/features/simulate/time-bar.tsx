import { Button, Slider, TextInput } from "@mantine/core";
import type { nextTimer } from "#engine/execute/simulate.ts";
import { clock, day } from "../../text/dates.ts";
import { useTimeZone } from "../../ui/use-now.ts";
import type { Run } from "./moments.ts";
import classes from "./simulate.module.css";

const DAY = 86_400_000;

/** Time below the canvas: the moments so far on a slider, the next timer, a day or a week on, or a date. */
export function TimeBar(props: {
  run: Run | null;
  next: ReturnType<typeof nextTimer>;
  onGo: (at: number) => void;
  onJump: (to: number, label: string) => void;
}) {
  const { run, next, onGo, onJump } = props;
  const zone = useTimeZone();
  const moment = run?.moments[run.at];
  if (!run || !moment) return <p className={classes.idle}>Time stands still until the simulation starts.</p>;
  const { simulation } = moment;
  const first = run.moments[0]!.simulation.now;
  const title = next ? `${next.timer.title}, ${day(next.timer.dueAt, simulation.now, zone)}` : "";
  const days = Math.round((simulation.now - first) / DAY);
  return (
    <div className={classes.time}>
      <div className={classes.slider}>
        <Slider
          thumbLabel="Moment of the simulation"
          min={0}
          max={Math.max(1, run.moments.length - 1)}
          value={run.at}
          disabled={run.moments.length < 2}
          onChange={onGo}
          marks={run.moments.map((_, value) => ({ value }))}
          label={(value) => run.moments[value]?.label ?? ""}
        />
        <div className={classes.moment} aria-live="polite">
          <strong>{moment.label}</strong>
          <span className="secondary">
            {day(simulation.now, simulation.now, zone)}, {clock(simulation.now, zone)} · day {days + 1}
          </span>
        </div>
      </div>
      <div className={classes.jumps}>
        <Button
          size="compact-md"
          disabled={!next}
          title={title}
          onClick={() => next && onJump(next.timer.dueAt, next.timer.title)}
        >
          {next ? `Next timer: ${title}` : "No timer is armed"}
        </Button>
        <Button size="compact-md" variant="default" onClick={() => onJump(simulation.now + DAY, "A day later")}>
          A day on
        </Button>
        <Button size="compact-md" variant="default" onClick={() => onJump(simulation.now + 7 * DAY, "A week later")}>
          A week on
        </Button>
        <TextInput
          aria-label="Go to a date"
          title="Go to a date"
          type="date"
          size="xs"
          min={new Date(simulation.now).toISOString().slice(0, 10)}
          onChange={(event) => {
            const to = Date.parse(`${event.currentTarget.value}T12:00:00Z`);
            if (to > simulation.now && to < simulation.now + 3660 * DAY) onJump(to, day(to, simulation.now, zone));
          }}
        />
      </div>
    </div>
  );
}
