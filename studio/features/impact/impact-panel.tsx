import { Button, Progress } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import type { ImpactPerson, ImpactView } from "#engine/contract/views/impact.ts";
import type { Ruleset } from "#engine/definition/ruleset.ts";
import { useMe } from "../../api/me.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { count, number } from "../../text/number.ts";
import { periodName, recentPeriods } from "../../text/period.ts";
import { type Column, DataTable } from "../../ui/data-table.tsx";
import { download } from "../../ui/download.ts";
import { PeriodChooser } from "../../ui/period-chooser.tsx";
import { ListSkeleton } from "../../ui/states.tsx";
import { UnitChooser } from "../../ui/unit-chooser.tsx";
import classes from "./impact.module.css";
import { impactCsv } from "./impact-csv.ts";
import { ImpactMoves } from "./impact-moves.tsx";
import { amount, differenceWords, headline, whyWords } from "./impact-words.ts";
import { type Impact, useImpact } from "./use-impact.ts";

/** The draft and the published version over everybody: who is answered otherwise, how, and why. */
export function ImpactPanel({ ruleset }: { ruleset: Ruleset | null }) {
  const me = useMe();
  const [period, setPeriod] = useState(() => recentPeriods(me.now, "month", 2)[1] ?? "");
  const [unit, setUnit] = useState<string | null>(null);
  const impact = useImpact(ruleset, { period, unit });
  const { answer } = impact;
  return (
    <div className={classes.panel}>
      <div className={classes.controls}>
        <PeriodChooser label="Period" value={period} onChange={setPeriod} width={180} />
        <UnitChooser label="For whom" value={unit} onChange={setUnit} width={240} />
        <span className={classes.spring} />
        {answer && answer.people.length > 0 && (
          <Button
            variant="default"
            leftSection={<IconDownload size={15} />}
            onClick={() => download(`impact-${ruleset?.id ?? "rules"}-${period}.csv`, impactCsv(answer), "text/csv")}
          >
            Take it away as CSV
          </Button>
        )}
      </div>
      <Standing impact={impact} />
      {answer ? <Found key={answer.looked} view={answer} stale={impact.running !== null} /> : null}
    </div>
  );
}

/** How far it is, or why there is nothing. */
function Standing({ impact }: { impact: Impact }) {
  const { running, message, answer } = impact;
  if (message !== null)
    return (
      <div className={classes.standing}>
        <p role="status" className={message === "Cancelled." ? "secondary" : "bad"}>
          {message}
        </p>
        <Button variant="default" size="xs" onClick={impact.again}>
          Try again
        </Button>
      </div>
    );
  if (running && running.total > 0)
    return (
      <div className={classes.standing}>
        <Progress
          className={classes.progress}
          value={(100 * running.done) / running.total}
          aria-label="How far the comparison is"
        />
        <span className="secondary">
          {number(running.done, 0)} of {number(running.total, 0)}
        </span>
        <Button variant="default" size="xs" onClick={impact.cancel}>
          Cancel
        </Button>
      </div>
    );
  return answer ? null : <ListSkeleton rows={5} />;
}

function Found({ view, stale }: { view: ImpactView; stale: boolean }) {
  const [move, setMove] = useState<string | null>(null);
  const people = useMemo(
    () => (move === null ? view.people : view.people.filter(({ from, to }) => `${from} ${to}` === move)),
    [view, move],
  );
  return (
    <div className={classes.found} data-stale={stale || undefined} aria-busy={stale}>
      <header>
        <h2>{headline(view)}</h2>
        <p className="secondary">
          {view.since === null ? "Nothing is published yet." : `Compared with version ${view.since}, which is live.`}
          {view.period ? ` ${periodName(view.period)}.` : ""} {number(view.tookMs / 1000, 1)} s.
          {view.closed > 0 && ` ${count(view.closed, "person is", "people are")} not open to you and left out.`}
        </p>
        {view.money.map((sum) => (
          <p key={sum.title}>
            <strong>
              {sum.title}: {differenceWords(sum)}
            </strong>{" "}
            <span className="secondary">
              {amount(sum.before, sum.unit)} today, {amount(sum.after, sum.unit)} by the draft
            </span>
          </p>
        ))}
        {view.missing.length > 0 && (
          <p className={classes.missing}>
            Not evaluated, as it is not known:{" "}
            {view.missing
              .slice(0, 4)
              .map(({ fact, people: many }) => `${fact} (${number(many, 0)})`)
              .join(", ")}
            .
          </p>
        )}
      </header>
      {view.changed > 0 && (
        <div className={classes.both}>
          <ImpactMoves view={view} chosen={move} onChoose={setMove} />
          <div className={classes.people}>
            <DataTable
              label="Who is answered otherwise"
              columns={columnsOf(view)}
              rows={people}
              rowKey={(one) => one.id}
              to={(one) => `/people/${one.id}`}
              height="100%"
              rowHeight={48}
            />
            {view.people.length < view.changed && (
              <p className="secondary">The first {number(view.people.length, 0)} are told one by one.</p>
            )}
          </div>
        </div>
      )}
    </div>
  );
}

function columnsOf(view: ImpactView): Column<ImpactPerson>[] {
  const outcome = (at: number) => <span data-kind={view.outcomes[at]!.kind}>{view.outcomes[at]!.label}</span>;
  return [
    {
      title: "Person",
      width: "minmax(140px, 1fr)",
      cell: (one) => (
        <span className={classes.person}>
          <span>{one.name}</span>
          <small className="quiet">{one.unit}</small>
        </span>
      ),
    },
    ...(view.since === null
      ? []
      : [{ title: "Today", width: "minmax(64px, 0.45fr)", cell: (one: ImpactPerson) => outcome(one.from) }]),
    { title: "By the draft", width: "minmax(64px, 0.45fr)", cell: (one) => <strong>{outcome(one.to)}</strong> },
    {
      title: "Why",
      width: "minmax(180px, 1.8fr)",
      wide: true,
      cell: (one) => (
        <span className={classes.why} title={whyWords(one, view)}>
          {whyWords(one, view)}
        </span>
      ),
    },
  ];
}

/** Says beforehand how many would be looked at, which also gets the server ready to compare. */
export function useImpactAhead(id: string): void {
  useAnswer("impactPopulation", { params: { id } });
}
