import { useState } from "react";
import { segments } from "#engine/words/pointer.ts";
import type { Corner } from "../plans/curve-points.ts";
import { PlanEditor } from "../plans/plan-editor.tsx";
import { TryPlan } from "../plans/try-plan.tsx";
import { DesignFrame } from "./design-frame.tsx";
import { type DesignContext, DesignPage } from "./design-page.tsx";
import { Sheet } from "./sheet.tsx";
import { textTabs } from "./text-tabs.tsx";

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
        ...textTabs({ problems, reveal }),
      ]}
      inspector={{ content: <TryPlan onTried={setTried} />, idle: true }}
      onShow={(_select, path) => setReveal(segments(path))}
    />
  );
}
