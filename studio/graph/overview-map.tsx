import { Panel, useReactFlow, useStoreApi } from "@xyflow/react";
import { type PointerEvent, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import classes from "./graph.module.css";
import type { FlowNode } from "./nodes.tsx";

const SIZE = { width: 150, height: 94 };
/** Room around the drawing, in pixels of the map. */
const MARGIN = 5;
const CORNER = 10;

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * A map of the whole drawing with the part in view left bright: dragging moves the view, the wheel zooms. React Flow's own
 * map listens once for each node, and asks them all at every pixel of a pan; this one is a single shape.
 */
export function OverviewMap({ nodes }: { nodes: readonly FlowNode[] }) {
  const flow = useReactFlow();
  const store = useStoreApi();
  const map = useRef<SVGSVGElement>(null);
  const mask = useRef<SVGPathElement>(null);
  /** How much of the drawing one pixel of the map stands for. */
  const unit = useRef(1);
  const drawing = useMemo(() => {
    // What lies in a frame is covered by it.
    const boxes = nodes.flatMap(({ parentId, position, width = 0, height = 0 }) =>
      parentId === undefined ? [{ ...position, width, height }] : [],
    );
    return { bounds: around(boxes), shape: boxes.map(rounded).join("") };
  }, [nodes]);
  // Drawn without React: it changes at every pixel of a pan, and nothing but two attributes of it.
  useLayoutEffect(() => {
    let known = "";
    const draw = () => {
      const { transform, width, height } = store.getState();
      const [x, y, zoom] = transform;
      const now = `${x} ${y} ${zoom} ${width} ${height}`;
      if (now === known || !map.current || !mask.current) return;
      known = now;
      const seen = { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
      const frame = frameOf(drawing.bounds ? around([drawing.bounds, seen])! : seen);
      unit.current = frame.unit;
      map.current.setAttribute("viewBox", `${frame.x} ${frame.y} ${frame.width} ${frame.height}`);
      mask.current.setAttribute("stroke-width", String(2 * frame.unit));
      mask.current.setAttribute("d", straight(outside(frame)) + straight(seen));
    };
    draw();
    return store.subscribe(draw);
  }, [store, drawing]);

  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const { x, y, zoom } = flow.getViewport();
    void flow.setViewport({
      x: x - event.movementX * unit.current * zoom,
      y: y - event.movementY * unit.current * zoom,
      zoom,
    });
  };
  // Not React's own: a wheel that is listened to passively would zoom the whole page with Ctrl held.
  useEffect(() => {
    const element = map.current;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 25 : 1);
      void flow.zoomTo(flow.getZoom() * 2 ** (-pixels * (event.ctrlKey ? 0.02 : 0.002)));
    };
    element?.addEventListener("wheel", onWheel, { passive: false });
    return () => element?.removeEventListener("wheel", onWheel);
  }, [flow]);
  return (
    <Panel position="bottom-right" className={classes.map ?? ""}>
      <svg
        ref={map}
        role="img"
        aria-label="Map of the whole drawing"
        {...SIZE}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
      >
        <path className={classes.mapSteps} d={drawing.shape} />
        <path ref={mask} className={classes.mapMask} fillRule="evenodd" />
      </svg>
    </Panel>
  );
}

/** What the map shows so that all of it fits, with its margin, and how much of the drawing one pixel of it stands for. */
function frameOf(bounds: Box): Box & { unit: number } {
  const unit = Math.max(bounds.width / SIZE.width, bounds.height / SIZE.height);
  return {
    unit,
    x: bounds.x - (unit * SIZE.width - bounds.width) / 2 - MARGIN * unit,
    y: bounds.y - (unit * SIZE.height - bounds.height) / 2 - MARGIN * unit,
    width: unit * (SIZE.width + 2 * MARGIN),
    height: unit * (SIZE.height + 2 * MARGIN),
  };
}

function around(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}

/** So large that its edges are never seen. */
const outside = ({ x, y, width, height }: Box): Box => ({
  x: x - width,
  y: y - height,
  width: 3 * width,
  height: 3 * height,
});
const straight = ({ x, y, width, height }: Box) => `M${x},${y}h${width}v${height}h${-width}z`;
const rounded = ({ x, y, width, height }: Box) => {
  const r = Math.min(CORNER, width / 2, height / 2);
  const [w, h] = [width - 2 * r, height - 2 * r];
  return `M${x + r},${y}h${w}a${r},${r} 0 0 1 ${r},${r}v${h}a${r},${r} 0 0 1 ${-r},${r}h${-w}a${r},${r} 0 0 1 ${-r},${-r}v${-h}a${r},${r} 0 0 1 ${r},${-r}z`;
};
