import type { Answer } from "../../api/call.ts";
import { usePages } from "../../api/use-answer.ts";
import { sentence } from "../../text/kinds.ts";
import { count } from "../../text/number.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Panel } from "../../ui/page.tsx";
import { Failed, ListSkeleton, Nothing } from "../../ui/states.tsx";
import { When } from "../../ui/when.tsx";

type Entry = Answer<"audit">["items"][number];
const COLUMNS: Column<Entry>[] = [
  { title: "When", width: "150px", cell: (one) => <When at={one.at} as="time" /> },
  {
    title: "Who",
    width: "minmax(90px, 170px)",
    cell: (one) => one.byName ?? <span className="quiet">the system</span>,
  },
  { title: "What", width: "minmax(180px, 1fr)", cell: (one) => <span title={one.words}>{sentence(one.words)}</span> },
];

/** Who did what to definitions, parameters, data and access, newest first. */
export function AuditList() {
  const audit = usePages("audit", { query: { limit: 100 } });
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
          height={Math.min(680, 32 + audit.items.length * 40)}
          hasMore={audit.hasMore}
          more={audit.more}
        />
      )}
    </Panel>
  );
}
