import type { Answer } from "../../api/call.ts";
import { usePages } from "../../api/use-answer.ts";
import { money, moneyOr } from "../../text/money.ts";
import { count, percent } from "../../text/number.ts";
import { Chip } from "../../ui/chip.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Panel } from "../../ui/page.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { Failed, ListSkeleton, Nothing } from "../../ui/states.tsx";
import { UnitChooser } from "../../ui/unit-chooser.tsx";
import { useFilters } from "../../ui/use-filters.ts";

type Row = Answer<"payoutRows">["items"][number];

/** Who gets what; each row opens the statement. */
export function RunPeople({ run }: { run: Answer<"payoutRun"> }) {
  const { values, set } = useFilters(["q", "unit"]);
  const people = usePages("payoutRows", {
    params: { id: run.id },
    query: { q: values.q || undefined, unit: values.unit || undefined, limit: 200 },
  });
  const columns: Column<Row>[] = [
    { title: "Person", width: "minmax(140px, 1.5fr)", cell: (one) => one.person.name },
    { title: "Unit", width: "minmax(120px, 1fr)", wide: true, cell: (one) => one.unit ?? "" },
    {
      title: "Attainment",
      width: "100px",
      end: true,
      wide: true,
      cell: (one) => (one.attainment === null ? "" : percent(one.attainment, 1)),
    },
    {
      title: "Target",
      width: "120px",
      end: true,
      wide: true,
      cell: (one) => moneyOr(one.targetMinor, run.currency, ""),
    },
    {
      title: "Payout",
      width: "minmax(100px, 130px)",
      end: true,
      cell: (one) =>
        one.amountMinor === null ? (
          <span title={one.reason ?? ""}>{one.reason}</span>
        ) : (
          money(one.amountMinor, run.currency)
        ),
    },
    {
      title: "State",
      width: "116px",
      cell: (one) => <Chip tone={one.status === "computed" ? "good" : "attention"}>{one.status}</Chip>,
    },
  ];
  return (
    <Panel
      title="People"
      note={people.items ? count(people.total, "person", "people") : undefined}
      actions={
        <>
          <SearchField
            label="Search people"
            placeholder="Search by name"
            value={values.q}
            onSearch={(q) => set("q", q)}
            width={200}
          />
          <UnitChooser
            value={values.unit || null}
            onChange={(unit) => set("unit", unit)}
            placeholder="All units"
            width={180}
          />
        </>
      }
      flush
    >
      {people.error && !people.items ? (
        <Failed error={people.error} retry={people.refetch} what="these payouts" />
      ) : !people.items ? (
        <ListSkeleton rows={10} />
      ) : people.items.length === 0 ? (
        <Nothing title="Nobody here">Nobody fits, or nobody is on this plan.</Nothing>
      ) : (
        <DataTable
          label="People of this run"
          columns={columns}
          rows={people.items}
          rowKey={(one) => one.person.id}
          to={(one) => `/payouts/${run.id}/people/${encodeURIComponent(one.person.id)}`}
          height={Math.min(560, 32 + people.items.length * 40)}
          hasMore={people.hasMore}
          more={people.more}
        />
      )}
    </Panel>
  );
}
