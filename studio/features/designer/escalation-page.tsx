import { useCallback, useRef, useState } from "react";
import { segments } from "#engine/words/pointer.ts";
import type { GraphHandle } from "../../graph/graph-view.tsx";
import escalations from "../escalations/escalations.module.css";
import { LadderForm } from "../escalations/ladder-form.tsx";
import { LadderGraph } from "../escalations/ladder-graph.tsx";
import { TimelineStrip } from "../escalations/timeline-strip.tsx";
import { DesignFrame } from "./design-frame.tsx";
import { type DesignContext, DesignPage } from "./design-page.tsx";
import { textTabs } from "./text-tabs.tsx";

/** The editor of an escalation: the ladder as a graph and as a form, and on which days it would fire. */
export default function EscalationPage() {
  return <DesignPage kind="escalation">{(context) => <EscalationDesigner {...context} />}</DesignPage>;
}

function EscalationDesigner({ view, problems, flush }: DesignContext) {
  const graph = useRef<GraphHandle | null>(null);
  const [reveal, setReveal] = useState<readonly string[] | null>(null);
  const onReady = useCallback((handle: GraphHandle) => {
    graph.current = handle;
  }, []);
  const definition = problems.definition?.kind === "escalation" ? problems.definition : null;
  return (
    <DesignFrame
      view={view}
      problems={problems}
      flush={flush}
      tabs={[
        {
          id: "ladder",
          label: "Ladder",
          full: true,
          render: () => (
            <div className={escalations.stage}>
              <div className={escalations.graph}>
                <LadderGraph issues={problems.issues} onReady={onReady} />
              </div>
              <div className={escalations.side}>
                <LadderForm />
              </div>
              <TimelineStrip escalation={definition} problems={problems} />
            </div>
          ),
        },
        ...textTabs({ problems, reveal }),
      ]}
      onShow={(select, path) => {
        setReveal(segments(path));
        if (select !== null) graph.current?.centre([select]);
      }}
    />
  );
}
