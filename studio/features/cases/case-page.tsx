import { lazy, Suspense, useCallback, useState } from "react";
import { Link, useParams } from "react-router";
import type { CaseView } from "#engine/contract/views/cases.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { relative } from "../../text/dates.ts";
import { sentence } from "../../text/kinds.ts";
import { periodName } from "../../text/period.ts";
import { CaseStatus } from "../../ui/case-status.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Actions, Crumbs } from "../../ui/header-slots.tsx";
import { Page, Panel } from "../../ui/page.tsx";
import { Failed, ListSkeleton } from "../../ui/states.tsx";
import { useNow } from "../../ui/use-now.ts";
import { When } from "../../ui/when.tsx";
import classes from "./case.module.css";
import { CaseActions } from "./case-actions.tsx";
import { CaseAside } from "./case-aside.tsx";
import { Timeline } from "./timeline.tsx";
import { UndoLine } from "./undo-line.tsx";
import { WhyDrawer } from "./why-drawer.tsx";

const CaseGraph = lazy(async () => ({ default: (await import("../../graph/case-graph.tsx")).CaseGraph }));

/** One case: where it stands on its graph, how it got there, why, and what may happen next. */
export default function CasePage() {
  const { id = "" } = useParams();
  const answer = useAnswer("case", { params: { id } });
  if (answer.error && !answer.data) {
    return (
      <Page>
        <Crumbs items={[{ title: "Cases", to: "/cases" }, { title: "Case" }]} />
        <Failed error={answer.error} retry={() => void answer.refetch()} what="this case" />
      </Page>
    );
  }
  if (!answer.data) {
    return (
      <Page>
        <Crumbs items={[{ title: "Cases", to: "/cases" }, { title: "Case" }]} />
        <Panel flush>
          <ListSkeleton rows={12} />
        </Panel>
      </Page>
    );
  }
  return <OneCase view={answer.data} />;
}

function OneCase({ view }: { view: CaseView }) {
  const [why, setWhy] = useState<number | null>(null);
  const brief = view.case;
  const now = useNow();
  const whenInWords = useCallback((at: number) => relative(at, now), [now]);
  return (
    <Page>
      <Crumbs
        items={[
          { title: "Cases", to: "/cases" },
          { title: brief.definition.title, to: `/cases?definition=${brief.definition.id}` },
          { title: sentence(brief.subjectName) },
        ]}
      >
        <CaseStatus status={brief.status} outcome={brief.outcome} />
        <span className={classes.version}>
          <Chip tone="outline">
            version {brief.definition.version}
            {brief.period ? ` · ${periodName(brief.period)}` : ""}
          </Chip>
        </span>
      </Crumbs>
      <Actions>
        <CaseActions view={view} />
      </Actions>
      <UndoLine caseId={brief.id} />
      {view.paused && (
        <div className={classes.paused} role="status">
          <strong>Paused</strong> <When at={view.paused.since} />
          {view.paused.by ? ` by ${view.paused.by.name}` : ""}
          {view.paused.with && (
            <>
              {" "}
              with <Link to={`/cases/${encodeURIComponent(view.paused.with)}`}>the case that began it</Link>
            </>
          )}
          : {view.paused.reason}
        </div>
      )}
      {view.blocked.map((one) => (
        <div key={`${one.step}${one.code}`} className={classes.blocked} role="alert">
          <strong>Blocked.</strong> {one.message}
        </div>
      ))}
      <div className={classes.columns}>
        <div className={classes.column}>
          <Panel title="Where it stands" note={standing(view)} flush>
            <div className={classes.graph}>
              <Suspense fallback={<ListSkeleton rows={6} height={60} />}>
                <CaseGraph
                  document={view.document}
                  active={view.active}
                  visited={view.visited}
                  taken={view.taken}
                  timers={view.timers}
                  whenInWords={whenInWords}
                />
              </Suspense>
            </div>
          </Panel>
          <Timeline entries={view.journal} onWhy={setWhy} />
        </div>
        <CaseAside view={view} />
      </div>
      <WhyDrawer caseId={brief.id} seq={why} onClose={() => setWhy(null)} />
    </Page>
  );
}

function standing(view: CaseView): string {
  if (view.case.status === "closed") return `It is closed${view.case.outcome ? `: ${view.case.outcome}` : ""}.`;
  if (view.case.status === "cancelled") return "It was cancelled.";
  return view.case.steps.length === 0 ? "It stands nowhere yet." : `Now at ${view.case.steps.join(" and ")}.`;
}
