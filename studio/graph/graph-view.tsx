import "@xyflow/react/dist/base.css";
import {
  Background,
  BackgroundVariant,
  type Connection,
  ConnectionMode,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
} from "@xyflow/react";
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useSteady } from "../ui/use-steady.ts";
import { createFlowElements, type Marks } from "./flow-elements.ts";
import classes from "./graph.module.css";
import type { PlacedGraph } from "./layout.ts";
import type { Point } from "./model.ts";
import { type Direction, neighbour } from "./neighbour.ts";
import { type FlowNode, NODE_TYPES } from "./nodes.tsx";
import { OverviewMap } from "./overview-map.tsx";
import { RefusalLine, type WhyNot, WhyNotContext } from "./refusal-line.tsx";
import { boundsOf, type Insets, NO_INSETS, viewportFor } from "./viewport.ts";
import { EDGE_TYPES, type FlowEdge } from "./way-edge.tsx";

/** What a page may ask of the drawing. */
export interface GraphHandle {
  fit(): void;
  /** Brings nodes into the middle, at a readable size. */
  centre(ids: readonly string[]): void;
  /** Gives the keyboard to a node. */
  focus(id: string): void;
  /** A place on the screen in the drawing's coordinates. */
  toFlow(at: Point): Point;
  zoom(by: 1 | -1): void;
}

export interface GraphEditing {
  move(positions: Record<string, Point>): void;
  /** A connection was drawn to a node, or to empty canvas (`to` null, with the place). */
  connect(from: string, to: string | null, at: Point, screen: Point): void;
  whyNot: WhyNot;
}

export interface GraphViewProps {
  placed: PlacedGraph;
  label: string;
  marks?: Marks;
  selection?: readonly string[];
  onSelect?: (ids: readonly string[]) => void;
  onOpen?: (id: string) => void;
  onKey?: (event: KeyboardEvent, focused: string | null) => void;
  onReady?: (handle: GraphHandle) => void;
  editing?: GraphEditing;
  minimap?: boolean;
  /** Fits again when this changes (another document), not when the drawing does. */
  fitKey?: string;
  /** What lies over the edges of the drawing, in pixels: it is fitted beside it. */
  insets?: Insets;
  children?: ReactNode;
}

/** A drawing that can be looked at, walked by keyboard and, with `editing`, changed. Sizes itself to its container. */
export function GraphView(props: GraphViewProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}

const NONE: readonly string[] = [];
const NO_MARKS: Marks = {};
const KEYS: Record<string, Direction> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };

