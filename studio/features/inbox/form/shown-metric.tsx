import type { TaskView } from "#engine/contract/views/cases.ts";
import { calendarDate } from "../../../text/dates.ts";
import { percent } from "../../../text/number.ts";
import { valueText } from "../../../ui/json-value.tsx";
import classes from "./form.module.css";

/** The stored number that a question is about: value, target, how far, and how fresh. */
export function ShownMetric({ shown }: { shown: TaskView["shown"][number] }) {
  const attainment = typeof shown.attainment === "number" ? shown.attainment : null;
  return (
    <aside className={classes.shown} aria-label={shown.title}>
      <div>{shown.title}</div>
      <div className={classes.shownValue}>{shown.value === null ? "No value stored" : valueText(shown.value)}</div>
      {shown.target !== null && (
        <div>
          of {valueText(shown.target)}
          {attainment !== null && <span className={attainment >= 1 ? "good" : ""}> ({percent(attainment, 1)})</span>}
        </div>
      )}
      {shown.asOf && <div className="quiet">as of {calendarDate(shown.asOf.slice(0, 10))}</div>}
      {shown.stale && shown.value !== null && <div className="attention">Older than it should be</div>}
    </aside>
  );
}
