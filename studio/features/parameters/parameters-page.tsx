import type { ParameterView } from "#engine/contract/views/definitions.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { kindName } from "../../text/kinds.ts";
import { count } from "../../text/number.ts";
import { Chip } from "../../ui/chip.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Crumbs } from "../../ui/header-slots.tsx";
import { Filters, Page, Panel } from "../../ui/page.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { Failed, ListSkeleton, Nothing } from "../../ui/states.tsx";
import { useFilters } from "../../ui/use-filters.ts";
import { When } from "../../ui/when.tsx";
import { ParameterDrawer } from "./parameter-drawer.tsx";
import { boundsText, sameValue, valueWithUnit } from "./parameter-words.ts";

const keyOf = (one: ParameterView) => `${one.sheet.kind}/${one.sheet.id}/${one.name}`;

/** The sheet of thresholds that an admin changes on the live system, without opening a graph. */
export default function ParametersPage() {
  const { values, set } = useFilters(["q", "open"]);
  const answer = useAnswer("parameters", {});
  const wanted = values.q.toLowerCase();
  const rows = (answer.data?.items ?? []).filter(
    (one) => one.title.toLowerCase().includes(wanted) || one.sheet.title.toLowerCase().includes(wanted),
  );
  const sheets = [...new Map(rows.map((one) => [`${one.sheet.kind}/${one.sheet.id}`, one.sheet])).values()];
  const open = answer.data?.items.find((one) => keyOf(one) === values.open);
  return (
    <Page>
      <Crumbs items={[{ title: "Parameters" }]} />
      <Filters>
        <SearchField
          label="Search parameters"
          placeholder="Search by title"
          value={values.q}
          onSearch={(q) => set("q", q)}
        />
        <span className="quiet">{answer.data ? count(rows.length, "parameter") : ""}</span>
      </Filters>
      {answer.error && !answer.data ? (
        <Failed error={answer.error} retry={() => void answer.refetch()} what="the parameters" />
      ) : !answer.data ? (
        <Panel flush>
          <ListSkeleton rows={12} />
        </Panel>
      ) : rows.length === 0 ? (
        <Panel>
          <Nothing title={wanted ? "No parameter is called that" : "No parameters yet"}>
            A designer who gives a number a name makes it a parameter; it then appears here with its bounds.
          </Nothing>
        </Panel>
      ) : (
        sheets.map((sheet) => (
          <Panel key={`${sheet.kind}/${sheet.id}`} title={sheet.title} note={kindName(sheet.kind)} flush>
            <DataTable
              label={sheet.title}
              columns={COLUMNS}
              rows={rows.filter((one) => one.sheet.kind === sheet.kind && one.sheet.id === sheet.id)}
              rowKey={keyOf}
              selected={values.open || null}
              onOpen={(one) => set("open", keyOf(one))}
            />
          </Panel>
        ))
      )}
      {open && <ParameterDrawer key={keyOf(open)} parameter={open} onClose={() => set("open", null)} />}
    </Page>
  );
}

const COLUMNS: Column<ParameterView>[] = [
  { title: "Parameter", width: "minmax(160px, 2fr)", cell: (one) => one.title },
  {
    title: "Value",
    width: "minmax(100px, 170px)",
    cell: (one) => (
      <span style={{ display: "inline-flex", gap: 8 }}>
        <strong>{valueWithUnit(one, one.value)}</strong>
        {!sameValue(one.value, one.default) && <Chip tone="accent">changed</Chip>}
      </span>
    ),
  },
  {
    title: "Default",
    width: "120px",
    wide: true,
    cell: (one) => <span className="secondary">{valueWithUnit(one, one.default)}</span>,
  },
  { title: "Allowed", width: "150px", wide: true, cell: (one) => <span className="secondary">{boundsText(one)}</span> },
  {
    title: "Used by",
    width: "minmax(120px, 1.2fr)",
    wide: true,
    cell: (one) =>
      one.usedBy.length === 0 ? (
        <span className="quiet">nothing</span>
      ) : (
        one.usedBy.map((used) => used.title).join(", ")
      ),
  },
  {
    title: "Last change",
    width: "120px",
    wide: true,
    cell: (one) => {
      const last = one.history.toSorted((a, b) => b.version - a.version)[0];
      return last ? <When at={last.at} /> : <span className="quiet">never</span>;
    },
  },
];
