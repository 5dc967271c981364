import { Button, Checkbox, Select, Switch } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useMemo, useState } from "react";
import type { CaseBrief } from "#engine/contract/views/cases.ts";
import type { MoveRequest } from "#engine/contract/views/moves.ts";
import { useMay } from "../../api/me.ts";
import { useAnswer, usePages } from "../../api/use-answer.ts";
import { sentence } from "../../text/kinds.ts";
import { count } from "../../text/number.ts";
import { periodName } from "../../text/period.ts";
import { CaseStatus } from "../../ui/case-status.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Crumbs } from "../../ui/header-slots.tsx";
import { Filters, Page, Panel } from "../../ui/page.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { Failed, ListSkeleton, Nothing } from "../../ui/states.tsx";
import { UnitChooser } from "../../ui/unit-chooser.tsx";
import { useFilters } from "../../ui/use-filters.ts";
import { Due, When } from "../../ui/when.tsx";
import classes from "./case.module.css";
import { MoveDialog } from "./move-dialog.tsx";
import { UndoLine } from "./undo-line.tsx";

const STATUSES = ["open", "blocked", "closed", "cancelled"] as const;
const COLUMNS: Column<CaseBrief>[] = [
  {
    title: "About",
    width: "minmax(140px, 2.4fr)",
    cell: (one) => (
      <>
        <span title={one.subjectName}>{sentence(one.subjectName)}</span>
        <span className="only-narrow clip quiet">
          {one.steps.join(", ")} · {one.definition.title}
        </span>
      </>
    ),
  },
  { title: "Process", width: "minmax(120px, 1.2fr)", wide: true, cell: (one) => one.definition.title },
  { title: "Period", width: "110px", wide: true, cell: (one) => (one.period ? periodName(one.period) : "") },
  { title: "Stands at", width: "minmax(120px, 1.2fr)", wide: true, cell: (one) => one.steps.join(", ") },
  { title: "Status", width: "112px", cell: (one) => <CaseStatus status={one.status} outcome={one.outcome} /> },
  {
    title: "Due",
    width: "150px",
    wide: true,
    cell: (one) =>
      one.closedAt !== null ? (
        <span className="quiet">
          closed <When at={one.closedAt} as="day" />
        </span>
      ) : (
        <Due at={one.dueAt} overdue={one.overdue} paused={one.paused} />
      ),
  },
  { title: "Opened", width: "110px", wide: true, cell: (one) => <When at={one.openedAt} as="day" /> },
];

