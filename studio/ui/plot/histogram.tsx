import { useState } from "react";
import { number } from "../../text/number.ts";
import classes from "./plot.module.css";
import { scale } from "./scale.ts";

export interface Bin {
  from: number;
  to: number;
  count: number;
}
export interface Mark {
  at: number;
  label: string;
}

const BOTTOM = 24;
const TOP = 34;

/** How many are where: bars with a zero line, and named lines (median, a target) that say their value. */
export function Histogram(props: {
  bins: readonly Bin[];
  marks: readonly Mark[];
  say: (value: number) => string;
  /** What is counted: "people". */
  what: string;
  label: string;
  width: number;
  height: number;
}) {
  const { bins, marks, say, width, height } = props;
  const [at, setAt] = useState<number | null>(null);
  const low = bins[0]?.from ?? 0;
  const high = bins.at(-1)?.to ?? 1;
  const most = Math.max(1, ...bins.map((bin) => bin.count));
  const x = scale([low, high], [8, width - 8]);
  const y = scale([0, most], [height - BOTTOM, TOP]);
  const bin = at === null ? undefined : bins[at];
  const labelled = Math.max(1, Math.ceil(bins.length / Math.max(1, Math.floor(width / 84))));
  return (
    <>
      <svg width={width} height={height} role="img" aria-label={props.label} onMouseLeave={() => setAt(null)}>
        {bins.map((one, index) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: hovering only reads; the table behind holds the same
          <g key={one.from} onMouseEnter={() => setAt(index)}>
            <rect
              x={x(one.from)}
              width={Math.max(1, x(one.to) - x(one.from))}
              y={0}
              height={height}
              fill="transparent"
            />
            <rect
              x={x(one.from) + 1.5}
              width={Math.max(1, x(one.to) - x(one.from) - 3)}
              y={y(one.count)}
              height={y(0) - y(one.count)}
              fill={at === index ? "var(--accent)" : "var(--plot-main)"}
            />
            {index % labelled === 0 && (
              <text
                x={x(one.from)}
                y={height - 8}
                className={classes.axis}
                textAnchor={index === 0 ? "start" : "middle"}
              >
                {say(one.from)}
              </text>
            )}
          </g>
        ))}
        <line x1={8} x2={width - 8} y1={y(0)} y2={y(0)} stroke="var(--line-strong)" />
        {marks
          .filter((mark) => mark.at >= low && mark.at <= high)
          .map((mark, index) => (
            <g key={mark.label}>
              <line x1={x(mark.at)} x2={x(mark.at)} y1={TOP - 6} y2={y(0)} stroke="var(--ink)" strokeDasharray="3 3" />
              <text
                x={x(mark.at) + (x(mark.at) > width * 0.8 ? -5 : 5)}
                y={index % 2 === 0 ? 12 : 26}
                textAnchor={x(mark.at) > width * 0.8 ? "end" : "start"}
                className={classes.label}
              >
                {mark.label}
              </text>
            </g>
          ))}
      </svg>
      <div className={classes.read}>
        {bin ? `${number(bin.count)} ${props.what} from ${say(bin.from)} to ${say(bin.to)}` : ""}
      </div>
    </>
  );
}