function Flow({
  placed,
  label,
  marks = NO_MARKS,
  selection = NONE,
  onSelect,
  onOpen,
  onKey,
  onReady,
  editing,
  minimap = false,
  fitKey = "",
  insets = NO_INSETS,
  children,
}: GraphViewProps) {
  const flow = useReactFlow<FlowNode, FlowEdge>();
  const frame = useRef<HTMLDivElement>(null);
  const [elements] = useState(createFlowElements);
  const [dragged, setDragged] = useState<ReadonlyMap<string, Point> | null>(null);
  const editable = editing !== undefined;
  const drawn = useMemo(
    () => elements(placed, { marks, selection, editable }),
    [elements, placed, marks, selection, editable],
  );
  const nodes = useMemo(
    () =>
      dragged
        ? drawn.nodes.map((node) => (dragged.has(node.id) ? { ...node, position: dragged.get(node.id)! } : node))
        : drawn.nodes,
    [drawn, dragged],
  );

  // React Flow tells of nodes and of edges in two calls: both build on the newest selection.
  const chosen = useRef(selection);
  chosen.current = selection;
  const changeSelection = useSteady((changes: readonly (NodeChange<FlowNode> | EdgeChange<FlowEdge>)[]) => {
    const next = new Set(chosen.current);
    for (const change of changes)
      if (change.type === "select") change.selected ? next.add(change.id) : next.delete(change.id);
    if (next.size === chosen.current.length && chosen.current.every((id) => next.has(id))) return;
    chosen.current = [...next];
    onSelect?.(chosen.current);
  });
  const onNodesChange = useSteady((changes: NodeChange<FlowNode>[]) => {
    changeSelection(changes);
    const moves = changes.flatMap((change) =>
      change.type === "position" && change.position && change.dragging ? [change] : [],
    );
    if (moves.length > 0)
      setDragged((old) => new Map([...(old ?? []), ...moves.map((move) => [move.id, move.position!] as const)]));
  });

  const onNodeDoubleClick = useSteady((_event: unknown, node: FlowNode) => onOpen?.(node.id));
  const onNodeDragStop = useSteady((_event: unknown, _node: FlowNode, moved: FlowNode[]) => {
    setDragged(null);
    const changed = moved.filter((node) => {
      const at = placed.at.get(node.id);
      return (
        at && (Math.round(at.x) !== Math.round(node.position.x) || Math.round(at.y) !== Math.round(node.position.y))
      );
    });
    if (changed.length > 0) editing?.move(Object.fromEntries(changed.map((node) => [node.id, node.position])));
  });
  const isValidConnection = useSteady(
    (connection: Connection | FlowEdge) => editing?.whyNot(connection.source, connection.target) === null,
  );
  const onConnectEnd = useSteady((event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
    if (!editing || !state.fromNode) return;
    const screen = "changedTouches" in event ? touchPoint(event) : { x: event.clientX, y: event.clientY };
    const under = document
      .elementsFromPoint(screen.x, screen.y)
      .map((element) => element.closest<HTMLElement>(".react-flow__node")?.dataset.id);
    const to =
      state.toNode?.id ??
      under.find((id) => id !== undefined && placed.nodes.some((node) => node.id === id && node.shape !== "lane")) ??
      null;
    if (
      to !== null &&
      (to === state.fromNode.id ? state.toHandle === null : editing.whyNot(state.fromNode.id, to) !== null)
    )
      return;
    editing.connect(state.fromNode.id, to, flow.screenToFlowPosition(screen), screen);
  });

  const focusNode = (id: string) => {
    const element = frame.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`);
    element?.focus({ preventScroll: true });
    const box = element?.getBoundingClientRect();
    const outer = frame.current?.getBoundingClientRect();
    const visible =
      box &&
      outer &&
      box.left >= outer.left &&
      box.right <= outer.right &&
      box.top >= outer.top &&
      box.bottom <= outer.bottom;
    if (!visible) centre([id]);
  };
  const drawing = useRef({ placed, insets });
  drawing.current = { placed, insets };
  const show = (ids: readonly string[] | undefined, zoom: { min: number; max: number }, duration: number) => {
    const bounds = boundsOf(drawing.current.placed, ids);
    const view = frame.current?.getBoundingClientRect();
    if (bounds && view) void flow.setViewport(viewportFor(bounds, view, drawing.current.insets, zoom), { duration });
  };
  const centre = (ids: readonly string[]) => show(ids, { min: 0.6, max: Math.max(1, flow.getZoom()) }, motion());
  const showAll = (duration: number) => show(undefined, { min: 0.15, max: 1 }, duration);
  const ready = useRef(onReady);
  ready.current = onReady;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the handle is given once; what it calls reads the newest state
  useEffect(() => {
    ready.current?.({
      fit: () => showAll(motion()),
      centre,
      focus: (id) => requestAnimationFrame(() => focusNode(id)),
      toFlow: (at) => flow.screenToFlowPosition(at),
      zoom: (by) => void (by > 0 ? flow.zoomIn({ duration: motion() }) : flow.zoomOut({ duration: motion() })),
    });
  }, [flow]);
  const fitted = useRef<string | null>(null);
  useEffect(() => {
    if (placed.nodes.length === 0 || fitted.current === fitKey) return;
    fitted.current = fitKey;
    showAll(0);
  });

  const keyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    if (target.closest("input, textarea, select, [contenteditable], [role=dialog], [role=listbox]")) return;
    const focused = target.closest<HTMLElement>(".react-flow__node")?.dataset.id ?? null;
    const direction = KEYS[event.key];
    if (direction && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const from =
        focused ?? chosen.current.at(-1) ?? placed.nodes.find((node) => node.start)?.id ?? placed.nodes[0]?.id;
      const to = focused === null && from ? from : from ? neighbour(placed, from, direction) : null;
      if (to) {
        event.preventDefault();
        onSelect?.(event.shiftKey ? [...new Set([...chosen.current, to])] : [to]);
        focusNode(to);
      }
      return;
    }
    if (event.key === "1" && !event.ctrlKey && !event.metaKey) showAll(motion());
    else if (event.key === "Enter" && focused) {
      event.preventDefault();
      onSelect?.([focused]);
      onOpen?.(focused);
    } else onKey?.(event, focused);
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: an application of its own; its nodes are the stops
    <div ref={frame} className={classes.view} data-editable={editable || undefined} onKeyDown={keyDown}>
      <WhyNotContext value={editing?.whyNot ?? allowed}>
        <ReactFlow<FlowNode, FlowEdge>
          aria-label={label}
          nodes={nodes}
          edges={drawn.edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          onNodesChange={onNodesChange}
          onEdgesChange={changeSelection}
          onNodeDoubleClick={onNodeDoubleClick}
          onNodeDragStop={onNodeDragStop}
          onConnect={nothing}
          isValidConnection={isValidConnection}
          onConnectEnd={onConnectEnd}
          connectionLineComponent={RefusalLine}
          connectionMode={ConnectionMode.Loose}
          connectionRadius={34}
          nodesConnectable={editable}
          nodesDraggable={editable}
          elementsSelectable
          disableKeyboardA11y
          deleteKeyCode={null}
          multiSelectionKeyCode={MULTI}
          selectionKeyCode="Shift"
          selectionMode={SelectionMode.Partial}
          selectNodesOnDrag={false}
          zoomOnDoubleClick={false}
          minZoom={0.15}
          maxZoom={2}
          panOnScroll
          zoomOnScroll={false}
          zoomActivationKeyCode={ZOOMING}
          onlyRenderVisibleElements={placed.nodes.length > 150}
          proOptions={PLAIN}
        >
          <Background
            variant={BackgroundVariant.Dots}
            gap={22}
            size={1.4}
            color="var(--line-strong)"
            bgColor="var(--canvas)"
          />
          {minimap && placed.nodes.length > 1 && <OverviewMap nodes={nodes} />}
          {children}
        </ReactFlow>
      </WhyNotContext>
    </div>
  );
}

// Given as they are at every drawing: React Flow takes a new list or function for news.
const MULTI = ["Shift", "Control", "Meta"];
const ZOOMING = ["Meta", "Control"];
const PLAIN = { hideAttribution: true };
const nothing = () => undefined;
const allowed: WhyNot = () => null;
const touchPoint = (event: TouchEvent): Point => ({
  x: event.changedTouches[0]?.clientX ?? 0,
  y: event.changedTouches[0]?.clientY ?? 0,
});
const motion = () => (window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 140);
