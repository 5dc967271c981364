import { type ConnectionLineComponentProps, EdgeLabelRenderer } from "@xyflow/react";
import { createContext, useContext } from "react";
import classes from "./graph.module.css";
import type { FlowNode } from "./nodes.tsx";

/** Why a connection cannot be drawn, as a sentence; null where it can. */
export type WhyNot = (from: string, to: string) => string | null;
export const WhyNotContext = createContext<WhyNot>(() => null);

/** The line under the pointer while connecting; over a step where it may not end, it says why (U16). */
export function RefusalLine({
  fromX,
  fromY,
  toX,
  toY,
  fromNode,
  toNode,
  pointer,
}: ConnectionLineComponentProps<FlowNode>) {
  const whyNot = useContext(WhyNotContext);
  const reason = toNode && toNode.id !== fromNode.id ? whyNot(fromNode.id, toNode.id) : null;
  return (
    <g>
      <path
        d={`M${fromX},${fromY} L${toX},${toY}`}
        className={`${classes.line} ${reason ? classes.lineProblem : classes.lineSelected}`}
        strokeDasharray="5 4"
      />
      <circle cx={toX} cy={toY} r={4} fill={reason ? "var(--bad)" : "var(--accent)"} />
      {reason && (
        <EdgeLabelRenderer>
          <div role="alert" className={classes.refusal} style={{ left: pointer?.x ?? toX, top: pointer?.y ?? toY }}>
            {reason}
          </div>
        </EdgeLabelRenderer>
      )}
    </g>
  );
}
