import { Button } from "@mantine/core";
import { Link } from "react-router";
import type { MetricRow } from "#engine/contract/views/organisation.ts";
import { useMay } from "../../api/me.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { sentence, words } from "../../text/kinds.ts";
import { count, measured, number, percent } from "../../text/number.ts";
import { periodName } from "../../text/period.ts";
import { Chip } from "../../ui/chip.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Actions, Crumbs } from "../../ui/header-slots.tsx";
import { Filters, Page, Panel } from "../../ui/page.tsx";
import { Sparkline } from "../../ui/plot/sparkline.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { Failed, ListSkeleton, Nothing } from "../../ui/states.tsx";
import { useFilters } from "../../ui/use-filters.ts";

/** The registry of metrics: what is measured, how it stands, how fresh it is. */
export default function MetricsPage() {
  const { values, set } = useFilters(["q"]);
  const imports = useMay("administer");
  const answer = useAnswer("metrics", {});
  const rows = (answer.data?.items ?? []).filter((one) => one.title.toLowerCase().includes(values.q.toLowerCase()));
  return (
    <Page>
      <Crumbs items={[{ title: "Metrics" }]} />
      <Actions>
        {imports && (
          <Button component={Link} to="/imports?kind=observations" variant="default">
            Import results
          </Button>
        )}
      </Actions>
      <Filters>
        <SearchField
          label="Search metrics"
          placeholder="Search by title"
          value={values.q}
          onSearch={(q) => set("q", q)}
        />
        <span className="quiet">{answer.data ? count(rows.length, "metric") : ""}</span>
      </Filters>
      <Panel flush>
        {answer.error && !answer.data ? (
          <Failed error={answer.error} retry={() => void answer.refetch()} what="the metrics" />
        ) : !answer.data ? (
          <ListSkeleton rows={10} height={48} />
        ) : rows.length === 0 ? (
          <Nothing title={values.q ? "No metric is called that" : "No metrics yet"}>
            A metric is a document: what is measured, of whom, against which target. Templates bring theirs along.
          </Nothing>
        ) : (
          <DataTable
            label="Metrics"
            columns={COLUMNS}
            rows={rows}
            rowKey={(one) => one.id}
            rowHeight={48}
            to={(one) => `/metrics/${one.id}`}
          />
        )}
      </Panel>
    </Page>
  );
}

const COLUMNS: Column<MetricRow>[] = [
  {
    title: "Metric",
    width: "minmax(150px, 1.4fr)",
    cell: (one) => (
      <>
        <div className="clip">{one.title}</div>
        <div className="clip quiet" style={{ fontWeight: 400, fontSize: 12 }}>
          {[one.perspective, one.nature, `each ${one.grain}`].filter(Boolean).map(String).map(words).join(" · ")}
        </div>
      </>
    ),
  },
  {
    title: "Latest",
    width: "minmax(84px, 130px)",
    end: true,
    cell: (one) => (one.latest ? measured(one.latest.value, one.unit) : <span className="quiet">no value</span>),
  },
  {
    title: "Of target",
    width: "90px",
    end: true,
    wide: true,
    cell: (one) => (one.latest?.attainment == null ? "" : percent(one.latest.attainment, 1)),
  },
  {
    title: "Course",
    width: "110px",
    wide: true,
    cell: (one) => <Sparkline values={one.spark} label={`${one.title}, course`} />,
  },
  { title: "Period", width: "130px", wide: true, cell: (one) => (one.latest ? periodName(one.latest.period) : "") },
  {
    title: "State",
    width: "minmax(92px, 110px)",
    cell: (one) =>
      one.stale ? (
        <Chip tone="attention">out of date</Chip>
      ) : one.latest ? (
        <Chip tone={one.latest.state === "ok" ? "good" : "quiet"}>
          {one.latest.state === "ok" ? "up to date" : words(one.latest.state)}
        </Chip>
      ) : (
        <Chip>empty</Chip>
      ),
  },
  {
    title: "Owner",
    width: "minmax(120px, 1.6fr)",
    wide: true,
    cell: (one) =>
      one.owner === null ? <span className="quiet">nobody</span> : <span title={one.owner}>{sentence(one.owner)}</span>,
  },
  { title: "Values", width: "80px", end: true, wide: true, cell: (one) => number(one.observations) },
];
