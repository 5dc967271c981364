import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useMemo, useState } from "react";
import { useMe } from "../../api/me.ts";
import { sentenceOf } from "../../api/problem-error.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { useOpen } from "../../document/editing.tsx";
import { isObject, valueAt } from "../../document/json-value.ts";
import { moneyOr } from "../../text/money.ts";
import { periodName, recentPeriods } from "../../text/period.ts";
import { PersonChooser } from "../../ui/person-chooser.tsx";
import { ListSkeleton } from "../../ui/states.tsx";
import type { Corner } from "./curve-points.ts";
import classes from "./plans.module.css";

/** The plan as it stands on one person, with the statement they would get; nothing is booked. */
export function TryPlan({ onTried }: { onTried: (points: ReadonlyMap<string, Corner>) => void }) {
  const me = useMe();
  const document = useOpen((state) => state.document);
  const grain = useOpen((state) => valueAt(state.document, ["period"]));
  const [settled] = useDebouncedValue(document, 500);
  const [person, setPerson] = useState<string | null>(null);
  const unit = grain === "month" || grain === "year" ? grain : "quarter";
  const periods = useMemo(() => recentPeriods(me.now, unit, 8), [me.now, unit]);
  const [chosen, setPeriod] = useState<string | null>(null);
  const period = chosen && periods.includes(chosen) ? chosen : (periods[1] ?? periods[0] ?? "");
  const answer = useAnswer(
    "tryPlan",
    { body: { document: settled, person: person ?? "-", period } },
    { enabled: person !== null && period !== "", keep: true },
  );
  const statement = person === null ? undefined : answer.data;
  useEffect(() => {
    const points = new Map<string, Corner>();
    for (const line of statement?.lines ?? []) {
      const attainment = resultOf(line.trace, "attainment");
      const factor = resultOf(line.trace, "curve");
      if (attainment !== null && factor !== null) points.set(line.component, { attainment, factor });
    }
    onTried(points);
  }, [statement, onTried]);
  return (
    <div className={classes.try}>
      <div>
        <h2>Try it</h2>
        <p className="secondary">On stored results, with this draft. Nothing is booked.</p>
      </div>
      <PersonChooser label="Person" value={person} onChange={setPerson} />
      <Select
        label="Period"
        allowDeselect={false}
        data={periods.map((value) => ({ value, label: periodName(value) }))}
        value={period}
        onChange={setPeriod}
      />
      {person !== null && answer.isPending && <ListSkeleton rows={4} />}
      {person !== null && answer.error && (
        <p role="alert" className="bad">
          {sentenceOf(answer.error)}
        </p>
      )}
      {statement && (
        <div className={classes.statement} aria-live="polite" data-old={answer.isPlaceholderData || undefined}>
          <span className="secondary">{statement.person.name}</span>
          <strong className={classes.total}>{moneyOr(statement.totalMinor, statement.currency)}</strong>
          {(statement.heldMinor ?? 0) > 0 && (
            <span className="secondary">{moneyOr(statement.heldMinor, statement.currency)} of it later</span>
          )}
          {statement.words.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <ul>
            {statement.lines.map((line) => (
              <li key={`${line.component} ${line.words}`}>
                <span>{line.title}</span>
                <b>{moneyOr(line.amountMinor, statement.currency)}</b>
                <small>{line.words}</small>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

/** What the last step of a stage came to, as a number for the plot; null where the trace has no such stage. */
function resultOf(trace: unknown, stage: string): number | null {
  if (!Array.isArray(trace)) return null;
  const step: unknown = trace.findLast((one) => isObject(one) && one.stage === stage);
  const number = isObject(step) && typeof step.result === "string" ? Number(step.result) : Number.NaN;
  return Number.isFinite(number) ? number : null;
}
