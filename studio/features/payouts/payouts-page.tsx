import { Button } from "@mantine/core";
import { useState } from "react";
import type { Answer } from "../../api/call.ts";
import { useMay, useMe } from "../../api/me.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { money, moneyOr } from "../../text/money.ts";
import { number } from "../../text/number.ts";
import { periodName } from "../../text/period.ts";
import { Chip } from "../../ui/chip.tsx";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { Actions, Crumbs } from "../../ui/header-slots.tsx";
import { Page, Panel } from "../../ui/page.tsx";
import { Failed, ListSkeleton, Nothing } from "../../ui/states.tsx";
import { When } from "../../ui/when.tsx";
import { RunDialog } from "./run-dialog.tsx";

type Run = Answer<"payoutRuns">["items"][number];
type Mine = Answer<"myStatements">["items"][number];

const RUNS: Column<Run>[] = [
  { title: "Plan", width: "minmax(150px, 1.6fr)", cell: (one) => one.plan.title },
  { title: "Period", width: "minmax(80px, 120px)", cell: (one) => periodName(one.period) },
  {
    title: "Total",
    width: "minmax(110px, 150px)",
    end: true,
    cell: (one) => moneyOr(one.totalMinor, one.currency, ""),
  },
  { title: "People", width: "80px", end: true, wide: true, cell: (one) => number(one.people) },
  {
    title: "Not evaluated",
    width: "100px",
    end: true,
    wide: true,
    cell: (one) => (one.notEvaluated > 0 ? <span className="attention">{number(one.notEvaluated)}</span> : "none"),
  },
  {
    title: "State",
    width: "110px",
    wide: true,
    cell: (one) => (
      <Chip tone={one.status === "failed" ? "bad" : one.status === "running" ? "accent" : "good"}>{one.status}</Chip>
    ),
  },
  {
    title: "Computed",
    width: "130px",
    wide: true,
    cell: (one) => <When at={one.finishedAt ?? one.startedAt} as="day" />,
  },
];

const MINE: Column<Mine>[] = [
  { title: "Plan", width: "minmax(150px, 1.6fr)", cell: (one) => one.title },
  { title: "Period", width: "140px", cell: (one) => periodName(one.period) },
  { title: "Amount", width: "150px", end: true, cell: (one) => money(one.totalMinor, one.currency) },
];

/** Payouts: my own statements; for those who run plans, every run. */
export default function PayoutsPage() {
  const me = useMe();
  const runs = useMay("incentives");
  const [asking, setAsking] = useState(false);
  const all = useAnswer("payoutRuns", { query: {} }, { enabled: runs });
  const mine = useAnswer("myStatements", {}, { enabled: me.person !== null || me.viewingAs !== null });
  return (
    <Page>
      <Crumbs items={[{ title: "Payouts" }]} />
      {runs && (
        <Actions>
          <Button onClick={() => setAsking(true)}>Run a plan…</Button>
        </Actions>
      )}
      {(mine.data?.items.length ?? 0) > 0 && (
        <Panel title="My statements" flush>
          <DataTable
            label="My statements"
            columns={MINE}
            rows={mine.data?.items ?? []}
            rowKey={(one) => `${one.run}${one.person.id}`}
            to={(one) => `/payouts/${one.run}/people/${encodeURIComponent(one.person.id)}`}
          />
        </Panel>
      )}
      {runs ? (
        <Panel title="Runs" note="Each computes a plan for a period from stored results; nothing is paid by it." flush>
          {all.error && !all.data ? (
            <Failed error={all.error} retry={() => void all.refetch()} what="the runs" />
          ) : !all.data ? (
            <ListSkeleton rows={5} />
          ) : all.data.items.length === 0 ? (
            <Nothing
              title="Nothing was computed yet"
              action={<Button onClick={() => setAsking(true)}>Run a plan…</Button>}
            >
              Choose a live plan and a period; every person gets a statement that explains itself.
            </Nothing>
          ) : (
            <DataTable
              label="Runs"
              columns={RUNS}
              rows={all.data.items}
              rowKey={(one) => one.id}
              to={(one) => `/payouts/${one.id}`}
            />
          )}
        </Panel>
      ) : (
        mine.data?.items.length === 0 && (
          <Panel>
            <Nothing title="No statement yet">
              When a plan you are on has been computed, your statement appears here.
            </Nothing>
          </Panel>
        )
      )}
      {mine.error && !mine.data && <Failed error={mine.error} retry={() => void mine.refetch()} />}
      {asking && <RunDialog onClose={() => setAsking(false)} />}
    </Page>
  );
}
