import { Button } from "@mantine/core";
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from "react";
import { segments } from "#engine/words/pointer.ts";
import { useMay } from "../../api/me.ts";
import { useEditing, useOpen } from "../../document/editing.tsx";
import type { Marks } from "../../graph/flow-elements.ts";
import type { GraphHandle } from "../../graph/graph-view.tsx";
import { ListSkeleton } from "../../ui/states.tsx";
import { WorkflowCanvas } from "../canvas/workflow-canvas.tsx";
import { SourceTab } from "../source/source-tab.tsx";
import classes from "./design.module.css";
import { DesignFrame } from "./design-frame.tsx";
import { type DesignContext, DesignPage } from "./design-page.tsx";
import { textTabs } from "./text-tabs.tsx";

// The drawing comes first: what is beside it, over it and asked for later follows.
const Inspector = lazy(async () => ({ default: (await import("../inspector/inspector.tsx")).Inspector }));
const Simulator = lazy(() => import("../simulate/simulator.tsx"));
const LaunchDialog = lazy(async () => ({ default: (await import("../definitions/launch-dialog.tsx")).LaunchDialog }));

/** The designer of a workflow. */
export default function WorkflowPage() {
  return <DesignPage kind="workflow">{(context) => <WorkflowDesigner {...context} />}</DesignPage>;
}

function WorkflowDesigner({ view, problems, flush }: DesignContext) {
  const { store } = useEditing();
  const graph = useRef<GraphHandle | null>(null);
  const [reveal, setReveal] = useState<readonly string[] | null>(null);
  const [simulating, setSimulating] = useState(false);
  const [launching, setLaunching] = useState(false);
  const [running, setRunning] = useState<Marks | undefined>(undefined);
  const [side, setSide] = useState<HTMLElement | null>(null);
  const [below, setBelow] = useState<HTMLElement | null>(null);
  const slots = useMemo(() => ({ side, below }), [side, below]);
  const idle = useOpen((state) => state.selection.length === 0);
  const mayLaunch = useMay("launch");
  const onReady = useCallback((handle: GraphHandle) => {
    graph.current = handle;
  }, []);
  const canvas = (full: boolean) => (
    <WorkflowCanvas
      issues={problems.issues}
      onReady={onReady}
      compact={!full}
      {...(simulating && full ? { running: running ?? EMPTY_MARKS } : {})}
    />
  );
  const tabs = [
    { id: "canvas", label: "Canvas", full: true, render: () => canvas(true) },
    {
      id: "both",
      label: "Side by side",
      render: () => (
        <div className={classes.split}>
          <div className={classes.part}>{canvas(false)}</div>
          <div className={classes.part}>
            <SourceTab issues={problems.issues} reveal={reveal} />
          </div>
        </div>
      ),
    },
    ...textTabs({ problems, reveal }),
  ];
  const stop = useCallback(() => {
    setSimulating(false);
    setRunning(undefined);
    // The palette is back: the drawing makes room for it.
    requestAnimationFrame(() => requestAnimationFrame(() => graph.current?.fit()));
  }, []);
  const begin = () => {
    store.getState().select([]);
    setSimulating(true);
    requestAnimationFrame(() => requestAnimationFrame(() => graph.current?.fit()));
  };
  const inspector = useMemo(
    () =>
      simulating ? (
        <div ref={setSide} />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: Esc leads back to the canvas from any field inside
        <div
          onKeyDown={(event) => {
            const lead = store.getState().selection.at(-1);
            if (event.key === "Escape" && lead) graph.current?.focus(lead);
          }}
        >
          <Suspense fallback={<ListSkeleton rows={6} height={44} />}>
            <Inspector />
          </Suspense>
        </div>
      ),
    [simulating, store],
  );
  return (
    <>
      <DesignFrame
        view={view}
        problems={problems}
        flush={flush}
        tabs={simulating ? tabs.slice(0, 1) : tabs}
        inspector={{ content: inspector, idle: idle && !simulating }}
        {...(simulating
          ? {
              bottom: <div className={classes.bottom} ref={setBelow} />,
            }
          : {})}
        actions={
          <>
            {mayLaunch && view.brief.live && (
              <Button variant="default" onClick={() => setLaunching(true)}>
                Launch…
              </Button>
            )}
            <Button
              variant={simulating ? "light" : "default"}
              aria-pressed={simulating}
              onClick={() => (simulating ? stop() : begin())}
            >
              {simulating ? "Stop simulating" : "Simulate"}
            </Button>
          </>
        }
        onShow={(select, path) => {
          setReveal(segments(path));
          if (select !== null) {
            graph.current?.centre([select]);
            graph.current?.focus(select);
          }
        }}
      />
      {simulating && (
        <Suspense fallback={<ListSkeleton rows={3} />}>
          <Simulator problems={problems} slots={slots} onMarks={setRunning} onStop={stop} />
        </Suspense>
      )}
      {launching && (
        <Suspense fallback={null}>
          <LaunchDialog definition={view.brief} onClose={() => setLaunching(false)} />
        </Suspense>
      )}
    </>
  );
}

const EMPTY_MARKS: Marks = {};