/** All cases the reader may see, filtered by what stands in the address. */
export default function CasesPage() {
  const { values, set, clear, any } = useFilters(["definition", "status", "unit", "period", "late", "q", "subject"]);
  const narrow = useMediaQuery("(max-width: 720px)", false, { getInitialValueInEffect: false });
  const status = STATUSES.find((one) => one === values.status);
  const cases = usePages("cases", {
    query: {
      definition: values.definition || undefined,
      status,
      unit: values.unit || undefined,
      period: values.period || undefined,
      subject: values.subject || undefined,
      late: values.late === "true" || undefined,
      q: values.q || undefined,
      limit: 100,
    },
  });
  const administers = useMay("administer");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [everything, setEverything] = useState(false);
  const [moving, setMoving] = useState(false);
  const items = cases.items ?? [];
  const picked = items.filter((one) => chosen.has(one.id));
  // Only what the server can find by itself may be acted on beyond what is loaded here.
  const findable = values.definition !== "" && !values.unit && !values.q && !values.late && !values.subject;
  const columns = useMemo<Column<CaseBrief>[]>(
    () =>
      administers
        ? [
            {
              title: "Choose",
              untitled: true,
              width: "36px",
              cell: (one) => (
                <span className={classes.choose}>
                  <Checkbox
                    aria-label={`Choose ${one.subjectName}, ${one.definition.title}`}
                    checked={everything || chosen.has(one.id)}
                    onChange={(event) => {
                      const on = event.currentTarget.checked;
                      setEverything(false);
                      setChosen((old) => new Set(on ? [...old, one.id] : [...old].filter((id) => id !== one.id)));
                    }}
                  />
                </span>
              ),
            },
            ...COLUMNS,
          ]
        : COLUMNS,
    [administers, chosen, everything],
  );
  const home = useAnswer("home", {});
  const processes = (home.data?.running ?? []).map((one) => ({
    value: one.definition.id,
    label: one.definition.title,
  }));
  return (
    <Page>
      <Crumbs items={[{ title: "Cases" }]} />
      <Filters>
        <SearchField label="Search cases" placeholder="Search by name" value={values.q} onSearch={(q) => set("q", q)} />
        <Select
          aria-label="Process"
          placeholder="All processes"
          clearable
          searchable
          data={
            values.definition && !processes.some((one) => one.value === values.definition)
              ? [...processes, { value: values.definition, label: values.definition }]
              : processes
          }
          value={values.definition || null}
          onChange={(value) => set("definition", value)}
        />
        <Select
          aria-label="Status"
          placeholder="Any status"
          clearable
          w={140}
          data={STATUSES.map((one) => ({ value: one, label: one.charAt(0).toUpperCase() + one.slice(1) }))}
          value={status ?? null}
          onChange={(value) => set("status", value)}
        />
        <UnitChooser
          value={values.unit || null}
          onChange={(unit) => set("unit", unit)}
          placeholder="All units"
          width={200}
        />
        <Switch
          label="Only late"
          checked={values.late === "true"}
          onChange={(event) => set("late", event.currentTarget.checked ? "true" : null)}
        />
        {any && (
          <Button variant="subtle" onClick={clear}>
            Clear filters
          </Button>
        )}
        <span className="quiet" role="status" style={{ marginLeft: "auto" }}>
          {cases.items ? count(cases.total, "case") : ""}
        </span>
      </Filters>
      <UndoLine />
      {administers && (picked.length > 0 || everything) && (
        <section className={classes.undo} aria-label="Chosen cases">
          <span>{everything ? `All ${cases.total} found are chosen.` : `${count(picked.length, "case")} chosen.`}</span>
          <span style={{ display: "flex", gap: 8, flexWrap: "wrap" }}>
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => {
                setChosen(new Set());
                setEverything(false);
              }}
            >
              Choose none
            </Button>
            {!everything && picked.length < items.length && (
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => setChosen(new Set(items.map((one) => one.id)))}
              >
                All {items.length} shown
              </Button>
            )}
            {!everything && findable && cases.total > items.length && (
              <Button size="compact-sm" variant="default" onClick={() => setEverything(true)}>
                All {cases.total} found
              </Button>
            )}
            <Button size="compact-sm" onClick={() => setMoving(true)}>
              Move, correct or cancel…
            </Button>
          </span>
        </section>
      )}
      {moving && (
        <MoveMany
          cases={picked}
          filter={
            everything
              ? {
                  definition: values.definition,
                  ...(status ? { status } : {}),
                  ...(values.period ? { period: values.period } : {}),
                }
              : null
          }
          sample={everything ? items[0] : picked[0]}
          total={everything ? cases.total : picked.length}
          onClose={() => {
            setMoving(false);
            setChosen(new Set());
            setEverything(false);
            cases.refetch();
          }}
        />
      )}
      <Panel flush>
        {cases.error && !cases.items ? (
          <Failed error={cases.error} retry={cases.refetch} what="these cases" />
        ) : !cases.items ? (
          <ListSkeleton rows={14} height={40} />
        ) : cases.items.length === 0 ? (
          any ? (
            <Nothing
              title="No case fits these filters"
              action={
                <Button variant="default" onClick={clear}>
                  Clear filters
                </Button>
              }
            />
          ) : (
            <Nothing title="No cases yet">Launch a review cycle, and its cases appear here while they run.</Nothing>
          )
        ) : (
          <DataTable
            label="Cases"
            columns={columns}
            lead={administers ? 1 : 0}
            rows={cases.items}
            rowKey={(one) => one.id}
            to={(one) => `/cases/${encodeURIComponent(one.id)}`}
            rowHeight={narrow ? 56 : 40}
            height={narrow ? "calc(100dvh - 290px)" : "calc(100dvh - 160px)"}
            hasMore={cases.hasMore}
            more={cases.more}
          />
        )}
      </Panel>
    </Page>
  );
}

/** The dialog for many: steps and fields are offered where all of them run by one workflow. */
function MoveMany(props: {
  cases: readonly CaseBrief[];
  filter: NonNullable<MoveRequest["filter"]> | null;
  sample: CaseBrief | undefined;
  total: number;
  onClose: () => void;
}) {
  const { cases, filter, sample } = props;
  const alike = filter !== null || new Set(cases.map((one) => one.definition.id)).size === 1;
  const whole = useAnswer("case", { params: { id: sample?.id ?? "-" } }, { enabled: alike && sample !== undefined });
  const ended = cases.length > 0 && cases.every((one) => one.closedAt !== null);
  const document = alike ? (whole.data?.document ?? null) : null;
  const may = [
    ...(document === null ? [] : ended ? (["reopen"] as const) : (["move", "set-data"] as const)),
    ...(ended ? [] : (["transfer", "cancel"] as const)),
  ];
  if (alike && !whole.data && !whole.error) return null;
  return (
    <MoveDialog
      which={filter ? { filter } : { cases: cases.map((one) => one.id) }}
      total={props.total}
      document={document}
      may={may}
      onClose={props.onClose}
    />
  );
}
