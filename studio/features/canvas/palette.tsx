import { type PaletteKind, STEP_KINDS } from "../../document/workflow/new-step.ts";
import { hueOf } from "../../graph/workflow-model.ts";
import classes from "./canvas.module.css";

/** The type of what a palette item carries while it is dragged. */
export const STEP_DRAG = "application/x-rondo-step";

/** The step kinds at the left: drag one onto the canvas, or click to add it after the selected step. */
export function Palette({ onAdd }: { onAdd: (kind: PaletteKind) => void }) {
  return (
    <div className={classes.palette} role="toolbar" aria-label="Add a step" aria-orientation="vertical">
      {STEP_KINDS.map(({ kind, word, about }) => (
        <button
          key={kind}
          type="button"
          className={classes.paletteItem}
          title={about}
          draggable
          onDragStart={(event) => {
            event.dataTransfer.setData(STEP_DRAG, kind);
            event.dataTransfer.effectAllowed = "copy";
          }}
          onClick={() => onAdd(kind)}
        >
          <span className={classes.square} style={{ background: `var(--step-${hueOf(kind)})` }} />
          {word}
        </button>
      ))}
    </div>
  );
}
