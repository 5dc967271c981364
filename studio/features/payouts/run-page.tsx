import { useParams } from "react-router";
import type { Answer } from "../../api/call.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useJob } from "../../api/use-job.ts";
import { money, moneyOr, roughMoney } from "../../text/money.ts";
import { count, number, percent } from "../../text/number.ts";
import { periodName } from "../../text/period.ts";
import { Chip } from "../../ui/chip.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Crumbs } from "../../ui/header-slots.tsx";
import { JobProgress } from "../../ui/job-progress.tsx";
import { Figure, Figures, Page, Panel } from "../../ui/page.tsx";
import { Histogram } from "../../ui/plot/histogram.tsx";
import { PlotFrame } from "../../ui/plot/plot-frame.tsx";
import { Failed, ListSkeleton } from "../../ui/states.tsx";
import { RunPeople } from "./run-people.tsx";
import { UnitBars } from "./unit-bars.tsx";

type Run = Answer<"payoutRun">;

/** One run of a plan: totals, how they are spread, by unit, by person, and who could not be computed. */
export default function RunPage() {
  const { id = "" } = useParams();
  const answer = useAnswer("payoutRun", { params: { id } });
  const title = answer.data ? `${answer.data.plan.title}, ${periodName(answer.data.period)}` : "Run";
  return (
    <Page>
      <Crumbs items={[{ title: "Payouts", to: "/payouts" }, { title }]}>
        {answer.data && <Chip tone="outline">version {answer.data.plan.version}</Chip>}
      </Crumbs>
      {answer.error && !answer.data ? (
        <Failed error={answer.error} retry={() => void answer.refetch()} what="this run" />
      ) : !answer.data ? (
        <Panel flush>
          <ListSkeleton rows={10} />
        </Panel>
      ) : (
        <OneRun run={answer.data} onEnd={() => void answer.refetch()} />
      )}
    </Page>
  );
}

function OneRun({ run, onEnd }: { run: Run; onEnd: () => void }) {
  const job = useJob(run.status === "computed" ? null : run.job, onEnd);
  const spread = run.histogram.reduce((sum, bin) => sum + bin.people, 0);
  const say = (minor: number) => roughMoney(minor, run.currency);
  return (
    <>
      {run.status === "failed" && (
        <p className="bad" role="alert">
          This run did not come to its end. {job?.message ?? ""} Nothing of it counts; run the plan again.
        </p>
      )}
      {run.status === "running" && (
        <Panel>
          <JobProgress job={job} title={`Computing ${run.plan.title}`} />
        </Panel>
      )}
      <Figures>
        <Figure
          label="Total"
          value={moneyOr(run.totalMinor, run.currency, "not computed")}
          note={
            run.targetMinor !== null && run.targetMinor > 0 && run.totalMinor !== null
              ? `${percent(run.totalMinor / run.targetMinor, 1)} of the target of ${say(run.targetMinor)}`
              : ""
          }
        />
        <Figure
          label="People"
          value={number(run.people - run.notEligible)}
          note={`${number(run.notEligible)} not on this plan`}
        />
        <Figure
          label="Middle payout"
          value={run.quantiles ? money(run.quantiles.p50, run.currency) : "none"}
          note={
            run.quantiles
              ? `one in ten below ${say(run.quantiles.p10)}, one in ten above ${say(run.quantiles.p90)}`
              : ""
          }
        />
        <Figure
          label="Not evaluated"
          value={number(run.notEvaluated)}
          note={run.notEvaluated === 0 ? "every result was there" : "a result or a fact is missing"}
          {...(run.notEvaluated > 0 ? { tone: "attention" as const } : {})}
        />
        <Figure
          label="In review"
          value={number(run.inReview)}
          note={run.inReview === 0 ? "no windfall" : "unusually large, waiting"}
          {...(run.inReview > 0 ? { tone: "attention" as const } : {})}
        />
      </Figures>
      {run.histogram.length > 0 && (
        <PlotFrame
          title="How the payouts are spread"
          note={`${count(spread, "person", "people")} by what they get`}
          height={240}
          draw={(width, height) => (
            <Histogram
              bins={run.histogram.map((bin) => ({ from: bin.fromMinor, to: bin.toMinor, count: bin.people }))}
              marks={
                run.quantiles
                  ? [
                      { at: run.quantiles.p10, label: `10th ${say(run.quantiles.p10)}` },
                      { at: run.quantiles.p50, label: `middle ${say(run.quantiles.p50)}` },
                      { at: run.quantiles.p90, label: `90th ${say(run.quantiles.p90)}` },
                    ]
                  : []
              }
              say={say}
              what="people"
              label={`Payouts of ${spread} people by amount`}
              width={width}
              height={height}
            />
          )}
          head={["From", "To", "People"]}
          rows={run.histogram.map((bin) => [
            money(bin.fromMinor, run.currency),
            money(bin.toMinor, run.currency),
            number(bin.people),
          ])}
        />
      )}
      {run.byUnit.length > 1 && <UnitBars run={run} />}
      {run.issues.length > 0 && (
        <Panel
          title="Not evaluated"
          note={
            run.issues.length < run.notEvaluated
              ? `The first ${number(run.issues.length)} of ${number(run.notEvaluated)}. Each says what is missing.`
              : "Each says what is missing; compute again when it is there."
          }
          flush
        >
          <DataTable
            label="Not evaluated"
            columns={[
              { title: "Person", width: "minmax(130px, 1fr)", cell: (one) => one.name },
              {
                title: "What is missing",
                width: "minmax(160px, 3fr)",
                cell: (one) => <span title={one.reason}>{one.reason}</span>,
              },
            ]}
            rows={run.issues}
            rowKey={(one) => one.person}
            to={(one) => `/payouts/${run.id}/people/${encodeURIComponent(one.person)}`}
            {...(run.issues.length > 12 ? { height: 380 } : {})}
          />
        </Panel>
      )}
      <RunPeople run={run} />
    </>
  );
}
