import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { curvePoints, curveValue } from "#engine/incentive/curve.ts";
import { Decimal } from "#engine/words/decimal.ts";
import type { Json } from "#engine/words/json.ts";
import { isObject } from "../../document/json-value.ts";
import { percent } from "../../text/number.ts";
import { scale, ticks } from "../../ui/plot/scale.ts";
import { addCorner, type Corner, cornersOf, moveCorner, readCurve, withCorners } from "./curve-points.ts";
import classes from "./plans.module.css";

export interface LevelMark {
  title: string;
  at: number;
}

const WIDTH = 640;
const HEIGHT = 270;
const EDGE = { left: 52, right: 18, top: 22, bottom: 40 };

/**
 * A payout curve to look at and to shape: corners are dragged or moved by arrow keys (Shift: larger steps), a double click
 * or Enter adds one, Delete takes it away. One drag is one step of undo.
 */
export function CurvePlot({
  curve,
  levels,
  tried,
  disabled,
  label,
  onChange,
}: {
  curve: Json | undefined;
  levels: readonly LevelMark[];
  tried: Corner | null;
  disabled: boolean;
  label: string;
  onChange: (curve: Json, group: string) => void;
}) {
  const svg = useRef<SVGSVGElement>(null);
  const [dragged, setDragged] = useState<{ index: number; corners: Corner[] } | null>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const stored = cornersOf(curve);
  const corners = dragged?.corners ?? stored;
  const shown = readCurve(dragged && isObject(curve) ? withCorners(curve, dragged.corners) : curve);
  const xs = [
    ...stored.map((one) => one.attainment),
    ...levels.map((one) => one.at),
    ...(tried ? [tried.attainment] : []),
    1,
  ];
  const low = Math.max(0, Math.floor((Math.min(...xs) - 0.12) * 10) / 10);
  const high = Math.ceil((Math.max(...xs) + 0.15) * 10) / 10;
  const range = { from: low, to: high };
  const line = shown ? curvePoints(shown, range) : [];
  const top = Math.max(1.2, ...line.map((one) => one.factor), ...stored.map((one) => one.factor)) * 1.12;
  const x = scale([low, high], [EDGE.left, WIDTH - EDGE.right]);
  const y = scale([0, top], [HEIGHT - EDGE.bottom, EDGE.top]);

  const place = (event: PointerEvent<SVGElement> | React.MouseEvent<SVGElement>): Corner => {
    const box = svg.current!.getBoundingClientRect();
    const px = ((event.clientX - box.left) / box.width) * WIDTH;
    const py = ((event.clientY - box.top) / box.height) * HEIGHT;
    const attainment = low + ((px - EDGE.left) / (WIDTH - EDGE.left - EDGE.right)) * (high - low);
    const factor = ((HEIGHT - EDGE.bottom - py) / (HEIGHT - EDGE.bottom - EDGE.top)) * top;
    return { attainment: Math.round(attainment * 100) / 100, factor: Math.round(factor * 100) / 100 };
  };
  const commit = (next: readonly Corner[], group: string) =>
    isObject(curve) && onChange(withCorners(curve, next), group);
  const add = (at: Corner) => {
    if (disabled || !shown) return;
    commit(
      addCorner(stored, {
        attainment: at.attainment,
        factor: Math.max(0, curveValue(shown, new Decimal(Math.max(0, at.attainment))).toNumber()),
      }),
      `add ${at.attainment}`,
    );
  };
  const onKey = (event: KeyboardEvent<SVGElement>, index: number) => {
    const step = event.shiftKey ? 0.1 : 0.01;
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, step],
      ArrowDown: [0, -step],
    };
    const by = moves[event.key];
    const corner = stored[index];
    if (!corner || disabled) return;
    if (by)
      commit(
        moveCorner(stored, index, { attainment: corner.attainment + by[0], factor: corner.factor + by[1] }),
        `corner ${index}`,
      );
    else if ((event.key === "Delete" || event.key === "Backspace") && stored.length > 1)
      commit(
        stored.filter((_, at) => at !== index),
        `delete ${index}`,
      );
    else if (event.key === "Enter") {
      const next = stored[index + 1];
      add({
        attainment: next
          ? Math.round(((corner.attainment + next.attainment) / 2) * 100) / 100
          : corner.attainment + 0.1,
        factor: corner.factor,
      });
    } else return;
    event.preventDefault();
  };
  const active = dragged?.index ?? focused;

  return (
    <figure className={classes.plot}>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing with sliders inside, for which HTML has no element */}
      <svg
        ref={svg}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="group"
        aria-label={`${label}: payout by attainment. Corners can be moved with the arrow keys.`}
        onDoubleClick={(event) => add(place(event))}
      >
        {ticks(0, top, 4)
          .filter((tick) => tick <= top)
          .map((tick) => (
            <g key={tick}>
              <line
                x1={EDGE.left}
                x2={WIDTH - EDGE.right}
                y1={y(tick)}
                y2={y(tick)}
                className={tick === 0 ? classes.base : classes.grid}
              />
              <text x={EDGE.left - 8} y={y(tick) + 4} textAnchor="end" className={classes.axis}>
                {percent(tick)}
              </text>
            </g>
          ))}
        {ticks(low, high, 6)
          .filter((tick) => tick >= low && tick <= high)
          .map((tick) => (
            <text key={tick} x={x(tick)} y={HEIGHT - EDGE.bottom + 17} textAnchor="middle" className={classes.axis}>
              {percent(tick)}
            </text>
          ))}
        <text x={(EDGE.left + WIDTH - EDGE.right) / 2} y={HEIGHT - 6} textAnchor="middle" className={classes.axis}>
          attainment of target
        </text>
        {levels.map((level) => (
          <g key={level.title}>
            <line x1={x(level.at)} x2={x(level.at)} y1={EDGE.top} y2={HEIGHT - EDGE.bottom} className={classes.level} />
            <text x={x(level.at)} y={EDGE.top - 8} textAnchor="middle" className={classes.levelName}>
              {level.title}
            </text>
          </g>
        ))}
        {line.length > 1 && (
          <>
            <path
              d={`M${x(line[0]!.attainment)},${y(0)} ${line.map((one) => `L${x(one.attainment)},${y(one.factor)}`).join(" ")} L${x(line.at(-1)!.attainment)},${y(0)} Z`}
              className={classes.area}
            />
            <path
              d={`M${line.map((one) => `${x(one.attainment)},${y(one.factor)}`).join(" L")}`}
              className={classes.curve}
            />
          </>
        )}
        {tried && (
          <g className={classes.tried}>
            <line x1={x(tried.attainment)} x2={x(tried.attainment)} y1={y(0)} y2={y(tried.factor)} />
            <circle cx={x(tried.attainment)} cy={y(tried.factor)} r={4} />
            <text x={x(tried.attainment) + 7} y={y(tried.factor) - 7}>
              {percent(tried.attainment, 1)} pays {percent(tried.factor, 1)}
            </text>
          </g>
        )}
        {corners.map((corner, index) => (
          <circle
            key={`corner ${String(index)}`}
            cx={x(corner.attainment)}
            cy={y(corner.factor)}
            r={6.5}
            className={classes.corner}
            tabIndex={disabled ? -1 : 0}
            role="slider"
            aria-label={`Corner ${index + 1}`}
            aria-valuemin={0}
            aria-valuemax={1000}
            aria-valuenow={Math.round(corner.factor * 100)}
            aria-valuetext={`At ${percent(corner.attainment, 1)} of target it pays ${percent(corner.factor, 1)}`}
            onFocus={() => setFocused(index)}
            onBlur={() => setFocused(null)}
            onKeyDown={(event) => onKey(event, index)}
            onPointerDown={(event) => {
              if (disabled || event.button !== 0) return;
              event.currentTarget.setPointerCapture(event.pointerId);
              setDragged({ index, corners: stored });
            }}
            onPointerMove={(event) => {
              if (dragged?.index === index) setDragged({ index, corners: moveCorner(stored, index, place(event)) });
            }}
            onPointerUp={() => {
              if (dragged && JSON.stringify(dragged.corners) !== JSON.stringify(stored))
                commit(dragged.corners, `drag ${index} ${JSON.stringify(stored[index])}`);
              setDragged(null);
            }}
            onPointerCancel={() => setDragged(null)}
          />
        ))}
        {active !== null && corners[active] && (
          <g
            className={classes.bubble}
            transform={`translate(${Math.min(x(corners[active].attainment), WIDTH - 112)},${Math.max(20, y(corners[active].factor) - 16)})`}
          >
            <text>
              {percent(corners[active].attainment, 1)} → {percent(corners[active].factor, 1)}
            </text>
          </g>
        )}
      </svg>
      {!shown && <figcaption className="bad">The curve is not complete: see the problems.</figcaption>}
    </figure>
  );
}
