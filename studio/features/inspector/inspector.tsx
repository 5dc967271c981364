import { useMemo } from "react";
import { useOpen } from "../../document/editing.tsx";
import { findStep, stepPlaces, wayKey, waysOf } from "../../document/workflow/places.ts";
import classes from "./parts/inspector.module.css";
import { WaysEditor } from "./parts/ways-editor.tsx";
import { StepInspector } from "./step-inspector.tsx";
import { WorkflowInspector } from "./workflow-inspector.tsx";

/** What is selected: a step, a connection, several things, or the workflow itself. */
export function Inspector() {
  const selection = useOpen((state) => state.selection);
  const document = useOpen((state) => state.document);
  const lead = selection.at(-1);
  const place = useMemo(() => (lead === undefined ? undefined : findStep(document, lead)), [document, lead]);
  if (selection.length > 1 && selection.filter((id) => !id.includes("→")).length > 1)
    return (
      <div className={classes.panel}>
        <strong>{selection.length} things are selected</strong>
        <p className="secondary">
          Move them together, copy them with Ctrl C, or delete them. Choose one to see its settings.
        </p>
      </div>
    );
  if (place) return <StepInspector key={place.id} place={place} />;
  if (lead?.includes("→")) return <ConnectionInspector edge={lead} />;
  return <WorkflowInspector />;
}

function ConnectionInspector({ edge }: { edge: string }) {
  const document = useOpen((state) => state.document);
  const [from = "", to = ""] = edge.split("→");
  const source = findStep(document, from);
  if (!source) return <WorkflowInspector />;
  const only = stepPlaces(document)
    .filter((one) => one.id === from)
    .flatMap(waysOf)
    .filter((way) => way.to === to)
    .map(wayKey);
  const title = (id: string) => String(findStep(document, id)?.step.title ?? id);
  return (
    <div className={classes.panel}>
      <div className={classes.top}>
        <span className={classes.kind}>Connection</span>
      </div>
      <strong>
        {title(from)} → {title(to)}
      </strong>
      <WaysEditor place={source} only={only} />
    </div>
  );
}
