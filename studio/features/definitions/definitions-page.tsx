import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useParams } from "react-router";
import type { DefinitionBrief } from "#engine/contract/views/definitions.ts";
import { useMay } from "../../api/me.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { KIND_NAMES } from "../../text/kinds.ts";
import { count, number } from "../../text/number.ts";
import { Chip } from "../../ui/chip.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Actions, Crumbs } from "../../ui/header-slots.tsx";
import { Filters, Page, Panel } from "../../ui/page.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { Failed, ListSkeleton, Nothing } from "../../ui/states.tsx";
import { useFilters } from "../../ui/use-filters.ts";
import { When } from "../../ui/when.tsx";
import { NewDefinition } from "./new-definition.tsx";

const LaunchDialog = lazy(async () => ({ default: (await import("./launch-dialog.tsx")).LaunchDialog }));

const WHAT: Record<string, string> = {
  workflow: "A review cycle is any process about people that you draw: reviews, probation, assessments, disputes.",
  escalation: "An escalation notices a breach or a silence and climbs a ladder until somebody owns it.",
  plan: "An incentive plan turns stored results into payouts that explain themselves.",
  ruleset: "A rule set answers one question from stored facts, and says why.",
  form: "A form asks people what no system knows.",
  metric: "A metric says what is counted, when more is good, and who answers for it.",
  scorecard: "A scorecard puts the few metrics together that somebody is to keep in mind.",
  "record-type": "A record type says what is written down each time something happens: a complaint, a thank-you note.",
  calendar: "A calendar says which hours and days are worked; every “working days” counts by one.",
  cadence: "A cadence starts a review cycle by itself: every month, some months after each hire, on an event.",
  parameters: "A parameter sheet holds values that several documents share.",
};

/** All documents of the kind that the address names. */
export default function DefinitionsPage() {
  const { kind = "workflow" } = useParams();
  const names = KIND_NAMES[kind];
  return names ? (
    <Definitions key={kind} kind={kind} names={names} />
  ) : (
    <Nothing title="There is no such page">
      Nothing that can be designed is called “{kind}”. What there is stands in the menu.
    </Nothing>
  );
}

/** What is live, what is being changed, and what is wrong with it. */
function Definitions({ kind, names }: { kind: string; names: { one: string; many: string } }) {
  const { values, set } = useFilters(["q"]);
  const [adding, setAdding] = useState(false);
  const [launching, setLaunching] = useState<DefinitionBrief | null>(null);
  const launches = useMay("launch");
  const answer = useAnswer("definitions", { query: { kind } });
  const wanted = values.q.toLowerCase();
  const rows = (answer.data?.items ?? [])
    .filter((one) => one.title.toLowerCase().includes(wanted) || one.id.includes(wanted))
    .sort((a, b) => a.title.localeCompare(b.title));
  return (
    <Page>
      <Crumbs items={[{ title: names.many }]} />
      <Actions>
        <Button onClick={() => setAdding(true)}>New {names.one.toLowerCase()}</Button>
      </Actions>
      {(answer.data?.items.length ?? 0) > 8 && (
        <Filters>
          <SearchField
            label={`Search ${names.many.toLowerCase()}`}
            placeholder="Search by title"
            value={values.q}
            onSearch={(q) => set("q", q)}
          />
          <span className="quiet">{count(rows.length, names.one.toLowerCase(), names.many.toLowerCase())}</span>
        </Filters>
      )}
      <Panel flush>
        {answer.error && !answer.data ? (
          <Failed error={answer.error} retry={() => void answer.refetch()} what={names.many.toLowerCase()} />
        ) : !answer.data ? (
          <ListSkeleton rows={6} height={52} />
        ) : rows.length === 0 ? (
          <Nothing
            title={wanted ? "Nothing is called that" : `No ${names.many.toLowerCase()} yet`}
            action={<Button onClick={() => setAdding(true)}>New {names.one.toLowerCase()}</Button>}
          >
            {WHAT[kind]}
          </Nothing>
        ) : (
          <DataTable
            label={names.many}
            columns={columns(kind, launches ? setLaunching : null)}
            rows={rows}
            rowKey={(one) => one.id}
            rowHeight={52}
            to={(one) => `/design/${one.kind}/${one.id}`}
          />
        )}
      </Panel>
      {adding && <NewDefinition kind={kind} onClose={() => setAdding(false)} />}
      {launching && (
        <Suspense fallback={null}>
          <LaunchDialog definition={launching} onClose={() => setLaunching(null)} />
        </Suspense>
      )}
    </Page>
  );
}

function columns(kind: string, onLaunch: ((one: DefinitionBrief) => void) | null): Column<DefinitionBrief>[] {
  const runs = kind === "workflow" || kind === "escalation";
  const all: (Column<DefinitionBrief> | null)[] = [
    {
      title: "Title",
      width: "minmax(180px, 2fr)",
      cell: (one) => (
        <>
          <div className="clip">{one.title}</div>
          {one.description && (
            <div className="clip secondary" style={{ fontWeight: 400, fontSize: 12 }}>
              {one.description}
            </div>
          )}
        </>
      ),
    },
    { title: "State", width: "170px", cell: (one) => <State one={one} /> },
    { title: "Problems", width: "150px", wide: true, cell: (one) => <Problems one={one} /> },
    runs
      ? {
          title: "Open cases",
          width: "90px",
          end: true,
          wide: true,
          cell: (one) => (one.openCases > 0 ? number(one.openCases) : <span className="quiet">none</span>),
        }
      : null,
    { title: "Changed", width: "150px", wide: true, cell: (one) => <Changed one={one} /> },
    kind === "workflow" && onLaunch
      ? {
          title: "Launch",
          untitled: true,
          width: "96px",
          end: true,
          wide: true,
          cell: (one) =>
            one.live && (
              <span style={{ position: "relative", zIndex: 1 }}>
                <Button size="compact-sm" variant="default" onClick={() => onLaunch(one)}>
                  Launch…
                </Button>
              </span>
            ),
        }
      : null,
  ];
  return all.filter((column) => column !== null);
}

function State({ one }: { one: DefinitionBrief }) {
  return (
    <span style={{ display: "inline-flex", gap: 6 }}>
      {one.live && <Chip tone="outline">v{one.live.version} live</Chip>}
      {one.draft?.differs && <Chip tone="accent">Draft</Chip>}
      {!one.live && !one.draft?.differs && <Chip>Never published</Chip>}
    </span>
  );
}

function Problems({ one }: { one: DefinitionBrief }) {
  const { errors, warnings } = one.problems;
  if (errors + warnings === 0) return <span className="quiet">none</span>;
  return (
    <span style={{ display: "inline-flex", gap: 6 }}>
      {errors > 0 && <Chip tone="bad">{count(errors, "error")}</Chip>}
      {warnings > 0 && <Chip tone="attention">{count(warnings, "warning")}</Chip>}
    </span>
  );
}

function Changed({ one }: { one: DefinitionBrief }) {
  if (one.draft?.differs) return <When at={one.draft.updatedAt} />;
  return one.live ? <When at={one.live.publishedAt} /> : null;
}
