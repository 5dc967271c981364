import { useState } from "react";
import { segments } from "#engine/words/pointer.ts";
import type { Corner } from "../plans/curve-points.ts";
import { PlanEditor } from "../plans/plan-editor.tsx";
import { TryPlan } from "../plans/try-plan.tsx";
import { SourceTab } from "../source/source-tab.tsx";
import classes from "./design.module.css";
import { DesignFrame } from "./design-frame.tsx";
import { type DesignContext, DesignPage } from "./design-page.tsx";
import { LazyWords } from "./lazy-words.tsx";
import { Sheet } from "./sheet.tsx";

/** The editor of an incentive plan. */
export default function PlanPage() {
  return <DesignPage kind="plan">{(context) => <PlanDesigner {...context} />}</DesignPage>;
}

function PlanDesigner({ view, problems, flush }: DesignContext) {
  const [reveal, setReveal] = useState<readonly string[] | null>(null);
  const [tried, setTried] = useState<ReadonlyMap<string, Corner>>(new Map());
  return (
    <DesignFrame
      view={view}
      problems={problems}
      flush={flush}
      tabs={[
        {
          id: "plan",
          label: "Plan",
          render: () => (
            <Sheet label="Editor" bare>
              <PlanEditor tried={tried} />
            </Sheet>
          ),
        },
        {
          id: "source",
          label: "Source",
          render: () => (
            <div className={classes.sheet}>
              <SourceTab issues={problems.issues} reveal={reveal} />
            </div>
          ),
        },
        {
          id: "words",
          label: "Plain English",
          render: () => (
            <Sheet label="In plain English">
              <LazyWords problems={problems} />
            </Sheet>
          ),
        },
      ]}
      inspector={{ content: <TryPlan onTried={setTried} />, idle: true }}
      onShow={(_select, path) => setReveal(segments(path))}
    />
  );
}
