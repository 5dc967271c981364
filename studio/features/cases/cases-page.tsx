import { Button, Select, Switch } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import type { CaseBrief } from "#engine/contract/views/cases.ts";
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
        <Due at={one.dueAt} overdue={one.overdue} />
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
            columns={COLUMNS}
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
