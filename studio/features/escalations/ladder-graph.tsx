import { useMemo } from "react";
import type { Issue } from "#engine/words/issue.ts";
import { segments } from "#engine/words/pointer.ts";
import { moveNodes } from "../../document/commands/move-nodes.ts";
import { useEditing, useLocked, useOpen, useRun } from "../../document/editing.tsx";
import { isObject, valueAt } from "../../document/json-value.ts";
import { escalationModel } from "../../graph/escalation-model.ts";
import type { Marks } from "../../graph/flow-elements.ts";
import { type GraphHandle, GraphView } from "../../graph/graph-view.tsx";
import { placeGraph } from "../../graph/layout.ts";
import type { Point } from "../../graph/model.ts";
import { storedPlaces } from "../../graph/stored-places.ts";

/** The ladder drawn; levels can be moved and chosen here, and are edited in the form beside it. */
export function LadderGraph({
  issues,
  onReady,
  running,
}: {
  issues: readonly Issue[];
  onReady: (handle: GraphHandle) => void;
  running?: Marks;
}) {
  const { store, others } = useEditing();
  const document = useOpen((state) => state.document);
  const selection = useOpen((state) => state.selection);
  const id = useOpen((state) => state.id);
  const locked = useLocked();
  const run = useRun();
  const model = useMemo(() => escalationModel(document, others), [document, others]);
  const placed = useMemo(() => placeGraph(model, storedPlaces(document), { ratio: 1.25, least: 2 }), [model, document]);
  const marks = useMemo<Marks>(() => {
    if (running) return running;
    const levels = valueAt(document, ["levels"]);
    const nodes: NonNullable<Marks["nodes"]> = {};
    for (const issue of issues) {
      const [list, index] = segments(issue.path);
      const level = list === "levels" && Array.isArray(levels) ? levels[Number(index)] : undefined;
      if (isObject(level) && typeof level.id === "string")
        (nodes as Record<string, unknown>)[level.id] = {
          chips: [
            {
              text: issue.severity === "error" ? "problem" : "to look at",
              tone: issue.severity === "error" ? "bad" : "attention",
              title: issue.message,
            },
          ],
        };
    }
    return { nodes };
  }, [document, issues, running]);
  return (
    <GraphView
      placed={placed}
      label="The ladder. Arrow keys walk from level to level."
      marks={marks}
      selection={selection}
      onSelect={(ids) => store.getState().select(ids)}
      onReady={onReady}
      fitKey={id}
      insets={INSETS}
      {...(locked || running
        ? {}
        : {
            editing: {
              whyNot: () => "Levels follow each other in the order of the form: move a level up or down there.",
              move: (positions: Record<string, Point>) => run(moveNodes(positions), "Move a level"),
              connect: () => undefined,
            },
          })}
    />
  );
}

/** Room for the tabs that lie over the drawing. */
const INSETS = { top: 64, right: 28, bottom: 24, left: 28 };
