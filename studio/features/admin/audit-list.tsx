import { useMediaQuery } from "@mantine/hooks";
import type { Answer } from "../../api/call.ts";
import { usePages } from "../../api/use-answer.ts";
import { sentence } from "../../text/kinds.ts";
import { count } from "../../text/number.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Panel } from "../../ui/page.tsx";
import { Failed, ListSkeleton, Nothing } from "../../ui/states.tsx";
import { When } from "../../ui/when.tsx";
import classes from "./admin.module.css";

type Entry = Answer<"audit">["items"][number];
const COLUMNS: Column<Entry>[] = [
  { title: "When", width: "150px", wide: true, cell: (one) => <When at={one.at} as="time" /> },
  {
    title: "Who",
    width: "minmax(90px, 170px)",
    wide: true,
    cell: (one) => one.byName ?? <span className="quiet">the system</span>,
  },
  {
    title: "What",
    width: "minmax(180px, 1fr)",
    cell: (one) => (
      <span className={classes.entry} title={one.words}>
        <span className="clip">{sentence(one.words)}</span>
        <small className={classes.byline}>
          {one.byName ?? "the system"}, <When at={one.at} as="time" />
        </small>
      </span>
    ),
  },
];

/** Who did what to definitions, parameters, data and access, newest first. */
export function AuditList() {
  const audit = usePages("audit", { query: { limit: 100 } });
  // On a phone who and when stand below what: beside it they would leave no room for it.
  const narrow = useMediaQuery("(max-width: 720px)", false, { getInitialValueInEffect: false });
  const rowHeight = narrow ? 56 : 40;
  return (
    <Panel flush title={audit.items ? count(audit.total, "entry", "entries") : "Audit"}>
      {audit.error && !audit.items ? (
        <Failed error={audit.error} retry={audit.refetch} what="the audit" />
      ) : !audit.items ? (
        <ListSkeleton rows={10} />
      ) : audit.items.length === 0 ? (
        <Nothing title="Nothing was changed yet" />
      ) : (
        <DataTable
          label="Audit"
          columns={COLUMNS}
          rows={audit.items}
          rowKey={(one) => String(one.id)}
          rowHeight={rowHeight}
          height={Math.min(680, 32 + audit.items.length * rowHeight)}
          hasMore={audit.hasMore}
          more={audit.more}
        />
      )}
    </Panel>
  );
}
