import { Button, Tooltip } from "@mantine/core";
import { lazy, type ReactNode, Suspense, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import type { DefinitionView } from "#engine/contract/views/definitions.ts";
import { useEditing, useOpen } from "../../document/editing.tsx";
import { KIND_NAMES, kindName } from "../../text/kinds.ts";
import { Chip } from "../../ui/chip.tsx";
import { Actions, Crumbs } from "../../ui/header-slots.tsx";
import { ListSkeleton } from "../../ui/states.tsx";
import { ProblemsPanel } from "../problems/problems-panel.tsx";
import type { Problems } from "../problems/use-problems.ts";
import { ConflictBanner } from "./conflict-banner.tsx";
import classes from "./design.module.css";
import { SaveWord } from "./save-word.tsx";
import { TabBar } from "./tab-bar.tsx";
import { useUndoKeys } from "./use-undo-keys.ts";

const PublishDialog = lazy(async () => ({ default: (await import("../publish/publish-dialog.tsx")).PublishDialog }));
const VersionsPanel = lazy(async () => ({ default: (await import("../publish/versions-panel.tsx")).VersionsPanel }));

export interface DesignTab {
  id: string;
  label: string;
  /** Reaches the edges of the stage (a canvas) instead of lying on a sheet. */
  full?: boolean;
  render: () => ReactNode;
}

export interface BottomTab {
  id: string;
  label: string;
  render: () => ReactNode;
}

export interface DesignFrameProps {
  view: DefinitionView;
  problems: Problems;
  tabs: readonly DesignTab[];
  flush: () => Promise<void>;
  /** At the right; `idle` when there is nothing chosen that needs it (it then steps aside on a narrow screen). */
  inspector?: { content: ReactNode; idle: boolean };
  actions?: ReactNode;
  /** Replaces the panel at the bottom, e.g. by the simulator's time. */
  bottom?: ReactNode;
  bottomTabs?: readonly BottomTab[];
  /** What else to know before publishing; it may lead to a tab. */
  beforePublishing?: (see: (tab: string) => void) => ReactNode;
  onShow?: (select: string | null, path: string) => void;
}

const NO_TABS: readonly BottomTab[] = [];

/** The frame of every editor: tabs over the stage, problems and versions below, the inspector at the right. */
export function DesignFrame(props: DesignFrameProps) {
  const { view, problems, tabs } = props;
  const [search, setSearch] = useSearchParams();
  const [publishing, setPublishing] = useState(false);
  // Once asked for it stays, so that its closing is seen.
  const asked = useRef(false);
  if (publishing) asked.current = true;
  const [tall, setTall] = useState(false);
  const { store } = useEditing();
  const title = useOpen((state) => titleOf(state.document)) || view.brief.title;
  const differs =
    useOpen((state) => state.text !== state.savedText) || (view.brief.draft?.differs ?? view.brief.live === null);
  const tab = tabs.find((one) => one.id === search.get("tab")) ?? tabs[0];
  const show = (id: string) =>
    setSearch(
      (old) => {
        old.set("tab", id);
        return old;
      },
      { replace: true },
    );
  useUndoKeys();
  const { live, openCases } = view.brief;
  return (
    <div className={classes.page}>
      <Crumbs
        items={[
          { title: KIND_NAMES[view.brief.kind]?.many ?? kindName(view.brief.kind), to: `/design/${view.brief.kind}` },
          { title },
        ]}
      >
        {differs ? <Chip tone="accent">Draft</Chip> : null}
        {live ? (
          <Chip tone="outline" title={`Version ${live.version} is what runs`}>
            v{live.version} is live
            {openCases > 0 ? ` · ${openCases.toLocaleString("en")} ${openCases === 1 ? "case" : "cases"}` : ""}
          </Chip>
        ) : (
          <Chip tone="outline">Never published</Chip>
        )}
        <SaveWord />
      </Crumbs>
      <Actions>
        {props.actions}
        <Tooltip label="What changes, in words, before it is live">
          <Button onClick={() => setPublishing(true)}>Publish…</Button>
        </Tooltip>
      </Actions>
      <section className={classes.work} aria-label="Editor">
        <div className={classes.stage}>
          <div
            id="design-stage"
            role="tabpanel"
            aria-label={tab?.label}
            className={tab?.full ? classes.stageUnder : undefined}
          >
            {tab?.render()}
          </div>
          <TabBar
            items={tabs}
            value={tab?.id ?? null}
            onChange={show}
            label="Views of this definition"
            panel="design-stage"
            className={classes.tabs}
            tabClass={classes.tab}
          />
          <ConflictBanner />
        </div>
        {props.bottom ?? (
          <BottomPanel
            problems={problems}
            view={view}
            extra={props.bottomTabs ?? NO_TABS}
            onShow={(select, path) => {
              if (tab?.id !== "source" && tabs[0] && select !== null) show(tabs[0].id);
              props.onShow?.(select, path);
            }}
          />
        )}
      </section>
      {props.inspector && (
        <aside
          className={classes.inspector}
          data-idle={props.inspector.idle || undefined}
          data-tall={tall || undefined}
          aria-label="Settings of what is selected"
        >
          <div className={classes.sheetBar}>
            <button type="button" className={classes.plain} aria-pressed={tall} onClick={() => setTall((old) => !old)}>
              {tall ? "Smaller" : "Larger"}
            </button>
            <button type="button" className={classes.plain} onClick={() => store.getState().select([])}>
              Done
            </button>
          </div>
          {props.inspector.content}
        </aside>
      )}
      {asked.current && (
        <Suspense fallback={null}>
          <PublishDialog
            opened={publishing}
            onClose={() => setPublishing(false)}
            view={view}
            problems={problems}
            flush={props.flush}
          >
            {props.beforePublishing?.((id) => {
              setPublishing(false);
              show(id);
            })}
          </PublishDialog>
        </Suspense>
      )}
    </div>
  );
}

const titleOf = (document: unknown): string => {
  const title = (document as { title?: unknown } | null)?.title;
  return typeof title === "string" ? title : "";
};

function BottomPanel(props: {
  problems: Problems;
  view: DefinitionView;
  extra: readonly BottomTab[];
  onShow: (select: string | null, path: string) => void;
}) {
  // An address that names a version opens where versions stand.
  const [named] = useState(() => new URLSearchParams(window.location.search).has("version"));
  const [tab, setTab] = useState(named ? "versions" : "problems");
  const [closed, setClosed] = useState(
    () => !named && (window.innerHeight < 640 || props.view.brief.kind !== "workflow"),
  );
  const { issues } = props.problems;
  const errors = issues.filter((issue) => issue.severity === "error").length;
  const others = issues.length - errors;
  const items = [
    {
      id: "problems",
      label: (
        <>
          Problems
          {errors > 0 && (
            <span className={`${classes.count} ${classes.countbad}`} title={`${errors} that stop publishing`}>
              {errors}
            </span>
          )}
          {others > 0 && (
            <span className={`${classes.count} ${classes.countattention}`} title={`${others} worth a look`}>
              {others}
            </span>
          )}
          {issues.length === 0 && props.problems.checked && (
            <span className={`${classes.count} ${classes.countgood}`}>0</span>
          )}
        </>
      ),
    },
    ...props.extra.map(({ id, label }) => ({ id, label })),
    { id: "versions", label: "Versions" },
  ];
  const choose = (id: string) => {
    setTab(id);
    setClosed(false);
  };
  const extra = props.extra.find((one) => one.id === tab);
  return (
    <section className={classes.bottom} data-closed={closed || undefined} aria-label="Problems and versions">
      <TabBar
        items={items}
        value={tab}
        onChange={choose}
        label="Below the editor"
        panel="design-bottom"
        className={classes.bottomHead}
        tabClass={classes.bottomTab}
      >
        <span className={classes.spring} />
        <button
          type="button"
          className={classes.plain}
          aria-expanded={!closed}
          onClick={() => setClosed((old) => !old)}
        >
          {closed ? "Open" : "Close"}
        </button>
      </TabBar>
      <div id="design-bottom" hidden={closed} role="tabpanel" className={classes.bottomBody} aria-label={tab}>
        {!closed && (
          <>
            {tab === "problems" && <ProblemsPanel problems={props.problems} onShow={props.onShow} />}
            {tab === "versions" && (
              <Suspense fallback={<ListSkeleton rows={3} />}>
                <VersionsPanel view={props.view} />
              </Suspense>
            )}
            {extra?.render()}
          </>
        )}
      </div>
    </section>
  );
}
