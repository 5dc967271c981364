import { Button, Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { Link } from "react-router";
import type { PersonRow } from "#engine/contract/views/organisation.ts";
import { useMay } from "../../api/me.ts";
import { useAnswer, usePages } from "../../api/use-answer.ts";
import { words } from "../../text/kinds.ts";
import { count, number } from "../../text/number.ts";
import { Chip } from "../../ui/chip.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Actions, Crumbs } from "../../ui/header-slots.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { Failed, ListSkeleton, Nothing } from "../../ui/states.tsx";
import { useFilters } from "../../ui/use-filters.ts";
import classes from "./people.module.css";
import { UnitTree } from "./unit-tree-view.tsx";

const COLUMNS: Column<PersonRow>[] = [
  { title: "Name", width: "minmax(150px, 1.4fr)", cell: (one) => one.name },
  { title: "Title", width: "minmax(120px, 1.2fr)", wide: true, cell: (one) => one.title ?? "" },
  { title: "Unit", width: "minmax(120px, 1.2fr)", cell: (one) => one.unit ?? <span className="quiet">none</span> },
  {
    title: "Manager",
    width: "minmax(120px, 1fr)",
    wide: true,
    cell: (one) => one.manager?.name ?? <span className="attention">nobody</span>,
  },
  {
    title: "Reports",
    width: "70px",
    end: true,
    wide: true,
    cell: (one) => (one.reports > 0 ? number(one.reports) : ""),
  },
  {
    title: "State",
    untitled: true,
    width: "84px",
    wide: true,
    cell: (one) => (one.status === "active" ? null : <Chip>{words(one.status)}</Chip>),
  },
];

/** The organisation: the tree of units at the left, the people of the chosen one at the right. */
export default function PeoplePage() {
  const { values, set } = useFilters(["unit", "q"]);
  const imports = useMay("administer");
  const [tree, { open, close }] = useDisclosure(false);
  const units = useAnswer("units", {});
  const people = usePages("people", {
    query: { unit: values.unit || undefined, q: values.q || undefined, limit: 200 },
  });
  const unit = units.data?.items.find((one) => one.id === values.unit);
  const choose = (id: string | null) => {
    set("unit", id);
    close();
  };
  const treeView = units.error ? (
    <Failed error={units.error} retry={() => void units.refetch()} what="the units" />
  ) : units.data ? (
    <UnitTree units={units.data.items} chosen={values.unit || null} onChoose={choose} />
  ) : (
    <ListSkeleton rows={10} height={32} />
  );
  return (
    <div className={classes.split}>
      <Crumbs items={[{ title: "People", to: "/people" }, ...(unit ? [{ title: unit.title }] : [])]} />
      <Actions>
        {imports && (
          <Button component={Link} to="/imports?kind=people" variant="default">
            Import people
          </Button>
        )}
      </Actions>
      <aside className={classes.tree}>{treeView}</aside>
      <Drawer opened={tree} onClose={close} title="Units" size={300}>
        {treeView}
      </Drawer>
      <div className={classes.list}>
        <div className={classes.tools}>
          <SearchField
            label="Search people"
            placeholder="Search by name"
            value={values.q}
            onSearch={(q) => set("q", q)}
            width={260}
          />
          <Button className={classes.unitButton} variant="default" onClick={open}>
            {unit?.title ?? "All units"}
          </Button>
          <span className="quiet" role="status">
            {people.items ? count(people.total, "person", "people") : ""}
            {unit?.head ? ` · led by ${unit.head.name}` : ""}
          </span>
        </div>
        {people.error && !people.items ? (
          <Failed error={people.error} retry={people.refetch} what="these people" />
        ) : !people.items ? (
          <ListSkeleton rows={16} height={40} />
        ) : people.items.length === 0 ? (
          <Nothing title={values.q ? "Nobody is called that" : "Nobody is here yet"}>
            {values.q
              ? "Try a part of the first or last name."
              : "Import a CSV of people, and their units and reporting lines appear."}
          </Nothing>
        ) : (
          <DataTable
            label="People"
            columns={COLUMNS}
            rows={people.items}
            rowKey={(one) => one.id}
            to={(one) => `/people/${encodeURIComponent(one.id)}`}
            height="100%"
            hasMore={people.hasMore}
            more={people.more}
          />
        )}
      </div>
    </div>
  );
}
