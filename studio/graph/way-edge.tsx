import { type Edge, type EdgeProps, type InternalNode, useInternalNode } from "@xyflow/react";
import { memo } from "react";
import { type Box, drawEdge } from "./edge-path.ts";
import classes from "./graph.module.css";
import type { EdgeMark, GraphEdge } from "./model.ts";
import type { FlowNode } from "./nodes.tsx";

export type FlowEdgeData = {
  edge: GraphEdge;
  mark: EdgeMark | undefined;
  twoWay: boolean;
  nested: boolean;
  around: boolean;
};
export type FlowEdge = Edge<FlowEdgeData>;

const boxOf = (node: InternalNode<FlowNode>): Box => ({
  ...node.internals.positionAbsolute,
  width: node.measured.width ?? node.width ?? 0,
  height: node.measured.height ?? node.height ?? 0,
});

/*
 * The label is SVG text with a broad outline in the canvas colour: it interrupts the line without being measured, and costs
 * nothing while the drawing moves (React Flow's label renderer searches the page for each label on each change).
 */

/** A transition: a thin line with an arrow, and its outcome or condition as a label that interrupts the line. */
export const WayEdge = memo(function WayEdge({ source, target, data, selected }: EdgeProps<FlowEdge>) {
  const from = useInternalNode<FlowNode>(source);
  const to = useInternalNode<FlowNode>(target);
  if (!from || !to || !data) return null;
  const box = boxOf(from);
  const drawing = drawEdge(
    box,
    source === target ? box : boxOf(to),
    data.twoWay ? (source < target ? -13 : 13) : 0,
    data.around,
  );
  const strong = selected || data.mark?.state === "taken";
  const line = [
    classes.line,
    data.edge.quiet && classes.lineQuiet,
    data.mark?.state === "taken" && classes.lineTaken,
    data.mark?.state === "untouched" && classes.lineUntouched,
    selected && classes.lineSelected,
  ];
  const label = [
    classes.label,
    data.nested && classes.inFrame,
    selected && classes.labelSelected,
    data.mark?.state === "untouched" && classes.labelUntouched,
  ];
  const times = data.mark?.count && data.mark.count > 1 ? ` ×${data.mark.count}` : "";
  return (
    <>
      <path d={drawing.path} className={line.filter(Boolean).join(" ")} />
      <path
        d={drawing.path}
        fill="none"
        stroke="transparent"
        strokeWidth={16}
        className="react-flow__edge-interaction"
      />
      <path
        d="M0,0 L-9,-4.5 L-9,4.5 Z"
        className={strong ? classes.arrowStrong : data.mark?.state === "untouched" ? classes.arrowFaint : classes.arrow}
        transform={`translate(${drawing.end.x},${drawing.end.y}) rotate(${(drawing.angle * 180) / Math.PI})`}
      />
      {data.edge.labels.length > 0 && (
        <text
          className={label.filter(Boolean).join(" ")}
          transform={`translate(${drawing.label.x},${drawing.label.y})`}
        >
          {data.edge.labels.map((text, index) => (
            <tspan key={text} x={0} y={(index - (data.edge.labels.length - 1) / 2) * 14 + 4}>
              {text + times}
            </tspan>
          ))}
        </text>
      )}
    </>
  );
});

export const EDGE_TYPES = { way: WayEdge };
