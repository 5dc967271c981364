import { useState } from "react";
import classes from "./plot.module.css";
import { present, scale, ticks } from "./scale.ts";
import { linePath } from "./sparkline.tsx";

export interface SeriesPoint {
  title: string;
  value: number | null;
  target: number | null;
  /** What to say about the point beyond its value: "provisional". */
  note?: string;
}

/** About the width of a character of the labels (Inter, 11 px). */
const CHARACTER = 6.4;
const TOP = 14;
const BOTTOM = 26;

/**
 * A number over time against its target. The band holds what is usual (baseline with control limits); a point outside is
 * marked in colour and shape. Lines are labelled where they end. Arrow keys or the pointer read one point.
 */
export function SeriesPlot(props: {
  points: readonly SeriesPoint[];
  band: { mean: number; lower: number; upper: number } | null;
  say: (value: number | null) => string;
  label: string;
  width: number;
  height: number;
}) {
  const { points, band, say, width, height } = props;
  const [at, setAt] = useState<number | null>(null);
  const values = points.map((point) => point.value);
  const targets = points.map((point) => point.target);
  const all = present([...values, ...targets, band?.lower ?? null, band?.upper ?? null]);
  const low = Math.min(...all);
  const high = Math.max(...all);
  // A count starts at zero; a rate that lives between 88 and 97 does not.
  const marks = ticks(low > 0 && low < high * 0.5 ? 0 : low, high, height < 180 ? 3 : 5);
  const widest = (texts: string[]) => Math.ceil(Math.max(0, ...texts.map((text) => text.length)) * CHARACTER);
  const lastValue = values.findLastIndex((value) => value !== null);
  const lastTarget = targets.findLastIndex((value) => value !== null);
  const endValue = values[lastValue] ?? null;
  const endTarget = targets[lastTarget] ?? null;
  const left = widest(marks.map(say)) + 12;
  const right = widest([say(endValue), endTarget === null ? "" : `target ${say(endTarget)}`]) + 12;
  const first = marks[0] ?? 0;
  const last = marks.at(-1) ?? 1;
  const x = scale([0, Math.max(1, points.length - 1)], [left, width - right]);
  const y = scale([first, last], [height - BOTTOM, TOP]);
  const every = Math.max(1, Math.ceil(points.length / Math.max(1, Math.floor((width - left - right) / 72))));
  const odd = (value: number) => band !== null && (value < band.lower || value > band.upper);
  const read = at === null ? null : points[at];
  const move = (step: number) =>
    setAt((now) => Math.min(points.length - 1, Math.max(0, (now ?? (step > 0 ? -1 : points.length)) + step)));
  const close = endValue !== null && endTarget !== null && Math.abs(y(endValue) - y(endTarget)) < 14;
  return (
    <>
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={props.label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the points are read one by one with the arrow keys
        tabIndex={0}
        onMouseLeave={() => setAt(null)}
        onBlur={() => setAt(null)}
        onMouseMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const share = (event.clientX - box.left - left) / Math.max(1, width - left - right);
          setAt(Math.min(points.length - 1, Math.max(0, Math.round(share * (points.length - 1)))));
        }}
        onKeyDown={(event) => {
          if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
          event.preventDefault();
          move(event.key === "ArrowRight" ? 1 : -1);
        }}
      >
        {band && (
          <rect
            x={left}
            width={Math.max(0, width - left - right)}
            y={y(band.upper)}
            height={Math.max(0, y(band.lower) - y(band.upper))}
            fill="var(--plot-band)"
          />
        )}
        {marks.map((mark) => (
          <g key={mark}>
            <line x1={left} x2={width - right} y1={y(mark)} y2={y(mark)} className={classes.grid} />
            <text x={left - 8} y={y(mark) + 4} textAnchor="end" className={classes.axis}>
              {say(mark)}
            </text>
          </g>
        ))}
        {points.map((point, index) =>
          (points.length - 1 - index) % every === 0 ? (
            <text key={point.title} x={x(index)} y={height - 8} textAnchor="middle" className={classes.axis}>
              {point.title}
            </text>
          ) : null,
        )}
        {band && (
          <text x={left + 6} y={y(band.upper) + 12} className={classes.label}>
            usual range
          </text>
        )}
        <path d={linePath(targets, x, y)} fill="none" stroke="var(--plot-compare)" strokeDasharray="4 4" />
        <path d={linePath(values, x, y)} fill="none" stroke="var(--accent)" strokeWidth={2} strokeLinejoin="round" />
        {points.map((point, index) =>
          point.value === null ? null : odd(point.value) ? (
            <rect
              key={point.title}
              x={x(index) - 4}
              y={y(point.value) - 4}
              width={8}
              height={8}
              transform={`rotate(45 ${x(index)} ${y(point.value)})`}
              fill="var(--bad)"
            />
          ) : (
            <circle key={point.title} cx={x(index)} cy={y(point.value)} r={2.5} fill="var(--accent)" />
          ),
        )}
        {endValue !== null && (
          <text
            x={x(lastValue) + 8}
            y={y(endValue) + 4 + (close && endTarget !== null ? (endValue >= endTarget ? -7 : 7) : 0)}
            className={`${classes.label} ${classes.strong}`}
          >
            {say(endValue)}
          </text>
        )}
        {endTarget !== null && (
          <text
            x={x(lastTarget) + 8}
            y={y(endTarget) + 4 + (close && endValue !== null ? (endTarget > endValue ? -7 : 7) : 0)}
            className={classes.label}
          >
            target {say(endTarget)}
          </text>
        )}
        {at !== null && <line x1={x(at)} x2={x(at)} y1={TOP} y2={height - BOTTOM} stroke="var(--line-strong)" />}
      </svg>
      <div className={classes.read} aria-live="polite">
        {read
          ? [
              `${read.title}: ${say(read.value)}`,
              read.target === null ? null : `target ${say(read.target)}`,
              read.value !== null && odd(read.value) ? "outside the usual range" : null,
              read.note ?? null,
            ]
              .filter(Boolean)
              .join(", ")
          : band
            ? `Usual is ${say(band.lower)} to ${say(band.upper)}, around ${say(band.mean)}.`
            : ""}
      </div>
    </>
  );
}
