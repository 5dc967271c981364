import { present, scale } from "./scale.ts";

/** A line the size of a word: the course of a number, its last point marked, its target as a quiet line. */
export function Sparkline(props: {
  values: readonly (number | null)[];
  target?: number | null;
  label: string;
  width?: number;
  height?: number;
}) {
  const { values, target = null, width = 96, height = 24 } = props;
  const all = present([...values, target]);
  if (present(values).length < 2) return <span className="quiet">too few values</span>;
  const x = scale([0, Math.max(1, values.length - 1)], [3, width - 4]);
  const y = scale([Math.min(...all), Math.max(...all)], [height - 4, 4]);
  const last = values.findLastIndex((value) => value !== null);
  const lastValue = values[last];
  return (
    <svg width={width} height={height} role="img" aria-label={props.label} style={{ display: "block" }}>
      {target !== null && (
        <line x1={3} x2={width - 4} y1={y(target)} y2={y(target)} stroke="var(--line-strong)" strokeDasharray="2 3" />
      )}
      <path d={linePath(values, x, y)} fill="none" stroke="var(--plot-main)" strokeWidth={1.5} />
      {lastValue !== null && lastValue !== undefined && (
        <circle cx={x(last)} cy={y(lastValue)} r={2.5} fill="var(--accent)" />
      )}
    </svg>
  );
}

/** A path through the values; a missing one breaks the line instead of drawing a zero. */
export function linePath(
  values: readonly (number | null)[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let pen = "M";
  return values
    .map((value, index) => {
      if (value === null) {
        pen = "M";
        return "";
      }
      const part = `${pen}${x(index).toFixed(1)},${y(value).toFixed(1)}`;
      pen = "L";
      return part;
    })
    .join("");
}
