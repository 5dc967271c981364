import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { type KeyboardEvent, type ReactNode, useCallback, useMemo, useRef, useState } from "react";
import type { Issue } from "#engine/words/issue.ts";
import type { Json } from "#engine/words/json.ts";
import { addStep, idForNew } from "../../document/commands/add-step.ts";
import { connect, whyNotConnect } from "../../document/commands/connect.ts";
import { insertAfter } from "../../document/commands/insert-after.ts";
import { moveNodes, tidyUp } from "../../document/commands/move-nodes.ts";
import { copySteps, idsForPaste, pasteSteps, readClip } from "../../document/commands/paste.ts";
import { removeSelection } from "../../document/commands/remove-selection.ts";
import { useEditing, useFindDocument, useOpen, useRun } from "../../document/editing.tsx";
import { kindWord, type PaletteKind, STEP_KINDS } from "../../document/workflow/new-step.ts";
import { findStep } from "../../document/workflow/places.ts";
import type { Marks } from "../../graph/flow-elements.ts";
import { type GraphHandle, GraphView } from "../../graph/graph-view.tsx";
import { freePlace, placeGraph } from "../../graph/layout.ts";
import type { Point } from "../../graph/model.ts";
import { cardSize, pillSize } from "../../graph/size.ts";
import { storedPlaces } from "../../graph/stored-places.ts";
import { workflowModel } from "../../graph/workflow-model.ts";
import { useShortcutGroup } from "../../ui/shortcuts.ts";
import classes from "./canvas.module.css";
import { type Asking, CanvasPickers } from "./canvas-pickers.tsx";
import { CanvasTools } from "./canvas-tools.tsx";
import { Palette, STEP_DRAG } from "./palette.tsx";
import { problemMarks } from "./problem-marks.ts";
import { type Spot, scopeAt } from "./scope-at.ts";
import { CANVAS_KEYS, isPlainKey } from "./shortcuts.ts";
import { useClipboard } from "./use-clipboard.ts";

/** Focuses the name of what is selected, in the inspector; `whole` selects it for typing over. */
export function focusInspector(whole: boolean): void {
  const take = () => {
    const title = document.getElementById("inspector-title") as HTMLInputElement | null;
    title?.focus();
    if (whole) title?.select();
  };
  // At once for what is already shown, and again when a newly selected step has been drawn.
  take();
  requestAnimationFrame(take);
}

