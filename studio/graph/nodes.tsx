import { Handle, type Node, type NodeProps, type NodeTypes, Position } from "@xyflow/react";
import { memo } from "react";
import classes from "./graph.module.css";
import type { Chip, GraphNode, NodeMark } from "./model.ts";
import { SignIcon } from "./sign-icon.tsx";

export type FlowNodeData = { node: GraphNode; mark: NodeMark | undefined };
export type FlowNode = Node<FlowNodeData>;

const SIDES = [Position.Top, Position.Right, Position.Bottom, Position.Left];

/** Where a connection begins or ends; one on each side, and any of them may be either. */
const Handles = memo(function Handles() {
  return SIDES.map((side) => <Handle key={side} id={side} type="source" position={side} className={classes.handle} />);
});

function Chips({ chips, className }: { chips: readonly Chip[]; className: string | undefined }) {
  if (chips.length === 0) return null;
  return (
    <div className={className}>
      {chips.map((chip) => (
        <span
          key={chip.text}
          className={`${classes.chip} ${classes[`chip${chip.tone}`] ?? ""}`}
          title={chip.title ?? chip.text}
        >
          {chip.sign && <SignIcon sign={chip.sign} />}
          {chip.text}
        </span>
      ))}
    </div>
  );
}

function Marks({ node, mark }: FlowNodeData) {
  return (
    <>
      {node.start && node.parent === null && node.shape !== "pill" && <span className={classes.startMark}>Start</span>}
      {mark?.state === "active" && <span className={classes.hereMark} />}
      {mark?.state === "visited" && <span className={classes.doneMark}>✓</span>}
      <Chips chips={mark?.chips ?? []} className={classes.marks} />
    </>
  );
}

/** The time allowed, and what its clock does beside running: pauses, stops, begins again. */
function Time({ node }: { node: GraphNode }) {
  const signs = node.clockSigns ?? [];
  if (!node.time && signs.length === 0) return null;
  return (
    <span className={classes.time}>
      {signs.map(({ sign, title }) => (
        <span key={sign} className={classes.clockSign} title={title}>
          <SignIcon sign={sign} />
        </span>
      ))}
      {node.time}
    </span>
  );
}

const look = (base: string | undefined, { data, selected }: NodeProps<FlowNode>) =>
  [
    base,
    classes[data.node.hue],
    selected && classes.selected,
    data.mark?.state && classes[data.mark.state],
    data.node.many && classes.many,
  ]
    .filter(Boolean)
    .join(" ");

const Card = memo(function Card(props: NodeProps<FlowNode>) {
  const { node, mark } = props.data;
  return (
    <div className={look(classes.card, props)}>
      <div className={classes.head}>
        <span className={classes.kind}>{node.word}</span>
        <Time node={node} />
      </div>
      <div className={classes.title} title={node.title}>
        {node.title}
      </div>
      {node.who && (
        <div className={classes.who} title={node.who}>
          {node.who}
        </div>
      )}
      <Chips chips={node.chips} className={classes.chips} />
      <Marks node={node} mark={mark} />
      <Handles />
    </div>
  );
});

const Pill = memo(function Pill(props: NodeProps<FlowNode>) {
  const { node, mark } = props.data;
  return (
    <div className={look(classes.pill, props)} title={node.title}>
      <span>{node.title}</span>
      <Marks node={node} mark={mark} />
      <Handles />
    </div>
  );
});

const Frame = memo(function Frame(props: NodeProps<FlowNode>) {
  const { node, mark } = props.data;
  return (
    <div className={look(classes.frame, props)}>
      <div className={classes.frameHead}>
        <span className={classes.frameTitle}>{node.title}</span>
        <span className={classes.frameKind}>{node.word}</span>
        <Time node={node} />
        <Chips chips={node.chips} className={classes.frameChips} />
      </div>
      <Marks node={node} mark={mark} />
      <Handles />
    </div>
  );
});

const Lane = memo(function Lane(props: NodeProps<FlowNode>) {
  return <div className={look(classes.lane, props)}>{props.data.node.title}</div>;
});

/** How each shape is drawn. A new step kind needs no line here: its shape and hue are data (workflow-model.ts). */
export const NODE_TYPES = { card: Card, small: Card, pill: Pill, frame: Frame, lane: Lane } satisfies NodeTypes;
