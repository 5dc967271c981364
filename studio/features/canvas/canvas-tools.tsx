import { useEditing, useOpen } from "../../document/editing.tsx";
import classes from "../../graph/graph.module.css";
import type { GraphHandle } from "../../graph/graph-view.tsx";
import own from "./canvas.module.css";

/** Undo, redo, zoom, fit and tidy up, at the corner of the canvas. */
export function CanvasTools({
  graph,
  onTidy,
  onFind,
}: {
  graph: GraphHandle | null;
  onTidy?: () => void;
  onFind?: () => void;
}) {
  const { store } = useEditing();
  const past = useOpen((state) => state.history.past.at(-1)?.label);
  const future = useOpen((state) => state.history.future[0]?.label);
  return (
    <div className={own.topRight}>
      <div className={classes.tools} role="toolbar" aria-label="Canvas">
        {onTidy && (
          <>
            <button
              type="button"
              disabled={past === undefined}
              title={past ? `Undo: ${past} (Ctrl Z)` : "Nothing to undo"}
              onClick={() => store.getState().undo()}
            >
              Undo
            </button>
            <button
              type="button"
              disabled={future === undefined}
              title={future ? `Redo: ${future} (Ctrl Y)` : "Nothing to redo"}
              onClick={() => store.getState().redo()}
            >
              Redo
            </button>
            <button type="button" title="Lay everything out anew; pinned steps stay (L)" onClick={onTidy}>
              Tidy up
            </button>
          </>
        )}
        {onFind && (
          <button type="button" title="Find a step (Ctrl F)" onClick={onFind}>
            Find
          </button>
        )}
        <button type="button" aria-label="Zoom out" title="Zoom out (−)" onClick={() => graph?.zoom(-1)}>
          −
        </button>
        <button type="button" title="Show everything (1)" onClick={() => graph?.fit()}>
          Fit
        </button>
        <button type="button" aria-label="Zoom in" title="Zoom in (+)" onClick={() => graph?.zoom(1)}>
          +
        </button>
      </div>
    </div>
  );
}