/** The canvas of a workflow. Gestures become commands; it keeps nothing of its own but what is open at the moment. */
export function WorkflowCanvas(props: {
  issues: readonly Issue[];
  /** Laid over the drawing by the simulator; editing rests meanwhile. */
  running?: Marks;
  /** Beside the source: without palette and map, fitted closer. */
  compact?: boolean;
  onReady: (graph: GraphHandle) => void;
  children?: ReactNode;
}) {
  const { issues, running, compact = false } = props;
  const { store, others } = useEditing();
  // Where the palette is hidden (canvas.module.css) nothing lies over the left of the drawing.
  const narrow = useMediaQuery("(max-width: 900px)", false, { getInitialValueInEffect: false });
  const document_ = useOpen((state) => state.document);
  const selection = useOpen((state) => state.selection);
  const locked = useOpen((state) => state.readOnly || state.problem !== null);
  const id = useOpen((state) => state.id);
  const run = useRun();
  const find = useFindDocument();
  const [graph, setGraph] = useState<GraphHandle | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const pointer = useRef<Point | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  useShortcutGroup(CANVAS_KEYS);

  const model = useMemo(() => workflowModel(document_, others), [document_, others]);
  const placed = useMemo(() => placeGraph(model, storedPlaces(document_)), [model, document_]);
  const marks = useMemo<Marks>(
    () => running ?? { nodes: problemMarks(document_, issues) },
    [running, document_, issues],
  );
  const editable = !locked && running === undefined;

  const steps = selection.filter((one) => model.nodes.some((node) => node.id === one && node.shape !== "lane"));
  const ways = model.edges.filter((edge) => selection.includes(edge.id)).flatMap((edge) => edge.ways);
  const lead = steps.at(-1) ?? null;

  const ready = useRef(props.onReady);
  ready.current = props.onReady;
  const onReady = useCallback((handle: GraphHandle) => {
    setGraph(handle);
    ready.current(handle);
  }, []);

  const middle = (): Point => {
    const box = frame.current?.getBoundingClientRect();
    return box ? { x: box.left + box.width / 2, y: box.top + box.height / 2 } : { x: 0, y: 0 };
  };
  /** Beside the step it follows; otherwise where asked, or in the middle of what is seen; never on another step. */
  const spotFor = (kind: PaletteKind, after: string | null, wish: Spot | null): Spot => {
    const size =
      kind === "end" ? pillSize("End") : cardSize(kind === "decision" ? "small" : "card", kindWord(kind), true, []);
    const before = after === null ? undefined : findStep(document_, after);
    const node = before && model.nodes.find((one) => one.id === before.id);
    const place = node && placed.at.get(node.id);
    const spot: Spot =
      wish ??
      (before && node && place
        ? {
            scope: before.scope,
            at: { x: place.x + (placed.nodes.find((one) => one.id === node.id)?.width ?? node.width) + 96, y: place.y },
          }
        : { scope: [], at: graph?.toFlow(middle()) ?? { x: 0, y: 0 } });
    const parent =
      placed.nodes.find((one) => one.path.join("/") === spot.scope.join("/") && spot.scope.length > 0)?.id ?? null;
    const around = placed.nodes.filter((one) => one.parent === parent);
    return { ...spot, at: freePlace(size, spot.at, around, placed.at) };
  };
  const add = (kind: PaletteKind, after: string | null = lead, wish: Spot | null = null) => {
    if (!editable) return;
    const spot = spotFor(kind, after, wish);
    const before = after === null ? undefined : findStep(document_, after);
    const follows = before && before.kind !== "end" && before.scope.join("/") === spot.scope.join("/");
    const newId = idForNew(document_, kind);
    const added = { kind, id: newId, scope: spot.scope, at: spot.at };
    const insert = follows ? insertAfter(added, before.id, find) : addStep(added);
    // Where nobody has placed anything by hand, the drawing makes room by itself, in the same step of undo.
    const arranged = wish === null && follows && ![...storedPlaces(document_).values()].some((place) => place.pinned);
    run((document) => (arranged ? arrange(insert(document), others) : insert(document)), {
      label: `Add ${kindWord(kind)}`,
      select: [newId],
    });
    if (arranged && model.nodes.length < 30) requestAnimationFrame(() => graph?.fit());
    else graph?.focus(newId);
    focusInspector(true);
  };
  const remove = () => {
    if (!editable || steps.length + ways.length === 0) return;
    const names = steps.map((one) => model.nodes.find((node) => node.id === one)?.title ?? one);
    const words =
      names.length === 0 ? "the connection" : names.length > 2 ? `${names.length} steps` : names.join(" and ");
    const stay =
      steps.length > 0
        ? model.edges.find((edge) => edge.to === steps[0] && !steps.includes(edge.from))?.from
        : undefined;
    run(removeSelection({ steps, ways }), { label: `Delete ${words}`, select: stay ? [stay] : [] });
    if (stay) graph?.focus(stay);
    // The offer stands as long as this is the last that happened: undone, or followed by something else, it goes.
    const deletion = store.getState().history.past.at(-1);
    const forget = store.subscribe((state) => {
      if (state.history.past.at(-1) !== deletion) notifications.hide(toast);
    });
    const toast = notifications.show({
      withBorder: true,
      autoClose: 8000,
      onClose: forget,
      message: (
        <span style={{ display: "flex", justifyContent: "space-between", alignItems: "center", gap: 12 }}>
          Deleted {words}.
          <Button size="compact-sm" variant="subtle" onClick={() => store.getState().undo()}>
            Undo
          </Button>
        </span>
      ),
    });
  };
  const tidy = () => {
    run((document) => arrange(document, others), "Tidy up");
    requestAnimationFrame(() => graph?.fit());
  };
  const paste = (text: string): boolean => {
    const clip = readClip(text);
    if (!clip || !editable) return false;
    const spot = scopeAt(placed, graph?.toFlow(pointer.current ?? middle()) ?? { x: 0, y: 0 });
    const names = idsForPaste(document_, clip);
    run(pasteSteps(clip, spot.at, spot.scope), {
      label: "Paste",
      select: Object.keys(clip.steps).map((one) => names.get(one) ?? one),
    });
    return true;
  };
  const duplicate = () => {
    pointer.current = null;
    const clip = readClip(copySteps(document_, steps));
    const first = steps[0] === undefined ? undefined : placed.at.get(steps[0]);
    if (!clip || !first || !editable) return;
    const names = idsForPaste(document_, clip);
    const scope = findStep(document_, steps[0]!)?.scope ?? [];
    run(pasteSteps(clip, { x: first.x + 36, y: first.y + 36 }, scope), {
      label: "Duplicate",
      select: Object.keys(clip.steps).map((one) => names.get(one) ?? one),
    });
  };
  useClipboard(frame, { copied: () => steps, document: document_, paste, cut: remove });

  const screenOf = (node: string | null): Point => {
    const element =
      node === null ? null : frame.current?.querySelector(`.react-flow__node[data-id="${CSS.escape(node)}"]`);
    const box = element?.getBoundingClientRect();
    return box ? { x: box.right + 10, y: box.top } : middle();
  };
  const onKey = (event: KeyboardEvent, focused: string | null) => {
    const command = event.ctrlKey || event.metaKey;
    const at = focused ?? lead;
    const act = (action: () => void) => {
      event.preventDefault();
      action();
    };
    if (command && event.key.toLowerCase() === "f") act(() => setAsking({ what: "find", screen: middle() }));
    else if (command && event.key.toLowerCase() === "a")
      act(() => store.getState().select(model.nodes.filter((node) => node.shape !== "lane").map((node) => node.id)));
    else if (command && event.key.toLowerCase() === "d" && steps.length > 0) act(duplicate);
    else if (event.key === "F2" && at) act(() => focusInspector(true));
    else if (!isPlainKey(event)) return;
    else if (event.key === "Escape") act(() => (asking ? setAsking(null) : store.getState().select([])));
    else if (!editable) return;
    else if (event.key === "/" || (event.key === "Tab" && !event.shiftKey && focused))
      act(() => setAsking({ what: "add", screen: screenOf(at), spot: null, after: at }));
    else if (event.key.toLowerCase() === "c" && at)
      act(() => setAsking({ what: "connect", screen: screenOf(at), from: at, to: null }));
    else if (event.key === "Delete" || event.key === "Backspace") act(remove);
    else if (event.key.toLowerCase() === "l") act(tidy);
    else if (event.key === "+" || event.key === "=") act(() => graph?.zoom(1));
    else if (event.key === "-") act(() => graph?.zoom(-1));
  };
  const close = useCallback(() => {
    setAsking(null);
    const chosen = store.getState().selection.at(-1);
    if (chosen) graph?.focus(chosen);
  }, [graph, store]);
  const whyNot = useCallback((from: string, to: string) => whyNotConnect(store.getState().document, from, to), [store]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: where steps are dropped; the keyboard has its own ways
    <div
      ref={frame}
      className={classes.canvas}
      onPointerMove={(event) => {
        pointer.current = { x: event.clientX, y: event.clientY };
      }}
      onPointerLeave={() => {
        pointer.current = null;
      }}
      onDragOver={(event) => {
        if (editable && event.dataTransfer.types.includes(STEP_DRAG)) event.preventDefault();
      }}
      onDrop={(event) => {
        const kind = STEP_KINDS.find((one) => one.kind === event.dataTransfer.getData(STEP_DRAG))?.kind;
        if (!kind || !graph) return;
        event.preventDefault();
        add(kind, null, scopeAt(placed, graph.toFlow({ x: event.clientX - 90, y: event.clientY - 30 })));
      }}
    >
      <GraphView
        placed={placed}
        label="Canvas. Arrow keys walk along the connections, Tab adds a step, Enter opens the settings, question mark lists all keys."
        marks={marks}
        selection={selection}
        onSelect={(ids) => store.getState().select(ids)}
        onOpen={() => focusInspector(false)}
        onKey={onKey}
        onReady={onReady}
        minimap={!compact}
        fitKey={id}
        insets={compact || narrow ? COMPACT_INSETS : editable ? INSETS : RUNNING_INSETS}
        {...(editable
          ? {
              editing: {
                whyNot,
                move: (positions: Record<string, Point>) =>
                  run(moveNodes(positions), {
                    label: Object.keys(positions).length === 1 ? "Move a step" : "Move steps",
                  }),
                connect: (from: string, to: string | null, at: Point, screen: Point) =>
                  setAsking(
                    to === null
                      ? { what: "add", screen, spot: scopeAt(placed, at), after: from }
                      : { what: "connect", screen, from, to },
                  ),
              },
            }
          : {})}
      />
      {editable && !compact && <Palette onAdd={(kind) => add(kind)} />}
      <CanvasTools
        graph={graph}
        {...(editable ? { onTidy: tidy } : {})}
        onFind={() => setAsking({ what: "find", screen: middle() })}
      />
      {model.nodes.length === 0 && editable && (
        <div className={classes.empty}>
          <div>
            <h2>Draw the first step</h2>
            <p>
              Drag a kind from the left, or press / and type. What you draw is kept as you go; nothing runs before you
              publish.
            </p>
            <Button onClick={() => setAsking({ what: "add", screen: middle(), spot: null, after: null })}>
              Add a step
            </Button>
          </div>
        </div>
      )}
      {props.children}
      {asking && (
        <CanvasPickers
          asking={asking}
          model={model}
          onClose={close}
          onAdd={(kind, asked) => {
            setAsking(null);
            add(kind, asked.after, asked.spot);
          }}
          onConnect={(from, event, to) => {
            run(connect({ from, event, to }), { label: "Connect", select: [`${from}→${to}`] });
            setAsking(null);
            graph?.focus(from);
          }}
          onFound={(step) => {
            setAsking(null);
            store.getState().select([step]);
            graph?.centre([step]);
            graph?.focus(step);
          }}
        />
      )}
    </div>
  );
}

/** The document with a layout made anew; what a person pinned stays. Branches have no place of their own. */
function arrange(document: Json, others: readonly Json[]): Json {
  const anew = placeGraph(workflowModel(document, others), storedPlaces(document), { tidy: true });
  return tidyUp(Object.fromEntries([...anew.at].filter(([id]) => !id.includes("/"))))(document);
}

/** What lies over the canvas: tabs and tools above, the palette at the left. */
const INSETS = { top: 72, right: 32, bottom: 32, left: 158 };
const COMPACT_INSETS = { top: 56, right: 20, bottom: 20, left: 20 };
const RUNNING_INSETS = { ...INSETS, left: 32 };
