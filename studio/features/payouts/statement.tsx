import { Link } from "react-router";
import type { StatementView } from "#engine/contract/views/incentives.ts";
import { useMay } from "../../api/me.ts";
import { calendarDate } from "../../text/dates.ts";
import { words } from "../../text/kinds.ts";
import { moneyOr } from "../../text/money.ts";
import { number } from "../../text/number.ts";
import { periodName } from "../../text/period.ts";
import { Chip } from "../../ui/chip.tsx";
import { DataTable } from "../../ui/data-table.tsx";
import { Panel } from "../../ui/page.tsx";
import { GateWhy } from "./gate-why.tsx";
import classes from "./payouts.module.css";
import { Proof } from "./proof.tsx";
import { payoutTrace, stepsOf } from "./trace-shape.ts";
import { TraceSteps } from "./trace-steps.tsx";

/** A payslip: lines with a sentence each, the total, what is held; each line opens to how it was computed and from what. */
export function Statement({ view }: { view: StatementView }) {
  const say = (minor: number | null) => moneyOr(minor, view.currency);
  const held = view.heldMinor ?? 0;
  const rest = (view.payableMinor ?? 0) - (view.totalMinor ?? 0) + held;
  const evaluated = view.status === "computed" || view.status === "in review";
  const shared = payoutTrace(view.payout);
  return (
    <>
      <article className={classes.slip} aria-label={`Statement of ${view.person.name}`}>
        <header className={classes.slipHead}>
          <div>
            <p className="secondary">
              {view.plan.title}, {periodName(view.period)}
            </p>
            <h2 className={classes.slipTitle}>{view.person.name}</h2>
            <p className="secondary">{view.person.title}</p>
            <RuleVersions view={view} />
          </div>
          <div className={classes.pay}>
            <p className="secondary">{evaluated ? "Paid now" : "Not paid"}</p>
            <p className={classes.payValue}>{evaluated ? say(view.payableMinor) : words(view.status)}</p>
            {view.status === "in review" && <Chip tone="attention">in review</Chip>}
          </div>
        </header>
        {!evaluated && (
          <div className={classes.lineInside} style={{ paddingTop: 14 }}>
            {view.words.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </div>
        )}
        {view.lines.map((line) => (
          <details key={line.component} className={classes.line}>
            <summary>
              <span className={classes.lineTitle}>{line.title}</span>
              <span className={classes.lineAmount}>{evaluated ? say(line.amountMinor) : ""}</span>
              <span className={classes.lineWords}>{afterTitle(line.words, line.title)}</span>
            </summary>
            <div className={classes.lineInside}>
              <TraceSteps trace={line.trace} shared={shared} currency={view.currency} />
              {view.run !== null && stepsOf(line.trace).some(({ stage }) => stage === "gate") && (
                <GateWhy run={view.run} person={view.person.id} component={line.component} />
              )}
            </div>
          </details>
        ))}
        {evaluated && (
          <>
            <div className={classes.sum} data-total>
              <span>Total</span>
              <span>{say(view.totalMinor)}</span>
            </div>
            {held !== 0 && (
              <div className={classes.sum}>
                <span>Held back until it is released</span>
                <span>{say(-held)}</span>
              </div>
            )}
            {rest !== 0 && view.status !== "in review" && (
              <div className={classes.sum}>
                <span>Advances and recoveries</span>
                <span>{say(rest)}</span>
              </div>
            )}
            {view.delta && view.delta.deltaMinor !== 0 && <Delta delta={view.delta} say={say} />}
            <Proof view={view} />
          </>
        )}
      </article>
      {evaluated && (
        <Panel title="In words">
          {view.words.map((sentence) => (
            <p key={sentence} style={{ marginBottom: 4 }}>
              {sentence}
            </p>
          ))}
        </Panel>
      )}
      {view.sources.length > 0 && (
        <Panel title="From these results" note="As they were known when this was computed." flush>
          <DataTable
            label="Sources"
            columns={[
              { title: "Measure", width: "minmax(150px, 2fr)", cell: (one) => one.title },
              { title: "Period", width: "96px", wide: true, cell: (one) => periodName(one.period) },
              { title: "Value", width: "minmax(64px, 84px)", end: true, cell: (one) => text(one.value) },
              { title: "Target", width: "minmax(64px, 84px)", end: true, cell: (one) => text(one.target) },
              { title: "State", width: "72px", wide: true, cell: (one) => words(one.state) },
              {
                title: "As of",
                width: "140px",
                wide: true,
                cell: (one) => (one.asOf ? calendarDate(one.asOf.slice(0, 10)) : ""),
              },
            ]}
            rows={view.sources}
            rowKey={(one) => `${one.measure}${one.period}`}
            to={(one) => `/metrics/${one.measure}?person=${encodeURIComponent(view.person.id)}`}
          />
        </Panel>
      )}
      {shared.length > 0 && (
        <details>
          <summary>The steps that belong to the whole payout</summary>
          <div className={classes.slip} style={{ padding: "12px 24px", marginTop: 8 }}>
            <TraceSteps trace={shared} shared={shared} currency={view.currency} />
          </div>
        </details>
      )}
    </>
  );
}

/** One click to the very version of the plan, and of the rules that moved it; for whoever may open definitions. */
function RuleVersions({ view }: { view: StatementView }) {
  const may = useMay("design");
  const { plan, rulesets } = view;
  if (!may || plan.version === null) return null;
  const all = [{ kind: "plan", ...plan }, ...rulesets.map((one) => ({ kind: "ruleset", ...one }))];
  return (
    <p className={classes.versions}>
      {all.map(({ kind, id, title, version }) => (
        <Link key={`${kind}/${id}`} to={`/design/${kind}/${id}?version=${version}`}>
          {title}, version {version}
        </Link>
      ))}
    </p>
  );
}

/** What changed against the payout before, and why. */
function Delta({ delta, say }: { delta: NonNullable<StatementView["delta"]>; say: (minor: number) => string }) {
  return (
    <div className={classes.lineInside}>
      <p>
        Before it was {say(delta.oldMinor)}; this is {say(Math.abs(delta.deltaMinor))}{" "}
        {delta.deltaMinor < 0 ? "less" : "more"}.
      </p>
      {delta.cause.map((cause) => (
        <p key={cause} className="secondary">
          {cause}
        </p>
      ))}
    </div>
  );
}

const text = (value: string | null) => (value === null ? "none" : number(Number(value), 4));

/** The engine's sentence begins with the line's title, which stands above it already. */
const afterTitle = (sentence: string, title: string) =>
  sentence.startsWith(`${title}: `) ? sentence.slice(title.length + 2) : sentence;
